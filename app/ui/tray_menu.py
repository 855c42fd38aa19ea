"""The tray's menu as widgets: shows a model, says what was chosen. It holds no rule."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app import PRODUCT
from app.ui.tray_state import SEPARATOR, Choice, Item


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
        self._build()

    @Slot()
    def _build(self) -> None:
        if self._wanted == self._shown or self.widget.isVisible():
            return
        self.widget.clear()
        _fill(self.widget, self._wanted)
        self._shown = self._wanted

    @Slot()
    def _on_about_to_hide(self) -> None:
        # A moment later: the entry that was chosen has to live until it was handled.
        QTimer.singleShot(0, self._build)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        choice = action.data()
        if choice:
            self.chosen.emit(Choice(choice))


def _fill(menu: QMenu, items: Iterable[Item]) -> None:
    for item in items:
        if item == SEPARATOR:
            menu.addSeparator()
        elif item.below:
            _fill(menu.addMenu(item.text), item.below)
        elif item.choice is None:
            menu.addAction(item.text.replace("&", "&&")).setEnabled(False)
        else:
            action = menu.addAction(item.text)
            action.setData(str(item.choice))
            if item.is_default:
                menu.setDefaultAction(action)
