"""The filters above the table: which states each shows, and the counts and money that stand on it. No Qt."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from app.domain.money import ZERO
from app.domain.row import RowSummary
from app.domain.states import State
from app.store.rows import Totals
from app.sync.service import Snapshot
from app.ui.window import texts


class Filter(StrEnum):
    """What the table may show."""

    NEEDS_YOU = "needs_you"
    WAITING = "waiting"
    LEFT_OUT = "left_out"
    IN_BOOKS = "in_books"
    ALL = "all"


STATES: Final[Mapping[Filter, tuple[State, ...]]] = {
    Filter.NEEDS_YOU: (State.FAILED, State.CONFLICT),
    Filter.WAITING: (State.QUEUED, State.SENDING, State.WAITING),
    Filter.LEFT_OUT: (State.SKIPPED, State.HELD),
    Filter.IN_BOOKS: (State.SYNCED,),
    Filter.ALL: tuple(State),
}
NAMES: Final[Mapping[Filter, str]] = {
    Filter.NEEDS_YOU: texts.FILTER_NEEDS_YOU,
    Filter.WAITING: texts.FILTER_WAITING,
    Filter.LEFT_OUT: texts.FILTER_LEFT_OUT,
    Filter.IN_BOOKS: texts.FILTER_IN_BOOKS,
    Filter.ALL: texts.FILTER_ALL,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """How many rows, and what their amounts add up to."""

    rows: int
    amount: Decimal
    partly_left_out: Decimal
    """What is left out of rows that are otherwise not left out."""


def worth(row: RowSummary) -> Decimal:
    """Give the amount a row stands for in the list: of a row that is left out, what is left out."""
    return row.skipped_amount if row.state is State.SKIPPED else row.amount


def shown(totals: Mapping[State, Totals], states: Iterable[State]) -> Shown:
    """Add up what a list of these states shows."""
    rows, amount, partly = 0, ZERO, ZERO
    for state in states:
        total = totals[state]
        rows += total.rows
        if state is State.SKIPPED:
            amount += total.skipped_amount
        else:
            amount += total.amount
            partly += total.skipped_amount
    return Shown(rows, amount, partly)


def all_totals(snapshot: Snapshot) -> dict[State, Totals]:
    """Add up all connections."""
    sums: dict[State, Totals] = {state: Totals(0, ZERO, ZERO) for state in State}
    for connection in snapshot.connections:
        for state, total in connection.totals.items():
            known = sums[state]
            sums[state] = Totals(
                known.rows + total.rows, known.amount + total.amount, known.skipped_amount + total.skipped_amount
            )
    return sums


def not_in_books(totals: Mapping[State, Totals]) -> Decimal:
    """Give what is meant for the books and is not there yet."""
    return shown(totals, (*STATES[Filter.NEEDS_YOU], *STATES[Filter.WAITING])).amount
