"""How a row moves when the books report an outcome. Pure: a row and an outcome in, the row as it is now out."""

from datetime import datetime
from typing import Final, assert_never

from app.books.port import (
    Again,
    InConflict,
    Later,
    LeftToTheBooks,
    MadeAnew,
    Outcome,
    Refused,
    TakenBack,
    Written,
    WrittenUnchecked,
)
from app.domain.books_document import BooksDocument, agreed
from app.domain.choices import OnVoid
from app.domain.retrying import delay
from app.domain.row import Document, Row, taken_back
from app.domain.states import State
from app.domain.values import replace
from app.sync.moves import arrived, by_itself

_WAITS_FOR_THE_BOOKS: Final = frozenset({State.QUEUED, State.WAITING, State.FAILED})


def after_outcome(row: Row, outcome: Outcome, on_void: OnVoid, now: datetime) -> tuple[Row, str]:
    """Give the row after an outcome, and what happened in words where state and reasons do not say it.

    What a person left out stays so, with what is now known of its document.
    """
    after, note = _after(replace(row, message_set_id=None), outcome, on_void, now)
    if row.state is State.HELD:
        after = replace(after, state=State.HELD, reasons=row.reasons, next_attempt_at=None)
    return after, note


def _after(row: Row, outcome: Outcome, on_void: OnVoid, now: datetime) -> tuple[Row, str]:  # noqa: C901 (one case for each outcome)
    match outcome:
        case Written(order=order, document=document, note=note):
            row = replace(_with_document(row, agreed(document, order)), accepted_hash=order.content_hash())
            return arrived(row, on_void, now), note
        case WrittenUnchecked(txn_id=txn_id, edit_sequence=edit_sequence):
            known = replace(row.document, txn_id=txn_id, edit_sequence=edit_sequence)
            row = replace(row, document=known, check_books=True, books=None)
            return row.moved(State.QUEUED, now), "It is in QuickBooks; it is compared before it counts."
        case Refused(order=order, document=None) if order is not None and order != row.order:
            return by_itself(replace(row, state=_unsent(row)), on_void, now), "Cedar has changed it since."
        case Refused(reason=reason, document=found):
            if found is not None:
                row = replace(_with_document(row, found), accepted_hash=None)
            if row.order is None and row.document.txn_id is None:
                # Voided in Cedar meanwhile: there is nothing left to mend.
                return by_itself(replace(row, state=_unsent(row)), on_void, now), ""
            return row.moved(State.FAILED, now, reason), ""
        case Later(reason=reason):
            waiting = row.moved(State.WAITING, now, reason)
            return replace(waiting, next_attempt_at=now + delay(row.attempts)), ""
        case Again(note=note):
            return by_itself(replace(row, state=_unsent(row)), on_void, now), note
        case MadeAnew(ref_number=ref_number, note=note):
            return by_itself(_with_another_document(row, ref_number), on_void, now), note
        case InConflict(reason=reason, document=found):
            return replace(row, seen=found, overwrite=False).moved(State.CONFLICT, now, reason), ""
        case LeftToTheBooks(reason=reason, document=found):
            kept = replace(row, seen=found).moved(State.HELD, now, reason)
            return kept, "Kept as it is in QuickBooks, by the setting."
        case TakenBack(note=note):
            return _taken_back(row, outcome, on_void, now), note
        case _:
            assert_never(outcome)


def _taken_back(row: Row, outcome: TakenBack, on_void: OnVoid, now: datetime) -> Row:
    if outcome.is_deleted:
        row = replace(row.without_document(), seen=row.books)
    elif (document := outcome.document or row.books) is not None:
        is_ours = outcome.is_by_us or row.is_closed_by_us
        row = _with_document(row, replace(document, is_closed=True, is_closed_by_us=is_ours))
    row = replace(row, accepted_hash=None, overwrite=False)
    if row.order is not None:
        return by_itself(row, on_void, now)
    return row.moved(State.REMOVED, now, taken_back(row))


def is_about(row: Row, outcome: Outcome, message_set_id: str | None) -> bool:
    """Tell whether an outcome still concerns a row: a person or Cedar may have moved it since it was read."""
    if row.message_set_id is not None:
        return row.message_set_id == message_set_id
    if isinstance(outcome, Written):
        # What the books hold is a fact, whatever became of the row since.
        return row.document.txn_id in {None, outcome.document.txn_id}
    return row.state in _WAITS_FOR_THE_BOOKS


def claimed_by(outcome: Outcome) -> str | None:
    """Give the document an outcome says is its row's."""
    match outcome:
        case Written(document=document):
            return document.txn_id
        case WrittenUnchecked(txn_id=txn_id):
            return txn_id
        case _:
            return None


def said(outcome: Outcome) -> str | None:
    """Give what the books said, word for word."""
    match outcome:
        case Written() | WrittenUnchecked() | TakenBack():
            return outcome.raw
        case Refused() | Later() | InConflict() | LeftToTheBooks():
            return outcome.reason.raw
        case Again() | MadeAnew():
            return None


def _unsent(row: Row) -> State:
    """Give the state a row had before it was handed out, as far as it matters for where it may go."""
    return State.QUEUED if row.state is State.SENDING else row.state


def _with_another_document(row: Row, ref_number: str) -> Row:
    """Give a row that is to get another document; what was taken out of use stays known as seen."""
    anew = replace(row.without_document(), seen=row.books, state=_unsent(row))
    return replace(anew, document=replace(anew.document, ref_number=ref_number))


def _with_document(row: Row, document: BooksDocument) -> Row:
    known = Document(
        row.document.kind,
        document.ref_number or row.document.ref_number,
        document.txn_id,
        document.edit_sequence,
    )
    return replace(row, document=known, books=document)
