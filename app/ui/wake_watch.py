"""Notices that the computer slept, and that time has passed: one coarse tick a minute, nothing between."""

from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from app.sync.clock import Clock

TICK: Final = 60_000
"""Milliseconds."""

GAP: Final = timedelta(minutes=5)
"""Who finds so much more time gone by than a tick takes has slept."""


class WakeWatch(QObject):
    """Looks at the clock once a minute."""

    ticked = Signal()
    woke = Signal()
    """The computer slept until just now."""

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        """Take the clock; ``start`` begins."""
        super().__init__(parent)
        self._clock = clock
        self._last: datetime = clock.now()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to look."""
        self._last = self._clock.now()
        self._timer.start()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    @Slot()
    def look(self) -> None:
        """Look at the clock now."""
        now = self._clock.now()
        has_slept = now - self._last > GAP
        self._last = now
        if has_slept:
            self.woke.emit()
        self.ticked.emit()
