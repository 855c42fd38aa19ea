"""One row in detail: what, why, fix, who, and the button that mends it; then lines, books, history, raw text."""

from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain.books_system import BooksSystem
from app.domain.language import plural
from app.domain.planning import left_out_reasons
from app.domain.reasons import Reason
from app.domain.row import Actor, Row
from app.domain.states import State
from app.sync.service import RowDetail
from app.ui.window import figures, shapes, texts
from app.ui.window.conflict_panel import ConflictPanel
from app.ui.window.flow import FlowLayout
from app.ui.window.orders import Order, message_for_cedar, possible
from app.ui.window.raw_text import RawText
from app.ui.window.reason_card import ReasonCard
from app.ui.window.row_tabs import RowTabs
from app.ui.window.texts_books import BOOKS, BooksWords
from app.ui.window.wording import document, state_name

_LARGER = 1.2
_LABELS = {
    Order.RETRY: texts.RETRY,
    Order.BRING_BACK: texts.BRING_BACK,
    Order.COMPARE: texts.COMPARE,
    Order.LEAVE_OUT: texts.LEAVE_OUT,
}


class DetailPane(QScrollArea):
    """Explains one row, and takes orders for it."""

    ordered = Signal(str, str)
    """An `Order` and the row's id."""
    resolved = Signal(str, str)
    """The row's id and a `Resolution`."""
    help_wanted = Signal(str)
    copy_wanted = Signal(str)
    """A text for the clipboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin with nothing chosen."""
        super().__init__(parent)
        self._detail: RowDetail | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(texts.DETAIL_NAME)
        self.title, self.subtitle, self.state_line = _label(), _label(), _label()
        font = self.title.font()
        font.setPointSizeF(font.pointSizeF() * _LARGER)
        font.setBold(True)
        self._title_font = font
        self._shape = QLabel()
        self._state = QWidget()
        state = QHBoxLayout(self._state)
        state.setContentsMargins(0, 0, 0, 0)
        state.addWidget(self._shape)
        state.addWidget(self.state_line, 1)
        self._reasons = QWidget()
        self._reasons_layout = QVBoxLayout(self._reasons)
        self._reasons_layout.setContentsMargins(0, 0, 0, 0)
        self._other_reasons = QWidget()
        self._other_layout = QVBoxLayout(self._other_reasons)
        self._other_layout.setContentsMargins(0, 0, 0, 0)
        self.buttons: dict[Order, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_order)
        self._bar = QWidget()
        bar = FlowLayout(self._bar)
        bar.setContentsMargins(0, 0, 0, 0)
        for order, label in _LABELS.items():
            button = QPushButton(label)
            self._group.addButton(button)
            self.buttons[order] = button
            bar.addWidget(button)
        self.message_button = QPushButton(texts.COPY_MESSAGE)
        self.message_button.setToolTip(texts.COPY_MESSAGE_TIP)
        self.message_button.clicked.connect(self._on_copy_message)
        bar.addWidget(self.message_button)
        self.conflict = ConflictPanel()
        self.conflict.resolved.connect(self.resolved)
        self.tabs = RowTabs()
        self.raw = RawText()
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
        for widget in (self.title, self.subtitle, self._state, self._reasons, self.conflict, self._bar):
            layout.addWidget(widget)
        layout.addWidget(self._other_reasons)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.raw)
        self._parts = (
            self.subtitle,
            self._state,
            self._reasons,
            self._bar,
            self._other_reasons,
            self.tabs,
            self.raw,
        )
        self.setWidget(body)
        self.show_nothing()

    @property
    def row_id(self) -> str | None:
        """The row that is shown; None if none is."""
        return None if self._detail is None else self._detail.row.id

    @property
    def row(self) -> Row | None:
        """The row that is shown, with everything that is known of it."""
        return None if self._detail is None else self._detail.row

    @property
    def reasons(self) -> list[ReasonCard]:
        """The reasons shown."""
        return [*self._reasons.findChildren(ReasonCard), *self._other_reasons.findChildren(ReasonCard)]

    def show_nothing(self, words: str = texts.DETAIL_NONE) -> None:
        """Show no row, and say what to do."""
        self._detail = None
        self.title.setFont(self.font())
        self.title.setText(words)
        for part in (*self._parts, self.conflict):
            part.hide()

    def show_detail(
        self, detail: RowDetail, now: datetime, system: BooksSystem = BooksSystem.QUICKBOOKS_DESKTOP
    ) -> None:
        """Show a row; what has not changed stays as it is, with its selection and scroll."""
        if detail == self._detail:
            return
        is_same_row = self._detail is not None and self._detail.row.id == detail.row.id
        self._detail = detail
        row = detail.row
        self.title.setFont(self._title_font)
        self.title.setText(
            texts.DETAIL_TITLE.format(
                invoice=row.invoice or texts.NO_INVOICE, customer=row.customer or row.gl_number or texts.NO_CUSTOMER
            )
        )
        self.subtitle.setText(_subtitle(row))
        self.state_line.setText(_state_line(detail, now, BOOKS[system]))
        self._draw()
        self._show_reasons(row)
        is_conflict = row.state is State.CONFLICT
        self.conflict.setVisible(is_conflict)
        if is_conflict:
            self.conflict.show_row(row)
        orders = possible([row])
        for order, button in self.buttons.items():
            # What our own rules refuse is mended in Cedar or in the settings; Retry would do nothing.
            button.setVisible(order in orders and not (order is Order.RETRY and row.refusals))
        self.message_button.setVisible(bool(message_for_cedar(row)))
        self.tabs.show_detail(detail, now)
        self.raw.show_detail(detail, system)
        for part in self._parts:
            part.show()
        if not is_same_row:
            self.verticalScrollBar().setValue(0)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the shape anew in other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_shape"):
            self._draw()

    def _show_reasons(self, row: Row) -> None:
        for card in self.reasons:
            card.setParent(None)
            card.deleteLater()
        for reason in _reasons(row):
            card = ReasonCard(reason)
            card.help_wanted.connect(self.help_wanted)
            # In a conflict a person chooses first; why charges are left out comes after it.
            is_later = row.state is State.CONFLICT and reason not in row.reasons
            (self._other_layout if is_later else self._reasons_layout).addWidget(card)

    def _draw(self) -> None:
        if self._detail is not None:
            shape, tone = shapes.OF_STATE[self._detail.row.state]
            side = self.fontMetrics().height()
            self._shape.setPixmap(shapes.icon(shape, tone, self.palette()).pixmap(side, side))

    @Slot(QAbstractButton)
    def _on_order(self, clicked: QAbstractButton) -> None:
        order = next(order for order, button in self.buttons.items() if button is clicked)
        if self._detail is not None:
            self.ordered.emit(order.value, self._detail.row.id)

    @Slot()
    def _on_copy_message(self) -> None:
        if self._detail is not None:
            self.copy_wanted.emit(message_for_cedar(self._detail.row))


def _subtitle(row: Row) -> str:
    words = texts.DETAIL_SUBTITLE if row.gl_number else texts.DETAIL_NO_GL
    parts = [
        words.format(
            amount=figures.money(row.amount if row.order is not None else row.skipped_amount, row.currency),
            date=figures.long_day(row.date) if row.date else texts.NO_DATE,
            gl_number=row.gl_number,
        )
    ]
    if row.skipped_lines and row.order is not None:
        parts.append(
            texts.DETAIL_PARTLY.format(
                count=row.skipped_lines,
                total=row.lines + row.skipped_lines,
                amount=figures.money(row.skipped_amount, row.currency),
            )
        )
    return "\n".join(parts)


def _state_line(detail: RowDetail, now: datetime, books: BooksWords) -> str:
    row = detail.row
    parts = [] if row.state is State.SYNCED else [texts.STATE_LINE.format(state=state_name(row.state, row.reasons))]
    last = detail.history[-1] if detail.history else None
    if row.state is State.QUEUED and last is not None and last.actor is Actor.PERSON and _was_retry(last.from_state):
        parts.append(books.retrying)
    elif row.state is State.QUEUED:
        parts.append(books.next_run)
    elif row.state is State.SYNCED:
        words = texts.IN_BOOKS_PARTLY if row.skipped_lines else texts.IN_BOOKS_LINE
        parts.append(words.format(document=document(row)))
    elif row.state in texts.STATE_LINES:
        parts.append(texts.STATE_LINES[row.state])
    if row.next_attempt_at is not None:
        parts.append(texts.DETAIL_NEXT.format(when=figures.moment(row.next_attempt_at, now)))
    if row.attempts and row.state is not State.SYNCED:
        parts.append(plural(texts.DETAIL_TRIES, row.attempts))
    return " ".join(parts)


def _was_retry(before: State | None) -> bool:
    return before in {State.FAILED, State.WAITING}


def _reasons(row: Row) -> list[Reason]:
    """Give each different reason once: the row's own first, then those of charges that are left out."""
    found = {reason.code: reason for reason in (*left_out_reasons(row.left_out), *row.reasons)}
    own = [reason.code for reason in row.reasons]
    return [found[code] for code in dict.fromkeys([*own, *found])]


def _label() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
