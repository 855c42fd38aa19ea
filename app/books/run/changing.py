"""What a document in the books needs to hold an order, and whether somebody's hand forbids it. Pure."""

from collections.abc import Mapping

from app.books.port import InConflict, LeftToTheBooks, MadeAnew, Outcome, Written
from app.books.run.accounting_system import AccountingSystem, ChangedLine, DocumentChange, KeptLine, References
from app.books.run.matching import edited
from app.domain.books_document import (
    BooksDocument,
    BooksLine,
    changes,
    differences,
    is_same_item,
    is_same_line,
    with_charge_ids,
    with_known_charge_ids,
)
from app.domain.choices import OnEdited
from app.domain.plain_text import name_key
from app.domain.reason_texts import KEPT, PAID
from app.domain.reasons import Reason, ReasonCode
from app.domain.references import next_edition
from app.domain.row import Row
from app.domain.sales_order import DocumentKind, OrderLine, SalesOrder
from app.domain.values import replace


def plan_change(
    system: AccountingSystem,
    row: Row,
    order: SalesOrder,
    found: BooksDocument | None,
    references: References,
    on_edited: OnEdited,
) -> DocumentChange | Outcome:
    """Decide what to do about a document we know, as it is in the books now.

    Args:
        system: The accounting system.
        row: The row, with the document as we last saw it.
        order: What Cedar wants.
        found: The document now; None if it is gone.
        references: The ids in the books of the order's names.
        on_edited: The setting for documents somebody changed.

    Returns:
        The change to send, or the outcome if nothing is to be sent.
    """
    if found is None:
        return gone(row)
    document = with_known_charge_ids(found, row.books)
    if not document.has_charge_ids and row.books is None:
        document = with_charge_ids(document, order)
    held_up = hand_on(row, document, on_edited)
    reopens = document.is_closed and (row.is_closed_by_us or row.overwrite)
    differing = differences(order, document, references.customer, references.items)
    in_step = not differing and not _descriptions_differ(system, order, document)
    if in_step and not reopens:
        return Written(row.id, order, document)
    if held_up is not None and not differing and not reopens:
        # Only words differ: no reason to ask anybody.
        return Written(row.id, order, document)
    if held_up is not None and not row.overwrite:
        return held_up
    if differing and row.books is None and not row.overwrite and _was_touched(row, document):
        return InConflict(row.id, edited(differing, document), document)
    if reopens and not system.can_reopen(row.document.kind):
        number = next_edition(row.document.ref_number or order.invoice, system.references)
        return MadeAnew(row.id, number, "What was voided in QuickBooks stays so: another one is made.")
    same_customer = document.customer_id == references.customer or _same(document.customer, order.gl_number)
    return DocumentChange(
        document=document,
        order=order,
        sends_customer=not same_customer,
        sends_date=document.date != order.date,
        lines=_lines(system, order, document, references.items),
        reopens=reopens,
    )


def gone(row: Row) -> InConflict:
    """Tell that a document we knew is not in the books any more; it is never made again without asking."""
    facts = {"ref_number": row.document.ref_number or ""}
    return InConflict(row.id, Reason(ReasonCode.DELETED_IN_QUICKBOOKS, facts), None)


def hand_on(row: Row, document: BooksDocument, on_edited: OnEdited) -> Outcome | None:
    """Find a bookkeeper's hand in a document; None if there is none, or if the settings let us write over it."""
    facts = {"ref_number": document.ref_number or ""}
    if document.is_invoiced:
        case = {"case": PAID} if row.document.kind is DocumentKind.INVOICE else {}
        return InConflict(row.id, Reason(ReasonCode.ALREADY_INVOICED_IN_QUICKBOOKS, facts | case), document)
    if document.is_closed and not row.is_closed_by_us:
        return InConflict(row.id, Reason(ReasonCode.CLOSED_IN_QUICKBOOKS, facts), document)
    if row.books is None and row.seen is not None and not row.overwrite:
        # A person made it, and chose once to keep it as it is.
        return InConflict(row.id, edited(changes(row.seen, document), document), document)
    if row.books is None or row.books.edit_sequence == document.edit_sequence:
        return None
    found = changes(row.books, document)
    if not found or on_edited is OnEdited.OVERWRITE:
        return None
    reason = edited(found, document)
    if on_edited is OnEdited.KEEP:
        return LeftToTheBooks(row.id, replace(reason, facts={**reason.facts, "case": KEPT}), document)
    return InConflict(row.id, reason, document)


def _was_touched(row: Row, document: BooksDocument) -> bool:
    """Tell whether a document we have not compared yet was changed since we heard of it."""
    return row.document.edit_sequence not in {None, document.edit_sequence}


def _descriptions_differ(system: AccountingSystem, order: SalesOrder, document: BooksDocument) -> bool:
    by_charge = {line.charge_id: line for line in document.lines if line.charge_id}
    return any(
        (theirs := by_charge.get(line.charge_id)) is not None and not _keeps_description(system, line, theirs)
        for line in order.lines
    )


def _lines(
    system: AccountingSystem, order: SalesOrder, document: BooksDocument, items: Mapping[str, str]
) -> tuple[KeptLine | ChangedLine, ...]:
    """Name every line to keep, in the order of the document; new ones come last."""
    wanted = {line.charge_id: line for line in order.lines}
    lines: list[KeptLine | ChangedLine] = []
    for theirs in document.lines:
        ours = wanted.pop(theirs.charge_id or "", None)  # type: ignore[call-overload]
        if ours is None:
            continue
        keeps_description = _keeps_description(system, ours, theirs)
        if is_same_line(ours, theirs, items) and keeps_description:
            lines.append(KeptLine(theirs.line_id, theirs.is_group))
        else:
            # Another item brings its own description along, so that one is always said.
            keeps_description = keeps_description and is_same_item(ours.item, theirs, items)
            lines.append(ChangedLine(theirs.line_id, ours, keeps_description=keeps_description))
    lines += [ChangedLine(None, line) for line in order.lines if line.charge_id in wanted]
    return tuple(lines)


def _keeps_description(system: AccountingSystem, ours: OrderLine, theirs: BooksLine) -> bool:
    """Tell whether a line's description may stay: it is a person's, or says what Cedar says."""
    wanted, found = system.description_as_kept(ours.description).strip(), theirs.description.strip()
    if not wanted or wanted == found or theirs.cedar_description is None:
        return True
    before = system.description_as_kept(theirs.cedar_description).strip()
    return wanted == before or found != before


def _same(one: str, other: str) -> bool:
    return name_key(one) == name_key(other)
