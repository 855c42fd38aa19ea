"""The second step of a run: whatever was handed out and never answered is asked for before anything is sent. No I/O.

First the books' own memory of the message set, then the documents themselves. A set nobody knows of goes out once
more with the same text under the same id, so that even a delivery that comes late is run only once. Where the same set
may be sent again at once and is answered as the first time, that is the question.
"""

from collections.abc import Generator, Iterable, Sequence
from datetime import timedelta

from app.books.port import Again, Answer, Ask, InConflict, Outcome, TakenBack, Written, WrittenUnchecked
from app.books.run import lists
from app.books.run.accounting_system import Recalled, Reply, Search, StopRun
from app.books.run.changing import gone
from app.books.run.context import Context, by_id
from app.books.run.matching import did_get_in, edited, is_ours
from app.books.run.meaning import Meaning
from app.books.run.outcomes import outcome, stop_reason
from app.books.run.writing import hand_out_again
from app.domain.books_document import (
    BooksDocument,
    Difference,
    differences,
    with_charge_ids,
    with_known_charge_ids,
)
from app.domain.message_set import Action, Errand, MessageSet, MessageSetState
from app.domain.reasons import Reason, ReasonCode
from app.domain.references import reference_key
from app.domain.row import Row
from app.domain.sales_order import SalesOrder
from app.domain.states import State

STILL_ON_ITS_WAY = timedelta(hours=1)
"""How long a set that was handed out may still arrive in QuickBooks."""


def settle(context: Context) -> Generator[Ask, Answer, None]:
    """Settle every message set whose outcome is not known.

    Raises:
        StopRun: If QuickBooks cannot be asked.
        OutcomeInDoubt: If a set that went out again came back without answers.
    """
    context.ledger.free_orphans()
    for message_set in context.ledger.unanswered():
        rows = [
            row
            for row in context.ledger.rows(errand.row_id for errand in message_set.errands)
            if row.message_set_id == message_set.id
        ]
        if message_set.state is MessageSetState.PREPARED:
            note = "It had not been handed out yet."
            context.ledger.record([Again(row.id, note) for row in rows], message_set.id)
            continue
        yield from _settle(context, message_set, rows)


def _settle(context: Context, message_set: MessageSet, rows: Sequence[Row]) -> Generator[Ask, Answer, None]:
    age = context.ledger.now() - (message_set.handed_out_at or message_set.prepared_at)
    is_here = message_set.company == context.company.key
    is_obsolete = _is_obsolete(context, message_set, rows)
    if is_here and not is_obsolete and timedelta(0) <= age < context.system.repeats_safely_for:
        yield from hand_out_again(context, message_set, rows)
        return
    if is_here and timedelta(0) <= age < context.system.still_runs_for:
        raise StopRun(Reason(ReasonCode.OUTCOME_UNKNOWN), is_transient=True)
    recalled = yield from context.system.recall(message_set)
    documents = yield from _documents(context, message_set, rows, recalled)
    by_row = {row.id: row for row in rows}
    ids = lists.ids_of(context, [errand.order for errand in message_set.errands])
    outcomes: list[Outcome] = []
    unknown: list[Errand] = []
    stop: StopRun | None = None
    for errand in message_set.errands:
        row = by_row.get(errand.row_id)
        if row is None:
            continue
        reply = recalled.replies.get(errand.request_id) if recalled.replies else None
        found = _judge(row, errand, documents, reply)
        if found is not None:
            outcomes.append(found)
        elif reply is not None:
            outcomes.append(outcome(context, row, errand, reply, ids))
            stop = stop or stop_reason(context, row, reply)
        else:
            unknown.append(errand)
    if outcomes or recalled.has_arrived:
        # The set arrived, so it cannot arrive again: what is not in the books did not get in.
        outcomes += [Again(errand.row_id, "It did not get in; it goes out again.") for errand in unknown]
        context.ledger.record(outcomes, message_set.id)
        if stop is not None:
            raise stop
    elif not is_here:
        note = "It is not in the company that is open now; it goes out again."
        context.ledger.record([Again(row.id, note) for row in rows], message_set.id)
    elif is_obsolete:
        context.ledger.record([Again(row.id, "It did not get in.") for row in rows], message_set.id)
    else:
        yield from hand_out_again(context, message_set, rows)


def _is_obsolete(context: Context, message_set: MessageSet, rows: Sequence[Row]) -> bool:
    """Tell whether a set must not go out once more: a person left part of it out, or it is old and not wanted as it is.

    While it may still arrive, the same text under the same id is what keeps it from being run twice; what Cedar changed
    since is brought in order afterwards. What a person left out is not sent for that.
    """
    if any(row.state is State.HELD for row in rows):
        return True
    orders = {errand.row_id: errand.order for errand in message_set.errands}
    age = context.ledger.now() - (message_set.handed_out_at or message_set.prepared_at)
    return age > STILL_ON_ITS_WAY and any(row.order != orders[row.id] for row in rows)


def _documents(
    context: Context, message_set: MessageSet, rows: Sequence[Row], recalled: Recalled
) -> Generator[Ask, Answer, dict[str, list[BooksDocument]]]:
    """Ask for the documents a set may have made or changed; keyed by reference and by id."""
    errands = {errand.row_id: errand for errand in message_set.errands}
    documents: list[BooksDocument] = []
    for kind in sorted({row.document.kind for row in rows}):
        of_kind = [row for row in rows if row.document.kind is kind]
        searches = [
            Search(order, "", (row.document.ref_number or "",))
            for row in of_kind
            if errands[row.id].action is Action.ADD and (order := errands[row.id].order) is not None
        ]
        known = [txn_id for row in of_kind if (txn_id := _txn_id(row, errands[row.id], recalled))]
        if searches:
            made = yield from context.system.find(kind, searches)
            theirs = context.ledger.of_another(made)
            documents += [each for each in made if each.txn_id not in theirs]
        documents += (yield from by_id(context, kind, known)).values()
    found: dict[str, list[BooksDocument]] = {}
    for document in {each.txn_id: each for each in documents}.values():
        found.setdefault(document.txn_id, []).append(document)
        if document.ref_number:
            found.setdefault(reference_key(document.ref_number), []).append(document)
    return found


def _txn_id(row: Row, errand: Errand, recalled: Recalled) -> str | None:
    """Give the id of an errand's document: the row's, or the one the books remember to have made."""
    if row.document.txn_id is not None:
        return row.document.txn_id
    reply = recalled.replies.get(errand.request_id) if recalled.replies else None
    return reply.made.txn_id if reply is not None and reply.meaning is Meaning.DONE and reply.made else None


def _judge(row: Row, errand: Errand, documents: dict[str, list[BooksDocument]], reply: Reply | None) -> Outcome | None:
    """Tell what the books show of an errand; None if they show nothing of it.

    Args:
        row: The row.
        errand: What was to be done.
        documents: What was found, by id and by reference.
        reply: What QuickBooks remembers to have answered, if it does.
    """
    has_run = reply is not None and reply.meaning is Meaning.DONE
    match errand.action:
        case Action.ADD:
            made = None if reply is None else reply.made
            if has_run and made is not None:
                # QuickBooks says that it made this document: if it is gone by now, somebody deleted it.
                return _judge_made(row, errand, documents.get(made.txn_id, []))
            return _judge_add(row, errand, documents.get(reference_key(row.document.ref_number or ""), []))
        case Action.CHANGE:
            return _judge_change(row, errand, documents.get(row.document.txn_id or "", []))
        case Action.CLOSE | Action.DELETE:
            found = documents.get(row.document.txn_id or "", [])
            if not found or (errand.action is Action.CLOSE and found[0].is_closed):
                document = found[0] if found else None
                note = "It is out of QuickBooks; nothing to do."
                return TakenBack(row.id, note, is_deleted=document is None, document=document)
            return None


def _judge_made(row: Row, errand: Errand, found: Sequence[BooksDocument]) -> Outcome | None:
    if errand.order is None:
        return None
    return _judge_found(row, errand.order, found[0]) if found else gone(row)


def _judge_add(row: Row, errand: Errand, found: Iterable[BooksDocument]) -> Outcome | None:
    order = errand.order
    if order is None:
        return None
    ours = [document for document in found if is_ours(document, order)]
    exact = next((document for document in ours if not _differences(row, order, document)), None)
    if exact is not None:
        return _judge_found(row, order, exact)
    return _judge_found(row, order, ours[0]) if ours else None


def _judge_found(row: Row, order: SalesOrder, document: BooksDocument) -> Outcome:
    found = _differences(row, order, document)
    if not found:
        return Written(row.id, order, with_charge_ids(document, order), did_get_in(document))
    if document.is_untouched:
        return WrittenUnchecked(row.id, document.txn_id, document.edit_sequence)
    return InConflict(row.id, edited(found, document), document)


def _judge_change(row: Row, errand: Errand, found: Sequence[BooksDocument]) -> Outcome | None:
    if errand.order is None:
        return None
    if not found:
        return gone(row)
    document = with_known_charge_ids(found[0], row.books)
    differing = _differences(row, errand.order, document)
    if not differing:
        return Written(row.id, errand.order, document, "The change did get in; nothing to do.")
    if document.edit_sequence == row.document.edit_sequence:
        return None
    return InConflict(row.id, edited(differing, document), document)


def _differences(row: Row, order: SalesOrder, document: BooksDocument) -> tuple[Difference, ...]:
    """Compare, knowing the customer by its id where the row's document was seen before: names may change."""
    return differences(order, document, row.books.customer_id if row.books is not None else None)
