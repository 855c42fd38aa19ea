"""Where every cent of Cedar's total is, for a period: each part leads to its rows, and an unexplained rest is shown."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QDateEdit, QLabel, QPushButton, QTreeWidgetItem, QVBoxLayout, QWidget

from app.domain.language import plural
from app.domain.reason_texts import title_of_many
from app.sync.export import Cell, table_as_csv, table_as_xlsx
from app.sync.reconcile import Part, Reconciliation
from app.ui.tasks import OnFailure, Tasks
from app.ui.window import figures, texts
from app.ui.window.exporting import Content, Exporting
from app.ui.window.feed import Narrowing
from app.ui.window.flow import FlowLayout
from app.ui.window.listing import Listing

Reconcile = Callable[[str, date, date], Reconciliation]

_PART: Final = Qt.ItemDataRole.UserRole


class ReconcilePage(QWidget):
    """Asks Cedar for its own total, and sets the rows against it."""

    rows_wanted = Signal(object)
    """A `Narrowing` to rows."""
    left_out_wanted = Signal(object)
    """A `Narrowing` to charges."""
    copy_wanted = Signal(str)

    def __init__(
        self,
        connections: Sequence[tuple[str, int]],
        reconcile: Reconcile,
        today: date,
        tasks: Tasks,
        on_failure: OnFailure,
        parent: QWidget | None = None,
    ) -> None:
        """Build the page; nothing is asked before a person presses the button.

        Args:
            connections: Names, each with the days Cedar is looked back on.
            reconcile: Asks Cedar; called off the main thread.
            today: The day the period ends on at first.
            tasks: Where Cedar is asked.
            on_failure: Hears of a failure.
            parent: The owner.
        """
        super().__init__(parent)
        self._reconcile = reconcile
        self._tasks = tasks
        self._on_failure = on_failure
        self._result: Reconciliation | None = None
        self._currency: str | None = None
        self.connection = QComboBox()
        self.connection.addItems([name for name, _ in connections])
        days = connections[0][1] if connections else 0
        self.since, self.until = _date_field(today - timedelta(days=days)), _date_field(today)
        self.run_button = QPushButton(texts.RECONCILE_RUN)
        self.run_button.clicked.connect(self.run)
        form = QWidget()
        line = FlowLayout(form)
        line.setContentsMargins(0, 0, 0, 0)
        for label, field in (
            (texts.RECONCILE_CONNECTION, self.connection),
            (texts.RECONCILE_FROM, self.since),
            (texts.RECONCILE_TO, self.until),
        ):
            name = QLabel(label)
            name.setBuddy(field)
            name.setMinimumHeight(field.sizeHint().height())
            is_wanted = field is not self.connection or len(connections) > 1
            name.setVisible(is_wanted)
            field.setVisible(is_wanted)
            line.addWidget(name)
            line.addWidget(field)
        line.addWidget(self.run_button)
        self.copy_button = QPushButton(texts.COPY_TABLE)
        self.copy_button.setEnabled(False)
        self.copy_button.clicked.connect(self._on_copy)
        line.addWidget(self.copy_button)
        self.exporting = Exporting(
            texts.RECONCILE_EXPORT_TITLE, texts.RECONCILE_FILE, self._content, tasks, on_failure, self
        )
        self.export_button = QPushButton(texts.RECONCILE_EXPORT)
        self.export_button.setEnabled(False)
        self.export_button.clicked.connect(self.exporting.ask)
        line.addWidget(self.export_button)
        self.verdict = QLabel(texts.RECONCILE_START)
        self.verdict.setWordWrap(True)
        self.parts = Listing(
            texts.RECONCILE_NAME, texts.RECONCILE_COLUMNS, figures=(1,), wide=(2,), is_whole=True, gives_way=True
        )
        self.parts.itemActivated.connect(self._on_part_activated)
        self.parts.itemClicked.connect(self._on_part_activated)
        self.reasons = Listing(
            texts.RECONCILE_WHY, texts.RECONCILE_WHY_COLUMNS, figures=(1, 2), wide=(3,), gives_way=True
        )
        layout = QVBoxLayout(self)
        layout.addWidget(form)
        layout.addWidget(self.verdict)
        note = QLabel(texts.RECONCILE_NOTE)
        note.setWordWrap(True)
        layout.addWidget(note)
        layout.addWidget(self.parts)
        layout.addWidget(self.reasons, 1)

    def set_currency(self, currency: str | None) -> None:
        """Take the currency all is in."""
        self._currency = currency

    @Slot()
    def run(self) -> None:
        """Ask Cedar, and show where its total is."""
        name = self.connection.currentText()
        since, until = _day(self.since.date()), _day(self.until.date())
        if until < since:
            since, until = until, since
        self.run_button.setEnabled(False)
        self.verdict.setText(texts.RECONCILE_RUNNING)
        reconcile = self._reconcile
        self._tasks.run(lambda: reconcile(name, since, until), self._on_arrived, self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        self.run_button.setEnabled(True)
        self.verdict.setText(texts.RECONCILE_START)
        self._on_failure(error)

    def _on_arrived(self, result: Reconciliation) -> None:
        self.run_button.setEnabled(True)
        self.copy_button.setEnabled(True)
        self.export_button.setEnabled(True)
        self._result = result
        money = figures.money(result.cedar_total, self._currency)
        rest = figures.money(result.difference, self._currency)
        self.verdict.setText(self._verdict(result, money, rest))
        self.parts.clear()
        self.parts.add(texts.RECONCILE_CEDAR, money, "", is_bold=True)
        for part, amount in result.parts.items():
            name, worth = texts.RECONCILE_PARTS[part.value], figures.money(amount, self._currency)
            if result.behind[part].rows:
                self.parts.add(name, worth, texts.RECONCILE_SHOW, link=2).setData(0, _PART, part.value)
            else:
                self.parts.add(name, worth, "")
        if result.rounding:
            self.parts.add(texts.RECONCILE_ROUNDING, figures.money(result.rounding, self._currency), "")
        self.parts.add(texts.RECONCILE_DIFFERENCE, rest, "", is_bold=bool(result.difference))
        self.reasons.clear()
        for each in result.by_reason:
            self.reasons.add(title_of_many(each.code), f"{each.rows:,}", figures.money(each.amount, self._currency), "")

    def _verdict(self, result: Reconciliation, money: str, rest: str) -> str:
        """Say whether all is accounted for, and what stands in the books beyond that."""
        words = (
            texts.RECONCILE_OFF.format(amount=rest) if result.difference else texts.RECONCILE_OK.format(amount=money)
        )
        if not result.rows_too_much:
            return words
        amount = figures.money(result.in_books_too_much, self._currency)
        more = plural(texts.RECONCILE_TOO_MUCH, result.rows_too_much).format(amount=amount)
        return texts.RECONCILE_AND.format(words=words, more=more)

    @Slot(QTreeWidgetItem, int)
    def _on_part_activated(self, item: QTreeWidgetItem, _: int) -> None:
        value, result = item.data(0, _PART), self._result
        if not value or result is None:
            return
        part = Part(value)
        name = texts.NARROWED.format(
            part=texts.RECONCILE_PARTS[part.value],
            since=figures.long_day(result.since),
            until=figures.long_day(result.until),
        )
        if part is Part.LEFT_OUT:
            # Charges are left out of invoices that are otherwise in QuickBooks, too.
            self.left_out_wanted.emit(Narrowing(name, frozenset(map(str, result.behind[part].charges))))
        else:
            self.rows_wanted.emit(Narrowing(name, result.behind[part].rows))

    @Slot()
    def _on_copy(self) -> None:
        self.copy_wanted.emit("\n".join([self.verdict.text(), "", self.parts.as_text(), "", self.reasons.as_text()]))

    def _content(self) -> Content:
        result, currency = self._result, self._currency
        lines: list[tuple[Cell, ...]] = []
        if result is not None:
            end = (currency, result.since, result.until)
            lines.append((texts.RECONCILE_CEDAR, None, None, result.cedar_total, *end))
            for part, amount in result.parts.items():
                rows = len(result.behind[part].rows)
                lines.append((texts.RECONCILE_PARTS[part.value], None, rows, amount, *end))
            if result.rounding:
                lines.append((texts.RECONCILE_ROUNDING, None, None, result.rounding, *end))
            lines.append((texts.RECONCILE_DIFFERENCE, None, None, result.difference, *end))
            lines += [(None, title_of_many(each.code), each.rows, each.amount, *end) for each in result.by_reason]

        def content(is_csv: bool) -> bytes:  # noqa: FBT001 (called by position)
            if is_csv:
                return table_as_csv(texts.RECONCILE_HEADINGS, lines)
            return table_as_xlsx(texts.RECONCILE_SHEET, texts.RECONCILE_HEADINGS, lines)

        return content


def _date_field(day: date) -> QDateEdit:
    field = QDateEdit(QDate(day.year, day.month, day.day))
    field.setCalendarPopup(True)
    return field


def _day(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
