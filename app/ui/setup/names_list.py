"""Reasons that keep money out, and the names QuickBooks needs, as a list that can be copied into a message."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPushButton, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from app.ui.setup import texts, words
from app.ui.setup.dry_run import DryRun, MissingName, ReasonGroup, Total

_MONEY = 1


class NamesList(QWidget):
    """A tree of groups, and a button that copies it as text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._lines: list[str] = []
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(texts.NAMES_NAME)
        self.tree.setHeaderLabels([texts.COLUMN_NAME, texts.COLUMN_MONEY, texts.COLUMN_INVOICES, texts.COLUMN_CUSTOMER])
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.tree.setAlternatingRowColors(True)
        self.tree.setUniformRowHeights(True)
        self.copy = QPushButton(texts.COPY_LIST)
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(self._on_copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tree, 1)
        self.buttons = QHBoxLayout()
        self.buttons.addWidget(self.copy)
        self.buttons.addStretch(1)
        column.addLayout(self.buttons)

    def show_run(self, run: DryRun) -> None:
        """Show what a dry run found."""
        self.tree.clear()
        self._lines.clear()
        self.copy.setText(texts.COPY_LIST)
        is_known = run.lists_read_at is not None
        self._add_names(_heading_of_customers(run, is_known=is_known), run.customers)
        self._add_names(_heading_of_items(run, is_known=is_known), run.items)
        self._add_reasons(
            texts.NAMES_STOPPED.format(count=words.invoices_of(run.stopped)), run.stops, words.invoices_of
        )
        self._add_reasons(
            texts.NAMES_LEFT_OUT.format(count=words.charges_of(run.left_out)), run.groups, words.charges_of
        )
        self.tree.expandAll()
        self.tree.setVisible(self.tree.topLevelItemCount() > 0)
        self.copy.setVisible(self.tree.topLevelItemCount() > 0)

    def text(self) -> str:
        """Give the list as text, columns separated by tabs."""
        return "\n".join(self._lines) + "\n"

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self.copy.setText(texts.COPIED)

    def _add_names(self, heading: str, names: tuple[MissingName, ...]) -> None:
        if not names:
            return
        head = self._head(heading.format(count=len(names)))
        for each in names:
            name = texts.INACTIVE.format(name=each.name) if each.is_inactive else each.name
            money = words.money_of(each.invoices)
            self._line(head, name, money, words.invoices_of(each.invoices), each.customer)

    def _add_reasons(self, heading: str, groups: Sequence[ReasonGroup], counted: Callable[[Total], str]) -> None:
        if not groups:
            return
        head = self._head(heading)
        for group in groups:
            self._line(head, group.title, words.money_of(group.total), counted(group.total), "")

    def _head(self, heading: str) -> QTreeWidgetItem:
        self._lines += ["", heading] if self._lines else [heading]
        head = QTreeWidgetItem([heading])
        font = self.tree.font()
        font.setBold(True)
        head.setFont(0, font)
        self.tree.addTopLevelItem(head)
        head.setFirstColumnSpanned(True)
        return head

    def _line(self, head: QTreeWidgetItem, *cells: str) -> None:
        line = QTreeWidgetItem(list(cells))
        line.setTextAlignment(_MONEY, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.setData(0, Qt.ItemDataRole.AccessibleTextRole, ", ".join(cell for cell in cells if cell))
        head.addChild(line)
        self._lines.append("\t".join(cells))


def _heading_of_customers(run: DryRun, *, is_known: bool) -> str:
    if not is_known:
        return texts.NAMES_CUSTOMERS_UNKNOWN
    return texts.NAMES_CUSTOMERS_CREATED if run.creates_customers else texts.NAMES_CUSTOMERS


def _heading_of_items(run: DryRun, *, is_known: bool) -> str:
    if not is_known:
        return texts.NAMES_ITEMS_UNKNOWN
    return texts.NAMES_ITEMS_CREATED if run.creates_items else texts.NAMES_ITEMS
