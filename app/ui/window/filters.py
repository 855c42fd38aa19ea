"""The filters above the table: which states each shows, and the counts and money that stand on it. No Qt."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from app.domain.money import ZERO
from app.domain.row import RowSummary
from app.domain.states import State
from app.store.rows import Totals
from app.sync.service import Snapshot
from app.ui.ports import RowsFilter
from app.ui.window import texts

STATES: Final[Mapping[RowsFilter, tuple[State, ...]]] = {
    RowsFilter.NEEDS_YOU: (State.FAILED, State.CONFLICT),
    RowsFilter.WAITING: (State.QUEUED, State.SENDING, State.WAITING),
    RowsFilter.LEFT_OUT: (State.SKIPPED, State.HELD),
    RowsFilter.IN_QUICKBOOKS: (State.SYNCED,),
    RowsFilter.ALL: tuple(State),
}
NAMES: Final[Mapping[RowsFilter, str]] = {
    RowsFilter.NEEDS_YOU: texts.FILTER_NEEDS_YOU,
    RowsFilter.WAITING: texts.FILTER_WAITING,
    RowsFilter.LEFT_OUT: texts.FILTER_LEFT_OUT,
    RowsFilter.IN_QUICKBOOKS: texts.FILTER_IN_BOOKS,
    RowsFilter.ALL: texts.FILTER_ALL,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """How many rows, and what their amounts add up to."""

    rows: int
    amount: Decimal
    partly_left_out: Decimal
    """What is left out of rows that are otherwise not left out."""
    in_books: Decimal = ZERO
    """What of the amount has a document in the books already, though not in step with it, or left alone there."""


def worth(row: RowSummary) -> Decimal:
    """Give the amount a row stands for in the list: of a row that is left out, what is left out."""
    return row.skipped_amount if row.state is State.SKIPPED else row.amount


def shown(totals: Mapping[State, Totals], states: Iterable[State]) -> Shown:
    """Add up what a list of these states shows."""
    rows, amount, partly, in_books = 0, ZERO, ZERO, ZERO
    for state in states:
        total = totals[state]
        rows += total.rows
        in_books += total.in_books
        if state is State.SKIPPED:
            amount += total.skipped_amount
        else:
            amount += total.amount
            partly += total.skipped_amount
    return Shown(rows, amount, partly, in_books)


def shown_rows(rows: Iterable[RowSummary]) -> Shown:
    """Add up what a list of these rows shows."""
    found = list(rows)
    partly = sum((row.skipped_amount for row in found if row.state is not State.SKIPPED), ZERO)
    return Shown(len(found), sum((worth(row) for row in found), ZERO), partly)


def all_totals(snapshot: Snapshot) -> dict[State, Totals]:
    """Add up all connections."""
    sums: dict[State, Totals] = {state: Totals(0, ZERO, ZERO) for state in State}
    for connection in snapshot.connections:
        for state, total in connection.totals.items():
            known = sums[state]
            sums[state] = Totals(
                known.rows + total.rows,
                known.amount + total.amount,
                known.skipped_amount + total.skipped_amount,
                known.in_books + total.in_books,
            )
    return sums


def not_in_books(totals: Mapping[State, Totals]) -> Decimal:
    """Give what is meant for the books and is not there yet: a row that has a document there is."""
    found = shown(totals, (*STATES[RowsFilter.NEEDS_YOU], *STATES[RowsFilter.WAITING]))
    return found.amount - found.in_books
