"""Names that differ between Cedar and the books: a small table to type in."""

from collections.abc import Mapping

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHeaderView, QPushButton, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from app.ui.setup import texts_online as texts

_ROWS = 4
"""Rows that are seen at once."""


class NameTable(QWidget):
    """Two columns: what Cedar says, and what the books say."""

    def __init__(self, title: str, key: str, parent: QWidget | None = None) -> None:
        """Show an empty table."""
        super().__init__(parent)
        self.table = QTableWidget(0, 2)
        self.table.setHorizontalHeaderLabels([key, texts.NAME_THERE])
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.verticalHeader().hide()
        self.table.setAccessibleName(title.replace("&", ""))
        self.table.setMinimumHeight((_ROWS + 2) * self.fontMetrics().height() * 3 // 2)
        self.add = QPushButton(texts.ADD_ROW.replace("&", ""))
        self.add.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        column.addWidget(self.add)
        self.add.clicked.connect(self._on_add)

    @property
    def names(self) -> dict[str, str]:
        """The rows that are filled in, by what Cedar says."""
        rows = [(self._text(row, 0), self._text(row, 1)) for row in range(self.table.rowCount())]
        return {key: name for key, name in rows if key and name}

    def fill(self, names: Mapping[str, str]) -> None:
        """Show names."""
        self.table.setRowCount(0)
        for key, name in names.items():
            self._append(key, name)

    @Slot()
    def _on_add(self) -> None:
        self._append("", "")
        self.table.setCurrentCell(self.table.rowCount() - 1, 0)
        self.table.setFocus()

    def _append(self, *cells: str) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        for column, cell in enumerate(cells):
            self.table.setItem(row, column, QTableWidgetItem(cell))

    def _text(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return "" if item is None else item.text().strip()
