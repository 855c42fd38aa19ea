"""The record in an SQLite file: write-ahead log, full durability, a copy of the file before a migration."""

import contextlib
import logging
import sqlite3
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from app.domain.faults import HomeUnusable, NoRoom, RecordDamaged
from app.store.backend import BUSY_SECONDS, WRITES
from app.store.room import disk_full, has_room, is_full

log = logging.getLogger(__name__)

WAL_ATTEMPTS = 50
WAL_PAUSE = 0.1
"""Tries, and seconds between them, to turn WAL on while several programs open a new record at once."""


class SqliteFile:
    """A record that one computer has in a file."""

    is_shared = False

    def __init__(self, file: Path) -> None:
        """Take the file; nothing is opened yet."""
        self._file = file

    def engine(self) -> Engine:
        """Build the engine."""
        # Parameters are customers' names and amounts: they have no place in the message of an error, nor in a log.
        engine = create_engine(f"sqlite:///{self._file}", pool_size=8, max_overflow=8, hide_parameters=True)
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
        return engine

    def keep_copy(self, engine: Engine, revision: str) -> None:
        """Copy the file into the folder of copies."""
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        copy = self._file.parent / "backups" / f"{self._file.stem}-{revision}-{stamp}{self._file.suffix}"
        copy.parent.mkdir(exist_ok=True)
        copy_file(engine, copy)
        log.info("record copied before migration", extra={"copy": str(copy)})

    def complaint(self, connection: Connection) -> str | None:
        """Look the whole file over."""
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        return None if found == "ok" else str(found)

    def unusable(self, fault: Exception) -> HomeUnusable:
        """Put a fault of the file into one sentence."""
        driver = fault.orig if isinstance(fault, DBAPIError) else fault
        said = str(driver)
        if (isinstance(driver, OSError) and is_full(driver)) or _is_full(said):
            return disk_full(self._file.parent)
        # A quota, or a file that cannot be made at all, has no words of its own.
        if _may_be_full(said) and (lack := self.lack()) is not None:
            return lack
        kind = RecordDamaged if is_damage(said) else HomeUnusable
        return kind(_sentence(self._file, said))

    def lack(self, engine: Engine | None = None) -> NoRoom | None:  # noqa: ARG002
        """Try whether there is room beside the file."""
        return None if has_room(self._file.parent) else disk_full(self._file.parent)

    @property
    def newer(self) -> str:
        """Say that the file was written by a newer version."""
        return (
            f"The record {self._file} was written by a newer version of Cedar Sync; install that version again to use "
            "it."
        )


def copy_file(engine: Engine, file: Path) -> None:
    """Copy a whole SQLite record, while it is in use, into a new file."""
    with contextlib.closing(engine.raw_connection()) as raw:
        driver = raw.driver_connection
        if not isinstance(driver, sqlite3.Connection):
            raise TypeError("only an SQLite record can be copied as a file")
        with contextlib.closing(sqlite3.connect(file)) as target:
            driver.backup(target)
            # A copy is one file: it has no need of a write-ahead log beside it.
            target.execute("PRAGMA journal_mode = DELETE")


def is_damage(said: str) -> bool:
    """Tell whether SQLite says that the file itself is damaged."""
    folded = said.casefold()
    return "malformed" in folded or "not a database" in folded or "corrupt" in folded


def _is_full(said: str) -> bool:
    folded = said.casefold()
    return "is full" in folded or "no space" in folded


def _may_be_full(said: str) -> bool:
    folded = said.casefold()
    return "disk i/o error" in folded or "unable to open" in folded


def _sentence(file: Path, said: str) -> str:
    folded = said.casefold()
    if "readonly" in folded or "permission" in folded or "read-only" in folded or "unable to open" in folded:
        return f"The record {file} cannot be written; give your user the right to write in that folder."
    if is_damage(said):
        return (
            f"The record {file} is damaged; end Cedar Sync and start it again: it sets the file aside, takes the "
            "newest good copy, and finds in Cedar and in QuickBooks what that does not know."
        )
    if "locked" in folded:
        return f"The record {file} is in use by another program for too long; close it and try again."
    return f"The record {file} cannot be used ({said}); move it aside or restore a copy from the folder backups."


def _set_up(connection: sqlite3.Connection, entry: ConnectionPoolEntry) -> None:  # noqa: ARG001
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


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(WRITES) else "BEGIN")
