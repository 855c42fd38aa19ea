"""A damaged record: set aside under the time, and a good copy put in its place.

Nothing is deleted, and nothing is repaired: SQLite's own salvage may give rows that never were. What a copy does not
know is found again where the facts are, in Cedar and in the books.

Each step is written down before it is taken, so that a rescue broken off by a full disk or a power failure goes on at
the next start, and never reads a file that has lost its write-ahead log as if it were whole.
"""

import logging
import os
import shutil
import sqlite3
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

import msgspec

from app.domain.facts import RecordRescued
from app.domain.values import replace
from app.store import migrations
from app.store.copies import complaint_of, copies

log = logging.getLogger(__name__)

ASIDE: Final = "damaged"
"""The folder for what was set aside."""

_NOTE: Final = "record.damaged"
_PARTS: Final = ("-wal", "-shm", "")
"""The file itself goes last: what is without its log is never met as a record."""

_EMPTY: Final = "the file is empty"
_STAMP: Final = "%Y%m%d-%H%M%S"


class _Stage(StrEnum):
    SUSPECTED = "suspected"
    """A query met damage; the whole file is to be looked over."""
    CONDEMNED = "condemned"
    """It is being set aside."""
    REPLACED = "replaced"
    """Another record is in its place, which does not say so yet."""


class _Note(msgspec.Struct, frozen=True):
    stage: _Stage
    rescued: RecordRescued | None = None


def suspect(record: Path) -> None:
    """Note that a query met damage, so that the next start looks the whole file over."""
    if _read(record) is None:
        _write(record, _Note(_Stage.SUSPECTED))


def damage(record: Path) -> str | None:
    """Tell what is wrong with a record's file, or that a rescue was broken off; None if nothing is, or there is none.

    Raises:
        OSError: If it cannot be looked at.
        sqlite3.OperationalError: If it is locked, may not be read, or the disk is full.
    """
    note = _read(record)
    if note is not None and note.stage is not _Stage.SUSPECTED:
        return note.rescued.complaint if note.rescued is not None else note.stage.value
    if not record.exists():
        return None
    if record.stat().st_size == 0:
        # A start that was broken off leaves an empty file, too; it has no copies.
        return _EMPTY if copies(record, datetime.now(UTC)) else None
    complaint = complaint_of(record, thoroughly=note is not None)
    if complaint is None and note is not None:
        log.warning("a query met damage in the record, and the whole file is sound; memory or disk may be failing")
        _note_file(record).unlink(missing_ok=True)
    return complaint


def rescue(record: Path, complaint: str, now: datetime) -> RecordRescued:
    """Set a damaged record aside, and put the newest good copy in its place, if there is one.

    The caller makes sure that no other program uses it, keeps what is returned in the record that is opened then, and
    calls `finish`.

    Args:
        record: The file.
        complaint: What is wrong with it.
        now: The time, aware.

    Returns:
        What was done.

    Raises:
        OSError: If a file cannot be moved or written; calling again goes on.
        sqlite3.OperationalError: If a copy cannot be looked at.
    """
    note = _read(record)
    if note is not None and note.stage is _Stage.REPLACED and note.rescued is not None:
        return note.rescued
    if note is not None and note.stage is _Stage.CONDEMNED and note.rescued is not None:
        rescued = note.rescued
    else:
        rescued = RecordRescued(now, complaint, _free_name(record, now))
        _write(record, _Note(_Stage.CONDEMNED, rescued))
    log.error("the record is damaged (%s); it is set aside as %s", complaint, rescued.kept_as)
    _set_aside(record, record.parent / rescued.kept_as)
    for copy in copies(record, now):
        if _restore(record, copy.file):
            rescued = replace(rescued, copy=copy.file.name, copied_at=copy.made_at)
            log.warning("the copy %s was put in its place", copy.file.name)
            break
    else:
        log.warning("there is no good copy; the record begins anew")
    _write(record, _Note(_Stage.REPLACED, rescued))
    return rescued


def finish(record: Path) -> None:
    """Note that the record in place says what was done."""
    _note_file(record).unlink(missing_ok=True)


def _set_aside(record: Path, kept_as: Path) -> None:
    kept_as.parent.mkdir(exist_ok=True)
    for part in _PARTS:
        file = record.with_name(record.name + part)
        if file.exists():
            file.replace(kept_as.with_name(kept_as.name + part))


def _restore(record: Path, copy: Path) -> bool:
    """Put a copy in the record's place; tell whether it is a good one."""
    fresh = record.with_name(f"{record.name}.restored")
    try:
        shutil.copyfile(copy, fresh)
        complaint = complaint_of(fresh, thoroughly=True)
        if complaint is None and _revision(fresh) in migrations.known_revisions():
            with fresh.open("rb+") as written:
                os.fsync(written.fileno())
            fresh.replace(record)
            return True
        log.warning("the copy %s cannot be used: %s", copy.name, complaint or "it is from another version")
        return False
    finally:
        for part in _PARTS:
            fresh.with_name(fresh.name + part).unlink(missing_ok=True)


def _revision(file: Path) -> str | None:
    connection = sqlite3.connect(file)
    try:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError:
        return None
    finally:
        connection.close()
    return None if found is None else str(found[0])


def _free_name(record: Path, now: datetime) -> str:
    stamp = f"{now.astimezone(UTC):{_STAMP}}"
    names = (f"{ASIDE}/{record.stem}-{stamp}{again}{record.suffix}" for again in ("", *(f"-{n}" for n in range(2, 99))))
    return next(name for name in names if not (record.parent / name).exists())


def _note_file(record: Path) -> Path:
    return record.with_name(_NOTE)


def _read(record: Path) -> _Note | None:
    try:
        return msgspec.json.decode(_note_file(record).read_bytes(), type=_Note)
    except FileNotFoundError:
        return None
    except msgspec.MsgspecError:
        # Written by halves: whatever it meant, the whole file is looked over.
        return _Note(_Stage.SUSPECTED)


def _write(record: Path, note: _Note) -> None:
    file = _note_file(record)
    fresh = file.with_name(f"{file.name}.new")
    with fresh.open("wb") as out:
        out.write(msgspec.json.encode(note))
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)
