"""The filters, which are the counts, and the search field."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QLineEdit, QPushButton, QSizePolicy, QStyle, QWidget

from app.domain.language import plural
from app.domain.states import State
from app.store.row_lists import Totals
from app.ui.ports import RowsFilter
from app.ui.window import figures, texts
from app.ui.window.feed import Narrowing
from app.ui.window.filters import NAMES, STATES, Shown, shown
from app.ui.window.flow import FlowLayout

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
        self._narrowing: Narrowing | None = None
        self._news: RowsFilter | None = None
        self.only = QPushButton(self.style().standardIcon(QStyle.StandardPixmap.SP_TitleBarCloseButton), "")
        self.only.setToolTip(texts.NARROWED_TIP)
        self.only.hide()
        self.only.clicked.connect(self._on_only_clicked)
        layout.addWidget(self.only)
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

    @property
    def narrowing(self) -> Narrowing | None:
        """The rows of one figure, if only they are shown."""
        return self._narrowing

    def choose(self, wanted: RowsFilter, text: str = "") -> None:
        """Choose a filter and a text."""
        self._show(wanted, text, None)

    def narrow(self, narrowing: Narrowing) -> None:
        """Show only the rows behind a figure."""
        self._show(RowsFilter.ALL, "", narrowing)

    def show_totals(self, totals: Mapping[State, Totals], currency: str | None) -> None:
        """Show how many rows each filter has behind it, and what they are worth."""
        for each, button in self._buttons.items():
            found = shown(totals, STATES[each])
            amount = figures.sums(found.amount, currency)
            is_short = each is RowsFilter.ALL or not found.rows
            words = texts.FILTER_BUTTON if is_short else texts.FILTER_BUTTON_MONEY
            text = words.format(name=NAMES[each], count=f"{found.rows:,}", amount=amount)
            rows = plural(texts.ROWS, found.rows)
            tip = _tip(each, found).format(rows=rows, amount=amount, in_books=figures.sums(found.in_books, currency))
            if self._news is each:
                text = texts.FILTER_NEWS.format(text=text)
                tip = texts.FILTER_NEWS_TIP.format(tip=tip)
            if button.toolTip() != tip:
                button.setToolTip(tip)
                button.setAccessibleDescription(tip)
            if button.text() != text:
                shortcut = button.shortcut()
                button.setText(text)
                # Qt forgets the shortcut with the text.
                button.setShortcut(shortcut)
                button.setAccessibleName(texts.FILTER_NAME.format(name=NAMES[each], count=rows, amount=amount))
                self.updateGeometry()

    def mark(self, news: RowsFilter | None) -> None:
        """Mark a filter behind which there is something new, from the next totals on."""
        self._news = news

    def _show(self, wanted: RowsFilter, text: str, narrowing: Narrowing | None) -> None:
        self._buttons[wanted].setChecked(True)
        self.search.blockSignals(True)
        self.search.setText(text)
        self.search.blockSignals(False)
        self._ask(narrowing)

    def _ask(self, narrowing: Narrowing | None = None) -> None:
        self._narrowing = narrowing
        self.only.setText("" if narrowing is None else narrowing.name)
        self.only.setVisible(narrowing is not None)
        self.chosen.emit()

    @Slot(QAbstractButton)
    def _on_clicked(self, _: QAbstractButton) -> None:
        self._ask()

    @Slot()
    def _on_only_clicked(self) -> None:
        self._ask()

    @Slot(str)
    def _on_text_changed(self, _: str) -> None:
        self._ask()


def _tip(wanted: RowsFilter, found: Shown) -> str:
    if wanted is RowsFilter.LEFT_OUT:
        return texts.FILTER_TIP_LEFT_OUT_PARTLY if found.in_books else texts.FILTER_TIP_LEFT_OUT
    return texts.FILTER_TIP_PARTLY if found.in_books and wanted is not RowsFilter.ALL else texts.FILTER_TIP
