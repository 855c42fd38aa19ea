"""The filters, which are the counts, and the search field."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QLineEdit, QPushButton, QSizePolicy, QWidget

from app.domain.states import State
from app.store.rows import Totals
from app.ui.ports import RowsFilter
from app.ui.window import figures, texts
from app.ui.window.filters import NAMES, STATES, shown
from app.ui.window.flow import FlowLayout
from app.ui.window.wording import plural

_SEARCH_LETTERS = 26


class FilterBar(QWidget):
    """One button for each filter with its count and money, and one field to search in."""

    chosen = Signal()
    """Another filter or another text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin with what needs a person."""
        super().__init__(parent)
        layout = FlowLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._group = QButtonGroup(self)
        self._buttons: dict[RowsFilter, QPushButton] = {}
        for number, each in enumerate(NAMES, start=1):
            button = QPushButton(NAMES[each])
            button.setCheckable(True)
            button.setShortcut(f"Ctrl+{number}")
            self._group.addButton(button)
            self._buttons[each] = button
            layout.addWidget(button)
        self._buttons[RowsFilter.NEEDS_YOU].setChecked(True)
        self._group.buttonClicked.connect(self._on_clicked)
        self.search = QLineEdit()
        self.search.setPlaceholderText(texts.SEARCH)
        self.search.setAccessibleName(texts.SEARCH_NAME)
        self.search.setToolTip(texts.SEARCH)
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(self.fontMetrics().averageCharWidth() * _SEARCH_LETTERS)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.search.textChanged.connect(self._on_text_changed)
        layout.addWidget(self.search)

    @property
    def filter(self) -> RowsFilter:
        """The filter that is chosen."""
        return next(each for each, button in self._buttons.items() if button.isChecked())

    @property
    def text(self) -> str:
        """What is searched for."""
        return self.search.text().strip()

    def button(self, wanted: RowsFilter) -> QPushButton:
        """Give the button of a filter."""
        return self._buttons[wanted]

    def choose(self, wanted: RowsFilter, text: str = "") -> None:
        """Choose a filter and a text."""
        self._buttons[wanted].setChecked(True)
        self.search.blockSignals(True)
        self.search.setText(text)
        self.search.blockSignals(False)
        self.chosen.emit()

    def show_totals(self, totals: Mapping[State, Totals], currency: str | None) -> None:
        """Show how many rows each filter has behind it, and what they are worth."""
        for each, button in self._buttons.items():
            found = shown(totals, STATES[each])
            amount = figures.money(found.amount, currency)
            is_short = each is RowsFilter.ALL or not found.rows
            words = texts.FILTER_BUTTON if is_short else texts.FILTER_BUTTON_MONEY
            text = words.format(name=NAMES[each], count=f"{found.rows:,}", amount=amount)
            if button.text() != text:
                shortcut = button.shortcut()
                button.setText(text)
                # Qt forgets the shortcut with the text.
                button.setShortcut(shortcut)
                button.setAccessibleName(
                    texts.FILTER_NAME.format(name=NAMES[each], count=plural(texts.ROWS, found.rows), amount=amount)
                )
                self.updateGeometry()

    @Slot(QAbstractButton)
    def _on_clicked(self, _: QAbstractButton) -> None:
        self.chosen.emit()

    @Slot(str)
    def _on_text_changed(self, _: str) -> None:
        self.chosen.emit()
