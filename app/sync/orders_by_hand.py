"""What a person orders for a row: retry, leave out, bring back, compare again, settle a conflict. Pure.

Each gives the row as it is now, the same row where the order means nothing for it.
"""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.domain.choices import OnVoid
from app.domain.language import _
from app.domain.reasons import HELD_GONE, HELD_IN_BOOKS, Reason, ReasonCode
from app.domain.row import Row, voided
from app.domain.states import State
from app.domain.values import replace
from app.sync.moves import by_itself

_BECAUSE: Final = ": {note}"
_STAYS: Final = _(": it stays as it is in QuickBooks")
_HAD_NO_NUMBER: Final = _(" when it had no GL number")
_HAD_ANOTHER: Final = _(" under GL number {gl_number}")
_STAYS_AND: Final = _(": it stays as it is in QuickBooks; {note}")


class Resolution(StrEnum):
    """How a person settles a conflict."""

    KEEP_THEIRS = "keep_theirs"
    """What is in the books stays as it is."""
    SEND_OURS = "send_ours"
    """What is in Cedar goes into the books."""
    STOP_TRACKING = "stop_tracking"
    """The document is none of our business any more."""


def retried(row: Row, on_void: OnVoid, now: datetime) -> Row:
    """Send a failed or waiting row back to the queue."""
    if row.state not in {State.FAILED, State.WAITING} or row.refusals:
        # What our own rules refuse changes in Cedar or in the settings only, and moves on by itself then.
        return row
    if row.order is None and row.overwrite:
        # A person has chosen to take it back; that it did not work once changes nothing of the choice.
        return replace(row.moved(State.QUEUED, now, voided(row)), attempts=0)
    return by_itself(replace(row, attempts=0, next_attempt_at=None), on_void, now)


def held(row: Row, note: str, now: datetime) -> Row:
    """Leave a row out; of what is on its way, its answer is still awaited, and nothing is sent after that."""
    if row.state is State.HELD:
        return row
    if row.is_in_books:
        words = _STAYS_AND.format(note=note) if note else _STAYS
        facts = {"note": words, "case": HELD_IN_BOOKS}
    else:
        facts = {"note": _BECAUSE.format(note=note) if note else ""}
        if row.has_reason(ReasonCode.DELETED_IN_QUICKBOOKS):
            facts["case"] = HELD_GONE
    return row.moved(State.HELD, now, Reason(ReasonCode.HELD_BY_USER, facts))


def held_over(row: Row, left_out: Row, now: datetime) -> Row:
    """Leave a new row out whose charges a person left out before Cedar billed them to this customer."""
    words = _HAD_NO_NUMBER if left_out.gl_number is None else _HAD_ANOTHER.format(gl_number=left_out.gl_number)
    return row.moved(State.HELD, now, Reason(ReasonCode.HELD_BY_USER, {"note": words}))


def released(row: Row, on_void: OnVoid, now: datetime) -> Row:
    """Bring a row back that a person left out."""
    if row.state is not State.HELD:
        return row
    if row.message_set_id is not None:
        return row.moved(State.SENDING, now)
    back = replace(row, attempts=0)
    if _was_deleted(row):
        # Whoever brings it back knows that it is not there any more: it is looked for, and made again.
        back = back.without_document()
    elif row.has_reason(ReasonCode.EDITED_IN_QUICKBOOKS):
        # The settings keep what somebody changed there; this person wants what Cedar says.
        back = replace(back, overwrite=True, check_books=True)
    return by_itself(back, on_void, now)


def _was_deleted(row: Row) -> bool:
    return any(reason.facts.get("case") == HELD_GONE for reason in row.reasons)


def compared_again(row: Row, on_void: OnVoid, now: datetime) -> Row:
    """Compare a row with the books at the next chance, and send what differs."""
    if row.state in {State.FAILED, State.WAITING}:
        return retried(row, on_void, now)
    is_choice = row.has_reason(ReasonCode.VOIDED_IN_CEDAR)
    if row.state not in {State.SYNCED, State.QUEUED, State.CONFLICT} or row.order is None or is_choice:
        return row
    return by_itself(replace(row, check_books=True), on_void, now)


def resolved(
    row: Row, resolution: Resolution, on_void: OnVoid, free_reference: Callable[[Row], str], now: datetime
) -> Row:
    """Settle a conflict.

    Args:
        row: The row.
        resolution: What the person chose.
        on_void: The setting for voided invoices.
        free_reference: Finds a reference number nobody uses, for an order that goes beside a person's document.
        now: The time.
    """
    if row.state is not State.CONFLICT:
        return row
    match resolution:
        case Resolution.KEEP_THEIRS:
            return _kept(row, now)
        case Resolution.SEND_OURS:
            return _sent(row, on_void, free_reference, now)
        case Resolution.STOP_TRACKING:
            forgotten = replace(row.without_document(), check_books=False)
            note = {"note": ": it is not followed any more"}
            return forgotten.moved(State.HELD, now, Reason(ReasonCode.HELD_BY_USER, note))


def _kept(row: Row, now: datetime) -> Row:
    seen = row.seen
    if seen is not None and row.document.txn_id is None:
        # It was there before us: from now on it is this row's document, but what stands in it is a person's.
        document = replace(row.document, txn_id=seen.txn_id, edit_sequence=seen.edit_sequence)
        row = replace(row, document=document)
    # Brought back later, it is compared with the books before anything is sent.
    row = replace(row, check_books=True)
    is_gone = row.has_reason(ReasonCode.DELETED_IN_QUICKBOOKS)
    facts = {"note": "", "case": HELD_GONE} if is_gone else {"note": _STAYS, "case": HELD_IN_BOOKS}
    return row.moved(State.HELD, now, Reason(ReasonCode.HELD_BY_USER, facts))


def _sent(row: Row, on_void: OnVoid, free_reference: Callable[[Row], str], now: datetime) -> Row:
    ours = replace(row, overwrite=True, check_books=True, attempts=0)
    if row.has_reason(ReasonCode.DELETED_IN_QUICKBOOKS):
        ours = replace(ours.without_document(), overwrite=False)
    elif row.has_reason(ReasonCode.NUMBER_IN_USE):
        ours = replace(ours, document=replace(ours.document, ref_number=free_reference(row)), seen=None)
    elif row.document.txn_id is None and row.seen is not None:
        document = replace(ours.document, txn_id=row.seen.txn_id, edit_sequence=row.seen.edit_sequence)
        ours = replace(ours, document=document)
    return by_itself(ours, on_void, now)
