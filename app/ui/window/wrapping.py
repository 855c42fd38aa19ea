"""Text in a column of a tree that breaks its line: Qt's own trees give every line one line's height."""

from collections.abc import Collection
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

_HIGHEST: Final = 10_000


class WrappedText(QStyledItemDelegate):
    """Gives the lines of some columns the height their text needs at the column's width."""

    def __init__(self, view: QTreeView, columns: Collection[int]) -> None:
        """Take the view, and the columns that wrap."""
        super().__init__(view)
        self._view = view
        self._columns = frozenset(columns)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Give the size a cell needs."""
        plain = super().sizeHint(option, index)
        if index.column() not in self._columns:
            return plain
        cell = QStyleOptionViewItem(option)
        self.initStyleOption(cell, index)
        margin = self._view.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, self._view) + 1
        width = max(self._view.columnWidth(index.column()) - 2 * margin, 1)
        flags = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
        one_line = cell.fontMetrics.height()
        needed = cell.fontMetrics.boundingRect(QRect(0, 0, width, _HIGHEST), flags.value, cell.text).height()
        return QSize(plain.width(), plain.height() + max(needed - one_line, 0))
