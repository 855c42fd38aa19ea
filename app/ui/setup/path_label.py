"""A label for sentences with paths: they break after a separator, and are copied as they are."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QMenu, QWidget

from app.ui.path_words import breakable, plain
from app.ui.setup import texts


class PathLabel(QLabel):
    """Wraps its words; what helps a path to break is seen by nobody else."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        """Take the words."""
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.show_words(words)

    @property
    def words(self) -> str:
        """The words, as they are meant."""
        return plain(self.text())

    def show_words(self, words: str) -> None:
        """Show other words."""
        self.setText(breakable(words))
        self.setAccessibleName(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy what was selected as it is meant."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy."""
        menu = QMenu(self)
        menu.addAction(texts.COPY).triggered.connect(self.copy)
        menu.exec(event.globalPos())
        menu.deleteLater()

    @Slot()
    def copy(self) -> None:
        """Copy what is selected, or else all."""
        QGuiApplication.clipboard().setText(plain(self.selectedText()) or self.words)
