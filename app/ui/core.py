"""The core as the shell holds it: begun, listened to, begun anew with other settings, ended."""

import logging
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from app.ui.bridge import Bridge
from app.ui.parts import Parts
from app.ui.program_thread import ProgramThread, Running
from app.ui.state_reader import Reading, StateReader
from app.ui.tasks import Tasks

log = logging.getLogger(__name__)

MOST_BEGINNINGS: Final = 3
"""Times one process begins anew with a damaged record; where that does not help, the disk itself is failing."""


class Core(QObject):
    """One core after the other; never two at a time."""

    begun = Signal()
    """It is being opened and started."""

    started = Signal(object)
    """It runs: a ``Running``."""

    failed = Signal(object)
    """It could not start: the exception that says why."""

    arrived = Signal(object)
    """How things stand now: a ``Reading``."""

    reading_failed = Signal(object)
    """How things stand could not be read: the exception."""

    ended = Signal()
    """It has ended for good."""

    def __init__(self, parts: Parts, tasks: Tasks, parent: QObject | None = None) -> None:
        """Take the home, and the thread to ask in."""
        super().__init__(parent)
        self._parts = parts
        self._tasks = tasks
        self._program: ProgramThread | None = None
        self._reader: StateReader | None = None
        self._is_beginning_anew = False
        self._is_ending = False
        self._beginnings_left = MOST_BEGINNINGS
        self.bridge: Bridge | None = None
        self.running: Running | None = None
        self.reading: Reading | None = None

    @property
    def is_in_session(self) -> bool:
        """Tell whether QuickBooks is being updated right now."""
        found = self.reading
        return found is not None and any(each.facts.is_in_session for each in found.snapshot.connections)

    def begin(self) -> None:
        """Open and start the core; ``started`` or ``failed`` tells the outcome."""
        self.begun.emit()
        self._program = ProgramThread(self._parts.home, self._parts.core_credentials, self)
        self._program.started.connect(self._on_started, Qt.ConnectionType.QueuedConnection)
        self._program.failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)
        self._program.damaged.connect(self._on_damaged, Qt.ConnectionType.QueuedConnection)
        self._program.ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)
        self._program.start()

    def begin_anew(self) -> None:
        """End it, and begin again with the settings as they are now."""
        self._let_go()
        if self._program is None:
            self.begin()
        else:
            self._is_beginning_anew = True
            self._program.end()

    def end(self) -> None:
        """End it for good; ``ended`` comes when it has, never before this returns."""
        self._is_ending = True
        self._let_go()
        if self._program is None:
            QTimer.singleShot(0, self._on_ended)
        else:
            self._program.end()

    def wait(self) -> None:
        """Wait until it has ended, for a system that does not let the event loop run on."""
        if self._program is not None:
            self._program.wait()

    @Slot()
    def read(self) -> None:
        """Read how things stand."""
        if self._reader is not None:
            self._reader.read()

    @Slot(object)
    def _on_started(self, running: Running) -> None:
        if self._is_ending or self._is_beginning_anew:
            return
        self.running = running
        self.bridge = Bridge(running.installation.events, self)
        self.bridge.set_visible(is_visible=False)
        self._reader = StateReader(running.installation, self._tasks, self._parts.clock, self)
        self._reader.arrived.connect(self._on_arrived)
        self._reader.failed.connect(self.reading_failed)
        self.bridge.changed.connect(self._reader.read)
        self.started.emit(running)
        self.read()

    @Slot()
    def _on_damaged(self) -> None:
        if self._beginnings_left and not self._is_ending and not self._is_beginning_anew:
            self._beginnings_left -= 1
            self.begin_anew()

    @Slot(object)
    def _on_failed(self, fault: Exception) -> None:
        if not self._is_ending and not self._is_beginning_anew:
            self.failed.emit(fault)

    @Slot(object)
    def _on_arrived(self, reading: Reading) -> None:
        self.reading = reading
        self.arrived.emit(reading)

    @Slot()
    def _on_ended(self) -> None:
        if self._program is not None:
            self._program.wait()
            self._program.deleteLater()
            self._program = None
        if self._is_ending:
            self.ended.emit()
        elif self._is_beginning_anew:
            self._is_beginning_anew = False
            self.begin()

    def _let_go(self) -> None:
        self.running = self.reading = None
        if self._reader is not None:
            self._reader.stop()
            self._reader.deleteLater()
            self._reader = None
        if self.bridge is not None:
            self.bridge.stop()
            self.bridge.deleteLater()
            self.bridge = None
