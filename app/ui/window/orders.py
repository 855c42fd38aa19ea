"""What a person may order for which rows. Pure; no Qt."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from app.domain.reason_texts import explain
from app.domain.reasons import Who
from app.domain.row import Row, RowSummary
from app.domain.states import State
from app.store.row_lists import LeftOutOnRow
from app.ui.window import messages


class Order(StrEnum):
    """What can be ordered."""

    RETRY = "retry"
    LEAVE_OUT = "leave_out"
    BRING_BACK = "bring_back"
    COMPARE = "compare"


_MEANT_FOR: Final = {
    Order.RETRY: frozenset({State.FAILED, State.WAITING}),
    Order.LEAVE_OUT: frozenset(State) - {State.SENDING, State.HELD, State.REMOVED, State.SKIPPED},
    Order.BRING_BACK: frozenset({State.HELD}),
    Order.COMPARE: frozenset({State.SYNCED, State.CONFLICT, State.WAITING}),
}


def possible(rows: Iterable[RowSummary]) -> frozenset[Order]:
    """Tell which orders mean something for at least one of the rows."""
    states = {row.state for row in rows}
    return frozenset(order for order, meant in _MEANT_FOR.items() if states & meant)


def message_for_cedar(row: Row) -> str:
    """Write what whoever keeps Cedar needs to know of a row; empty if Cedar has nothing to mend."""
    about_charges = messages.for_cedar(LeftOutOnRow(row, charge) for charge in row.left_out)
    if about_charges:
        return about_charges
    reason = next((each for each in row.reasons if explain(each).who is Who.CEDAR_ADMIN), None)
    return "" if reason is None else messages.for_cedar_about(row, reason)
