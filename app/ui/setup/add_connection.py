"""Asks for the name of a new connection, and refuses a wrong one at the field."""

import re
from collections.abc import Collection
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.ui.setup import texts
from app.ui.setup.result_line import Result, ResultLine

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,24}")


class AddConnectionDialog(QDialog):
    """A name, once and for ever."""

    def __init__(self, taken: Collection[str], parent: QWidget | None = None) -> None:
        """Take the names there are."""
        super().__init__(parent)
        self.setWindowTitle(texts.ADD_TITLE)
        self._taken = {_plain(name) for name in taken}
        intro = QLabel(texts.ADD_INTRO)
        intro.setWordWrap(True)
        self.name = QLineEdit()
        self.name.setAccessibleName(texts.ADD_NAME.replace("&", ""))
        self.outcome = ResultLine("name_result")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        form = QFormLayout()
        form.addRow(texts.ADD_NAME, self.name)
        column = QVBoxLayout(self)
        column.addWidget(intro)
        column.addLayout(form)
        column.addWidget(self.outcome)
        column.addWidget(buttons)
        self.name.textChanged.connect(self._on_name)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.ok.setEnabled(False)

    @Slot(str)
    def _on_name(self, name: str) -> None:
        refusal = ""
        if _NAME.fullmatch(name) is None:
            refusal = texts.ADD_WRONG_NAME
        elif _plain(name) in self._taken:
            refusal = texts.ADD_TAKEN
        self.ok.setEnabled(not refusal)
        self.outcome.tell(Result.BAD if refusal else Result.NOTHING, refusal)


def _plain(name: str) -> str:
    """Give a name as the variables of its secrets have it: two alike could not be told apart."""
    return re.sub(r"[^A-Za-z0-9]", "_", name).upper()
