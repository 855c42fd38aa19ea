"""A plain table of texts, as the detail pane and the other views use it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from app.ui.window.wrapping import WrappedText

_LINES_HIGH = 7
_LINE_HIGH = 1.5


class Listing(QTreeWidget):
    """Lines of texts under headings; figures stand right, what matters stands bold."""

    def __init__(
        self,
        name: str,
        headings: Sequence[str],
        figures: Sequence[int] = (),
        wide: Sequence[int] = (0,),
        parent: QWidget | None = None,
        *,
        is_whole: bool = False,
        gives_way: bool = False,
    ) -> None:
        """Begin empty.

        Args:
            name: What a screen reader calls it.
            headings: The columns' names.
            figures: Which columns hold figures.
            wide: The columns that share the room that is left.
            parent: The owner.
            is_whole: Be as high as all lines, and never scroll: what is around it does.
            gives_way: Become as low as one line where room is short; with ``is_whole``, never higher than all lines.
        """
        super().__init__(parent)
        self._figures = frozenset(figures)
        self._is_whole = is_whole
        self._gives_way = gives_way
        self._wanted_height: int | None = None
        self.setAccessibleName(name)
        self.setHeaderLabels(list(headings))
        self.setRootIsDecorated(False)
        self.setAlternatingRowColors(True)
        self.setUniformRowHeights(False)
        self.setWordWrap(True)
        self.setItemDelegate(WrappedText(self, wide))
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        if is_whole and not gives_way:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        elif not gives_way:
            self.setMinimumHeight(self.fontMetrics().height() * _LINES_HIGH)
        header = self.header()
        header.setStretchLastSection(False)
        # A long text breaks its line, and the line grows with the column.
        header.sectionResized.connect(self.scheduleDelayedItemsLayout)
        for column in range(len(headings)):
            is_wide = column in wide
            mode = QHeaderView.ResizeMode.Stretch if is_wide else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(column, mode)
            if column in self._figures:
                self.headerItem().setTextAlignment(column, _RIGHT)

    def updateGeometries(self) -> None:
        """Be as high as the lines, where all of them are to be seen."""
        super().updateGeometries()
        last = self.topLevelItem(self.topLevelItemCount() - 1)
        if not self._is_whole or last is None:
            return
        lines = self.visualItemRect(last).bottom() + 1 + self.verticalOffset()
        height = lines + self.header().height() + 2 * self.frameWidth()
        if not self._gives_way and height != self.height():
            self.setFixedHeight(height)
        elif self._gives_way and height != self._wanted_height:
            self._wanted_height = height
            self.setMaximumHeight(height)
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Have room for the headings and one line, where more would cut off what stands below."""
        least = super().minimumSizeHint()
        if self._gives_way:
            line = round(self.fontMetrics().height() * _LINE_HIGH)
            least.setHeight(self.header().sizeHint().height() + line + 2 * self.frameWidth())
        return least

    def sizeHint(self) -> QSize:
        """Ask for the room of all lines, where they are all to be seen if there is any."""
        wanted = super().sizeHint()
        if self._wanted_height is not None:
            wanted.setHeight(self._wanted_height)
        return wanted

    def add(self, *cells: str, is_bold: bool = False, sentence: str = "", link: int = -1) -> QTreeWidgetItem:
        """Add a line; a screen reader hears the sentence instead of the first cell, and one cell may be a link."""
        item = QTreeWidgetItem(self, list(cells))
        for column, text in enumerate(cells):
            item.setToolTip(column, text)
            if column in self._figures:
                item.setTextAlignment(column, _RIGHT)
            if is_bold:
                font = item.font(column)
                font.setBold(True)
                item.setFont(column, font)
        if link >= 0:
            font = item.font(link)
            font.setUnderline(True)
            item.setFont(link, font)
            item.setForeground(link, self.palette().link())
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, sentence or ", ".join(cell for cell in cells if cell))
        return item

    def items(self) -> list[QTreeWidgetItem]:
        """Give all lines."""
        found = (self.topLevelItem(position) for position in range(self.topLevelItemCount()))
        return [item for item in found if item is not None]

    def lines(self) -> list[tuple[str, ...]]:
        """Give all texts, line by line."""
        return [tuple(item.text(column) for column in range(self.columnCount())) for item in self.items()]

    def as_text(self) -> str:
        """Give all texts as a table to paste; a column without a name holds only links, which are no data."""
        headings = tuple(self.headerItem().text(column) for column in range(self.columnCount()))
        lines = (
            (text for text, heading in zip(line, headings, strict=True) if heading)
            for line in (headings, *self.lines())
        )
        return "\n".join("\t".join(line) for line in lines)


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
