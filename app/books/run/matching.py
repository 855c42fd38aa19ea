"""Documents that are already in the books for an order: ours after a lost answer, or somebody else's. Pure.

Accounting systems cannot be searched by memo, so documents are found by the numbers an order may have, and recognised
by what stands in them: our charge ids, our memo, the customer.
"""

from collections.abc import Iterable, Sequence
from itertools import islice

from app.books.port import InConflict, Outcome, Written, WrittenUnchecked
from app.books.run.accounting_system import References, Search
from app.domain import memos
from app.domain.books_document import BooksDocument, Difference, differences, with_charge_ids
from app.domain.plain_text import name_key
from app.domain.reasons import Reason, ReasonCode
from app.domain.references import ReferenceForm, reference_key, reference_numbers
from app.domain.row import Row
from app.domain.sales_order import SalesOrder


def search_for(row: Row, order: SalesOrder, references: References, form: ReferenceForm) -> Search:
    """Say what to look for in the books before an order is written for the first time."""
    invoice = order.invoice
    ours = [row.document.ref_number or "", *islice(reference_numbers(invoice, order.gl_number, form), 2)]
    # Another program may have cut a longer number at either end.
    cut = [invoice[: form.limit].strip(), invoice[-form.limit :].strip()]
    numbers = {reference_key(number): number for number in (*cut, *ours) if 0 < len(number) <= form.limit}
    return Search(order, references.customer, tuple(numbers.values()), references.items)


def is_ours(document: BooksDocument, order: SalesOrder) -> bool:
    """Tell whether a document was made from this order: by a charge id, or by the memo and the customer's name."""
    if holds_our_charges(document, order):
        return True
    return memos.names_invoice(document.memo, order.invoice) and _same_name(document.customer, order.gl_number)


def holds_our_charges(document: BooksDocument, order: SalesOrder) -> bool:
    """Tell whether a line of a document says that it is one of this order's charges: only we write that."""
    charges = {line.charge_id for line in order.lines}
    return any(line.charge_id in charges for line in document.lines if line.charge_id)


def judge(row: Row, search: Search, found: Iterable[BooksDocument], taken: frozenset[str]) -> Outcome | None:
    """Decide what the documents that were found mean for a row that was never written.

    Args:
        row: The row.
        search: What was looked for.
        found: Documents with one of the search's reference numbers.
        taken: TxnIDs that belong to other rows.

    Returns:
        None when nothing stands in the way of writing the order.
    """
    order = search.order
    wanted = {reference_key(number) for number in search.numbers}
    candidates = [
        document
        for document in found
        if document.txn_id not in taken
        and not _is_retired(row, document)
        and (reference_key(document.ref_number or "") in wanted or is_ours(document, order))
    ]
    ours = [document for document in candidates if is_ours(document, order)]
    if ours:
        return _adopt_ours(row, search, sorted(ours, key=lambda document: not _same_customer(document, search)))
    if row.overwrite:
        # A person has seen the other document and wants ours beside it.
        return None
    others = [document for document in candidates if not _is_of_another_invoice(document, order)]
    same_customer = [document for document in others if _same_customer(document, search)]
    for document in same_customer:
        if not _differences(search, document):
            note = f"QuickBooks already has it as {document.ref_number}; it was not created again."
            return Written(row.id, order, with_charge_ids(document, order), note)
    for document in same_customer:
        return InConflict(row.id, _number_in_use(document), document)
    own_number = reference_key(row.document.ref_number or "")
    for document in others:
        if reference_key(document.ref_number or "") == own_number:
            return InConflict(row.id, _number_in_use(document), document)
    return None


def in_order_of_claim(
    searches: Iterable[tuple[Row, Search]], found: Sequence[BooksDocument]
) -> list[tuple[Row, Search]]:
    """Order searches so that whoever has the better claim on a document is judged first.

    A charge that was moved to another customer is still named in the document of the first one.
    """

    def claim(each: tuple[Row, Search]) -> int:
        search = each[1]
        mine = [document for document in found if is_ours(document, search.order)]
        if any(not _differences(search, document) for document in mine):
            return 0
        return 1 if any(_same_customer(document, search) for document in mine) else 2

    return sorted(searches, key=claim)


def did_get_in(document: BooksDocument) -> str:
    """Say that a document is there although nobody heard of it."""
    return f"It did get in, as {document.ref_number}; nothing to do." if document.ref_number else "It did get in."


def edited(found: Sequence[Difference], document: BooksDocument) -> Reason:
    """Name what somebody changed in the books."""
    names = list(dict.fromkeys(difference.what for difference in found))
    what = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else "something"
    return Reason(ReasonCode.EDITED_IN_QUICKBOOKS, {"what": what, "ref_number": document.ref_number or ""})


def _adopt_ours(row: Row, search: Search, ours: Sequence[BooksDocument]) -> Outcome:
    order = search.order
    for document in ours:
        if not _differences(search, document):
            note = did_get_in(document)
            return Written(row.id, order, with_charge_ids(document, order), note)
    document = ours[0]
    if row.overwrite or (document.is_untouched and holds_our_charges(document, order)):
        # Nobody but we wrote it, so it holds an earlier state of the invoice: it is changed, not made again.
        return WrittenUnchecked(row.id, document.txn_id, document.edit_sequence)
    return InConflict(row.id, edited(_differences(search, document), document), document)


def _is_retired(row: Row, document: BooksDocument) -> bool:
    """Tell whether we took a document out of use for good, and the row is to get another."""
    return row.seen is not None and row.seen.is_closed_by_us and row.seen.txn_id == document.txn_id


def _is_of_another_invoice(document: BooksDocument, order: SalesOrder) -> bool:
    return memos.is_ours(document.memo) and not memos.names_invoice(document.memo, order.invoice)


def _same_customer(document: BooksDocument, search: Search) -> bool:
    return document.customer_id == search.customer_id or _same_name(document.customer, search.order.gl_number)


def _same_name(one: str, other: str) -> bool:
    return name_key(one) == name_key(other)


def _number_in_use(document: BooksDocument) -> Reason:
    facts = {"ref_number": document.ref_number or "", "other_customer": document.customer or "another customer"}
    return Reason(ReasonCode.NUMBER_IN_USE, facts)


def _differences(search: Search, document: BooksDocument) -> tuple[Difference, ...]:
    return differences(search.order, document, search.customer_id, search.items)
