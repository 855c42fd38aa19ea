"""The table of rows: looks, keys and the memory of where it was scrolled to."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QItemSelection, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QTableView, QWidget

from app.store.rows import ListedRow
from app.ui.window import texts
from app.ui.window.rows_model import Column, Index, RowsModel

_TYPICAL = {
    Column.STATE: "Changed in Qui",
    Column.INVOICE: "INV-10000",
    Column.CUSTOMER: "Meridian Steel Pro",
    Column.GL_NUMBER: "41640-01",
    Column.DATE: "28 Sep",
    Column.AMOUNT: "100,000.00",
    Column.HAPPENED: "No customer named 41640",
    Column.NEXT_TRY: "within 30 min",
}
"""Texts that should fit at first; a person may make columns wider, and each text is its own tool tip."""
_ROW_LINES = 1.7


class RowsTable(QTableView):
    """Shows the model; knows which rows are selected and which one is looked at."""

    looked_at = Signal(str)
    """Another row, by id."""
    selection_changed = Signal()
    all_wanted = Signal()
    """Everything is to be selected, and not all of it is loaded."""
    details_wanted = Signal()
    """Enter or a double click."""

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
        across.setStretchLastSection(True)
        room = 2 * letter + self.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, self)
        for column, text in _TYPICAL.items():
            beside = self.iconSize().width() if column is Column.STATE else 0
            across.resizeSection(column, self.fontMetrics().horizontalAdvance(text) + room + beside)
        self.doubleClicked.connect(self._on_double_clicked)

    def show_rows(
        self,
        rows: Sequence[ListedRow],
        now: datetime,
        *,
        has_more: bool,
        currency: str | None,
        retried: frozenset[str],
    ) -> None:
        """Show these rows, with the same one at the top as before."""
        bar = self.verticalScrollBar()
        top = self.rowAt(0) if bar.value() else -1
        anchor = self._rows.listed(top).row.id if top >= 0 else None
        self._rows.show(rows, now, has_more=has_more, currency=currency, retried=retried)
        position = self._rows.position(anchor) if anchor is not None else None
        if position is not None:
            bar.setValue(position)

    def selected(self) -> list[ListedRow]:
        """Give the selected rows, from the top."""
        positions = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._rows.listed(position) for position in positions]

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
        """Open the details with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.details_wanted.emit()
            return
        super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell that another row is looked at."""
        super().currentChanged(current, previous)
        # A row that leaves the list hands the current place to a neighbour nobody chose.
        if current.isValid() and self.selectionModel().isRowSelected(current.row(), QModelIndex()):
            self.looked_at.emit(self._rows.listed(current.row()).row.id)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell that other rows are selected."""
        super().selectionChanged(selected, deselected)
        self.selection_changed.emit()
        current = self.currentIndex()
        if selected.count() and current.isValid() and selected.contains(current):
            self.looked_at.emit(self._rows.listed(current.row()).row.id)

    @Slot(QModelIndex)
    def _on_double_clicked(self, _: QModelIndex) -> None:
        self.details_wanted.emit()


_KEEP = Qt.AspectRatioMode.KeepAspectRatioByExpanding
