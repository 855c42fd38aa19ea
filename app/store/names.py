"""Customers and items of the books, as last read: what a GL number and a service type resolve to."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, insert, select

from app.domain import books_names as rules
from app.domain.books_names import BooksName, NameKind, last_name
from app.domain.plain_text import name_key
from app.store.tables import books_names


def save(tx: Connection, connection: str, names: Sequence[BooksName]) -> None:
    """Keep entries, over earlier ones with the same list id."""
    for kind in NameKind:
        ids = [name.list_id for name in names if name.kind is kind]
        if ids:
            _drop_ids(tx, connection, kind, ids)
    latest = {(name.kind, name.list_id): name for name in names}
    if latest:
        tx.execute(
            insert(books_names),
            [
                {
                    "connection": connection,
                    "kind": name.kind,
                    "list_id": name.list_id,
                    "full_name": name.full_name,
                    "name_key": name_key(last_name(name.full_name) if name.is_known_by_last_name else name.full_name),
                    "is_active": name.is_active,
                    "currency": name.currency,
                }
                for name in latest.values()
            ],
        )


def find(tx: Connection, connection: str, kind: NameKind, wanted: Iterable[str]) -> dict[str, BooksName]:
    """Look names up; the answer is keyed by `name_key`, and has no name that several entries share."""
    candidates = _candidates(tx, connection, kind, wanted)
    named = {key: rules.named(key, entries) for key, entries in candidates.items()}
    return {key: entry for key, entry in named.items() if entry is not None}


def namesakes(tx: Connection, connection: str, kind: NameKind, wanted: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Give the full names of those who share a name, keyed by `name_key`; only for names that are shared."""
    candidates = _candidates(tx, connection, kind, wanted)
    shared = {key: rules.namesakes(key, entries) for key, entries in candidates.items()}
    return {key: full_names for key, full_names in shared.items() if full_names}


def full_names(tx: Connection, connection: str, kind: NameKind, ids: Iterable[str]) -> dict[str, str]:
    """Give the full names of entries, by their ids."""
    found = tx.execute(
        select(books_names.c.list_id, books_names.c.full_name).where(
            books_names.c.connection == connection, books_names.c.kind == kind, books_names.c.list_id.in_(set(ids))
        )
    )
    return {row.list_id: row.full_name for row in found}


def all_of(tx: Connection, connection: str, kind: NameKind) -> list[str]:
    """List all full names of a kind."""
    return list(
        tx.execute(
            select(books_names.c.full_name)
            .where(books_names.c.connection == connection, books_names.c.kind == kind)
            .order_by(books_names.c.name_key)
        ).scalars()
    )


def forget(tx: Connection, connection: str, kind: NameKind, wanted: Iterable[str]) -> None:
    """Drop names that turned out to be stale, so that they are looked up again."""
    candidates = _candidates(tx, connection, kind, wanted).values()
    _drop_ids(tx, connection, kind, [entry.list_id for entries in candidates for entry in entries])


def forget_all(tx: Connection, connection: str, kind: NameKind) -> None:
    """Drop a whole list before it is read anew."""
    tx.execute(delete(books_names).where(books_names.c.connection == connection, books_names.c.kind == kind))


def _drop_ids(tx: Connection, connection: str, kind: NameKind, ids: Sequence[str]) -> None:
    tx.execute(
        delete(books_names).where(
            books_names.c.connection == connection, books_names.c.kind == kind, books_names.c.list_id.in_(ids)
        )
    )


def _candidates(tx: Connection, connection: str, kind: NameKind, wanted: Iterable[str]) -> dict[str, list[BooksName]]:
    """Read by the keys of names the entries that each names by a full name, or by a last name where that counts."""
    keys = {name_key(name) for name in wanted}
    found = tx.execute(
        select(books_names)
        .where(
            books_names.c.connection == connection,
            books_names.c.kind == kind,
            # Where the last name counts, it is what an entry stands under here.
            books_names.c.name_key.in_(keys | {last_name(key) for key in keys}),
        )
        .order_by(books_names.c.is_active, books_names.c.list_id)
    )
    candidates: dict[str, list[BooksName]] = {}
    for row in found:
        whole = name_key(row.full_name)
        entry = BooksName(
            NameKind(row.kind), row.list_id, row.full_name, row.is_active, row.currency, row.name_key != whole
        )
        for key in keys & {row.name_key, whole}:
            candidates.setdefault(key, []).append(entry)
    return candidates
