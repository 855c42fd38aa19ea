"""A sign-in that waits for the browser, noted in the home so that another program can finish it.

The state in it opens nothing by itself: it only tells that an answer belongs to a question of ours.
"""

import logging
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from app.books.quickbooks_online import sign_in_texts as texts
from app.domain.faults import HomeUnusable
from app.system.whole_file import write_whole

log = logging.getLogger(__name__)


class Pending(msgspec.Struct, frozen=True):
    """One sign-in that was begun."""

    state: str
    redirect_uri: str
    """Exactly as the first page was told; the exchange has to repeat it."""
    until: datetime


class PendingPlace:
    """The note of one connection's sign-in; the newest replaces the one before."""

    def __init__(self, home: Path, connection: str) -> None:
        """Take the place."""
        self._file: Final = home / f"sign-in-{connection}.json"

    def put(self, pending: Pending) -> None:
        """Note a sign-in.

        Raises:
            HomeUnusable: If the home cannot be written.
        """
        try:
            write_whole(self._file, msgspec.json.encode(pending).decode())
        except OSError as exc:
            raise HomeUnusable(texts.NOT_KEPT.format(file=self._file, why=exc.strerror)) from exc

    def get(self) -> Pending | None:
        """Read the note; None if there is none."""
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=Pending)
        except FileNotFoundError:
            return None
        except (OSError, msgspec.MsgspecError) as exc:
            log.warning("%s cannot be read: %s", self._file, type(exc).__name__)
            return None

    def claim(self, state: str) -> bool:
        """Take a sign-in off: whoever gets True goes on with it, and nobody else."""
        pending = self.get()
        if pending is None or pending.state != state:
            return False
        try:
            self._file.unlink()
        except OSError:
            return False
        return True
