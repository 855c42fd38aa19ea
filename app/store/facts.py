"""One fact of each kind per connection: read and written whole, typed, and free of migrations when a field is added."""

import re
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from app.store.tables import facts

F = TypeVar("F")


def get(tx: Connection, connection: str, kind: type[F]) -> F | None:
    """Read a fact; None if it is not known."""
    document = tx.execute(
        select(facts.c.document).where(facts.c.connection == connection, facts.c.kind == kind_name(kind))
    ).scalar()
    return None if document is None else msgspec.json.decode(document, type=kind)


def put(tx: Connection, connection: str, fact: object) -> None:
    """Write a fact over the earlier one of its kind."""
    key = {"connection": connection, "kind": kind_name(type(fact))}
    document = msgspec.json.encode(fact).decode()
    changed = tx.execute(
        update(facts)
        .where(facts.c.connection == key["connection"], facts.c.kind == key["kind"])
        .values(document=document)
    )
    if changed.rowcount == 0:
        tx.execute(insert(facts).values(**key, document=document))


def forget(tx: Connection, connection: str, kind: type[object]) -> None:
    """Drop a fact."""
    tx.execute(delete(facts).where(facts.c.connection == connection, facts.c.kind == kind_name(kind)))


def kind_name(kind: type[object]) -> str:
    """Give the name a kind of fact is kept under."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
