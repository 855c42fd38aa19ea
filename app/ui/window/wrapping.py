"""Text in a column of a tree that breaks its line: Qt's own trees give every line one line's height."""

from collections.abc import Collection
from math import ceil
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtGui import QFontMetrics, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

_BREAK: Final = "\u200b"
"""A place where a line may break, and nothing to see."""


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
        lines = _lines_high(cell, self._room(index.column()))
        return QSize(plain.width(), plain.height() + max(lines - cell.fontMetrics.height(), 0))

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Let words that are wider than the column break, too: they would be cut off."""
        super().initStyleOption(option, index)
        if index.column() in self._columns:
            option.text = _breakable(option.text, QFontMetrics(option.font), self._room(index.column()))

    def _room(self, column: int) -> int:
        """Give the width the style leaves for the text."""
        margin = self._view.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, self._view) + 1
        return max(self._view.columnWidth(column) - 2 * margin, 1)


def _lines_high(option: QStyleOptionViewItem, width: int) -> int:
    """Give the height of a text, laid out as the style lays it out when it draws it."""
    layout = QTextLayout(option.text, option.font)
    words = QTextOption()
    words.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(words)
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        height += line.height()
    layout.endLayout()
    return ceil(height)


def _breakable(text: str, metrics: QFontMetrics, width: int) -> str:
    """Put places to break into words that are wider than a line."""
    if metrics.horizontalAdvance(text) <= width:
        return text
    return " ".join(_pieces(word, metrics, width) for word in text.split(" "))


def _pieces(word: str, metrics: QFontMetrics, width: int) -> str:
    pieces: list[str] = []
    while word and metrics.horizontalAdvance(word) > width:
        most = next(
            (size for size in range(len(word) - 1, 1, -1) if metrics.horizontalAdvance(word[:size]) <= width), 1
        )
        pieces.append(word[:most])
        word = word[most:]
    return _BREAK.join([*pieces, word])
