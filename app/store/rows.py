"""Rows: the one place where a row is written, always together with its history."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from secrets import randbits
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Text,
    bindparam,
    delete,
    func,
    insert,
    not_,
    or_,
    select,
    type_coerce,
    update,
)

from app.domain.planning import LeftOutCharge, left_out_reasons
from app.domain.reasons import HELD_GONE, Reason
from app.domain.references import reference_key
from app.domain.retrying import LONGEST
from app.domain.row import Actor, Document, Row, RowId, RowSummary
from app.domain.sales_order import DocumentKind
from app.domain.states import NEEDS_PERSON, ON_THE_WAY, State, check_move
from app.domain.sums import NOTHING, Sums
from app.domain.values import Struct
from app.store.tables import history, rows

_AT_ONCE = 500
"""Values in one question: databases limit the number of parameters."""

_SUMMARY = [
    rows.c[name]
    for name in (
        *(name for name in RowSummary.__struct_fields__ if name != "document"),
        "document_kind",
        "ref_number",
        "txn_id",
        "edit_sequence",
    )
]


_VERSION_BITS = 62

# Built once: putting a statement with thirty columns together costs more than running it.
_INSERT = insert(rows)
_UPDATE = update(rows).where(rows.c.id == bindparam("row_id"))
_REMEMBER = insert(history)


class Change(Struct, frozen=True):
    """What becomes of a row."""

    before: Row | None
    """The row as it was read in this transaction; None for a new row."""
    after: Row
    actor: Actor
    """Who moved it."""
    note: str = ""
    """What happened, in words, where state and reasons do not say it."""
    raw: str | None = None
    """What the other side said, word for word."""


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


class HistoryEntry(Struct, frozen=True):
    """One move of a row."""

    at: datetime
    actor: Actor
    from_state: State | None
    to_state: State
    reasons: tuple[Reason, ...]
    note: str
    raw: str | None


def save(tx: Connection, before: Row | None, after: Row, actor: Actor, note: str = "", raw: str | None = None) -> None:
    """Write one row; the arguments are those of `Change`.

    Raises:
        IllegalTransitionError: If the row may not go from the one state to the other.
    """
    save_all(tx, [Change(before, after, actor, note, raw)])


def save_all(tx: Connection, changes: Sequence[Change]) -> int:
    """Write rows as they are now, in this order, and their history if anything happened that a person would ask about.

    Returns:
        The version the rows have now.

    Raises:
        IllegalTransitionError: If a row may not go from the one state to the other.
    """
    for change in changes:
        check_move(change.before.state if change.before else None, change.after.state)
    # Drawn, not counted: it is new even where a copy was put back, or a row was dropped and made again.
    version = randbits(_VERSION_BITS)
    # What one row gives up, the next may take: the order is kept, and only neighbours are written at once.
    for columns, several in groupby(changes, _columns_of):
        if columns is None:
            tx.execute(_INSERT, [{"version": version, **_values(change.after, _COLUMNS)} for change in several])
        elif columns:
            values = [
                {"version": version, "row_id": change.after.id, **_values(change.after, columns)} for change in several
            ]
            tx.execute(_UPDATE, values)
    entries = [_entry(change) for change in changes if _is_told(change)]
    if entries:
        tx.execute(_REMEMBER, entries)
    return version


def drop(tx: Connection, row_id: RowId) -> None:
    """Take a row off the list; its history stays."""
    tx.execute(delete(rows).where(rows.c.id == row_id))


def get(tx: Connection, row_id: RowId) -> Row | None:
    """Read one row; None if there is none."""
    found = tx.execute(select(rows).where(rows.c.id == row_id)).mappings().first()
    return None if found is None else _row(found)


def get_many(tx: Connection, ids: Iterable[RowId]) -> list[Row]:
    """Read some rows, in the order of their ids."""
    wanted = sorted(set(ids))
    found: list[Row] = []
    for start in range(0, len(wanted), _AT_ONCE):
        found += _rows(tx, rows.c.id.in_(wanted[start : start + _AT_ONCE]))
    return found


def versions(tx: Connection, ids: Sequence[RowId]) -> dict[RowId, int]:
    """Give the versions of rows: equal version, equal row."""
    found: dict[RowId, int] = {}
    for start in range(0, len(ids), _AT_ONCE):
        query = select(rows.c.id, rows.c.version).where(rows.c.id.in_(ids[start : start + _AT_ONCE]))
        found |= {RowId(row_id): version for row_id, version in tx.execute(query)}
    return found


def get_with_versions(tx: Connection, ids: Sequence[RowId]) -> list[tuple[Row, int]]:
    """Read some rows, each with its version."""
    found: list[tuple[Row, int]] = []
    for start in range(0, len(ids), _AT_ONCE):
        query = select(rows).where(rows.c.id.in_(ids[start : start + _AT_ONCE]))
        found += [(_row(each), each["version"]) for each in tx.execute(query).mappings()]
    return found


def of_invoice(tx: Connection, connection: str, invoice: str | None) -> list[Row]:
    """Read the rows of one invoice."""
    return _rows(
        tx,
        rows.c.connection == connection,
        rows.c.invoice.is_(None) if invoice is None else rows.c.invoice == invoice,
    )


def of_message_set(tx: Connection, connection: str, message_set_id: str) -> list[Row]:
    """Read the rows that are on their way in a message set."""
    return _rows(tx, rows.c.connection == connection, rows.c.message_set_id == message_set_id)


def of_documents(tx: Connection, connection: str, txn_ids: Sequence[str]) -> list[Row]:
    """Read the rows whose documents have these ids."""
    found: list[Row] = []
    for start in range(0, len(txn_ids), _AT_ONCE):
        part = txn_ids[start : start + _AT_ONCE]
        found += _rows(tx, rows.c.connection == connection, rows.c.txn_id.in_(part))
    return found


def in_states(tx: Connection, connection: str, states: Iterable[State]) -> list[Row]:
    """Read all rows of some states."""
    return _rows(tx, rows.c.connection == connection, rows.c.state.in_(list(states)))


def due(tx: Connection, connection: str, now: datetime, limit: int) -> list[RowId]:
    """List rows that may go out now: queued ones, and waiting ones whose time has come; oldest documents first."""
    # Each state apart is read in the order of an index; together, all that waits would be sorted every time.
    found = [
        (day or date.min, row_id)
        for condition in (rows.c.state == State.QUEUED, (rows.c.state == State.WAITING) & _has_come(now))
        for day, row_id in tx.execute(
            select(rows.c.date, rows.c.id)
            .where(rows.c.connection == connection, condition)
            .order_by(rows.c.date.nulls_first(), rows.c.id)
            .limit(limit)
        )
    ]
    return [RowId(row_id) for _, row_id in sorted(found)[:limit]]


def count_due(tx: Connection, connection: str, now: datetime) -> int:
    """Count the rows that may go out now."""
    return tx.execute(select(func.count()).select_from(rows).where(_is_due(connection, now))).scalar_one()


def any_due(tx: Connection, connection: str, now: datetime) -> bool:
    """Tell whether anything may go out now."""
    return tx.execute(select(rows.c.id).where(_is_due(connection, now)).limit(1)).first() is not None


def owners(tx: Connection, connection: str, txn_ids: Sequence[str]) -> dict[str, RowId]:
    """Tell which row has each of some documents."""
    found: dict[str, RowId] = {}
    for start in range(0, len(txn_ids), _AT_ONCE):
        part = txn_ids[start : start + _AT_ONCE]
        query = select(rows.c.txn_id, rows.c.id).where(rows.c.connection == connection, rows.c.txn_id.in_(part))
        found |= {str(txn_id): RowId(row_id) for txn_id, row_id in tx.execute(query)}
    return found


def taken(tx: Connection, connection: str, txn_ids: Iterable[str]) -> frozenset[str]:
    """Tell which of some documents belong to rows."""
    wanted = list(txn_ids)
    found: set[str] = set()
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        question = select(rows.c.txn_id).where(rows.c.connection == connection, rows.c.txn_id.in_(part))
        found.update(txn_id for txn_id in tx.execute(question).scalars() if txn_id)
    return frozenset(found)


def reference_owner(tx: Connection, connection: str, ref_number: str) -> RowId | None:
    """Tell which row has a reference number."""
    owner = tx.execute(
        select(rows.c.id).where(rows.c.connection == connection, rows.c.ref_key == reference_key(ref_number))
    ).scalar()
    return None if owner is None else RowId(owner)


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
        select(*_SUMMARY).where(*_matching(connections, states, text)).order_by(*_PROBLEMS_FIRST)
    ).mappings()
    return [_summary(row) for row in found]


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
        select(*_SUMMARY, rows.c.left_out)
        .where(*_matching(connections, states, text))
        .order_by(*_PROBLEMS_FIRST)
        .offset(offset)
        .limit(limit)
    ).mappings()
    return [ListedRow(_summary(row), left_out_reasons(row["left_out"])) for row in found]


def count(
    tx: Connection, connections: Sequence[str], states: Sequence[State] = (), text: str = ""
) -> dict[State, Totals]:
    """Count and add up, by state, what `summaries` would list; every state is named."""
    return _totals(tx, _matching(connections, states, text))


def listed(tx: Connection, connections: Sequence[str], ids: Iterable[str]) -> list[ListedRow]:
    """List some rows by their ids, in the order of `page`; those that are gone are missing."""
    wanted = sorted(set(ids))
    found: list[ListedRow] = []
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        query = select(*_SUMMARY, rows.c.left_out).where(rows.c.connection.in_(connections), rows.c.id.in_(part))
        found += [ListedRow(_summary(row), left_out_reasons(row["left_out"])) for row in tx.execute(query).mappings()]
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
        select(*_SUMMARY, rows.c.left_out)
        .where(
            rows.c.connection.in_(connections),
            rows.c.skipped_lines > 0,
            or_(rows.c.state != State.HELD, rows.c.lines > 0),
        )
        .order_by(rows.c.date.desc().nulls_last(), rows.c.id)
    ).mappings()
    return [LeftOutOnRow(_summary(row), charge) for row in found for charge in row["left_out"]]


def newest_synced(tx: Connection, connection: str) -> RowSummary | None:
    """Give the row that was synced last; None if none is."""
    query = select(*_SUMMARY).where(rows.c.connection == connection, rows.c.state == State.SYNCED)
    found = tx.execute(query.order_by(rows.c.updated_at.desc(), rows.c.id).limit(1)).mappings().first()
    return None if found is None else _summary(found)


def totals(tx: Connection, connection: str) -> dict[State, Totals]:
    """Count and add up the rows of each state; every state is named."""
    return _totals(tx, [rows.c.connection == connection])


def document_kinds(tx: Connection, connection: str) -> list[DocumentKind]:
    """List the kinds of document that rows have in the books."""
    found = tx.execute(
        select(rows.c.document_kind).where(rows.c.connection == connection, rows.c.txn_id.is_not(None)).distinct()
    ).scalars()
    return sorted(DocumentKind(kind) for kind in found)


def documents(tx: Connection, connection: str, kind: DocumentKind) -> list[str]:
    """List the ids of all documents of a kind that rows have in the books."""
    wanted = select(rows.c.txn_id).where(
        rows.c.connection == connection, rows.c.document_kind == kind, rows.c.txn_id.is_not(None)
    )
    return [str(txn_id) for txn_id in tx.execute(wanted).scalars()]


def history_of(tx: Connection, row_id: RowId) -> list[HistoryEntry]:
    """List what happened to a row, oldest first."""
    found = tx.execute(select(history).where(history.c.row_id == row_id).order_by(history.c.id))
    return [
        HistoryEntry(
            entry.at,
            Actor(entry.actor),
            None if entry.from_state is None else State(entry.from_state),
            State(entry.to_state),
            entry.reasons,
            entry.note,
            entry.raw,
        )
        for entry in found
    ]


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


def _is_due(connection: str, now: datetime) -> ColumnElement[bool]:
    is_due = or_(rows.c.state == State.QUEUED, (rows.c.state == State.WAITING) & _has_come(now))
    return (rows.c.connection == connection) & is_due


def _has_come(now: datetime) -> ColumnElement[bool]:
    # A time further ahead than anybody would have set it is from before the clock was set back.
    return or_(rows.c.next_attempt_at <= now, rows.c.next_attempt_at > now + LONGEST)


def _rows(tx: Connection, *conditions: ColumnElement[bool]) -> list[Row]:
    return [_row(row) for row in tx.execute(select(rows).where(*conditions).order_by(rows.c.id)).mappings()]


_ROW_ONLY = [name for name in Row.__struct_fields__ if name not in RowSummary.__struct_fields__]
_SHARED = [name for name in RowSummary.__struct_fields__ if name not in {"document", "id", "state"}]


_OF_DOCUMENT = ("document_kind", "ref_number", "ref_key", "txn_id", "edit_sequence")
_SEARCHED = frozenset({"invoice", "customer", "gl_number", "document", "amount", "cars"})
_FIELDS = tuple(name for name in Row.__struct_fields__ if name != "id")
_FIELD_VALUES = attrgetter(*_FIELDS)
_COLUMNS = ("id", *(name for name in _FIELDS if name != "document"), *_OF_DOCUMENT, "search_text")


def _columns_of(change: Change) -> tuple[str, ...] | None:
    """Tell which columns a change writes; None for all of a new row."""
    before, after = change.before, change.after
    if before is None:
        return None
    pairs = zip(_FIELDS, _FIELD_VALUES(before), _FIELD_VALUES(after), strict=True)
    changed = [name for name, old, new in pairs if old is not new and old != new]
    columns = [name for name in changed if name != "document"]
    if "document" in changed:
        columns += _OF_DOCUMENT
    if not _SEARCHED.isdisjoint(changed):
        columns.append("search_text")
    return tuple(columns)


def _values(row: Row, columns: Iterable[str]) -> dict[str, Any]:
    return {name: _OTHERWISE[name](row) if name in _OTHERWISE else getattr(row, name) for name in columns}


def _ref_key(row: Row) -> str | None:
    number = row.document.ref_number
    return None if number is None else reference_key(number)


def _search_text(row: Row) -> str:
    parts = (
        row.invoice,
        row.customer,
        row.gl_number,
        row.document.ref_number,
        f"{row.amount:.2f}",
        f"{row.amount:,.2f}",
        *row.cars,
    )
    return " ".join(part.casefold() for part in parts if part)


_OTHERWISE: Mapping[str, Callable[[Row], Any]] = {
    "document_kind": lambda row: row.document.kind,
    "ref_number": lambda row: row.document.ref_number,
    "ref_key": _ref_key,
    "txn_id": lambda row: row.document.txn_id,
    "edit_sequence": lambda row: row.document.edit_sequence,
    "search_text": _search_text,
}
"""Columns that are no fields of a row."""


def _is_told(change: Change) -> bool:
    before, after = change.before, change.after
    return bool(change.note) or before is None or before.state is not after.state or before.reasons != after.reasons


def _entry(change: Change) -> dict[str, Any]:
    return {
        "row_id": change.after.id,
        "at": change.after.updated_at,
        "actor": change.actor,
        "from_state": change.before.state if change.before else None,
        "to_state": change.after.state,
        "reasons": change.after.reasons,
        "note": change.note,
        "raw": change.raw,
    }


def _common(found: RowMapping) -> dict[str, Any]:
    return {name: found[name] for name in _SHARED} | {
        "id": RowId(found["id"]),
        "state": State(found["state"]),
        "document": Document(
            DocumentKind(found["document_kind"]), found["ref_number"], found["txn_id"], found["edit_sequence"]
        ),
    }


def _summary(found: RowMapping) -> RowSummary:
    return RowSummary(**_common(found))


def _row(found: RowMapping) -> Row:
    return Row(**_common(found), **{name: found[name] for name in _ROW_ONLY})
