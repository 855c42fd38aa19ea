"""Rows as people look at them: lists, parts of lists, and what they count and are worth together."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, Text, func, not_, or_, select, type_coerce

from app.domain.planning import LeftOutCharge, left_out_reasons
from app.domain.reasons import HELD_GONE, Reason
from app.domain.row import RowSummary
from app.domain.states import NEEDS_PERSON, ON_THE_WAY, State
from app.domain.sums import NOTHING, Sums
from app.domain.values import Struct
from app.store.rows import AT_ONCE, SUMMARY, summary_of
from app.store.tables import history, rows


class Totals(Struct, frozen=True):
    """How many rows are in one state, and what they are worth."""

    rows: int = 0
    amount: Sums = NOTHING
    skipped_amount: Sums = NOTHING
    in_books: Sums = NOTHING
    """What of the amount has a document in the books: of rows that need a person, are on their way, or are held."""

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(
            self.rows + other.rows,
            self.amount + other.amount,
            self.skipped_amount + other.skipped_amount,
            self.in_books + other.in_books,
        )


class ListedRow(Struct, frozen=True):
    """A row as a long list shows it: also why charges of it are left out."""

    row: RowSummary
    left_out_reasons: tuple[Reason, ...]


class LeftOutOnRow(Struct, frozen=True):
    """One charge that is left out, with the row it counts on."""

    row: RowSummary
    charge: LeftOutCharge


def summaries(
    tx: Connection, connections: Sequence[str], states: Sequence[State] = (), text: str = ""
) -> list[RowSummary]:
    """List rows without their lines, problems first, then the newest documents.

    Args:
        tx: The transaction.
        connections: Whose rows.
        states: Only these states; all if empty.
        text: Only rows with this text in invoice, customer, GL number, amount, reference or car.
    """
    found = tx.execute(
        select(*SUMMARY).where(*_matching(connections, states, text)).order_by(*_PROBLEMS_FIRST)
    ).mappings()
    return [summary_of(row) for row in found]


def page(
    tx: Connection,
    connections: Sequence[str],
    states: Sequence[State] = (),
    text: str = "",
    offset: int = 0,
    limit: int = 200,
) -> list[ListedRow]:
    """List a part of what `summaries` lists, in the same order, with why charges are left out."""
    found = tx.execute(
        select(*SUMMARY, rows.c.left_out)
        .where(*_matching(connections, states, text))
        .order_by(*_PROBLEMS_FIRST)
        .offset(offset)
        .limit(limit)
    ).mappings()
    return [ListedRow(summary_of(row), left_out_reasons(row["left_out"])) for row in found]


def count(
    tx: Connection, connections: Sequence[str], states: Sequence[State] = (), text: str = ""
) -> dict[State, Totals]:
    """Count and add up, by state, what `summaries` would list; every state is named."""
    return _totals(tx, _matching(connections, states, text))


def listed(tx: Connection, connections: Sequence[str], ids: Iterable[str]) -> list[ListedRow]:
    """List some rows by their ids, in the order of `page`; those that are gone are missing."""
    wanted = sorted(set(ids))
    found: list[ListedRow] = []
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        query = select(*SUMMARY, rows.c.left_out).where(rows.c.connection.in_(connections), rows.c.id.in_(part))
        found += [ListedRow(summary_of(row), left_out_reasons(row["left_out"])) for row in tx.execute(query).mappings()]
    found.sort(key=lambda each: each.row.id)
    found.sort(key=lambda each: each.row.date or date.min, reverse=True)
    found.sort(key=lambda each: each.row.state not in NEEDS_PERSON)
    return found


def newest(tx: Connection, connections: Sequence[str], states: Sequence[State]) -> datetime | None:
    """Tell when a row of some states last came to its state, or got other reasons there; None if there is none."""
    query = (
        select(func.max(history.c.at))
        .join(rows, rows.c.id == history.c.row_id)
        .where(rows.c.connection.in_(connections), rows.c.state.in_(states), history.c.to_state == rows.c.state)
    )
    return tx.execute(query).scalar()


def left_out(tx: Connection, connections: Sequence[str]) -> list[LeftOutOnRow]:
    """List every charge that is left out, newest documents first; not those of rows a person left out."""
    found = tx.execute(
        select(*SUMMARY, rows.c.left_out)
        .where(
            rows.c.connection.in_(connections),
            rows.c.skipped_lines > 0,
            or_(rows.c.state != State.HELD, rows.c.lines > 0),
        )
        .order_by(rows.c.date.desc().nulls_last(), rows.c.id)
    ).mappings()
    return [LeftOutOnRow(summary_of(row), charge) for row in found for charge in row["left_out"]]


def totals(tx: Connection, connection: str) -> dict[State, Totals]:
    """Count and add up the rows of each state; every state is named."""
    return _totals(tx, [rows.c.connection == connection])


def dates_of(tx: Connection, connection: str) -> tuple[date | None, date | None]:
    """Give the oldest and the newest document date."""
    oldest, latest = tx.execute(
        select(func.min(rows.c.date), func.max(rows.c.date)).where(rows.c.connection == connection)
    ).one()
    return oldest, latest


# Where there is no date is said: databases differ in what they take for the first.
_PROBLEMS_FIRST = (
    rows.c.state.in_([State.FAILED, State.CONFLICT]).desc(),
    rows.c.date.desc().nulls_last(),
    rows.c.id,
)


_DELETED = '"code":"DELETED_IN_QUICKBOOKS"'
_GONE = f'"case":"{HELD_GONE}"'


def _totals(tx: Connection, conditions: Sequence[ColumnElement[bool]]) -> dict[State, Totals]:
    found = {state: Totals() for state in State}
    for state, currency, number, amount, skipped in tx.execute(
        select(
            rows.c.state,
            rows.c.currency,
            func.count(),
            func.sum(rows.c.amount),
            func.sum(rows.c.skipped_amount),
        )
        .where(*conditions)
        .group_by(rows.c.state, rows.c.currency)
    ):
        part = Totals(number, Sums.of([(currency, amount)]), Sums.of([(currency, skipped)]))
        found[State(state)] += part
    # Asked apart: few rows are in these states, and the others are counted from an index alone.
    for state, currency, amount in tx.execute(
        select(rows.c.state, rows.c.currency, func.sum(rows.c.amount))
        .where(
            *conditions,
            rows.c.state.in_([*NEEDS_PERSON, *ON_THE_WAY, State.HELD]),
            rows.c.txn_id.is_not(None),
            not_(type_coerce(rows.c.reasons, Text).contains(_DELETED)),
            not_(type_coerce(rows.c.reasons, Text).contains(_GONE)),
        )
        .group_by(rows.c.state, rows.c.currency)
    ):
        found[State(state)] += Totals(in_books=Sums.of([(currency, amount)]))
    return found


def _matching(connections: Sequence[str], states: Sequence[State], text: str) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [rows.c.connection.in_(connections)]
    if states:
        conditions.append(rows.c.state.in_(states))
    conditions += [rows.c.search_text.contains(word, autoescape=True) for word in text.casefold().split()]
    return conditions
