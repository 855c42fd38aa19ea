"""Runs an operation of the facade off the main thread, one after the other, and brings its result back to it."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

log = logging.getLogger(__name__)

T = TypeVar("T")

OnFailure = Callable[[Exception], None]


class Tasks(QObject):
    """A one-thread executor; what is started while the window closes is finished, its result is dropped."""

    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin with nothing to do."""
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ui-task")
        self._is_stopped = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(self, operation: Callable[[], T], on_success: Callable[[T], None], on_failure: OnFailure) -> None:
        """Run an operation; one of the two functions is called on the main thread when it has ended."""

        def work() -> None:
            try:
                result = operation()
            except Exception as exc:  # noqa: BLE001 (whatever it is, the one who asked has to hear of it)
                log.info("an operation failed: %s", exc)
                outcome = _Outcome(on_failure, exc)
            else:
                outcome = _Outcome(on_success, result)
            if not self._is_stopped:
                self._arrived.emit(outcome)

        if not self._is_stopped:
            self._executor.submit(work)

    def stop(self) -> None:
        """Finish what is under way, and start nothing more."""
        self._is_stopped = True
        self._executor.shutdown(wait=True, cancel_futures=True)

    @Slot(object)
    def _deliver(self, outcome: "_Outcome") -> None:
        if not self._is_stopped:
            outcome.deliver()


class _Outcome:
    """A result with the function that wants it."""

    def __init__(self, receiver: Callable[[T], None], value: T) -> None:
        self.deliver: Callable[[], None] = lambda: receiver(value)
