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
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from app.domain.reasons import Reason
from app.domain.references import reference_key
from app.domain.retrying import LONGEST
from app.domain.row import Actor, Document, Row, RowId, RowSummary
from app.domain.sales_order import DocumentKind
from app.domain.states import State, check_move
from app.domain.values import Struct
from app.store.tables import history, rows

AT_ONCE = 500
"""Values in one question: databases limit the number of parameters."""

SUMMARY = [
    rows.c[name]
    for name in (
        *(name for name in RowSummary.__struct_fields__ if name != "document"),
        "document_kind",
        "ref_number",
        "txn_id",
        "edit_sequence",
    )
]
"""The columns of a row without its lines."""

_VERSION_BITS = 62

# Built once: putting a statement with thirty columns together costs more than running it.
_INSERT = insert(rows)
_UPDATE = update(rows).where(rows.c.id == bindparam("row_id"))
_REMEMBER = insert(history)


class Change(Struct, frozen=True):
    """What becomes of a row."""

    before: Row | None
    """The row as the record has it in this transaction; None for a new row."""
    after: Row
    actor: Actor
    """Who moved it."""
    note: str = ""
    """What happened, in words, where state and reasons do not say it."""
    raw: str | None = None
    """What the other side said, word for word."""


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
    for start in range(0, len(wanted), AT_ONCE):
        found += _rows(tx, rows.c.id.in_(wanted[start : start + AT_ONCE]))
    return found


def versions(tx: Connection, ids: Sequence[RowId]) -> dict[RowId, int]:
    """Give the versions of rows: equal version, equal row."""
    found: dict[RowId, int] = {}
    for start in range(0, len(ids), AT_ONCE):
        query = select(rows.c.id, rows.c.version).where(rows.c.id.in_(ids[start : start + AT_ONCE]))
        found |= {RowId(row_id): version for row_id, version in tx.execute(query)}
    return found


def get_with_versions(tx: Connection, ids: Sequence[RowId]) -> list[tuple[Row, int]]:
    """Read some rows, each with its version."""
    found: list[tuple[Row, int]] = []
    for start in range(0, len(ids), AT_ONCE):
        query = select(rows).where(rows.c.id.in_(ids[start : start + AT_ONCE]))
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
    for start in range(0, len(txn_ids), AT_ONCE):
        part = txn_ids[start : start + AT_ONCE]
        found += _rows(tx, rows.c.connection == connection, rows.c.txn_id.in_(part))
    return found


def in_states(tx: Connection, connection: str, states: Iterable[State]) -> list[Row]:
    """Read all rows of some states."""
    return _rows(tx, rows.c.connection == connection, rows.c.state.in_(list(states)))


def due(tx: Connection, connection: str, now: datetime, limit: int) -> list[RowId]:
    """List rows that may go out now: queued ones, and waiting ones whose time has come; oldest documents first."""
    found = [
        (day or date.min, row_id)
        for condition in _due_states(now)
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
    return sum(
        tx.execute(
            select(func.count()).select_from(rows).where(rows.c.connection == connection, condition)
        ).scalar_one()
        for condition in _due_states(now)
    )


def any_due(tx: Connection, connection: str, now: datetime) -> bool:
    """Tell whether anything may go out now."""
    return bool(due(tx, connection, now, 1))


def owners(tx: Connection, connection: str, txn_ids: Sequence[str]) -> dict[str, RowId]:
    """Tell which row has each of some documents."""
    found: dict[str, RowId] = {}
    for start in range(0, len(txn_ids), AT_ONCE):
        part = txn_ids[start : start + AT_ONCE]
        query = select(rows.c.txn_id, rows.c.id).where(rows.c.connection == connection, rows.c.txn_id.in_(part))
        found |= {str(txn_id): RowId(row_id) for txn_id, row_id in tx.execute(query)}
    return found


def taken(tx: Connection, connection: str, txn_ids: Iterable[str]) -> frozenset[str]:
    """Tell which of some documents belong to rows."""
    return frozenset(owners(tx, connection, list(txn_ids)))


def reference_owner(tx: Connection, connection: str, ref_number: str) -> RowId | None:
    """Tell which row has a reference number."""
    owner = tx.execute(
        select(rows.c.id).where(rows.c.connection == connection, rows.c.ref_key == reference_key(ref_number))
    ).scalar()
    return None if owner is None else RowId(owner)


def newest_synced(tx: Connection, connection: str) -> RowSummary | None:
    """Give the row that was synced last; None if none is."""
    query = select(*SUMMARY).where(rows.c.connection == connection, rows.c.state == State.SYNCED)
    found = tx.execute(query.order_by(rows.c.updated_at.desc(), rows.c.id).limit(1)).mappings().first()
    return None if found is None else summary_of(found)


def document_kinds(tx: Connection, connection: str) -> list[DocumentKind]:
    """List the kinds of document that rows have in the books."""
    found = tx.execute(
        select(rows.c.document_kind).where(rows.c.connection == connection, rows.c.txn_id.is_not(None)).distinct()
    ).scalars()
    return sorted(DocumentKind(kind) for kind in found)


def has_documents(tx: Connection, connection: str) -> bool:
    """Tell whether any row has a document in the books."""
    wanted = select(rows.c.id).where(rows.c.connection == connection, rows.c.txn_id.is_not(None)).limit(1)
    return tx.execute(wanted).first() is not None


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


def _due_states(now: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Give the conditions under which a row may go out, one a state.

    Each apart is answered from an index, and in its order; of both together SQLite would look all rows through.
    """
    # A time further ahead than anybody would have set it is from before the clock was set back.
    has_come = or_(rows.c.next_attempt_at <= now, rows.c.next_attempt_at > now + LONGEST)
    return rows.c.state == State.QUEUED, (rows.c.state == State.WAITING) & has_come


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


def summary_of(found: RowMapping) -> RowSummary:
    """Read a row of `SUMMARY`."""
    return RowSummary(**_common(found))


def _row(found: RowMapping) -> Row:
    return Row(**_common(found), **{name: found[name] for name in _ROW_ONLY})
