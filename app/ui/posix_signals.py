"""SIGINT and SIGTERM end the program cleanly, though Python runs no handler while Qt waits."""

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot

_NAMES = ("SIGINT", "SIGTERM", "SIGBREAK")


class SignalWatch(QObject):
    """Wakes Qt through a pair of sockets: no timer has to poll."""

    asked_to_end = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin to listen; on the main thread only."""
        super().__init__(parent)
        self._here, self._there = socket.socketpair()
        for each in (self._here, self._there):
            each.setblocking(False)
        self._notifier = QSocketNotifier(self._here.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_activated)
        self._before_fd = signal.set_wakeup_fd(self._there.fileno(), warn_on_full_buffer=False)
        self._before = {
            number: signal.signal(number, _heard)
            for name in _NAMES
            if (number := getattr(signal, name, None)) is not None
        }

    def stop(self) -> None:
        """Give the signals back."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before = {}
        signal.set_wakeup_fd(self._before_fd)
        self._notifier.setEnabled(False)
        self._here.close()
        self._there.close()

    @Slot()
    def _on_activated(self) -> None:
        try:
            heard = self._here.recv(64)
        except OSError:
            return
        if heard:
            self.asked_to_end.emit()


def _heard(number: int, frame: FrameType | None) -> None:
    """Only wakes the other end of the socket, which Python does by itself."""
