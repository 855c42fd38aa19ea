"""Turns the core's events into Qt signals on the main thread: many in a short while become one."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from app.sync.events import Events, Topic

VISIBLE_PAUSE = 100
"""Milliseconds between two signals of a kind while somebody looks."""

HIDDEN_PAUSE = 1000


class Bridge(QObject):
    """The only place where the core reaches Qt."""

    changed = Signal()
    """Something changed: ask the facade for a new snapshot."""

    _published = Signal()

    def __init__(self, events: Events, parent: QObject | None = None) -> None:
        """Listen to the core."""
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(VISIBLE_PAUSE)
        self._timer.timeout.connect(self.changed)
        self._published.connect(self._on_published, Qt.ConnectionType.QueuedConnection)
        self._unsubscribe = events.subscribe(self._publish)

    def set_visible(self, *, is_visible: bool) -> None:
        """Signal less often while nobody looks."""
        self._timer.setInterval(VISIBLE_PAUSE if is_visible else HIDDEN_PAUSE)

    def stop(self) -> None:
        """Listen no more."""
        self._unsubscribe()
        self._timer.stop()

    def _publish(self, topic: Topic) -> None:  # noqa: ARG002 (what changed does not matter: everything is asked anew)
        # Called in the publisher's thread: a queued signal is the one way across.
        self._published.emit()

    @Slot()
    def _on_published(self) -> None:
        if not self._timer.isActive():
            self._timer.start()
