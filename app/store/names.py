"""Customers and items of the books, as last read: what a GL number and a service type resolve to."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, insert, select

from app.domain.books_names import BooksName, NameKind
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
                    "name_key": name_key(name.full_name),
                    "is_active": name.is_active,
                    "currency": name.currency,
                }
                for name in latest.values()
            ],
        )


def find(tx: Connection, connection: str, kind: NameKind, wanted: Iterable[str]) -> dict[str, BooksName]:
    """Look names up; the answer is keyed by `name_key`, and an active entry wins over an inactive one."""
    keys = {name_key(name) for name in wanted}
    found = tx.execute(
        select(books_names)
        .where(
            books_names.c.connection == connection,
            books_names.c.kind == kind,
            books_names.c.name_key.in_(keys),
        )
        .order_by(books_names.c.is_active, books_names.c.list_id)
    )
    return {
        row.name_key: BooksName(NameKind(row.kind), row.list_id, row.full_name, row.is_active, row.currency)
        for row in found
    }


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
    keys = {name_key(name) for name in wanted}
    tx.execute(
        delete(books_names).where(
            books_names.c.connection == connection, books_names.c.kind == kind, books_names.c.name_key.in_(keys)
        )
    )


def forget_all(tx: Connection, connection: str, kind: NameKind) -> None:
    """Drop a whole list before it is read anew."""
    tx.execute(delete(books_names).where(books_names.c.connection == connection, books_names.c.kind == kind))


def _drop_ids(tx: Connection, connection: str, kind: NameKind, ids: Sequence[str]) -> None:
    tx.execute(
        delete(books_names).where(
            books_names.c.connection == connection, books_names.c.kind == kind, books_names.c.list_id.in_(ids)
        )
    )
