"""Sees the window open and close, without the window knowing."""

from PySide6.QtCore import QEvent, QObject, Signal


class WindowWatch(QObject):
    """An event filter that only looks on."""

    closed = Signal()
    """The window closed; it hides, and the close is never refused, or signing out would be held up."""

    visibility_changed = Signal(bool)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at an event, and let it pass."""
        match event.type():
            case QEvent.Type.Close:
                self.closed.emit()
            case QEvent.Type.Show | QEvent.Type.Hide if not event.spontaneous():
                self.visibility_changed.emit(event.type() is QEvent.Type.Show)
            case _:
                pass
        return super().eventFilter(watched, event)
