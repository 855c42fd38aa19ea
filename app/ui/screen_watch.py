"""Notices that what windows and icons are seen on has changed: another main screen, or another scale of it."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication, QScreen


class ScreenWatch(QObject):
    """Tells of changes; a picture chosen for one scale is to be chosen anew then."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Watch the screens there are, and those that come."""
        super().__init__(parent)
        application = QGuiApplication.instance()
        if not isinstance(application, QGuiApplication):
            raise TypeError("there are no screens before the application")
        application.primaryScreenChanged.connect(self._on_changed)
        application.screenAdded.connect(self._watch)
        for screen in QGuiApplication.screens():
            self._watch(screen)

    @Slot(QScreen)
    def _watch(self, screen: QScreen) -> None:
        screen.logicalDotsPerInchChanged.connect(self._on_changed)

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()
