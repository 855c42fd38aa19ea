"""What a person reads who closed the wizard before its end: nothing runs yet, and how to come back."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtGui import QCloseEvent, QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.ui import texts
from app.ui.icon_place import IconPlace
from app.ui.screen_room import room_for

_LARGER = 1.35


class LaterWindow(QWidget):
    """Says it once; where there is no icon to come back by, its closing ends the program."""

    def __init__(self, *, has_icon: bool, go_on: Callable[[], None], closed: Callable[[], None]) -> None:
        """Take how to come back.

        Args:
            has_icon: Whether there is an icon near the clock.
            go_on: Opens the wizard again.
            closed: Hears that a person closed the window.
        """
        super().__init__()
        self._go_on, self._closed = go_on, closed
        self.setWindowTitle(texts.LATER_TITLE)
        self.head = QLabel(texts.LATER_HEAD)
        font = QFont(self.head.font())
        font.setPointSizeF(font.pointSizeF() * _LARGER)
        font.setBold(True)
        self.head.setFont(font)
        self.kept = QLabel(texts.LATER_KEPT)
        self.way_back = QLabel(texts.LATER_BY_ICON if has_icon else texts.LATER_BY_START)
        self.place = IconPlace()
        self.place.show_place(has_icon=has_icon)
        self.place.setVisible(has_icon)
        self.on = QPushButton(texts.LATER_GO_ON)
        self.ok = QPushButton(texts.LATER_OK)
        self.ok.setDefault(True)
        self.on.clicked.connect(self._on_go_on)
        self.ok.clicked.connect(self.close)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Cancel), self, self.close)
        for label in (self.kept, self.way_back):
            label.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.on)
        buttons.addWidget(self.ok)
        column = QVBoxLayout(self)
        for widget in (self.head, self.kept, self.way_back, self.place):
            column.addWidget(widget)
        column.addStretch(1)
        column.addLayout(buttons)
        self.resize(room_for(self, 80, 23))

    def drop(self) -> None:
        """Close because the wizard is open again, or the program ends: that is nobody's choice."""
        self._closed = _nothing
        self.close()
        self.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Accept, and say that it was closed."""
        event.accept()
        closed, self._closed = self._closed, _nothing
        closed()

    @Slot()
    def _on_go_on(self) -> None:
        self._closed = _nothing
        self._go_on()


def _nothing() -> None:
    """Nobody wants to hear of the closing any more."""
