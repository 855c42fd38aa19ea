"""The table of rows: looks, keys and the memory of where it was scrolled to."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QTableView, QWidget

from app.store.row_lists import ListedRow
from app.ui.window import texts
from app.ui.window.rows_model import Column, Index, RowsModel

_TYPICAL = {
    Column.STATE: (*texts.STATES.values(), *texts.CONFLICT_STATES.values(), texts.CONFLICT_PAID),
    Column.INVOICE: ("INV-10000",),
    Column.CUSTOMER: ("Meridian Steel Pro",),
    Column.GL_NUMBER: ("41640-01",),
    Column.DATE: ("28 Sep",),
    Column.AMOUNT: ("100,000.00",),
    Column.NEXT_TRY: texts.NEXT_TRIES,
}
"""Texts that fit at first; a person may make columns wider, and each text is its own tool tip. What happened takes the
room that is left."""
_LEAST_LETTERS = 6
"""No column becomes narrower."""
_HAPPENED_LETTERS = 24
"""What happened has at least so much room, as long as the columns that give way have any."""
_GIVE_WAY = {Column.STATE: 14, Column.CUSTOMER: 10, Column.NEXT_TRY: 10}
"""Columns that give way where room is short, down to so many letters: each text is its own tool tip."""
_ROW_LINES = 1.7


class RowsTable(QTableView):
    """Shows the model; knows which rows are selected and which one is looked at."""

    looked_at = Signal(str)
    """Another row, by id."""
    selection_changed = Signal()
    all_wanted = Signal()
    """Everything is to be selected, and not all of it is loaded."""
    details_wanted = Signal()
    """Enter, Space or a double click."""

    def __init__(self, model: RowsModel, parent: QWidget | None = None) -> None:
        """Show the model."""
        super().__init__(parent)
        self._rows = model
        self.setModel(model)
        self.setAccessibleName(texts.TABLE_NAME)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        letter = self.fontMetrics().averageCharWidth()
        self.setIconSize(self.iconSize().scaled(self.fontMetrics().height(), self.fontMetrics().height(), _KEEP))
        down = self.verticalHeader()
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(round(self.fontMetrics().height() * _ROW_LINES))
        across = self.horizontalHeader()
        across.setHighlightSections(False)
        across.setSectionsMovable(True)
        across.setStretchLastSection(False)
        across.setMinimumSectionSize(letter * _LEAST_LETTERS)
        across.setSectionResizeMode(Column.HAPPENED, QHeaderView.ResizeMode.Stretch)
        # Its own selection, always empty: a header asks of every column whether all its rows are selected.
        across.setSelectionModel(QItemSelectionModel(model, self))
        self._wanted: dict[Column, int] = {}
        self._fitted: dict[Column, int] = {}
        """What the columns were given here; with other widths, a person has chosen them."""
        room = 2 * letter + self.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, self)
        for column, words in _TYPICAL.items():
            # A picture stands in a margin of its own.
            beside = self.iconSize().width() + letter if column is Column.STATE else 0
            widest = max(self.fontMetrics().horizontalAdvance(text) for text in words)
            self._fitted[column] = self._wanted[column] = widest + room + beside
            across.resizeSection(column, self._wanted[column])
        self._is_settling = False
        # By signals, not by the views' own functions of these names: called while a row with the current place is taken
        # out, those are handed indexes that PySide does not keep alive.
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.doubleClicked.connect(self._on_double_clicked)

    def show_rows(
        self,
        rows: Sequence[ListedRow],
        now: datetime,
        *,
        has_more: bool,
        currency: str | None,
        retried: frozenset[str],
        is_other_list: bool = False,
    ) -> None:
        """Show these rows, with the same one at the top as before, and the current place where it was.

        At its very top the list stays there, so that a new problem is seen, unless the current row would leave the
        view.

        Args:
            rows: The rows.
            now: The time.
            has_more: Whether the list goes on.
            currency: The usual currency.
            retried: Ids of rows somebody retried.
            is_other_list: Another list than before: it begins at its top, with nothing selected.
        """
        bar = self.verticalScrollBar()
        before = self._rows.ids()
        top, current = max(self.rowAt(0), 0), self.currentIndex().row()
        self._is_settling = True
        self._rows.show(rows, now, has_more=has_more, currency=currency, retried=retried, is_other_list=is_other_list)
        if is_other_list:
            self.scrollToTop()
        elif before:
            self._stay_at(before, current)
            # The bar knows of rows that came only after the layout.
            self.executeDelayedItemsLayout()
            self.updateGeometries()
            is_at_top = top == 0 and not self._is_pushed_out(current)
            bar.setValue(0 if is_at_top else self._nearest(before, top))
        self._is_settling = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave room for what happened."""
        super().resizeEvent(event)
        across, letter = self.horizontalHeader(), self.fontMetrics().averageCharWidth()
        if any(across.sectionSize(column) != width for column, width in self._fitted.items()):
            return
        lacking = sum(self._wanted.values()) + letter * _HAPPENED_LETTERS - self.viewport().width()
        spare = {column: max(self._wanted[column] - letter * least, 0) for column, least in _GIVE_WAY.items()}
        share = min(max(lacking, 0) / max(sum(spare.values()), 1), 1)
        for column, most in spare.items():
            self._fitted[column] = self._wanted[column] - round(most * share)
            across.resizeSection(column, self._fitted[column])

    def selected(self) -> list[ListedRow]:
        """Give the selected rows, from the top."""
        # Whole lines are selected, so the ranges say it all; an index for each row would take its time.
        positions = {
            position
            for each in self.selectionModel().selection().toList()
            for position in range(each.top(), each.bottom() + 1)
        }
        return [self._rows.listed(position) for position in sorted(positions)]

    def select_row(self, row_id: str) -> bool:
        """Select a row and look at it; False if it is not on the list."""
        position = self._rows.position(row_id)
        if position is None:
            return False
        self.selectRow(position)
        self.scrollTo(self._rows.index(position, 0))
        return True

    def selectAll(self) -> None:
        """Select all rows there are, not only those loaded so far."""
        if self._rows.has_more:
            self.all_wanted.emit()
        else:
            super().selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the details with Enter or Space."""
        current = self.currentIndex()
        if event.key() not in _OPENING or event.modifiers() & _OTHER_MEANING or not current.isValid():
            super().keyPressEvent(event)
            return
        if not self.selectionModel().isRowSelected(current.row(), QModelIndex()):
            # The place was handed on by a row that left the list.
            self.selectRow(current.row())
        self.details_wanted.emit()

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: Index, _: Index) -> None:
        # A row that leaves the list hands the current place to a neighbour nobody chose.
        is_chosen = not self._is_settling and current.isValid()
        if is_chosen and self.selectionModel().isRowSelected(current.row(), QModelIndex()):
            self.looked_at.emit(self._rows.listed(current.row()).row.id)

    @Slot(QItemSelection, QItemSelection)
    def _on_selection_changed(self, selected: QItemSelection, _: QItemSelection) -> None:
        if self._is_settling:
            # Whoever shows other rows looks at the selection once they are all there.
            return
        self.selection_changed.emit()
        current = self.currentIndex()
        if selected.count() and current.isValid() and selected.contains(current):
            self.looked_at.emit(self._rows.listed(current.row()).row.id)

    def _stay_at(self, before: Sequence[str], current: int) -> None:
        """Leave the current place where it was, on the row that moved up there if its own has left."""
        if current < 0 or self._rows.position(before[current]) is not None or not self._rows.rowCount():
            return
        index = self._rows.index(self._nearest(before, current), max(self.currentIndex().column(), 0))
        if index != self.currentIndex():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _is_pushed_out(self, current: int) -> bool:
        """Tell whether the current row, at this place before, would leave the view at the top of the list."""
        page = self.viewport().height() // self.verticalHeader().defaultSectionSize()
        return 0 <= current < page <= self.currentIndex().row()

    def _nearest(self, before: Sequence[str], place: int) -> int:
        """Tell where the row is that was at a place, or the first after it that is still here, or the last before."""
        for row_id in (*before[place:], *reversed(before[:place])):
            position = self._rows.position(row_id)
            if position is not None:
                return position
        return 0

    @Slot(QModelIndex)
    def _on_double_clicked(self, _: QModelIndex) -> None:
        self.details_wanted.emit()


_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_OTHER_MEANING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
"""With these keys Space selects, as everywhere."""
_KEEP = Qt.AspectRatioMode.KeepAspectRatioByExpanding
