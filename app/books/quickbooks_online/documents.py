"""Estimates and invoices: as we write them, and as we read them. No I/O."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from app.books.quickbooks_online.lines import SUBTOTAL, books_line, description_as_kept, figure, line_of, plain
from app.books.quickbooks_online.wire import Document, UnreadableAnswer
from app.books.run.accounting_system import ChangedLine, DocumentChange, KeptLine, References
from app.domain.books_document import BooksDocument, BooksStray
from app.domain.money import ZERO, to_cents
from app.domain.sales_order import DocumentKind, SalesOrder

ENTITY: Final = {DocumentKind.ESTIMATE: "Estimate", DocumentKind.INVOICE: "Invoice"}
"""What each kind of document is called; the API has no sales orders."""

ACCEPTED: Final = "Accepted"
REJECTED: Final = "Rejected"
CONVERTED: Final = "Closed"
"""TxnStatus of an estimate that became an invoice."""

_NEW: Final = "0"
"""The SyncToken of a document nobody has changed."""

_VOIDED: Final = re.compile(r"\A\s*voided\b[\s.:;,-]*|[\s.:;,-]*\bvoided\s*\Z", re.IGNORECASE)


def created(
    kind: DocumentKind,
    order: SalesOrder,
    number: str,
    references: References,
    *,
    is_multi_currency: bool,
    country: str,
) -> dict[str, object]:
    """Write a new document."""
    written: dict[str, object] = {"DocNumber": number, "TxnDate": order.date.isoformat()}
    if kind is DocumentKind.ESTIMATE:
        written["TxnStatus"] = ACCEPTED
    written["CustomerRef"] = {"value": references.customer}
    if is_multi_currency and order.currency:
        written["CurrencyRef"] = {"value": order.currency}
    written["PrivateNote"] = plain(order.memo)
    if country != "US":
        # Elsewhere every line would want a tax code; in the United States the field is unknown.
        written["GlobalTaxCalculation"] = "NotApplicable"
    written["Line"] = [
        line_of(line, references.items[line.item], description_as_kept(line.description), place)
        for place, line in enumerate(order.lines, start=1)
    ]
    return written


def changed(kind: DocumentKind, change: DocumentChange, references: References) -> dict[str, object]:
    """Write what a document needs to hold an order: the header fields that change, and all lines.

    A sparse update keeps the header fields a person filled in; the lines are replaced as a whole, those sent with
    their id stay the same ones.
    """
    document = change.document
    written: dict[str, object] = {"Id": document.txn_id, "SyncToken": document.edit_sequence, "sparse": True}
    if change.sends_date:
        written["TxnDate"] = change.order.date.isoformat()
    if change.reopens and kind is DocumentKind.ESTIMATE:
        written["TxnStatus"] = ACCEPTED
    if change.sends_customer:
        written["CustomerRef"] = {"value": references.customer}
    written["Line"] = [
        _changed_line(line, change, references, place) for place, line in enumerate(change.lines, start=1)
    ]
    return written


def _changed_line(line: KeptLine | ChangedLine, change: DocumentChange, references: References, place: int) -> object:
    there = {each.line_id: each for each in change.document.lines}
    by_charge = {each.charge_id: each for each in change.order.lines}
    match line:
        case KeptLine(line_id):
            # It is written out: a line that says its id alone would be emptied.
            ours = by_charge[there[line_id].charge_id]  # type: ignore[index]
            description = there[line_id].description
        case ChangedLine(line_id, ours, keeps_description):
            keeps = keeps_description and line_id is not None
            description = there[line_id].description if keeps and line_id else description_as_kept(ours.description)
    return line_of(ours, references.items[ours.item], description, place, line_id)


def rejected(document: BooksDocument) -> dict[str, object]:
    """Write that an estimate is out of use."""
    return {"Id": document.txn_id, "SyncToken": document.edit_sequence, "sparse": True, "TxnStatus": REJECTED}


def named(document: BooksDocument) -> dict[str, object]:
    """Name a document that is to be deleted or voided, in the state we know it in."""
    return {"Id": document.txn_id, "SyncToken": document.edit_sequence}


def books_document(kind: DocumentKind, found: Document) -> BooksDocument:
    """Read a document.

    Raises:
        UnreadableAnswer: If it has no usable date, or a figure in it is none.
    """
    subtotals = [figure(line.amount) for line in found.line if line.detail_type == SUBTOTAL]
    lines = tuple(books_line(line) for line in found.line if line.detail_type != SUBTOTAL)
    is_voided = kind is DocumentKind.INVOICE and is_void(found)
    linked = {link.txn_type for link in found.linked_txn}
    return BooksDocument(
        txn_id=found.id,
        edit_sequence=found.sync_token,
        ref_number=found.doc_number,
        customer=found.customer_ref.name if found.customer_ref else "",
        date=_date(found.txn_date),
        memo=_VOIDED.sub("", found.private_note) if is_voided else found.private_note,
        # TotalAmt holds the tax as well.
        subtotal=to_cents(subtotals[-1]) if subtotals else sum((line.amount for line in lines), ZERO),
        lines=lines,
        is_invoiced=found.txn_status == CONVERTED
        or bool(linked & ({"Invoice"} if kind is DocumentKind.ESTIMATE else {"Payment", "CreditMemo"})),
        is_closed=is_voided or found.txn_status == REJECTED,
        customer_id=found.customer_ref.value if found.customer_ref else None,
        is_untouched=found.sync_token == _NEW,
    )


def is_void(found: Document) -> bool:
    """Tell whether an invoice is voided: no field says so but the note, and nothing is worth anything in it.

    Raises:
        UnreadableAnswer: If its total is no figure.
    """
    return (
        figure(found.total_amt) == 0
        and all(line.amount == 0 for line in found.line)
        and _VOIDED.search(found.private_note) is not None
    )


def strays(kind: DocumentKind, found: Sequence[Document]) -> list[BooksStray]:
    """Read what a list of changed documents says of each."""
    return [
        BooksStray(
            kind,
            each.id,
            each.sync_token,
            each.doc_number,
            each.customer_ref.name if each.customer_ref else "",
            each.private_note,
        )
        for each in found
        if each.status != "Deleted"
    ]


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as exc:
        raise UnreadableAnswer(f"TxnDate is {text!r}") from exc
