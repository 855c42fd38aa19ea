"""The record: opening it wherever it is, migrations, and transactions. What differs by database is in `backend`.

Rule: every fault of the place becomes `HomeUnusable` with one sentence; nothing is ever repaired silently. What becomes
of a damaged file is `rescue`'s business.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import Connection, Engine, ExceptionContext, event, insert, inspect, select, text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.pool import ConnectionPoolEntry

from app.domain.faults import HomeUnusable, NoRoom
from app.store import migrations
from app.store.backend import WRITES, Backend
from app.store.room import Room
from app.store.sqlite import SqliteFile, copy_file, is_damage
from app.store.tables import metadata

_AT_ONCE = 1000
"""Rows copied at once into another database."""

Fence = Callable[[Connection], None]
"""Looks, inside a transaction that is about to write, whether it may; raises if not."""


class Record:
    """The durable record, on SQLite or another database SQLAlchemy speaks to."""

    def __init__(self, backend: Backend, engine: Engine, fence: Fence | None = None, room: Room | None = None) -> None:
        """Take an engine that is set up; `open` makes one."""
        self.room = room or Room()
        """What is known of the room for it."""
        self._backend = backend
        self._engine = engine
        self._fence = fence
        self.on_damage: Callable[[], None] = _nobody_listens
        """Called in whichever thread met damage of the file, at every time; it must be quick."""

    @classmethod
    def open(cls, where: Path | Backend) -> "Record":
        """Open the record in a file or on a server, making or migrating it as needed.

        Raises:
            HomeUnusable: If it cannot be used: unreachable, read-only, full disk, damaged, or from a newer version.
        """
        backend = SqliteFile(where) if isinstance(where, Path) else where
        record = cls(backend, backend.engine())
        event.listen(record._engine, "handle_error", record._on_error)
        try:
            with record._translated():
                record._prepare()
        except OSError as exc:
            record.close()
            raise backend.unusable(exc) from exc
        except BaseException:
            record.close()
            raise
        return record

    @property
    def is_shared(self) -> bool:
        """Tell whether programs on other computers may use the record too."""
        return self._backend.is_shared

    def fenced(self, fence: Fence) -> "Record":
        """Give the same record for somebody who may write only as long as a fence lets him."""
        return Record(self._backend, self._engine, fence, self.room)

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """Open a transaction that may write; other writers wait. Committed at the end, undone by an exception.

        Raises:
            HomeUnusable: If the record cannot be used; nothing of the transaction is in it then.
        """
        with self._translated(), self._writing() as connection:
            if self._backend.is_shared and _revision_there(connection) != migrations.HEAD:
                # A program on another computer has migrated the record while this one was running.
                raise HomeUnusable(self._backend.newer)
            if self._fence is not None:
                self._fence(connection)
            yield connection

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a transaction that sees one state of the record from beginning to end.

        Raises:
            HomeUnusable: If the record cannot be used.
        """
        with self._translated(), self._reading() as connection:
            yield connection

    def copy_to(self, file: Path) -> None:
        """Copy the whole record, while it is in use, into a new SQLite file."""
        if self._engine.dialect.name == "sqlite":
            copy_file(self._engine, file)
            return
        copy = Record.open(file)
        try:
            with self.read() as source, copy.write() as target:
                for table in metadata.sorted_tables:
                    found = source.execution_options(yield_per=_AT_ONCE).execute(select(table)).mappings()
                    for part in found.partitions():
                        target.execute(insert(table), [dict(row) for row in part])
        finally:
            copy.close()

    def complaint(self) -> str | None:
        """Look the whole record over; give what is wrong with it, or None."""
        with self.read() as tx:
            return self._backend.complaint(tx)

    def lack_of_room(self) -> NoRoom | None:
        """Try whether there is room to write now, whatever is known; None if there is."""
        return self.room.lack() or self._backend.lack(self._engine)

    def close(self) -> None:
        """Give the record back; further use is an error. What is still being asked is answered first."""
        event.listen(self._engine, "checkin", _close_late)
        self._engine.dispose()

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (IntegrityError, DataError):
            # A fault of what was to be written, not of the place.
            raise
        except (DBAPIError, sqlite3.Error) as exc:
            raise self._backend.unusable(exc) from exc

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
            yield connection

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Connection]:
        options = {"isolation_level": "REPEATABLE READ"} if self._backend.is_shared else {}
        with self._engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    def _on_error(self, context: ExceptionContext) -> None:
        said = context.original_exception
        if isinstance(said, sqlite3.DatabaseError) and is_damage(str(said)):
            self.on_damage()

    def _prepare(self) -> None:
        with self._engine.connect() as connection:
            current = _revision(connection)
        if current == migrations.HEAD:
            return
        if current is not None and current not in migrations.known_revisions():
            raise HomeUnusable(self._backend.newer)
        if current is not None:
            self._backend.keep_copy(self._engine, current)
        with self._writing() as connection:
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
    except (DBAPIError, sqlite3.Error, OSError) as exc:
        raise SqliteFile(file).unusable(exc) from exc


def _close_late(_: object, entry: ConnectionPoolEntry) -> None:
    """Close a connection that was out when the others were closed: nobody takes it again."""
    entry.close()


def _nobody_listens() -> None:
    """Do nothing: a short command says what is wrong in its one sentence."""


def _revision(connection: Connection) -> str | None:
    return _revision_there(connection) if inspect(connection).has_table("alembic_version") else None


def _revision_there(connection: Connection) -> str | None:
    revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return revision
