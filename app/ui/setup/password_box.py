"""The Web Connector's password: shown once, with a button to copy it, and never again."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.ui.setup import texts
from app.ui.setup.quiet_label import QuietLabel
from app.ui.window.flow import FlowLayout


class PasswordBox(QWidget):
    """Shows a new password, or says that it was shown before and offers a new one."""

    new_wanted = Signal()
    """A person lost it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.shown = QLineEdit()
        self.shown.setReadOnly(True)
        self.shown.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.shown.setAccessibleName(texts.SECRET_NAME)
        self.copy = QPushButton(texts.COPY)
        self.renew = QPushButton(texts.NEW_SECRET)
        self._note = QuietLabel(texts.SECRET_ONCE)
        self.shown.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        line = QWidget()
        row = FlowLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.shown, self.copy, self.renew):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(line)
        column.addWidget(self._note)
        for button in (self.copy, self.renew):
            button.setAutoDefault(False)
        self.copy.clicked.connect(self._on_copy)
        self.renew.clicked.connect(self.new_wanted)
        self.show_password("")

    def show_password(self, password: str) -> None:
        """Show a password that was just made; with none, say that it was shown before."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF())
        self.shown.setFont(font)
        self.shown.setText(password)
        self.shown.setMinimumWidth(self.shown.fontMetrics().horizontalAdvance("M" * 22))
        for widget in (self.shown, self.copy):
            widget.setVisible(bool(password))
        self.renew.setVisible(not password)
        self.copy.setText(texts.COPY)
        self._note.setText(texts.SECRET_ONCE if password else texts.SECRET_KEPT)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.shown.text())
        self.copy.setText(texts.COPIED)
