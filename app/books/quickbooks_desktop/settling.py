"""The second step of a run: whatever was handed out and never answered is asked for before anything is sent. No I/O.

First QuickBooks' own memory of the message set, then the documents themselves. A set nobody knows of goes out once
more with the same text under the same id, so that even a delivery that comes late is run only once.
"""

from collections.abc import Generator, Iterable, Sequence

from app.books.port import Again, Answer, Ask, InConflict, Outcome, TakenBack, Written, WrittenUnchecked
from app.books.quickbooks_desktop import faults
from app.books.quickbooks_desktop.changing import gone
from app.books.quickbooks_desktop.context import Context, ask, read
from app.books.quickbooks_desktop.matching import edited, is_ours
from app.books.quickbooks_desktop.qbxml import requests, responses
from app.books.quickbooks_desktop.qbxml.responses import MessageSetAnswer
from app.books.quickbooks_desktop.writing import RECOVERY_FAILED, hand_out_again, record_answer
from app.domain.books_document import (
    BooksDocument,
    differences,
    with_charge_ids,
    with_known_charge_ids,
)
from app.domain.message_set import Action, Errand, MessageSet, MessageSetState
from app.domain.references import reference_key
from app.domain.row import Row

AT_ONCE = 50
"""Documents asked for in one question."""


def settle(context: Context) -> Generator[Ask, Answer, None]:
    """Settle every message set whose outcome is not known.

    Raises:
        StopRun: If QuickBooks cannot be asked.
        OutcomeInDoubt: If a set that went out again came back without answers.
    """
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
    remembered = yield from _recall(context, message_set)
    documents = yield from _documents(context, message_set, rows)
    by_id = {row.id: row for row in rows}
    outcomes: list[Outcome] = []
    unknown: list[Errand] = []
    refused: list[Errand] = []
    for errand in message_set.errands:
        row = by_id.get(errand.row_id)
        if row is None:
            continue
        found = _judge(row, errand, documents)
        response = remembered.get(errand.request_id) if remembered else None
        if found is not None:
            outcomes.append(found)
        elif response is not None and response.status != 0:
            refused.append(errand)
        else:
            unknown.append(errand)
    if outcomes or refused or remembered is not None:
        # The set was run, at least in part: what is not in the books did not get in.
        outcomes += [Again(errand.row_id, "It did not get in; it goes out again.") for errand in unknown]
        stop = None
        if refused and remembered is not None:
            rest = [row for row in rows if row.id in {errand.row_id for errand in refused}]
            context.ledger.record(outcomes, message_set.id)
            stop = record_answer(context, message_set, rest, remembered)
        else:
            context.ledger.record(outcomes, message_set.id)
        if stop is not None:
            raise stop
    elif message_set.company == context.company_key:
        yield from hand_out_again(context, message_set, rows)
    else:
        note = "It is not in the company file that is open now; it goes out again."
        context.ledger.record([Again(row.id, note) for row in rows], message_set.id)


def _recall(context: Context, message_set: MessageSet) -> Generator[Ask, Answer, MessageSetAnswer | None]:
    """Ask QuickBooks for its memory of a message set; None if it has none."""
    text = requests.message_set([], context.version, message_set.id, message_set.id)
    answer = yield Ask(text, context.percent)
    if faults.code_of(answer.fault) == faults.NOT_UNDERSTOOD:
        # Some versions do not take the question; the documents themselves tell as well.
        return None
    parsed = read(context, answer)
    return None if parsed.status in RECOVERY_FAILED or not parsed.responses else parsed


def _documents(
    context: Context, message_set: MessageSet, rows: Sequence[Row]
) -> Generator[Ask, Answer, dict[str, list[BooksDocument]]]:
    """Ask for the documents a set may have made or changed; keyed by reference and by TxnID."""
    actions = {errand.row_id: errand.action for errand in message_set.errands}
    texts = []
    for kind in sorted({row.document.kind for row in rows}):
        of_kind = [row for row in rows if row.document.kind is kind]
        added = [row.document.ref_number or "" for row in of_kind if actions.get(row.id) is Action.ADD]
        known = [row.document.txn_id for row in of_kind if row.document.txn_id]
        for number, part in enumerate(_parts(added)):
            texts.append(requests.orders_by_reference(kind, f"{kind}-ref-{number}", part))
        for number, part in enumerate(_parts(known)):
            texts.append(requests.orders_by_id(kind, f"{kind}-id-{number}", part))
    found: dict[str, list[BooksDocument]] = {}
    if not texts:
        return found
    answer = yield from ask(context, texts)
    for response in answer.responses:
        for document in responses.documents(response):
            found.setdefault(document.txn_id, []).append(document)
            if document.ref_number:
                found.setdefault(reference_key(document.ref_number), []).append(document)
    return found


def _judge(row: Row, errand: Errand, documents: dict[str, list[BooksDocument]]) -> Outcome | None:
    """Tell what the books show of an errand; None if they show nothing of it."""
    match errand.action:
        case Action.ADD:
            return _judge_add(row, errand, documents.get(reference_key(row.document.ref_number or ""), []))
        case Action.CHANGE:
            return _judge_change(row, errand, documents.get(row.document.txn_id or "", []))
        case Action.CLOSE | Action.DELETE:
            found = documents.get(row.document.txn_id or "", [])
            if not found or (errand.action is Action.CLOSE and found[0].is_closed):
                return TakenBack(row.id, "It is out of QuickBooks; nothing to do.", is_deleted=not found)
            return None


def _judge_add(row: Row, errand: Errand, found: Iterable[BooksDocument]) -> Outcome | None:
    order = errand.order
    if order is None:
        return None
    ours = [document for document in found if is_ours(document, order)]
    for document in ours:
        if not differences(order, document, document.customer_id):
            note = f"It did get in, as {document.ref_number}; nothing to do."
            return Written(row.id, order, with_charge_ids(document, order), note)
    for document in ours:
        if document.is_untouched:
            return WrittenUnchecked(row.id, document.txn_id, document.edit_sequence)
        return InConflict(row.id, edited(differences(order, document, document.customer_id), document), document)
    return None


def _judge_change(row: Row, errand: Errand, found: Sequence[BooksDocument]) -> Outcome | None:
    if errand.order is None:
        return None
    if not found:
        return gone(row)
    document = with_known_charge_ids(found[0], row.books)
    if not differences(errand.order, document, document.customer_id):
        return Written(row.id, errand.order, document, "The change did get in; nothing to do.")
    if document.edit_sequence == row.document.edit_sequence:
        return None
    reason = edited(differences(errand.order, document, document.customer_id), document)
    return InConflict(row.id, reason, document)


def _parts(values: Sequence[str]) -> list[Sequence[str]]:
    return [values[start : start + AT_ONCE] for start in range(0, len(values), AT_ONCE)]
