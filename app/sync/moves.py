"""How a row moves when Cedar changes what it wants. Pure: a row and a plan in, the row as it is now out."""

from dataclasses import replace
from datetime import datetime

from app.domain.choices import OnVoid
from app.domain.money import ZERO
from app.domain.planning import PlannedRow
from app.domain.reasons import Reason, ReasonCode
from app.domain.row import Row
from app.domain.states import State


def wanting(row: Row, planned: PlannedRow | None, now: datetime) -> Row:
    """Give the row with what Cedar wants now, its state untouched; without a plan Cedar wants nothing."""
    order = planned.order if planned else None
    return replace(
        row,
        order=order,
        left_out=planned.left_out if planned else (),
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


def replanned(before: Row | None, row: Row, planned: PlannedRow | None, on_void: OnVoid, now: datetime) -> Row:
    """Move a row to where it belongs, now that Cedar wants something else, or the same.

    Args:
        before: The row as it was; None for a new one.
        row: The row with what Cedar wants now, as `wanting` gives it.
        planned: The plan it comes from; None if Cedar has nothing of it any more.
        on_void: The setting for documents whose invoice was voided.
        now: The time.
    """
    if before is not None and before.state in {State.SENDING, State.HELD}:
        # What is on its way must arrive first; what a person left out stays out. Both look at the order later.
        return row
    if row.order is None:
        return _wants_nothing(row, planned, on_void, now)
    if planned is not None and planned.refusals:
        same = before is not None and before.state is State.FAILED and before.reasons == planned.refusals
        return row if same else row.moved(State.FAILED, now, *planned.refusals)
    return _wants_order(before, row, now)


def arrived(row: Row, on_void: OnVoid, now: datetime) -> Row:
    """Move a row whose document is in the books, as far as we could bring it: synced, or queued for what is left."""
    settled = replace(row, message_set_id=None, check_books=False, overwrite=False, seen=None)
    if row.order is None:
        return nothing_wanted(settled, on_void, now)
    return settled.moved(State.SYNCED if settled.is_in_step else State.QUEUED, now)


def nothing_wanted(row: Row, on_void: OnVoid, now: datetime) -> Row:
    """Move a row whose document is in the books, and of which Cedar wants nothing there any more."""
    reason = voided(row)
    if on_void is OnVoid.ASK and not row.overwrite:
        return row.moved(State.CONFLICT, now, reason)
    return row.moved(State.QUEUED, now, reason)


def voided(row: Row) -> Reason:
    """Tell that nothing of a row is to be billed any more."""
    return Reason(ReasonCode.VOIDED_IN_CEDAR, {"invoice": row.invoice or "", "gl_number": row.gl_number or ""})


def _wants_nothing(row: Row, planned: PlannedRow | None, on_void: OnVoid, now: datetime) -> Row:
    if row.document.txn_id is None:
        reasons = planned.row_reasons() if planned else (voided(row),)
        return row.moved(State.SKIPPED, now, *reasons)
    if row.state is State.REMOVED or row.has_reason(ReasonCode.VOIDED_IN_CEDAR):
        # It is taken back already, or on its way there, or a person is choosing.
        return row
    return nothing_wanted(row, on_void, now)


def _wants_order(before: Row | None, row: Row, now: datetime) -> Row:
    if row.state is State.CONFLICT and not row.has_reason(ReasonCode.VOIDED_IN_CEDAR):
        return row
    if row.is_in_step and not row.check_books:
        return row if row.state is State.SYNCED else row.moved(State.SYNCED, now)
    came_up = before is None or before.order is None
    changed = came_up or (before is not None and before.wanted_hash != row.wanted_hash)
    was_refused = row.state is State.FAILED and refused_by_rules(row)
    if changed or was_refused or row.state in {State.SKIPPED, State.REMOVED, State.CONFLICT, State.SYNCED}:
        return replace(row.moved(State.QUEUED, now), attempts=0)
    return row


def refused_by_rules(row: Row) -> bool:
    """Tell whether a row failed for a reason of our own planning, which holds no more when it is planned again."""
    own = {ReasonCode.MIXED_CURRENCY, ReasonCode.NEGATIVE_TOTAL, ReasonCode.REF_NUMBER_TOO_LONG}
    return any(reason.code in own for reason in row.reasons)
