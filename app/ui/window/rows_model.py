"""The list of rows as Qt's views want it: grows as it is scrolled, and changes row by row, never as a whole.

Rule: what is on screen is changed in place, so that selection, scroll and open details survive. Asks nobody: it is
handed what to show.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import IntEnum
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication

from app.store.row_lists import ListedRow
from app.ui.window import shapes, texts, wording

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
_MOST_RUNS: Final = 300
"""Up to so many stretches of rows leave or arrive where they stand; with more, moving all of them once is quicker."""


class Column(IntEnum):
    """The columns, in order."""

    STATE = 0
    INVOICE = 1
    CUSTOMER = 2
    GL_NUMBER = 3
    DATE = 4
    AMOUNT = 5
    HAPPENED = 6
    NEXT_TRY = 7


class RowsModel(QAbstractTableModel):
    """Rows of one filter and search, as many as were scrolled to."""

    more_wanted = Signal()
    """The view has come to the end of what is loaded."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._rows: list[ListedRow] = []
        self._positions: dict[str, int] = {}
        self._has_more = False
        self._is_asking = False
        self._now: datetime | None = None
        self._currency: str | None = None
        self._retried: frozenset[str] = frozenset()

    def show(
        self,
        rows: Sequence[ListedRow],
        now: datetime,
        *,
        has_more: bool = False,
        currency: str | None = None,
        retried: frozenset[str] = frozenset(),
        is_other_list: bool = False,
    ) -> None:
        """Show these rows from now on.

        Args:
            rows: The first rows of the list.
            now: The time, for dates and times in words.
            has_more: Whether the list goes on.
            currency: The usual currency, which is not named on every row.
            retried: Ids of rows for which somebody pressed Retry, until they have an outcome.
            is_other_list: Something else was asked for: nothing of the list before is carried over.
        """
        self._has_more, self._is_asking = has_more, False
        is_same_day = self._now is not None and self._now.astimezone().date() == now.astimezone().date()
        is_same_look = is_same_day and self._currency == currency
        touched = self._retried ^ retried
        self._now, self._currency, self._retried = now, currency, retried
        fresh = {str(each.row.id): each for each in rows}
        if is_other_list or not fresh.keys() & self._positions.keys():
            self._replace(list(rows))
            return
        self._arrange([each.row.id for each in rows], fresh)
        changed = [
            position
            for position, (old, new) in enumerate(zip(self._rows, rows, strict=True))
            if not is_same_look or not (old is new or old == new) or new.row.id in touched
        ]
        self._rows = list(rows)
        for first, last in _runs(changed):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))

    def listed(self, position: int) -> ListedRow:
        """Give one of the rows."""
        return self._rows[position]

    def position(self, row_id: str) -> int | None:
        """Tell where a row is; None if it is not shown."""
        return self._positions.get(row_id)

    @property
    def has_more(self) -> bool:
        """Tell whether the list goes on behind what is loaded."""
        return self._has_more

    def ids(self) -> list[str]:
        """List the ids of the rows shown."""
        return [each.row.id for each in self._rows]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Count the rows loaded."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(Column)

    def canFetchMore(self, parent: Index) -> bool:
        """Tell whether the list goes on."""
        return not parent.isValid() and self._has_more and not self._is_asking

    def fetchMore(self, parent: Index) -> None:
        """Ask for more, which arrives later."""
        if self.canFetchMore(parent):
            self._is_asking = True
            self.more_wanted.emit()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name a column."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return texts.COLUMNS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give what a cell shows, and what a screen reader says of it."""
        if not index.isValid() or self._now is None:
            return None
        listed, column = self._rows[index.row()], index.column()
        is_retried = listed.row.id in self._retried
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return wording.cells(listed, self._now, is_retried=is_retried, currency=self._currency)[column]
            case Qt.ItemDataRole.DecorationRole if column == Column.STATE:
                shape, tone = shapes.OF_STATE[listed.row.state]
                return shapes.icon(shape, tone, QGuiApplication.palette())
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case Qt.ItemDataRole.AccessibleTextRole:
                if column == Column.STATE:
                    return wording.sentence(listed, is_retried=is_retried)
                text = wording.cells(listed, self._now, is_retried=is_retried, currency=self._currency)[column]
                return f"{texts.COLUMNS[column]}: {text}"
            case _:
                return None

    def _replace(self, rows: list[ListedRow]) -> None:
        self.beginResetModel()
        self._take(rows)
        self.endResetModel()

    def _arrange(self, wanted: list[str], fresh: dict[str, ListedRow]) -> None:
        """Take out what has gone, bring the rest into the wanted order, and add what is new."""
        staying = [row_id for row_id in wanted if row_id in self._positions]
        going = [position for position, each in enumerate(self._rows) if each.row.id not in fresh]
        if len(runs := _runs(going)) > _MOST_RUNS:
            self._order([*staying, *(self._rows[position].row.id for position in going)])
            runs = [(len(staying), len(self._rows) - 1)]
        for first, last in reversed(runs):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._rows[first : last + 1]
            self.endRemoveRows()
        self._take(self._rows)
        self._order(staying)
        coming = [position for position, row_id in enumerate(wanted) if row_id not in self._positions]
        added = [fresh[wanted[position]] for position in coming]
        if len(runs := _runs(coming)) > _MOST_RUNS:
            runs = [(len(staying), len(wanted) - 1)]
        for first, last in runs:
            here, added = added[: last + 1 - first], added[last + 1 - first :]
            self.beginInsertRows(QModelIndex(), first, last)
            self._rows[first:first] = here
            self.endInsertRows()
        self._take(self._rows)
        self._order(wanted)

    def _order(self, ids: list[str]) -> None:
        if ids == list(self._positions):
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        then = self._rows
        self._take([then[self._positions[row_id]] for row_id in ids])
        after = [self.index(self._positions[then[index.row()].row.id], index.column()) for index in before]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _take(self, rows: list[ListedRow]) -> None:
        self._rows = rows
        self._positions = {each.row.id: position for position, each in enumerate(rows)}


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == Column.AMOUNT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _runs(positions: Sequence[int]) -> list[tuple[int, int]]:
    """Join neighbours: 1, 2, 3, 7 becomes 1 to 3, and 7."""
    runs: list[tuple[int, int]] = []
    for position in positions:
        if runs and runs[-1][1] == position - 1:
            runs[-1] = (runs[-1][0], position)
        else:
            runs.append((position, position))
    return runs
