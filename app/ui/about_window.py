"""About: which version this is, and how it stands with a newer one."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app import PRODUCT, __version__
from app.ui import texts
from app.ui.icons import program_icon
from app.ui.ports import UpdateCommands
from app.ui.update_view import UpdateView

_ICON = 64
_LETTERS = 62


class AboutWindow(QWidget):
    """Says it, and follows what changes."""

    def __init__(self, commands: UpdateCommands, parent: QWidget | None = None) -> None:
        """Take what the buttons order."""
        super().__init__(parent)
        self._commands = commands
        self.setWindowTitle(texts.ABOUT_TITLE.format(product=PRODUCT))
        icon = QLabel()
        icon.setPixmap(program_icon().pixmap(_ICON))
        self.version = QLabel(texts.ABOUT_VERSION.format(product=PRODUCT, version=__version__))
        font = self.version.font()
        font.setBold(True)
        self.version.setFont(font)
        self.what = QLabel(texts.ABOUT_WHAT)
        self.update_words = QLabel()
        for label in (self.version, self.what, self.update_words):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self.look = QPushButton(texts.UPDATE_LOOK)
        self.notes = QPushButton(texts.UPDATE_NOTES)
        self.action = QPushButton()
        self.close_button = QPushButton(texts.ABOUT_CLOSE)
        buttons = QHBoxLayout()
        for button in (self.look, self.notes, self.action):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        texts_column = QVBoxLayout()
        for label in (self.version, self.what, self.update_words):
            texts_column.addWidget(label)
        texts_column.addStretch(1)
        top = QHBoxLayout()
        top.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(texts_column, 1)
        column = QVBoxLayout(self)
        column.addLayout(top, 1)
        column.addLayout(buttons)
        self.setMinimumWidth(_ICON + _LETTERS * self.fontMetrics().averageCharWidth())
        self.look.clicked.connect(self._on_look)
        self.notes.clicked.connect(self._on_notes)
        self.action.clicked.connect(self._on_action)
        self.close_button.clicked.connect(self.close)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Cancel), self, self.close)

    def show_update(self, view: UpdateView) -> None:
        """Show how it stands with updates."""
        self.update_words.setText(view.about)
        self.update_words.setVisible(bool(view.about))
        self.look.setVisible(view.can_look)
        self.notes.setVisible(bool(view.notes))
        self.action.setText(view.action)
        self.action.setVisible(bool(view.action))

    @Slot()
    def _on_look(self) -> None:
        self._commands.look()

    @Slot()
    def _on_notes(self) -> None:
        self._commands.show_notes()

    @Slot()
    def _on_action(self) -> None:
        self._commands.update()
