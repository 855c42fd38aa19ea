"""Asks which accounting system the books are in."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QGroupBox, QLabel, QRadioButton, QVBoxLayout, QWidget

from app.domain.books_system import BooksSystem
from app.ui.setup import texts_online as texts


class SystemChoice(QGroupBox):
    """One button for each accounting system; another one is another page."""

    chosen = Signal(BooksSystem)

    def __init__(self, system: BooksSystem, parent: QWidget | None = None) -> None:
        """Show which system the page is about."""
        super().__init__(texts.SYSTEM_NAME, parent)
        self._system = system
        self.buttons: dict[BooksSystem, QRadioButton] = {}
        group, column = QButtonGroup(self), QVBoxLayout(self)
        for each, words in texts.SYSTEMS.items():
            self.buttons[each] = QRadioButton(words)
            group.addButton(self.buttons[each])
            self.buttons[each].setAccessibleDescription(texts.SYSTEMS_WHY[each])
            why = QLabel(texts.SYSTEMS_WHY[each])
            why.setWordWrap(True)
            why.setIndent(2 * self.fontMetrics().height())
            column.addWidget(self.buttons[each])
            column.addWidget(why)
        self.reset()
        group.buttonClicked.connect(self._on_clicked)

    def reset(self) -> None:
        """Show the page's own system again."""
        self.buttons[self._system].setChecked(True)

    @Slot()
    def _on_clicked(self) -> None:
        system = next(system for system, button in self.buttons.items() if button.isChecked())
        if system is not self._system:
            self.reset()
            self.chosen.emit(system)
