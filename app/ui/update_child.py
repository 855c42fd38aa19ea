"""Looks for updates in a process of its own, ended if it takes too long: the library's memory and faults stay there."""

import logging
from collections.abc import Sequence
from typing import Final

import msgspec
from msgspec import Struct
from PySide6.QtCore import QObject, QProcess, QTimer, Signal, Slot

log = logging.getLogger(__name__)

LOOK_LIMIT: Final = 120_000
FETCH_LIMIT: Final = 2_400_000
"""Milliseconds; somewhat more than the process gives itself."""

_KILLING_TAKES: Final = 2_000

BROKEN_OFF: Final = "broken_off"


class FoundVersion(Struct):
    """A newer version, as the process tells of it."""

    version: str
    notes: str
    size: int


class FoundSetup(Struct):
    """A setup that was fetched, as the process tells of it."""

    path: str
    size: int
    sha256: str


class Answer(Struct):
    """The document of ``check-updates --json``."""

    newer: FoundVersion | None = None
    setup: FoundSetup | None = None
    problem: str | None = None
    """A key of `texts.UPDATE_PROBLEMS`."""


class UpdateChild(QObject):
    """One process at a time."""

    ended = Signal(object)
    """It has ended, one way or another: an `Answer`."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin with none."""
        super().__init__(parent)
        self._process = QProcess(self)
        self._process.setStandardInputFile(QProcess.nullDevice())
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(self._on_too_long)
        self._is_stopped = False

    def run(self, command: Sequence[str], *, fetches: bool) -> None:
        """Look, and perhaps fetch; ``ended`` tells what came of it.

        Args:
            command: Prints the document.
            fetches: Whether it has to fetch the setup, too.
        """
        program, *arguments = command
        self._process.start(program, [*arguments, *(("--fetch",) if fetches else ())])
        self._limit.start(FETCH_LIMIT if fetches else LOOK_LIMIT)

    def stop(self) -> None:
        """End it, and tell nothing any more."""
        self._is_stopped = True
        self._limit.stop()
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(_KILLING_TAKES)

    @Slot()
    def _on_finished(self) -> None:
        self._limit.stop()
        if self._is_stopped:
            return
        output = bytes(self._process.readAllStandardOutput().data())
        try:
            answer = msgspec.json.decode(output, type=Answer)
        except msgspec.DecodeError:
            log.warning("the look for updates ended with %s and no answer", self._process.exitCode())
            answer = Answer(problem=BROKEN_OFF)
        self.ended.emit(answer)

    @Slot(QProcess.ProcessError)
    def _on_error(self, fault: QProcess.ProcessError) -> None:
        if fault is QProcess.ProcessError.FailedToStart and not self._is_stopped:
            self._limit.stop()
            log.warning("the look for updates could not be started: %s", self._process.errorString())
            self.ended.emit(Answer(problem=BROKEN_OFF))

    @Slot()
    def _on_too_long(self) -> None:
        log.warning("the look for updates takes too long and is ended")
        self._process.kill()
