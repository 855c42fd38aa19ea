"""Leases on a shared record: which program keeps a connection's books in step, by the clock of the database's server.

All writes of a record exclude each other, so whoever looks at his lease in the transaction that writes has it until
that transaction has ended.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Connection, DateTime, delete, false, func, insert, literal, select, update

from app.store.tables import leases

LENGTH: Final = timedelta(seconds=60)
"""How long a lease holds without being renewed."""

UNCALLED: Final = timedelta(minutes=10)
"""Whose Web Connector has not called for so long gives way to a program whose Web Connector calls: only there is
QuickBooks."""


@dataclass(frozen=True, slots=True)
class Lease:
    """Who keeps a connection's books in step."""

    holder: str
    words: str
    """The holder, for people: computer and user."""
    since: datetime
    """By the server's clock."""


def standing(tx: Connection, connection: str) -> Lease | None:
    """Tell who holds a connection; None if nobody does."""
    query = select(leases.c.holder, leases.c.words, leases.c.since)
    found = tx.execute(query.where(leases.c.connection == connection, leases.c.until > _now())).first()
    return None if found is None else Lease(found.holder, found.words, found.since)


def is_held_by(tx: Connection, connection: str, holder: str) -> bool:
    """Tell whether a program was the last to hold a connection: until another one takes it, nobody else has written.

    No clock is asked, so that a holder who slept and was not replaced may finish what it began.
    """
    return tx.execute(select(leases.c.holder).where(leases.c.connection == connection)).scalar() == holder


def take(tx: Connection, connection: str, holder: str, words: str, *, is_called: bool = False) -> bool:
    """Renew a lease, or take one that is free or has run out.

    Args:
        tx: A transaction that may write.
        connection: What is to be held.
        holder: The program that wants it.
        words: The program, for people.
        is_called: Its Web Connector is calling; that counts more than to be there first.

    Returns:
        Whether the program holds it now.
    """
    called_at = {"called_at": _now()} if is_called else {}
    # A lease that ran out and that nobody took is still ours.
    ours = update(leases).where(leases.c.connection == connection, leases.c.holder == holder)
    if tx.execute(ours.values(until=_now() + _span(LENGTH), **called_at)).rowcount:
        return True
    query = select(
        (leases.c.until > _now()).label("is_standing"),
        func.coalesce(leases.c.called_at > _now() - _span(UNCALLED), false()).label("is_called"),
    ).where(leases.c.connection == connection)
    found = tx.execute(query).first()
    if found is not None:
        if found.is_standing and (found.is_called or not is_called):
            return False
        tx.execute(delete(leases).where(leases.c.connection == connection))
    fresh = {"connection": connection, "holder": holder, "words": words, "since": _now(), "called_at": None}
    tx.execute(insert(leases).values(fresh | {"until": _now() + _span(LENGTH)} | called_at))
    return True


def give_up(tx: Connection, holder: str) -> None:
    """Let go of everything a program holds, so that another one need not wait."""
    tx.execute(delete(leases).where(leases.c.holder == holder))


def _now() -> ColumnElement[datetime]:
    # Not now(): that is when the transaction began, and it may have waited since.
    return func.clock_timestamp(type_=DateTime(timezone=True))


def _span(length: timedelta) -> ColumnElement[timedelta]:
    return literal(length)
