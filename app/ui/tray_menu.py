"""The tray's menu as widgets: shows a model, says what was chosen. It holds no rule."""


from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app import PRODUCT
from app.ui.tray_state import Choice, Item


class TrayMenu(QObject):
    """A menu that is built anew only when its model changes, and never while somebody looks at it."""

    chosen = Signal(object)
    """A ``Choice``."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self.widget = QMenu()
        self.widget.setAccessibleName(PRODUCT)
        self.widget.triggered.connect(self._on_triggered)
        self.widget.aboutToHide.connect(self._on_about_to_hide)
        self._shown: tuple[Item, ...] = ()
        self._wanted: tuple[Item, ...] = ()

    def show_items(self, items: tuple[Item, ...]) -> None:
        """Show a model; an open menu is left alone until it closes."""
        self._wanted = items
        if not self.widget.isVisible():
            self._build()

    @Slot()
    def _on_about_to_hide(self) -> None:
        # The entry that was chosen must live until it has been handled: hence a moment later.
        self._later()

    def _later(self) -> None:
        if self._wanted != self._shown:
            self.startTimer(0)

    def timerEvent(self, event: object) -> None:
        """Build what was wanted meanwhile."""
        self.killTimer(self._timer_of(event))
        if not self.widget.isVisible():
            self._build()

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        choice = action.data()
        if choice:
            self.chosen.emit(Choice(choice))
