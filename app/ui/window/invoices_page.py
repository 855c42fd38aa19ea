"""The first page: filters, the table, and one row in detail beside it."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QClipboard, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QInputDialog,
    QLabel,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.row import RowSummary
from app.domain.states import State
from app.sync.export import as_csv, as_xlsx
from app.sync.orders_by_hand import Resolution
from app.sync.service import RowDetail, SyncService, UnknownRow
from app.ui.ports import RowsFilter
from app.ui.tasks import Tasks
from app.ui.window import figures, texts, wording
from app.ui.window.books_words import system_of
from app.ui.window.confirmation import Confirmation
from app.ui.window.conflict_words import LABELS, consequence_of_many
from app.ui.window.detail_pane import DetailPane
from app.ui.window.exporting import Content, Exporting
from app.ui.window.feed import Answer, Feed, Question
from app.ui.window.filter_bar import FilterBar
from app.ui.window.filters import STATES
from app.ui.window.ordering import Ordering
from app.ui.window.orders import Order, possible
from app.ui.window.row_actions import RowActions
from app.ui.window.rows_model import RowsModel
from app.ui.window.rows_table import RowsTable

_TABLE_SHARE: Final = 720
_TABLE_SHARE_ABOVE: Final = 500
"""Of a thousand."""
_SIDE_BY_SIDE: Final = 170
"""Letters: on a narrower page the details stand below the table, so that neither is cut off."""


class InvoicesPage(QWidget):
    """Shows the answers of the feed, and turns clicks into orders."""

    help_wanted = Signal(str)
    said = Signal(str)

    def __init__(
        self,
        service: Callable[[], SyncService],
        feed: Feed,
        tasks: Tasks,
        ordering: Ordering,
        parent: QWidget | None = None,
    ) -> None:
        """Build the page; it fills when the feed answers."""
        super().__init__(parent)
        self._service = service
        self._feed = feed
        self._tasks = tasks
        self._ordering = ordering
        self._answer: Answer | None = None
        self._retried: frozenset[str] = frozenset()
        self._wanted_id: str | None = None
        self._selects_all = False
        self._is_closed = False
        self._leaving_out: list[str] = []
        self._settling: tuple[list[str], Resolution] | None = None
        self.filters = FilterBar()
        self.model = RowsModel(self)
        self.table = RowsTable(self.model)
        self.detail = DetailPane()
        self.empty = QLabel(texts.LOADING)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.table)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self._stack)
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setChildrenCollapsible(False)
        # Proportions; the splitter fits them to its size.
        self.splitter.setSizes([_TABLE_SHARE, 1000 - _TABLE_SHARE])
        self.exporting = Exporting(
            texts.EXPORT_TITLE, texts.EXPORT_FILE, self._content, tasks, ordering.on_failure, self
        )
        self.row_actions = RowActions(self)
        self.table.addActions(self.row_actions.all())
        layout = QVBoxLayout(self)
        layout.addWidget(self.filters)
        layout.addWidget(self.row_actions.buttons())
        layout.addWidget(self.splitter, 1)
        self._connect()
        self._on_selection_changed()

    @property
    def question(self) -> Question:
        """What the page shows."""
        return Question(self.filters.filter, self.filters.text, self.filters.narrowing)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the details beside the table, or below it."""
        super().resizeEvent(event)
        is_wide = self.width() >= self.fontMetrics().averageCharWidth() * _SIDE_BY_SIDE
        wanted = Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical
        if self.splitter.orientation() is not wanted:
            self.splitter.setOrientation(wanted)
            share = _TABLE_SHARE if is_wide else _TABLE_SHARE_ABOVE
            self.splitter.setSizes([share, 1000 - share])

    def show_filter(self, wanted: RowsFilter) -> None:
        """Show the rows of a filter, all of them."""
        self.filters.choose(wanted)

    def show_answer(self, answer: Answer) -> None:
        """Show what the feed has read."""
        is_other_list = self._answer is not None and answer.question != self._answer.question
        self._answer = answer
        self.filters.show_totals(answer.totals, answer.currency)
        under_way = {each.row.id for each in answer.rows if each.row.state in {State.QUEUED, State.SENDING}}
        here = {str(each.row.id) for each in answer.rows}
        self._retried = frozenset(row_id for row_id in self._retried if row_id in under_way or row_id not in here)
        self.table.show_rows(
            answer.rows,
            answer.now,
            has_more=answer.has_more,
            currency=answer.currency,
            retried=self._retried,
            is_other_list=is_other_list,
        )
        if is_other_list:
            self._carry_over(here)
        is_empty = not answer.rows
        if is_empty:
            text = answer.question.text
            has_read = any(each.cedar.last_success is not None for each in answer.snapshot.connections)
            # That there is nothing is known only once Cedar was read.
            nothing = texts.EMPTY[answer.question.filter.value] if has_read else texts.EMPTY_UNREAD
            if answer.question.narrowing is not None:
                nothing = texts.EMPTY_NARROWED
            self.empty.setText(texts.EMPTY_SEARCH.format(text=text) if text else nothing)
        self.detail.setVisible(not self._is_closed and (not is_empty or self.detail.row_id is not None))
        self._stack.setCurrentWidget(self.empty if is_empty else self.table)
        if self._selects_all and not answer.has_more:
            self._selects_all = False
            self.table.selectAll()
        self._on_selection_changed()
        if self._wanted_id is not None:
            self._read_detail(self._wanted_id)

    def start_search(self) -> None:
        """Go to the search field."""
        self.filters.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.search.selectAll()

    def step_back(self) -> bool:
        """Clear the search, or close the details; False if there is neither."""
        if self.filters.search.text():
            self.filters.search.clear()
            return True
        if self.detail.isVisible():
            self._is_closed = True
            self.detail.hide()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    @Slot()
    def open_details(self) -> None:
        """Open the details of the row that is looked at, and go there."""
        self._is_closed = False
        self.detail.show()
        self.detail.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def copy_text(self, text: str) -> None:
        """Put a text on the clipboard, with figures below zero as a spreadsheet reads them."""
        QGuiApplication.clipboard().setText(text.replace(figures.MINUS, "-"), QClipboard.Mode.Clipboard)
        self.said.emit(texts.DONE_COPY)

    def _connect(self) -> None:
        self.filters.chosen.connect(self._on_chosen)
        self.model.more_wanted.connect(self._feed.ask_more)
        self.table.looked_at.connect(self._on_looked_at)
        self.table.selection_changed.connect(self._on_selection_changed)
        self.table.clicked.connect(self._on_clicked)
        self.table.details_wanted.connect(self.open_details)
        self.table.all_wanted.connect(self._on_all_wanted)
        self.detail.ordered.connect(self._on_detail_ordered)
        self.detail.resolved.connect(self._on_resolved)
        self.detail.help_wanted.connect(self.help_wanted)
        self.detail.copy_wanted.connect(self.copy_text)
        self._ordering.retried.connect(self._on_retried)
        self._ordering.done.connect(self._feed.refresh)
        self.exporting.said.connect(self.said)
        self.row_actions.ordered.connect(self._on_ordered)
        self.row_actions.settling_wanted.connect(self._on_settling)
        self.row_actions.retry_reason_wanted.connect(self._ordering.retry_reason)
        self.row_actions.copy_wanted.connect(self._on_copy)
        self.row_actions.export_wanted.connect(self._on_export)

    @Slot()
    def _on_chosen(self) -> None:
        self._feed.ask(self.question)

    @Slot()
    def _on_selection_changed(self) -> None:
        rows = [each.row for each in self.table.selected()]
        self.row_actions.offer(rows, is_listed=self._answer is not None and bool(self._answer.rows))

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        """Open the details again for whoever closed them and now clicks on a row, also on the one chosen already."""
        if not self.table.selectionModel().isRowSelected(index.row(), QModelIndex()):
            return
        self._is_closed = False
        self.detail.show()
        self._on_looked_at(self.model.listed(index.row()).row.id)

    @Slot(str)
    def _on_looked_at(self, row_id: str) -> None:
        self._wanted_id = row_id
        self._read_detail(row_id)

    @Slot()
    def _on_all_wanted(self) -> None:
        self._selects_all = True
        self._feed.ask_all()

    @Slot(str)
    def _on_ordered(self, order: str) -> None:
        wanted = Order(order)
        self._give(wanted, [each.row for each in self.table.selected() if wanted in possible([each.row])])

    @Slot(str, str)
    def _on_detail_ordered(self, order: str, row_id: str) -> None:
        row = self.detail.row
        if row is not None and row.id == row_id:
            self._give(Order(order), [row])

    @Slot(str, str)
    def _on_resolved(self, row_id: str, resolution: str) -> None:
        self._ordering.resolve([row_id], Resolution(resolution))

    @Slot(str)
    def _on_settling(self, wanted: str) -> None:
        """Settle the chosen conflicts, once it is confirmed what that does to them."""
        rows = [each.row for each in self.table.selected() if each.row.state is State.CONFLICT]
        resolution = Resolution(wanted)
        ids = [str(row.id) for row in rows]
        if ids:
            self._settling = (ids, resolution)
            words = consequence_of_many(rows, resolution)
            question = Confirmation(self.window(), texts.CONFIRM_MANY_TITLE, words, LABELS[resolution])
            question.confirmed.connect(self._on_settling_confirmed)
            question.open()

    @Slot()
    def _on_settling_confirmed(self) -> None:
        if self._settling is not None:
            self._ordering.resolve(*self._settling)

    @Slot(str)
    def _on_note_given(self, note: str) -> None:
        self._ordering.order(Order.LEAVE_OUT, self._leaving_out, note.strip())

    @Slot(object)
    def _on_retried(self, ids: list[str]) -> None:
        self._retried |= frozenset(ids)

    @Slot()
    def _on_copy(self) -> None:
        if self._answer is None:
            return
        lines = [texts.COLUMNS, *(wording.cells(each, self._answer.now) for each in self.table.selected())]
        self.copy_text("\n".join("\t".join(cells) for cells in lines))

    @Slot()
    def _on_export(self) -> None:
        self.exporting.ask()

    def _content(self) -> Content:
        service, question = self._service(), self.question

        def content(is_csv: bool) -> bytes:  # noqa: FBT001 (called by position)
            if question.narrowing is not None:
                rows = service.listed(question.narrowing.ids)
            else:
                rows = service.listed(row.id for row in service.rows(STATES[question.filter], question.text))
            return as_csv(rows) if is_csv else as_xlsx(rows)

        return content

    def _give(self, order: Order, rows: Sequence[RowSummary]) -> None:
        ids = [str(row.id) for row in rows]
        if not ids:
            return
        if order is not Order.LEAVE_OUT:
            self._ordering.order(order, ids)
            return
        dialog = QInputDialog(self.window())
        dialog.setWindowTitle(texts.LEAVE_OUT_TITLE)
        dialog.setLabelText(wording.asks_to_leave_out(rows))
        dialog.setOkButtonText(texts.LEAVE_OUT_TITLE)
        dialog.setCancelButtonText(texts.CANCEL)
        dialog.setInputMode(QInputDialog.InputMode.TextInput)
        dialog.textValueSelected.connect(self._on_note_given)
        dialog.finished.connect(dialog.deleteLater)
        self._leaving_out = ids
        dialog.open()

    def _carry_over(self, here: set[str]) -> None:
        """Keep looking at the same row on another list if it is there, else at none: its buttons would mislead."""
        if self._wanted_id in here:
            self.table.select_row(self._wanted_id)
        else:
            self._wanted_id = None
            self.detail.show_nothing()

    def _read_detail(self, row_id: str) -> None:
        service = self._service()

        def arrived(detail: RowDetail) -> None:
            if row_id == self._wanted_id and self._answer is not None:
                system = system_of(self._answer.snapshot, detail.row.connection)
                self.detail.show_detail(detail, self._answer.now, system)

        def failed(error: Exception) -> None:
            if isinstance(error, UnknownRow) and row_id == self._wanted_id:
                self._wanted_id = None
                self.detail.show_nothing(texts.GONE)
            else:
                self._ordering.on_failure(error)

        self._tasks.run(lambda: service.detail(row_id), arrived, failed)
