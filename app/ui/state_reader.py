"""Reads how things stand, off the main thread; many wishes in a short while become one reading."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from app.bootstrap.installation import Installation
from app.domain.row import RowSummary
from app.domain.states import NEEDS_PERSON
from app.sync.clock import Clock
from app.sync.service import Snapshot
from app.ui.tasks import Tasks
from app.ui.tray_state import count

_STALE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Reading:
    """How things stand, and the rows that need a person."""

    snapshot: Snapshot
    needing: tuple[RowSummary, ...]


class StateReader(QObject):
    """Reads when asked; what is asked while it reads is read once more afterwards."""

    arrived = Signal(object)
    """A ``Reading``."""

    failed = Signal(object)
    """The exception that kept it from being read."""

    def __init__(self, installation: Installation, tasks: Tasks, clock: Clock, parent: QObject | None = None) -> None:
        """Take what is read, and the thread to read in."""
        super().__init__(parent)
        self._installation = installation
        self._tasks = tasks
        self._clock = clock
        self._is_reading = False
        self._is_due = False
        self._is_stopped = False
        self._needing: tuple[RowSummary, ...] = ()
        self._number = -1
        self._needing_at: datetime | None = None

    @Slot()
    def read(self) -> None:
        """Read soon."""
        if self._is_stopped:
            return
        if self._is_reading:
            self._is_due = True
            return
        self._is_reading = True
        self._tasks.run(self._look, self._on_read, self._on_failed)

    def stop(self) -> None:
        """Read no more; what arrives late is dropped."""
        self._is_stopped = True

    def _look(self) -> Reading:
        service, now = self._installation.service, self._clock.now()
        snapshot = service.snapshot()
        number = count(snapshot, NEEDS_PERSON)
        is_stale = self._needing_at is None or now - self._needing_at >= _STALE
        # The rows themselves are asked for only when they may be others than before.
        if number != self._number or is_stale:
            self._needing = tuple(service.rows(tuple(NEEDS_PERSON))) if number else ()
            self._number, self._needing_at = number, now
        return Reading(snapshot, self._needing)

    def _on_read(self, reading: Reading) -> None:
        self._end()
        if not self._is_stopped:
            self.arrived.emit(reading)

    def _on_failed(self, fault: Exception) -> None:
        self._end()
        if not self._is_stopped:
            self.failed.emit(fault)

    def _end(self) -> None:
        self._is_reading = False
        if self._is_due:
            self._is_due = False
            self.read()
