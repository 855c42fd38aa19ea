"""From the answer to one request to what it means for the row. Pure."""

from app.books.port import Again, Later, Outcome, Refused, TakenBack, Written, WrittenUnchecked
from app.books.run import lists, removal_words
from app.books.run.accounting_system import Reply, StopRun
from app.books.run.context import Context
from app.books.run.lists import Ids
from app.books.run.meaning import Meaning
from app.domain.books_document import BooksDocument, differences, with_charge_ids, with_known_charge_ids
from app.domain.message_set import Action, Errand
from app.domain.money import money_text
from app.domain.plain_text import name_key
from app.domain.reasons import Reason, ReasonCode
from app.domain.row import Row
from app.domain.sales_order import SalesOrder
from app.domain.values import replace

_LATER_TIMES = 4
"""How often an internal error of QuickBooks is tried again before a person is asked."""


def outcome(context: Context, row: Row, errand: Errand, reply: Reply, ids: Ids) -> Outcome:
    """Turn the answer to one errand into its outcome; `ids` is what `lists.ids_of` gave for its order."""
    if errand.action in {Action.DELETE, Action.CLOSE}:
        return _of_removal(context, row, errand, reply)
    if reply.meaning is Meaning.DONE and errand.order is not None:
        return _check(context, row, errand.order, reply, ids)
    found = _refusal(context, row, reply)
    return replace(found, order=errand.order) if isinstance(found, Refused) else found


def stop_reason(context: Context, row: Row, reply: Reply) -> StopRun | None:
    """Tell whether an answer means that nothing more can be written in this run."""
    match reply.meaning:
        case Meaning.UNAVAILABLE:
            return StopRun(context.system.unavailable(row.document.kind, reply.raw), is_transient=False)
        case Meaning.DENIED:
            return StopRun(Reason(ReasonCode.PERMISSION_DENIED, {}, reply.raw), is_transient=False)
        case _:
            return None


def _check(context: Context, row: Row, order: SalesOrder, reply: Reply, ids: Ids) -> Outcome:
    """Compare what QuickBooks made of an order with what was meant: a status of 0 is not proof."""
    document = reply.document
    if document is None or not document.lines:
        known = reply.made
        if known is None or known.edit_sequence is None:
            return Again(row.id, "QuickBooks took it without showing it; it is looked for before anything is sent.")
        return WrittenUnchecked(row.id, known.txn_id, known.edit_sequence, reply.trace)
    document = with_charge_ids(with_known_charge_ids(document, row.books), order)
    found = differences(order, document, _customer_id(row, order, ids), ids.items)
    if not found:
        return Written(row.id, order, document, raw=reply.trace)
    if _is_worth_the_same(order, document):
        # The money is right, a name or date is not: somebody renamed the customer or an item a moment ago. It is
        # looked up again, and the document gets the right reference.
        lists.forget(context, order)
        return WrittenUnchecked(row.id, document.txn_id, document.edit_sequence, reply.trace)
    facts = {
        "found": money_text(document.subtotal),
        "expected": money_text(order.subtotal),
        "ref_number": document.ref_number or "",
    }
    if document.subtotal == order.subtotal:
        facts |= {"found": found[0].in_books or "no such line", "expected": found[0].in_cedar or "none"}
    words = "; ".join(f"{each.what}: {each.in_books or 'nothing'} for {each.in_cedar or 'nothing'}" for each in found)
    return Refused(row.id, Reason(ReasonCode.AMOUNT_MISMATCH, facts, words), document)


def _customer_id(row: Row, order: SalesOrder, ids: Ids) -> str | None:
    """Give the id of the customer the order was sent to: a name may have changed since it was looked up."""
    if row.books is not None and name_key(row.books.customer) == name_key(order.gl_number):
        return row.books.customer_id
    return ids.customers.get(order.gl_number)


def _is_worth_the_same(order: SalesOrder, document: BooksDocument) -> bool:
    amounts = [line.amount for line in document.lines]
    return order.subtotal == document.subtotal and [line.amount for line in order.lines] == amounts


def _of_removal(context: Context, row: Row, errand: Errand, reply: Reply) -> Outcome:
    if reply.meaning is Meaning.DONE:
        is_deleted = errand.action is Action.DELETE
        closing = context.system.closing(row.document.kind)
        note = removal_words.DELETED if is_deleted else removal_words.CLOSED[closing]
        document = None if is_deleted else reply.document
        return TakenBack(row.id, note, is_deleted=is_deleted, document=document, raw=reply.trace)
    if reply.meaning is Meaning.REFERENCE and errand.action is Action.DELETE:
        return TakenBack(row.id, removal_words.GONE, is_deleted=True)
    return _refusal(context, row, reply)


def _refusal(context: Context, row: Row, reply: Reply) -> Outcome:
    raw = reply.raw
    match reply.meaning:
        case Meaning.LOCKED:
            known = f"order {row.document.ref_number}"
            what = known if row.document.txn_id else f"customer {row.gl_number} or an item of the order"
            return Later(row.id, Reason(ReasonCode.RECORD_LOCKED, {"what": what}, raw))
        case Meaning.LATER:
            if row.attempts >= _LATER_TIMES:
                return Refused(row.id, Reason(ReasonCode.REFUSED_BY_QUICKBOOKS, {"message": reply.message}, raw))
            return Later(
                row.id, Reason(ReasonCode.QUICKBOOKS_UNREACHABLE, {"detail": f": {reply.message.rstrip('. ')}"}, raw)
            )
        case Meaning.NOT_RUN:
            return Again(row.id, "QuickBooks did not get to it.")
        case Meaning.STALE:
            return Again(row.id, "It was changed in QuickBooks in the meantime; it is read again.")
        case Meaning.REFERENCE if row.id not in context.stale_names:
            return Again(row.id, "QuickBooks does not know a name any more; it is looked up again.")
        case Meaning.CLOSED:
            closing = context.company.closing_date
            facts = {
                "date": row.date.isoformat() if row.date else "",
                "closing_date": closing.isoformat() if closing else "the closing date",
            }
            return Refused(row.id, Reason(ReasonCode.CLOSED_PERIOD, facts, raw))
        case Meaning.NUMBER_TAKEN:
            facts = {"ref_number": row.document.ref_number or "", "other_customer": "another customer"}
            return Refused(row.id, Reason(ReasonCode.NUMBER_IN_USE, facts, raw))
        case Meaning.UNAVAILABLE:
            return Again(row.id, "QuickBooks has no such documents at the moment.")
        case Meaning.DENIED:
            return Refused(row.id, Reason(ReasonCode.PERMISSION_DENIED, {}, raw))
        case Meaning.BUG:
            return Refused(row.id, Reason(ReasonCode.REQUEST_NOT_UNDERSTOOD, {}, raw))
        case _:
            return Refused(row.id, Reason(ReasonCode.REFUSED_BY_QUICKBOOKS, {"message": reply.message}, raw))
