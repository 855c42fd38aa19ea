"""Message sets on their way: kept from before they are handed out until every outcome is on its row."""

from datetime import datetime
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import Connection, delete, insert, select, update

from app.domain.message_set import MessageSet, MessageSetState
from app.store.tables import message_sets

OPEN = (MessageSetState.PREPARED, MessageSetState.HANDED_OUT)


def add(tx: Connection, message_set: MessageSet) -> None:
    """Write a message set down."""
    tx.execute(insert(message_sets).values(**asdict(message_set)))


def get(tx: Connection, message_set_id: str) -> MessageSet | None:
    """Read a message set."""
    found = tx.execute(select(message_sets).where(message_sets.c.id == message_set_id)).mappings().first()
    return None if found is None else _message_set(dict(found))


def unanswered(tx: Connection, connection: str) -> list[MessageSet]:
    """List the message sets whose outcomes are not known, oldest first."""
    found = tx.execute(
        select(message_sets)
        .where(message_sets.c.connection == connection, message_sets.c.state.in_(OPEN))
        .order_by(message_sets.c.prepared_at, message_sets.c.id)
    ).mappings()
    return [_message_set(dict(row)) for row in found]


def any_unanswered(tx: Connection, connection: str) -> bool:
    """Tell whether the outcome of anything is unknown."""
    query = select(message_sets.c.id).where(message_sets.c.connection == connection, message_sets.c.state.in_(OPEN))
    return tx.execute(query.limit(1)).first() is not None


def handed_out(tx: Connection, message_set_id: str, at: datetime) -> None:
    """Note that the books may have a message set from now on."""
    tx.execute(
        update(message_sets)
        .where(message_sets.c.id == message_set_id, message_sets.c.state != MessageSetState.ANSWERED)
        .values(state=MessageSetState.HANDED_OUT, handed_out_at=at)
    )


def answered(tx: Connection, message_set_id: str, at: datetime) -> None:
    """Note that all outcomes of a message set are on its rows."""
    tx.execute(
        update(message_sets)
        .where(message_sets.c.id == message_set_id)
        .values(state=MessageSetState.ANSWERED, answered_at=at)
    )


def prune(tx: Connection, connection: str, before: datetime) -> None:
    """Drop answered message sets of long ago; their outcomes stay in the history."""
    tx.execute(
        delete(message_sets).where(
            message_sets.c.connection == connection,
            message_sets.c.state == MessageSetState.ANSWERED,
            message_sets.c.answered_at < before,
        )
    )


def _message_set(found: dict[str, Any]) -> MessageSet:
    return MessageSet(**(found | {"state": MessageSetState(found["state"])}))
