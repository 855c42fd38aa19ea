"""Sessions of the Web Connector, kept so that a restarted program still knows what it handed out to whom."""

from datetime import datetime

from msgspec.structs import asdict
from sqlalchemy import Connection, delete, insert, select, update

from app.domain.values import Struct
from app.store.tables import sessions


class SessionRecord(Struct, frozen=True):
    """One session as it is kept."""

    ticket: str
    connection: str
    state: str
    started_at: datetime
    last_call_at: datetime
    message_set_id: str | None = None
    """The message set whose answer the session owes."""
    last_percent: int = 0
    last_error: str = ""


def save(tx: Connection, session: SessionRecord) -> None:
    """Write a session as it is now."""
    values = asdict(session)
    if tx.execute(update(sessions).where(sessions.c.ticket == session.ticket).values(values)).rowcount == 0:
        tx.execute(insert(sessions).values(values))


def get(tx: Connection, ticket: str) -> SessionRecord | None:
    """Read a session."""
    found = tx.execute(select(sessions).where(sessions.c.ticket == ticket)).mappings().first()
    return None if found is None else SessionRecord(**dict(found))


def open_of(tx: Connection, connection: str, states: tuple[str, ...]) -> list[SessionRecord]:
    """List the sessions of a connection that are in some state."""
    found = tx.execute(
        select(sessions).where(sessions.c.connection == connection, sessions.c.state.in_(states))
    ).mappings()
    return [SessionRecord(**dict(row)) for row in found]


def prune(tx: Connection, connection: str, before: datetime) -> None:
    """Forget sessions of long ago."""
    tx.execute(delete(sessions).where(sessions.c.connection == connection, sessions.c.last_call_at < before))
