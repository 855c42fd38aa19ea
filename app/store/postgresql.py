"""The record on a PostgreSQL server, for an office of several computers.

Writers exclude each other by an advisory lock a transaction takes first, so that a write here means what it means on
SQLite. Writers read what is committed by then; readers see one state from beginning to end.
"""

import logging
import socket
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from app.domain.faults import HomeUnusable, NoRoom, RecordUnreachable
from app.store.backend import BUSY_SECONDS, WRITES
from app.store.room import HAVE_SPACE_FREED, SERVER_FULL

log = logging.getLogger(__name__)

DRIVER: Final = "postgresql+psycopg"

CONNECT_SECONDS: Final = 10
ANSWER_SECONDS: Final = 60
"""How long one statement may take: the longest of ours, over 100,000 rows, takes less than a second."""

IDLE_SECONDS: Final = 30
"""How long a transaction may stand still: a computer that falls asleep in the middle of a write must not keep the
others from writing for longer."""

_LOCK: Final = "SELECT pg_advisory_xact_lock(1129595219, hashtext(current_schema()))"
"""One lock a record: records in other schemas of the same database are none of ours. The number spells "CTRS"."""

_TRY: Final = (
    "CREATE TEMPORARY TABLE cedar_sync_room ON COMMIT DROP AS SELECT repeat('x', 1000) FROM generate_series(1, 262)"
)
"""As much as `app.store.room.LEAST`, in a table that is nobody else's and is gone at once."""

_SETTINGS: Final = (
    f"SET lock_timeout = '{BUSY_SECONDS}s'",
    f"SET statement_timeout = '{ANSWER_SECONDS}s'",
    f"SET idle_in_transaction_session_timeout = '{IDLE_SECONDS}s'",
    # A commit must survive a power failure, whatever the server's administrator prefers for others.
    "SET synchronous_commit = on",
    "SET client_encoding = 'UTF8'",
)

_CABLE: Final[dict[str, Any]] = {
    "connect_timeout": CONNECT_SECONDS,
    # A pulled cable is noticed within half a minute instead of two hours.
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}


class PostgresqlServer:
    """A record that several computers share."""

    is_shared = True

    def __init__(self, url: URL) -> None:
        """Take the address, with the password in it where one is needed; nothing is opened yet."""
        self._url = url.set(drivername=DRIVER)

    def engine(self) -> Engine:
        """Build the engine.

        Raises:
            HomeUnusable: If the driver is not installed.
        """
        try:
            engine = create_engine(
                self._url,
                pool_size=8,
                max_overflow=8,
                # A connection the server or the night has ended is replaced before it is used.
                pool_pre_ping=True,
                hide_parameters=True,
                connect_args=_CABLE | {"application_name": f"Cedar Sync on {socket.gethostname()}"},
            )
        except (ImportError, NoSuchModuleError) as exc:
            raise HomeUnusable(
                'This installation lacks the driver for PostgreSQL; install Cedar Sync with its part "postgresql", or '
                "empty the setting store.url."
            ) from exc
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
        return engine

    def keep_copy(self, engine: Engine, revision: str) -> None:  # noqa: ARG002
        """Say which copy there is: the server's own.

        A migration is one transaction here and is wholly undone if it fails. Copying the tables into another schema
        would need the right to make one, and twice the room, in a database that somebody else looks after.
        """
        log.warning("the record on %s is migrated from %s; the server's own backup is its copy", self.place, revision)

    def complaint(self, connection: Connection) -> str | None:
        """Find nothing: a server looks after its own files, and refuses to read damaged ones."""
        connection.exec_driver_sql("SELECT 1")
        return None

    def lack(self, engine: Engine) -> NoRoom | None:
        """Try whether a table can grow."""
        try:
            with engine.connect() as connection, connection.begin():
                connection.exec_driver_sql(_TRY)
        except DBAPIError as exc:
            fault = self.unusable(exc)
            # Whoever may make no such table learns nothing by it.
            return fault if isinstance(fault, NoRoom) else None
        return None

    @property
    def place(self) -> str:
        """The server and the database, without user and password."""
        return f"{self._url.host or 'localhost'}/{self._url.database or ''}"

    @property
    def newer(self) -> str:
        """Say that a newer version has migrated the record."""
        return (
            f"The record on {self.place} was written by a newer version of Cedar Sync; install that version on this "
            "computer too."
        )

    def unusable(self, fault: Exception) -> HomeUnusable:
        """Put a fault of the server or of the way to it into one sentence."""
        driver: Any = fault.orig if isinstance(fault, DBAPIError) else fault
        return _unusable(self.place, getattr(driver, "sqlstate", None) or "", str(driver))


_UNREACHABLE: Final = (
    "The database server {place} cannot be reached; check that it runs and that this computer is on the network. "
    "Nothing was lost, and it is tried again."
)
_REFUSED: Final = (
    "The database server {place} refused the user name or the password; put the right password into the credential "
    "store with cedar-sync configure --database-password-stdin."
)
_NO_RIGHT: Final = (
    "The database {place} does not give this user the rights it needs; ask whoever looks after the server to let the "
    "user make and change tables there."
)
_NO_DATABASE: Final = "There is no database {place} on that server; have it made, or correct the setting store.url."
_READ_ONLY: Final = (
    "The database {place} takes no changes now; ask whoever looks after the server. Nothing was lost, and it is tried "
    "again."
)
_BUSY: Final = (
    "The database {place} is in use by another program for too long. Nothing was lost, and it is tried again."
)
_CROWDED: Final = (
    "The database server {place} takes no more connections now; ask whoever looks after the server. Nothing was lost, "
    "and it is tried again."
)
_DAMAGED: Final = (
    "The database {place} is damaged; ask whoever looks after the server to restore its backup: what QuickBooks "
    "already holds is found there and not sent twice."
)
_OTHER: Final = "The database {place} cannot be used ({said}); ask whoever looks after the server."

_HEALING: Final = frozenset({_UNREACHABLE, _READ_ONLY, _BUSY, _CROWDED})

_BY_CODE: Final = {
    "28": _REFUSED,
    "3D": _NO_DATABASE,
    "42501": _NO_RIGHT,
    "3F": _NO_RIGHT,
    "53100": SERVER_FULL,
    "53200": SERVER_FULL,
    "53300": _CROWDED,
    "25006": _READ_ONLY,
    "55P03": _BUSY,
    "57014": _BUSY,
    "40": _BUSY,
    "25P03": _UNREACHABLE,
    "57P": _UNREACHABLE,
    "08": _UNREACHABLE,
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
}
"""By the beginning of the server's code (PostgreSQL's documentation, appendix A)."""

_BY_WORDS: Final = (
    # Refused at the door there is no code, only words: psycopg hands on what libpq says.
    (("password authentication failed", "no password supplied", "pg_hba.conf", 'role "'), _REFUSED),
    (('database "',), _NO_DATABASE),
    (("too many connections", "too many clients", "remaining connection slots"), _CROWDED),
)


def _unusable(place: str, code: str, said: str) -> HomeUnusable:
    if code:
        known = (words for length in (5, 3, 2) if (words := _BY_CODE.get(code[:length])) is not None)
        words = next(known, _OTHER)
    elif "fatal:" in said.casefold():
        folded = said.casefold().rpartition("fatal:")[2]
        found = (text for signs, text in _BY_WORDS if any(sign in folded for sign in signs))
        words = next(found, _UNREACHABLE)
    else:
        words = _UNREACHABLE
    if words is SERVER_FULL:
        return NoRoom(words.format(place=place), HAVE_SPACE_FREED)
    sentence = words.format(place=place, said=said.strip().partition("\n")[0])
    return RecordUnreachable(sentence) if words in _HEALING else HomeUnusable(sentence)


def _set_up(connection: Any, entry: ConnectionPoolEntry) -> None:  # noqa: ANN401, ARG001
    with connection.cursor() as cursor:
        for setting in _SETTINGS:
            cursor.execute(setting)
    connection.commit()


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get(WRITES):
        connection.exec_driver_sql(_LOCK)
