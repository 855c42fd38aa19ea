"""The few messages that are windows of their own."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from app import PRODUCT
from app.ui import texts
from app.ui.icons import program_icon


class Dialogs:
    """Message boxes behind ``DialogsPort``."""

    def __init__(self) -> None:
        """Begin with none open."""
        self._open: dict[str, QMessageBox] = {}

    def show_fault(self, sentence: str) -> None:
        """Say why the program cannot go on, and wait until it was read."""
        _box(QMessageBox.Icon.Critical, sentence).exec()

    def tell(self, sentence: str) -> None:
        """Say that an order could not be carried out."""
        self._show(sentence, _box(QMessageBox.Icon.Warning, sentence))

    def asks_to_quit(self) -> bool:
        """Ask whether to end although QuickBooks is being updated."""
        box = _box(QMessageBox.Icon.Question, texts.QUIT_ASK)
        box.setInformativeText(texts.QUIT_SAFE)
        stay = box.addButton(texts.KEEP_RUNNING, QMessageBox.ButtonRole.RejectRole)
        leave = box.addButton(texts.QUIT, QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.exec()
        return box.clickedButton() is leave

    def show_notes(self, title: str, notes: str) -> None:
        """Show what is new in a version, as its makers wrote it."""
        box = _box(QMessageBox.Icon.NoIcon, notes)
        box.setWindowTitle(title)
        box.setIconPixmap(program_icon().pixmap(64))
        self._show("notes", box)

    def _show(self, key: str, box: QMessageBox) -> None:
        """Show a box that nobody has to answer; one of a kind."""
        if (before := self._open.pop(key, None)) is not None:
            before.close()
        self._open[key] = box
        box.setWindowModality(Qt.WindowModality.NonModal)
        box.show()
        box.raise_()
        box.activateWindow()


def _box(icon: QMessageBox.Icon, sentence: str) -> QMessageBox:
    box = QMessageBox(icon, PRODUCT, sentence)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return box
