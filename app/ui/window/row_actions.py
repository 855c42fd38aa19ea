"""What can be ordered for the selected rows, as menu, context menu, keys and buttons share it."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLabel, QMenu, QToolButton, QWidget

from app.domain.language import plural
from app.domain.row import RowSummary
from app.domain.states import State
from app.sync.orders_by_hand import Resolution
from app.ui.window import texts
from app.ui.window.conflict_words import LABELS
from app.ui.window.flow import FlowLayout
from app.ui.window.orders import Order, possible
from app.ui.window.wording import sum_of

_WORDS = {
    Order.RETRY: texts.RETRY,
    Order.LEAVE_OUT: texts.LEAVE_OUT,
    Order.BRING_BACK: texts.BRING_BACK,
    Order.COMPARE: texts.COMPARE,
}
_TIPS = {
    Order.RETRY: texts.RETRY_TIP,
    Order.LEAVE_OUT: texts.LEAVE_OUT_TIP,
    Order.BRING_BACK: texts.BRING_BACK_TIP,
    Order.COMPARE: texts.COMPARE_TIP,
}


class RowActions(QObject):
    """The actions; those that mean nothing for the selection are greyed."""

    ordered = Signal(str)
    """An `Order`."""
    settling_wanted = Signal(str)
    """A `Resolution`."""
    retry_reason_wanted = Signal(str)
    """The code of a reason."""
    copy_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Make the actions."""
        super().__init__(parent)
        self.orders: dict[Order, QAction] = {}
        self.selected = QLabel()
        for order, words in _WORDS.items():
            action = QAction(words, self)
            action.setToolTip(_TIPS[order])
            action.setData(order.value)
            action.triggered.connect(self._on_order)
            self.orders[order] = action
        self.orders[Order.RETRY].setShortcut(QKeySequence("Ctrl+R"))
        self.settling = QAction(texts.SETTLE, self)
        self.settling.setToolTip(texts.SETTLE_TIP)
        self._settling_menu = QMenu()
        self._settling_menu.setToolTipsVisible(True)
        self.resolutions: dict[Resolution, QAction] = {}
        for resolution, words in LABELS.items():
            action = self._settling_menu.addAction(words)
            action.setData(resolution.value)
            action.triggered.connect(self._on_settling)
            self.resolutions[resolution] = action
        self.settling.setMenu(self._settling_menu)
        self.retry_reason = QAction(texts.RETRY_REASON, self)
        self.retry_reason.triggered.connect(self._on_retry_reason)
        self.copy = QAction(texts.COPY, self)
        self.copy.setShortcut(QKeySequence.StandardKey.Copy)
        # Elsewhere the same keys copy the text that is selected there.
        self.copy.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.copy.triggered.connect(self.copy_wanted)
        self.export = QAction(texts.EXPORT, self)
        for action, tip in (
            (self.retry_reason, texts.RETRY_REASON_TIP),
            (self.copy, texts.COPY_TIP),
            (self.export, texts.EXPORT_TIP),
        ):
            action.setToolTip(tip)
        self.export.triggered.connect(self.export_wanted)

    def all(self) -> list[QAction]:
        """Give all actions, as a context menu lists them."""
        return [*self.orders.values(), self.settling, self.retry_reason, self.copy, self.export]

    def buttons(self) -> QWidget:
        """Make a line of buttons, and beside them what is selected."""
        line = QWidget()
        layout = FlowLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        for action in (*self.orders.values(), self.settling, self.copy, self.export):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            layout.addWidget(button)
        self.selected.setMinimumHeight(button.sizeHint().height())
        layout.addWidget(self.selected)
        return line

    def offer(self, rows: Sequence[RowSummary], *, is_listed: bool) -> None:
        """Offer what means something for the selected rows."""
        orders = possible(rows)
        for order, action in self.orders.items():
            action.setEnabled(order in orders)
        self.settling.setEnabled(any(row.state is State.CONFLICT for row in rows))
        is_many = len(rows) > 1
        self.selected.setText(
            texts.MANY_SELECTED.format(rows=plural(texts.ROWS, len(rows)), amount=sum_of(rows)) if is_many else ""
        )
        self.copy.setEnabled(bool(rows))
        self.export.setEnabled(is_listed)
        codes = {row.reasons[0].code for row in rows if row.state in {State.FAILED, State.WAITING} and row.reasons}
        code = next(iter(codes)).value if len(codes) == 1 else None
        self.retry_reason.setEnabled(code is not None)
        self.retry_reason.setData(code)

    @Slot()
    def _on_order(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.ordered.emit(action.data())

    @Slot()
    def _on_settling(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.settling_wanted.emit(action.data())

    @Slot()
    def _on_retry_reason(self) -> None:
        code = self.retry_reason.data()
        if isinstance(code, str):
            self.retry_reason_wanted.emit(code)
