"""Copies of the record in the folder ``backups``: one a day, made while the record is in use and looked over at once.

Rule: only daily copies of ours are ever deleted, the oldest first and never the last; copies from before a migration
or from before something was forgotten stay. What counts is how many there are, not how old they look: a clock that
jumped must not cost the good ones.
"""

import contextlib
import logging
import re
import shutil
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from app.store.database import Record

log = logging.getLogger(__name__)

FOLDER: Final = "backups"
KEPT: Final = 7
"""Daily copies; with one a day that is a week."""

LEAST_LEFT: Final = 500_000_000
"""Bytes that must stay free beside a copy: copies are never the reason why a disk is full."""

_DAILY: Final = "daily"
_ANEW: Final = "anew"
_STAMP: Final = "%Y%m%d-%H%M%S"
_NAME: Final = re.compile(r"-(?P<kind>[0-9a-z]+)-(?P<stamp>\d{8}-\d{6})\.sqlite")
_UNFINISHED: Final = ".unfinished"


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of a record."""

    file: Path
    made_at: datetime
    """As its name says, by the clock of that day."""
    is_daily: bool


def copies(record: Path, now: datetime) -> list[Copy]:
    """List the copies of a record, the newest first; those dated after now are the work of a wrong clock, and last."""
    found = list(_copies(record))
    return sorted(found, key=lambda copy: (copy.made_at <= now, copy.made_at), reverse=True)


def is_due(record: Path, now: datetime) -> bool:
    """Tell whether today's copy is missing."""
    return not any(copy.is_daily and copy.made_at.date() == now.astimezone(UTC).date() for copy in _copies(record))


def make_daily(record: Record, file: Path, now: datetime) -> Path | None:
    """Copy the record if there is room for it, and drop the oldest daily copy beyond those that are kept.

    Args:
        record: The record, in use.
        file: Its file.
        now: The time, aware.

    Returns:
        The copy; None if there is not enough room.

    Raises:
        OSError: If the folder cannot be written.
        sqlite3.Error: If the record cannot be read, or the copy not be written.
        DamagedCopy: If the copy is not sound, so the record is not either.
    """
    folder = file.parent / FOLDER
    folder.mkdir(exist_ok=True)
    wal = file.with_name(f"{file.name}-wal")
    size = file.stat().st_size + (wal.stat().st_size if wal.exists() else 0)
    if shutil.disk_usage(folder).free < size + LEAST_LEFT:
        log.warning("no copy of the record was made: the disk is nearly full")
        return None
    copy = folder / f"{file.stem}-{_DAILY}-{now.astimezone(UTC):{_STAMP}}{file.suffix}"
    unfinished = copy.with_name(copy.name + _UNFINISHED)
    try:
        unfinished.unlink(missing_ok=True)
        record.copy_to(unfinished)
        complaint = complaint_of(unfinished)
        if complaint is not None:
            raise DamagedCopy(complaint)
        unfinished.replace(copy)
    finally:
        _drop(unfinished, *(unfinished.with_name(unfinished.name + part) for part in ("-journal", "-wal", "-shm")))
    daily = [each for each in copies(file, now) if each.is_daily]
    _drop(*(each.file for each in daily[KEPT:]))
    log.info("the record was copied", extra={"copy": str(copy)})
    return copy


def keep_copy(record: Record, file: Path, now: datetime) -> Path:
    """Copy the record before something of it is forgotten; such a copy is never deleted by us.

    Args:
        record: The record, in use.
        file: Its file, or where that would be.
        now: The time, aware.

    Raises:
        OSError: If the folder cannot be written.
        sqlite3.Error: If the copy cannot be written.
    """
    folder = file.parent / FOLDER
    folder.mkdir(exist_ok=True)
    copy = folder / f"{file.stem}-{_ANEW}-{now.astimezone(UTC):{_STAMP}}{file.suffix}"
    record.copy_to(copy)
    log.info("the record was copied", extra={"copy": str(copy)})
    return copy


class DamagedCopy(Exception):
    """What was copied is not sound."""


def complaint_of(file: Path, *, thoroughly: bool = False) -> str | None:
    """Look a record's file over without opening it as one; give what is wrong with it, or None.

    Args:
        file: The file.
        thoroughly: Hold every index against its table, too: about four times the work.

    Raises:
        sqlite3.OperationalError: If the file cannot be looked at: locked, no right to, a full disk.
    """
    with contextlib.closing(sqlite3.connect(file)) as connection:
        try:
            check = "integrity_check" if thoroughly else "quick_check"
            found = connection.execute(f"PRAGMA {check}(1)").fetchone()[0]
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as exc:
            # SQLITE_CORRUPT and SQLITE_NOTADB; what may pass is an OperationalError.
            return str(exc)
    return None if found == "ok" else str(found)


def _copies(record: Path) -> Iterable[Copy]:
    for file in (record.parent / FOLDER).glob(f"{record.stem}-*{record.suffix}"):
        match = _NAME.fullmatch(file.name.removeprefix(record.stem))
        if match is None:
            continue
        with contextlib.suppress(ValueError):
            made_at = datetime.strptime(match["stamp"], _STAMP).replace(tzinfo=UTC)
            yield Copy(file, made_at, match["kind"] == _DAILY)


def _drop(*files: Path) -> None:
    for file in files:
        try:
            file.unlink(missing_ok=True)
        except OSError as exc:
            log.warning("%s could not be deleted: %s", file, exc)
