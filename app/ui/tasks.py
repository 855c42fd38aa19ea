"""Runs an operation of the facade off the main thread, one after the other, and brings its result back to it."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

log = logging.getLogger(__name__)

T = TypeVar("T")

OnFailure = Callable[[Exception], None]


@dataclass(frozen=True, slots=True)
class _Task:
    """What runs, and who wants its end."""

    operation: Callable[[], Any]
    on_success: Callable[[Any], None]
    on_failure: OnFailure


@dataclass(frozen=True, slots=True)
class _Outcome:
    """How a task ended."""

    number: int
    result: Any
    fault: Exception | None


class Tasks(QObject):
    """A one-thread executor; what is started while the window closes is finished, its result is dropped.

    The functions belong to windows. They are kept here until the main thread has called them, so that the other thread
    never holds the last reference to a window: one destroyed there would bring Qt down.
    """

    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin with nothing to do."""
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ui-task")
        self._is_stopped = False
        self._number = 0
        self._open: dict[int, _Task] = {}
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(self, operation: Callable[[], T], on_success: Callable[[T], None], on_failure: OnFailure) -> None:
        """Run an operation; one of the two functions is called on the main thread when it has ended."""
        if not self._is_stopped:
            self._number += 1
            self._open[self._number] = _Task(operation, on_success, on_failure)
            self._executor.submit(self._work, self._number)

    def stop(self) -> None:
        """Finish what is under way, and start nothing more."""
        self._is_stopped = True
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._open.clear()

    def _work(self, number: int) -> None:
        """Carry out a task, in the executor's thread."""
        outcome = self._attempt(number)
        if not self._is_stopped:
            self._arrived.emit(outcome)

    def _attempt(self, number: int) -> _Outcome:
        try:
            return _Outcome(number, self._open[number].operation(), None)
        except Exception as exc:  # noqa: BLE001 (whatever it is, the one who asked has to hear of it)
            log.info("an operation failed: %s", exc)
            return _Outcome(number, None, exc)

    @Slot(object)
    def _deliver(self, outcome: _Outcome) -> None:
        if self._is_stopped:
            return
        task = self._open.pop(outcome.number)
        if outcome.fault is None:
            task.on_success(outcome.result)
        else:
            task.on_failure(outcome.fault)
