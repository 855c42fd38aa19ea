"""A layout that breaks its line, so that large text and narrow windows cut nothing off."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget


class FlowLayout(QLayout):
    """Widgets side by side, as many in a line as fit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item."""
        self._items.append(item)

    def count(self) -> int:
        """Count the items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Give an item; None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give an item away; None past the end."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Grow nowhere by itself."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Tell that the height follows the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Give the height that the items need at a width."""
        return self._place(QRect(0, 0, width, 0), is_trial=True)

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._place(rect, is_trial=False)

    def sizeHint(self) -> QSize:
        """Give the size of all items in one line."""
        margins = self.contentsMargins()
        gap = self._gap(Qt.Orientation.Horizontal)
        width = sum(item.sizeHint().width() + gap for item in self._seen()) - (gap if self._seen() else 0)
        height = max((item.sizeHint().height() for item in self._seen()), default=0)
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    def minimumSize(self) -> QSize:
        """Give the size of the largest item."""
        margins = self.contentsMargins()
        size = QSize()
        for item in self._seen():
            size = size.expandedTo(item.minimumSize())
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _seen(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _gap(self, orientation: Qt.Orientation) -> int:
        metric = (
            QStyle.PixelMetric.PM_LayoutHorizontalSpacing
            if orientation is Qt.Orientation.Horizontal
            else QStyle.PixelMetric.PM_LayoutVerticalSpacing
        )
        parent = self.parentWidget()
        return max(parent.style().pixelMetric(metric, None, parent), 0) if parent is not None else 0

    def _place(self, rect: QRect, *, is_trial: bool) -> int:
        margins = self.contentsMargins()
        area = rect.marginsRemoved(margins)
        across, down = self._gap(Qt.Orientation.Horizontal), self._gap(Qt.Orientation.Vertical)
        x, y, line = area.x(), area.y(), 0
        for item in self._seen():
            size = item.sizeHint()
            if item.expandingDirections() & Qt.Orientation.Horizontal:
                # It takes what is left of a line, or a line of its own.
                rest = area.right() + 1 - x
                size.setWidth(max(size.width(), rest) if size.width() <= rest else area.width())
            if line and x + size.width() > area.right() + 1:
                x, y, line = area.x(), y + line + down, 0
            if not is_trial:
                width = min(size.width(), max(area.width(), 1))
                item.setGeometry(QRect(QPoint(x, y), QSize(width, size.height())))
            x += size.width() + across
            line = max(line, size.height())
        return y + line - rect.y() + margins.bottom()
