"""Notices that the computer slept, and that time has passed: one coarse tick a minute, and what the system tells."""

from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from app.sync.clock import Clock
from app.system.power import PowerEvents

TICK: Final = 60_000
"""Milliseconds."""

GAP: Final = timedelta(minutes=5)
"""Who finds so much more time gone by than a tick takes has slept."""


class WakeWatch(QObject):
    """Looks at the clock once a minute."""

    ticked = Signal()
    woke = Signal()
    """The computer slept until just now."""

    _resumed = Signal()
    """Told in a thread of the system's, heard in ours."""

    def __init__(self, clock: Clock, power: PowerEvents, parent: QObject | None = None) -> None:
        """Take the clock, and what the system tells; ``start`` begins."""
        super().__init__(parent)
        self._clock = clock
        self._power = power
        self._resumed.connect(self._on_resumed, Qt.ConnectionType.QueuedConnection)
        self._last: datetime = clock.now()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to look."""
        self._last = self._clock.now()
        self._timer.start()
        self._power.start(self._resumed.emit)

    def stop(self) -> None:
        """Look no more."""
        self._power.stop()
        self._timer.stop()

    @Slot()
    def _on_resumed(self) -> None:
        # The gap is explained; it must not be told once more at the next tick.
        self._last = self._clock.now()
        self.woke.emit()
        self.ticked.emit()

    @Slot()
    def look(self) -> None:
        """Look at the clock now."""
        now = self._clock.now()
        has_slept = now - self._last > GAP
        self._last = now
        if has_slept:
            self.woke.emit()
        self.ticked.emit()
