"""What the record holds of a whole connection: whether there is any, and forgetting it."""

from typing import Final

import msgspec
from sqlalchemy import Connection, delete, exists, or_, select

from app.domain.facts import (
    BelongsTo,
    CarrierZone,
    CedarContact,
    Identity,
    PasswordUnseen,
    Paused,
    RulesInForce,
    SignInRefused,
    SyncBegan,
    UnbilledLookedFor,
)
from app.store import facts as known_facts
from app.store.tables import books_names, charges, facts, history, invoices_to_plan, message_sets, rows, sessions

_STAYS: Final = tuple(known_facts.kind_name(kind) for kind in (Identity, PasswordUnseen, Paused, SignInRefused))
"""What is of the Web Connector and of people, not of invoices: the application it has stays added."""

_OF_CEDAR: Final = tuple(
    known_facts.kind_name(kind)
    for kind in (BelongsTo, CarrierZone, CedarContact, RulesInForce, SyncBegan, UnbilledLookedFor)
)
"""What was learnt of Cedar and of how it is read: other books change nothing of it."""


def all_known(tx: Connection) -> dict[str, BelongsTo]:
    """Give what each connection belongs to that there is anything of, the settings' or not."""
    found = select(facts.c.connection, facts.c.document).where(facts.c.kind == known_facts.kind_name(BelongsTo))
    return {
        name: msgspec.json.decode(document, type=BelongsTo)
        for name, document in tx.execute(found.order_by(facts.c.connection))
        if has_any(tx, name)
    }


def of_other_carriers(tx: Connection, connection: str) -> list[str]:
    """List the connections that belong to another Cedar than one does; none where that one's is not known."""
    found = select(facts.c.connection, facts.c.document).where(facts.c.kind == known_facts.kind_name(BelongsTo))
    known = {name: msgspec.json.decode(document, type=BelongsTo) for name, document in tx.execute(found)}
    own = known.pop(connection, None)
    if own is None:
        return []
    return [name for name, each in known.items() if (each.server, each.carrier) != (own.server, own.carrier)]


def has_any(tx: Connection, connection: str) -> bool:
    """Tell whether charges or invoices of a connection are known."""
    return any(
        tx.execute(select(exists().where(table.c.connection == connection))).scalar() for table in (rows, charges)
    )


def is_in_books(tx: Connection, connection: str) -> bool:
    """Tell whether anything of a connection is in the books, was there, or may be."""
    mine = (
        exists().where(message_sets.c.connection == connection),
        exists().where(rows.c.connection == connection, or_(rows.c.txn_id.is_not(None), rows.c.books.is_not(None))),
    )
    return any(tx.execute(select(each)).scalar() for each in mine)


def forget_books(tx: Connection, connection: str) -> None:
    """Forget what was learnt of the books a connection has written nothing to."""
    tx.execute(delete(books_names).where(books_names.c.connection == connection))
    kept = (*_STAYS, *_OF_CEDAR)
    tx.execute(delete(facts).where(facts.c.connection == connection, facts.c.kind.not_in(kept)))


def forget(tx: Connection, connection: str) -> None:
    """Forget everything of a connection but how the Web Connector and people know it."""
    of_it = select(rows.c.id).where(rows.c.connection == connection)
    tx.execute(delete(history).where(history.c.row_id.in_(of_it)))
    for table in (rows, charges, invoices_to_plan, message_sets, sessions, books_names):
        tx.execute(delete(table).where(table.c.connection == connection))
    tx.execute(delete(facts).where(facts.c.connection == connection, facts.c.kind.not_in(_STAYS)))
