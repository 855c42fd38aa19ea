"""The record's file: opening, durability, migrations with a copy before them, and transactions.

Rule: every fault of the file becomes `HomeUnusable` with one sentence; nothing is ever repaired silently. What becomes
of a damaged file is `rescue`'s business.
"""

import contextlib
import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from app.domain.faults import HomeUnusable, RecordDamaged
from app.store import migrations
from app.store.tables import metadata

log = logging.getLogger(__name__)

BUSY_SECONDS = 15
"""How long a write waits for another process's write."""

WAL_ATTEMPTS = 50
WAL_PAUSE = 0.1
"""Tries, and seconds between them, to turn WAL on while several programs open a new record at once."""

_BEGIN = "sqlite_begin"


class Record:
    """The durable record, on SQLite or another database SQLAlchemy speaks to."""

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)
        self.on_damage: Callable[[], None] = _nobody_listens
        """Called in whichever thread met damage, at every time; it must be quick."""
        event.listen(self._engine, "handle_error", self._on_error)

    @classmethod
    def open(cls, file: Path) -> "Record":
        """Open the record in a file, making or migrating it as needed.

        Raises:
            HomeUnusable: If the file cannot be used: read-only, full disk, damaged, or from a newer version.
        """
        record = cls(f"sqlite:///{file}")
        try:
            with translated(file):
                record._prepare(file)
        except BaseException:
            record.close()
            raise
        return record

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """Open a transaction that may write; other writers wait. Committed at the end, undone by an exception."""
        with self._engine.connect().execution_options(**{_BEGIN: "BEGIN IMMEDIATE"}) as connection, connection.begin():
            yield connection

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a transaction that sees one state of the record from beginning to end."""
        with self._engine.connect() as connection, connection.begin():
            yield connection

    def copy_to(self, file: Path) -> None:
        """Copy the whole record, while it is in use, into a new SQLite file."""
        with contextlib.closing(self._engine.raw_connection()) as raw:
            driver = raw.driver_connection
            if not isinstance(driver, sqlite3.Connection):
                raise TypeError("only an SQLite record can be copied as a file")
            with contextlib.closing(sqlite3.connect(file)) as target:
                driver.backup(target)
                # A copy is one file: it has no need of a write-ahead log beside it.
                target.execute("PRAGMA journal_mode = DELETE")

    def complaint(self) -> str | None:
        """Look the whole file over; give what is wrong with it, or None."""
        with self.read() as tx:
            if tx.dialect.name != "sqlite":
                return None
            found = tx.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        return None if found == "ok" else str(found)

    def close(self) -> None:
        """Give the file back; further use is an error."""
        self._engine.dispose()

    def _on_error(self, context: ExceptionContext) -> None:
        if isinstance(context.original_exception, sqlite3.DatabaseError) and _is_damage(
            str(context.original_exception)
        ):
            self.on_damage()

    def _prepare(self, file: Path) -> None:
        with self._engine.connect() as connection:
            current = _revision(connection)
        if current == migrations.HEAD:
            return
        if current is not None and current not in migrations.known_revisions():
            raise HomeUnusable(
                f"The record {file} was written by a newer version of Cedar Sync; install that version again to use it."
            )
        if current is not None:
            backup = _backup_path(file, current)
            backup.parent.mkdir(exist_ok=True)
            self.copy_to(backup)
            log.info("record copied before migration", extra={"copy": str(backup)})
        with self.write() as connection:
            # Another program may have done it while this one waited.
            if _revision(connection) != current:
                return
            if current is None:
                # A new record needs no history of migrations; a test holds that both ways end at the same tables.
                metadata.create_all(connection)
                migrations.stamp(connection)
            else:
                migrations.upgrade(connection)


@contextlib.contextmanager
def translated(file: Path) -> Iterator[None]:
    """Turn what the database driver says of an unusable file into one sentence.

    Raises:
        HomeUnusable: In place of any error of the database driver.
    """
    try:
        yield
    except DBAPIError as exc:
        raise unusable(file, exc) from exc
    except (sqlite3.Error, OSError) as exc:
        raise _fault(file, str(exc)) from exc


def unusable(file: Path, exc: DBAPIError) -> HomeUnusable:
    """Put a database error into one sentence for people."""
    return _fault(file, str(exc.orig))


def _nobody_listens() -> None:
    """Do nothing: a short command says what is wrong in its one sentence."""


def _is_damage(said: str) -> bool:
    folded = said.casefold()
    return "malformed" in folded or "not a database" in folded or "corrupt" in folded


def _fault(file: Path, said: str) -> HomeUnusable:
    kind = RecordDamaged if _is_damage(said) else HomeUnusable
    return kind(_sentence(file, said))


def _sentence(file: Path, said: str) -> str:
    folded = said.casefold()
    if "readonly" in folded or "permission" in folded or "read-only" in folded or "unable to open" in folded:
        return f"The record {file} cannot be written; give your user the right to write in that folder."
    if "full" in folded or "no space" in folded:
        return f"The disk with {file} is full; free some space, then start again. Nothing was lost."
    if _is_damage(said):
        return (
            f"The record {file} is damaged; end Cedar Sync and start it again: it sets the file aside, takes the "
            "newest good copy, and finds in Cedar and in QuickBooks what that does not know."
        )
    if "locked" in folded:
        return f"The record {file} is in use by another program for too long; close it and try again."
    return f"The record {file} cannot be used ({said}); move it aside or restore a copy from the folder backups."


def _engine(url: str) -> Engine:
    # Parameters are customers' names and amounts: they have no place in the message of an error, nor in a log.
    engine = create_engine(url, pool_size=8, max_overflow=8, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, entry: ConnectionPoolEntry) -> None:  # noqa: ARG001
    # The driver's own transaction handling begins too late for a consistent read; SQLAlchemy begins instead.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    _use_wal(connection)
    for pragma in (
        # In WAL mode only FULL makes a commit survive a power failure, and an intent must.
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _use_wal(connection: sqlite3.Connection) -> None:
    """Turn WAL on where it is not: that needs the file alone for an instant, and SQLite does not wait for it."""
    for attempt in range(WAL_ATTEMPTS):
        try:
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if attempt == WAL_ATTEMPTS - 1:
                raise
            time.sleep(WAL_PAUSE)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, "BEGIN"))


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return revision


def _backup_path(file: Path, revision: str) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    return file.parent / "backups" / f"{file.stem}-{revision}-{stamp}{file.suffix}"
