"""Below the reasons: the lines, what is in QuickBooks now, and what happened so far."""

from datetime import datetime

from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget

from app.domain.row import Row
from app.store.rows import HistoryEntry
from app.sync.service import RowDetail
from app.ui.window import comparing, figures, texts
from app.ui.window.listing import Listing
from app.ui.window.wording import explained, state_name


class RowTabs(QTabWidget):
    """Three views of one row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self.setDocumentMode(True)
        self.lines = Listing(texts.LINES_NAME, texts.LINES_COLUMNS, figures=(1, 2))
        self.books = Listing(texts.BOOKS_NAME, texts.BOOKS_COLUMNS, figures=(1, 2))
        self.history = Listing(texts.HISTORY_NAME, texts.HISTORY_COLUMNS, wide=(1,))
        self._in_books = QLabel()
        self._in_books.setWordWrap(True)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._in_books)
        layout.addWidget(self.books)
        self.addTab(self.lines, texts.TAB_LINES)
        self.addTab(page, texts.TAB_BOOKS)
        self.addTab(self.history, texts.TAB_HISTORY)

    @property
    def in_books(self) -> str:
        """What is said of the document in the books."""
        return self._in_books.text()

    def show_detail(self, detail: RowDetail, now: datetime) -> None:
        """Show a row."""
        self._show_lines(detail.row)
        self._show_books(detail.row)
        self.history.clear()
        for entry in reversed(detail.history):
            self._add_entry(entry, now)

    def _show_lines(self, row: Row) -> None:
        self.lines.clear()
        for line in row.order.lines if row.order is not None else ():
            what = line.description or texts.CHARGE.format(charge=line.charge_id)
            self.lines.add(
                texts.LINE.format(item=line.item, what=what),
                figures.quantity(line.quantity),
                figures.plain_money(line.amount),
            )
        for charge in row.left_out:
            why = ", ".join(explained(reason).title for reason in charge.reasons)
            what = charge.description or texts.CHARGE.format(charge=charge.charge_id)
            text = texts.LINE_LEFT_OUT.format(why=why, what=what)
            self.lines.add(text, "", figures.plain_money(charge.amount), is_bold=True)
        if row.order is not None:
            self.lines.add(texts.TOTAL, "", figures.plain_money(row.amount), is_bold=True)

    def _show_books(self, row: Row) -> None:
        self.books.clear()
        document = comparing.in_books(row)
        self.books.setVisible(document is not None)
        if document is None:
            self._in_books.setText(texts.BOOKS_NONE)
            return
        kind = texts.DOCUMENTS[row.document.kind]
        parts = [
            texts.BOOKS_HEAD.format(
                document=f"{kind} {document.ref_number or ''}".strip(),
                customer=document.customer,
                date=figures.long_day(document.date),
                amount=figures.money(document.subtotal, row.currency),
            )
        ]
        parts += [texts.BOOKS_INVOICED] if document.is_invoiced else []
        parts += [texts.BOOKS_CLOSED] if document.is_closed else []
        self._in_books.setText(" ".join(parts))
        for line in document.lines:
            self.books.add(
                texts.LINE.format(item=line.item or texts.MISSING, what=line.description),
                figures.quantity(line.quantity),
                figures.plain_money(line.amount),
            )

    def _add_entry(self, entry: HistoryEntry, now: datetime) -> None:
        why = [explained(reason).title for reason in entry.reasons]
        said = [*([entry.note] if entry.note else []), *why]
        state = state_name(entry.to_state, entry.reasons)
        words = texts.HISTORY_LINE_WHY if said else texts.HISTORY_LINE
        happened = words.format(state=state, why="; ".join(said), actor=texts.ACTORS[entry.actor])
        self.history.add(figures.moment(entry.at, now), happened)
