"""The line about an update: a quiet sentence under the banner, and what can be done about it; mostly not there."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from app.ui import texts
from app.ui.ports import UpdateCommands
from app.ui.update_view import UpdateView


class UpdateLine(QWidget):
    """Shows what the shell says of updates; hidden as long as that is nothing."""

    def __init__(self, commands: UpdateCommands | None, parent: QWidget | None = None) -> None:
        """Take what the buttons order."""
        super().__init__(parent)
        self._commands = commands
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setAccessibleName(texts.UPDATE_NAME)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.notes = QPushButton(texts.UPDATE_NOTES)
        self.action = QPushButton()
        self.later = QPushButton(texts.UPDATE_LATER)
        row = QHBoxLayout(self)
        row.setContentsMargins(row.contentsMargins().left(), 0, row.contentsMargins().right(), 0)
        row.addWidget(self.words, 1)
        for button in (self.notes, self.action, self.later):
            row.addWidget(button)
        self.notes.clicked.connect(self._on_notes)
        self.action.clicked.connect(self._on_action)
        self.later.clicked.connect(self._on_later)
        self.hide()

    def show_update(self, view: UpdateView) -> None:
        """Show how it stands with updates."""
        self.words.setText(view.line)
        self.notes.setVisible(bool(view.notes))
        self.action.setText(view.action)
        self.action.setVisible(bool(view.action))
        self.later.setVisible(view.can_put_off)
        self.setVisible(bool(view.line) and self._commands is not None)

    @Slot()
    def _on_notes(self) -> None:
        if self._commands is not None:
            self._commands.show_notes()

    @Slot()
    def _on_action(self) -> None:
        if self._commands is not None:
            self._commands.update()

    @Slot()
    def _on_later(self) -> None:
        if self._commands is not None:
            self._commands.put_off()
