"""Which accounting systems a snapshot is about, and when each was last in touch. Pure."""

from collections.abc import Sequence
from datetime import datetime

from app.domain.books_system import BooksSystem
from app.domain.reasons import ReasonCode
from app.domain.status import waits_in_vain
from app.sync.service import ConnectionSnapshot, Snapshot


def systems(snapshot: Snapshot) -> tuple[BooksSystem, ...]:
    """Name the accounting systems of all connections, each once."""
    return tuple(dict.fromkeys(each.system for each in snapshot.connections))


def of_system(snapshot: Snapshot, system: BooksSystem) -> Sequence[ConnectionSnapshot]:
    """Give the connections to one accounting system."""
    return [each for each in snapshot.connections if each.system is system]


def system_of(snapshot: Snapshot, connection: str) -> BooksSystem:
    """Tell which accounting system a connection goes to; one that is gone went to the desktop as far as we know."""
    found = (each.system for each in snapshot.connections if each.name == connection)
    return next(found, BooksSystem.QUICKBOOKS_DESKTOP)


def last_contact(connection: ConnectionSnapshot) -> datetime | None:
    """Give the last time the books were in touch: who is called has called, who is reached has answered."""
    if connection.system is BooksSystem.QUICKBOOKS_DESKTOP:
        return connection.books.last_contact
    return connection.books.last_session_end


def next_contact(connection: ConnectionSnapshot, now: datetime) -> datetime | None:
    """Give the time they will be in touch next; None where that is not known, or should have been already."""
    problem, last = connection.facts.books_problem, connection.books.last_contact
    is_pushed = connection.system is not BooksSystem.QUICKBOOKS_DESKTOP
    if is_pushed and problem is not None and problem.next_attempt_at is not None:
        at = problem.next_attempt_at
    elif last is not None:
        at = last + connection.facts.books_interval
    else:
        return None
    return at if at > now else None


def silent(snapshot: Snapshot, now: datetime) -> Sequence[ConnectionSnapshot]:
    """Give the connections whose work waits in vain; those that are paused ask nobody."""
    return [each for each in snapshot.connections if not each.facts.is_paused and waits_in_vain(each.facts, now)]


def signed_out(snapshot: Snapshot) -> tuple[str, ...]:
    """Name the connections that are not let in any more."""
    return tuple(
        each.name
        for each in snapshot.connections
        if each.facts.books_problem is not None and each.facts.books_problem.reason.code is ReasonCode.SIGN_IN_LOST
    )
