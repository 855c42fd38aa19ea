"""A question before something is done that cannot simply be undone: what will happen, and one button that does it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from app.ui.window import texts


class Confirmation(QMessageBox):
    """Asks once, beside the window and not in its way; Cancel is what Enter and Escape press."""

    confirmed = Signal()

    def __init__(self, parent: QWidget, title: str, words: str, label: str) -> None:
        """Take what will happen, and what the button that does it is called."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setText(words)
        self.setIcon(QMessageBox.Icon.Question)
        self.yes = self.addButton(label, QMessageBox.ButtonRole.AcceptRole)
        cancel = self.addButton(texts.CANCEL, QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(cancel)
        self.setEscapeButton(cancel)
        self.finished.connect(self._on_finished)

    @Slot(int)
    def _on_finished(self, _: int) -> None:
        if self.clickedButton() is self.yes:
            self.confirmed.emit()
        self.deleteLater()
