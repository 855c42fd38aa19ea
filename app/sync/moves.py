"""How a row moves when Cedar, the books or a person change something. Pure: rows in, the row as it is now out."""

from datetime import datetime

from app.domain.choices import OnVoid
from app.domain.money import ZERO
from app.domain.planning import PlannedRow, left_out_reasons
from app.domain.reasons import Reason, ReasonCode
from app.domain.row import Row, taken_back, voided
from app.domain.states import State
from app.domain.values import replace


def wanting(row: Row, planned: PlannedRow | None, now: datetime) -> Row:
    """Give the row with what Cedar wants now, its state untouched; without a plan Cedar wants nothing."""
    order = planned.order if planned else None
    is_same = (None if order is None else order.content_hash()) == row.wanted_hash
    return replace(
        row,
        order=order,
        # A person's choice was made for what Cedar wanted then.
        overwrite=row.overwrite and is_same,
        left_out=planned.left_out if planned else (),
        refusals=planned.refusals if planned else (),
        customer=(planned.customer if planned else None) or row.customer,
        date=planned.date if planned else row.date,
        amount=order.subtotal if order else ZERO,
        currency=planned.currency if planned else row.currency,
        lines=len(order.lines) if order else 0,
        skipped_lines=len(planned.left_out) if planned else 0,
        skipped_amount=planned.left_out_amount if planned else ZERO,
        cars=planned.cars if planned else row.cars,
        updated_at=now,
    )


def replanned(before: Row | None, row: Row, on_void: OnVoid, now: datetime) -> Row:
    """Move a row now that Cedar wants something else, or the same.

    Args:
        before: The row as it was; None for a new one.
        row: The row with what Cedar wants now, as `wanting` gives it.
        on_void: The setting for documents whose invoice was voided.
        now: The time.
    """
    if before is None:
        return by_itself(row, on_void, now)
    if before.state in {State.SENDING, State.HELD}:
        # What is on its way must arrive first; what a person left out stays out. Both look at the order later.
        return row
    is_voided = row.has_reason(ReasonCode.VOIDED_IN_CEDAR)
    if row.order is None:
        return _no_longer_wanted(row, on_void, now, is_voided=is_voided)
    if row.state is State.CONFLICT and not is_voided:
        is_back = row.is_in_step and before.wanted_hash != row.wanted_hash
        # Cedar wants again what the books were found to hold: perhaps there is nothing to settle any more.
        return by_itself(replace(row, check_books=True), on_void, now) if is_back else row
    changed = before.wanted_hash != row.wanted_hash or before.refusals != row.refusals
    if changed or row.state in {State.SKIPPED, State.REMOVED, State.CONFLICT, State.SYNCED}:
        fresh = replace(row, attempts=0) if changed else row
        return by_itself(fresh, on_void, now)
    return row


def _no_longer_wanted(row: Row, on_void: OnVoid, now: datetime, *, is_voided: bool) -> Row:
    if row.state is State.REMOVED and not row.left_out:
        return row
    if row.document.txn_id is None:
        return by_itself(row, on_void, now)
    if row.state is State.REMOVED or is_voided:
        # It is taken back already, or on its way there, or a person is choosing.
        return row
    if row.has_reason(ReasonCode.DELETED_IN_QUICKBOOKS):
        # Gone on both sides.
        return replace(row.without_document(), seen=row.books).moved(State.REMOVED, now, taken_back(row))
    if row.state is State.CONFLICT:
        # Somebody's hand is on it: a person chooses, whatever the setting for voided invoices says.
        return row
    return nothing_wanted(row, on_void, now)


def by_itself(row: Row, on_void: OnVoid, now: datetime) -> Row:
    """Move a row to where it belongs when nothing but Cedar, our rules and the books decide.

    A row gets `synced` only when the books were compared, which is `arrived`; here it can only stay so.
    """
    if row.order is None:
        if row.document.txn_id is not None:
            return nothing_wanted(row, on_void, now)
        return _to(row, State.SKIPPED, now, *(left_out_reasons(row.left_out) or (voided(row),)))
    if row.refusals:
        return _to(row, State.FAILED, now, *row.refusals)
    if row.state is State.SYNCED and row.is_in_step and not row.check_books:
        return row
    # Whatever Cedar wants, the document may have changed since it was last looked at.
    return _to(replace(row, check_books=row.document.txn_id is not None), State.QUEUED, now)


def arrived(row: Row, on_void: OnVoid, now: datetime) -> Row:
    """Move a row whose document is in the books, as far as we could bring it: synced, or queued for what is left."""
    settled = replace(row, message_set_id=None, check_books=False, overwrite=False, seen=None)
    if settled.order is not None and not settled.refusals and settled.is_in_step:
        return _to(settled, State.SYNCED, now)
    return by_itself(settled, on_void, now)


def nothing_wanted(row: Row, on_void: OnVoid, now: datetime) -> Row:
    """Move a row whose document is in the books, and of which Cedar wants nothing there any more."""
    if on_void is OnVoid.ASK and not row.overwrite:
        return _to(row, State.CONFLICT, now, voided(row))
    return _to(row, State.QUEUED, now, voided(row))


def _to(row: Row, state: State, now: datetime, *reasons: Reason) -> Row:
    if row.state is state and row.reasons == reasons:
        return row
    return row.moved(state, now, *reasons)
