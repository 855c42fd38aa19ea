"""The line about a damaged record: said once, quietly, until a person has read it; mostly not there."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from app.domain.facts import RecordRescued
from app.domain.rescue_words import TITLE, words
from app.ui.window import figures, texts


class RecordLine(QWidget):
    """Shows what was done about a damaged record."""

    def __init__(self, read: Callable[[], None], parent: QWidget | None = None) -> None:
        """Take what to do when a person has read it; it returns at once."""
        super().__init__(parent)
        self._read = read
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setAccessibleName(TITLE)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.dismiss = QPushButton(texts.RECORD_READ)
        row = QHBoxLayout(self)
        row.setContentsMargins(row.contentsMargins().left(), 0, row.contentsMargins().right(), 0)
        row.addWidget(self.words, 1)
        row.addWidget(self.dismiss)
        self.dismiss.clicked.connect(self._on_dismiss)
        self.hide()

    def show_rescued(self, rescued: RecordRescued | None, now: datetime) -> None:
        """Show what was done; nothing if nothing was, or it was read."""
        is_news = rescued is not None and not rescued.is_read
        if rescued is not None and is_news:
            self.words.setText(words(rescued, lambda at: figures.moment(at, now)))
        self.setVisible(is_news)

    @Slot()
    def _on_dismiss(self) -> None:
        self.hide()
        self._read()
