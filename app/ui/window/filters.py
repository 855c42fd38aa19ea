"""The filters above the table: which states each shows, and the counts and money that stand on it. No Qt."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from app.domain.row import RowSummary
from app.domain.states import State
from app.domain.sums import NOTHING, Sums
from app.store.row_lists import Totals
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
    amount: Sums = NOTHING
    partly_left_out: Sums = NOTHING
    """What is left out of rows that are otherwise not left out."""
    in_books: Sums = NOTHING
    """What of the amount has a document in the books already, though not in step with it, or left alone there."""


def worth(row: RowSummary) -> Decimal:
    """Give the amount a row stands for in the list: of a row that is left out, what is left out."""
    return row.skipped_amount if row.state is State.SKIPPED else row.amount


def shown(totals: Mapping[State, Totals], states: Iterable[State]) -> Shown:
    """Add up what a list of these states shows."""
    wanted = frozenset(states)
    whole = sum((totals[state] for state in wanted - {State.SKIPPED}), Totals())
    left_out = totals[State.SKIPPED] if State.SKIPPED in wanted else Totals()
    return Shown(
        whole.rows + left_out.rows,
        whole.amount + left_out.skipped_amount,
        whole.skipped_amount,
        whole.in_books + left_out.in_books,
    )


def shown_rows(rows: Iterable[RowSummary]) -> Shown:
    """Add up what a list of these rows shows."""
    found = list(rows)
    partly = Sums.of((row.currency, row.skipped_amount) for row in found if row.state is not State.SKIPPED)
    return Shown(len(found), Sums.of((row.currency, worth(row)) for row in found), partly)


def all_totals(snapshot: Snapshot) -> dict[State, Totals]:
    """Add up all connections."""
    return {state: sum((each.totals[state] for each in snapshot.connections), Totals()) for state in State}


def only_currency(totals: Mapping[State, Totals]) -> str | None:
    """Give the one currency all money is in; None if there are several, or none is known."""
    found = frozenset[str | None]().union(
        *(each.amount.currencies | each.skipped_amount.currencies for each in totals.values())
    )
    return next(iter(found)) if len(found) == 1 else None


def not_in_books(totals: Mapping[State, Totals]) -> Sums:
    """Give what is meant for the books and is not there yet: a row that has a document there is."""
    found = shown(totals, (*STATES[RowsFilter.NEEDS_YOU], *STATES[RowsFilter.WAITING]))
    return found.amount - found.in_books
