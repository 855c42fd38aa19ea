"""A choice among a few values, each in words."""

from collections.abc import Mapping

from PySide6.QtWidgets import QComboBox, QWidget


class ChoiceBox(QComboBox):
    """Shows words, gives values."""

    def __init__(self, choices: Mapping[str, str], parent: QWidget | None = None) -> None:
        """Take the words by value."""
        super().__init__(parent)
        for value, words in choices.items():
            self.addItem(words, value)

    @property
    def value(self) -> str:
        """The chosen value."""
        return str(self.currentData())

    def choose(self, value: str) -> None:
        """Choose a value."""
        self.setCurrentIndex(max(0, self.findData(value)))
