"""What the other sides said, word for word: closed until somebody asks for it, and ready to be copied."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from app.domain.books_system import BooksSystem
from app.sync.service import RowDetail
from app.ui.window import texts
from app.ui.window.texts_books import BOOKS

_LINES_HIGH = 8


class RawText(QWidget):
    """A closed box with codes and raw messages."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin closed."""
        super().__init__(parent)
        self.button = QToolButton()
        self.button.setText(texts.RAW_SHOW)
        self.button.setCheckable(True)
        self.button.setAutoRaise(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setArrowType(Qt.ArrowType.RightArrow)
        self.button.toggled.connect(self._on_toggled)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(texts.RAW_NAME)
        self.text.setTabChangesFocus(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setMinimumHeight(self.fontMetrics().height() * _LINES_HIGH)
        self.text.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.button)
        layout.addWidget(self.text)

    def show_detail(self, detail: RowDetail, system: BooksSystem) -> None:
        """Show a row's codes and messages."""
        row = detail.row
        lines = [texts.RAW_ROW.format(id=row.id)]
        lines += [
            texts.RAW_CODE.format(code=each.code.value, raw=each.raw or texts.RAW_NO_TEXT) for each in row.reasons
        ]
        if row.document.txn_id is not None:
            words = BOOKS[system].document
            lines.append(words.format(txn_id=row.document.txn_id, edit=row.document.edit_sequence or ""))
        lines += [
            texts.RAW_AT.format(when=entry.at.isoformat(timespec="seconds"), raw=entry.raw)
            for entry in reversed(detail.history)
            if entry.raw
        ]
        text = "\n".join(lines)
        if text != self.text.toPlainText():
            self.text.setPlainText(text)

    @Slot(bool)
    def _on_toggled(self, is_open: bool) -> None:  # noqa: FBT001 (Qt's signal)
        self.button.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        self.text.setVisible(is_open)
