"""Room for the record: whether there is any, and which work last found none.

Work that found none is remembered in memory, since a full disk takes no note of it. It is forgotten when that very work
finds room again: small notes still fit where a page of charges does not, so they prove nothing.
"""

import errno
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from app.domain.faults import NoRoom
from app.domain.language import _

DISK_FULL: Final = _("The disk with {folder} is full")
FREE_SPACE: Final = _(
    "Free some space on that disk. Nothing is lost, and Cedar Sync goes on by itself once there is room."
)
SERVER_FULL: Final = _("The database server {place} is out of room")
HAVE_SPACE_FREED: Final = _(
    "Have its administrator free some space. Nothing is lost, and Cedar Sync goes on by itself once there is room."
)

LEAST: Final = 256 * 1024
"""Bytes a write of ours may need: with less the disk counts as full, whatever still fits on it."""
REMEMBERED: Final = 3600.0
"""Seconds after which nobody knows any more whether it is still so: the work may never have been tried again."""

_FULL: Final = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG})
_FULL_ON_WINDOWS: Final = frozenset({39, 112, 1295})
"""ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL and ERROR_DISK_QUOTA_EXCEEDED, which has no errno of its own."""


class Room:
    """What is known of the room for a record, by all who write it in this process."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self._lacking: dict[str, tuple[NoRoom, float]] = {}
        self._lock = threading.Lock()

    @contextmanager
    def needed_for(self, work: str) -> Iterator[None]:
        """Do some work, and remember whether there was room for it; other faults prove nothing.

        Args:
            work: Its name.
        """
        try:
            yield
        except NoRoom as fault:
            # Not the fault itself: it holds on to all that was being done.
            lack = NoRoom(fault.line, fault.fix), time.monotonic()
            with self._lock:
                self._lacking[work] = lack
            raise
        with self._lock:
            self._lacking.pop(work, None)

    def lack(self) -> NoRoom | None:
        """Give what is full, as far as the last work of each kind tells; None if nothing is."""
        oldest = time.monotonic() - REMEMBERED
        with self._lock:
            return next((lack for lack, since in self._lacking.values() if since >= oldest), None)


def is_full(fault: OSError) -> bool:
    """Tell whether a fault of a file says that its disk, or this user's part of it, is full."""
    return fault.errno in _FULL or getattr(fault, "winerror", None) in _FULL_ON_WINDOWS


def disk_full(folder: Path) -> NoRoom:
    """Say that the disk with a folder is full."""
    return NoRoom(DISK_FULL.format(folder=folder), FREE_SPACE)


def has_room(folder: Path) -> bool:
    """Try whether a file can grow in a folder; yes where something else forbids it.

    The free bytes alone do not tell: a quota is not seen in them.
    """
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(LEAST))
            file.flush()
            os.fsync(file.fileno())
    except OSError as exc:
        return not is_full(exc)
    return True
