"""Carries a person's orders to the facade, off the main thread, and says in a sentence what came of them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from app.domain.faults import KnownFault
from app.domain.row import Row
from app.domain.states import State
from app.sync.orders_by_hand import Resolution
from app.sync.service import SyncService, UnknownRow
from app.ui.tasks import Tasks
from app.ui.window import texts
from app.ui.window.orders import Order
from app.ui.window.wording import plural


class Ordering(QObject):
    """One door for all orders of the window."""

    said = Signal(str)
    """A sentence for the person."""
    retried = Signal(object)
    """Ids of rows that go out again, as a list."""
    done = Signal()

    def __init__(self, service: Callable[[], SyncService], tasks: Tasks, parent: QObject | None = None) -> None:
        """Take the facade and where to call it."""
        super().__init__(parent)
        self._service = service
        self._tasks = tasks

    def order(self, order: Order, ids: Sequence[str], note: str = "") -> None:
        """Carry out an order for some rows."""
        if not ids:
            return
        service = self._service()
        match order:
            case Order.RETRY:
                self._run(lambda: service.retry(ids), lambda moved: self._on_retried(moved, len(ids)))
            case Order.LEAVE_OUT:
                self._run(lambda: service.hold(ids, note), lambda moved: self._tell(texts.DONE_LEAVE_OUT, moved))
            case Order.BRING_BACK:
                self._run(lambda: service.release(ids), lambda moved: self._tell(texts.DONE_BRING_BACK, moved))
            case Order.COMPARE:
                self._run(lambda: service.resync(ids), lambda moved: self._tell(texts.DONE_COMPARE, moved))

    def retry_reason(self, code: str) -> None:
        """Retry every row that stands still for a reason."""
        service = self._service()

        def work() -> list[Row]:
            rows = service.rows([State.FAILED, State.WAITING])
            return service.retry([row.id for row in rows if any(reason.code == code for reason in row.reasons)])

        self._run(work, lambda moved: self._on_retried(moved, len(moved)))

    def resolve(self, row_id: str, resolution: Resolution) -> None:
        """Settle a conflict."""
        service = self._service()
        self._run(
            lambda: service.resolve(row_id, resolution),
            lambda moved: self._say(texts.DONE_RESOLVE if moved else texts.DONE_NOTHING),
        )

    def on_failure(self, error: Exception) -> None:
        """Say what went wrong, in one sentence."""
        if isinstance(error, UnknownRow):
            self.said.emit(texts.GONE)
        elif isinstance(error, KnownFault):
            self.said.emit(texts.FAILED.format(sentence=error))
        else:
            self.said.emit(texts.FAILED_UNKNOWN)

    def _run(self, operation: Callable[[], list[Row]], on_success: Callable[[list[Row]], None]) -> None:
        self._tasks.run(operation, on_success, self.on_failure)

    def _on_retried(self, moved: Sequence[Row], wanted: int) -> None:
        words = texts.DONE_RETRY if len(moved) >= wanted else texts.DONE_RETRY_SOME
        self._say(words.format(rows=plural(texts.INVOICES, len(moved))) if moved else texts.DONE_RETRY_NONE)
        self.retried.emit([str(row.id) for row in moved])

    def _tell(self, words: str, moved: Sequence[Row]) -> None:
        self._say(words.format(rows=plural(texts.INVOICES, len(moved))) if moved else texts.DONE_NOTHING)

    def _say(self, sentence: str) -> None:
        self.said.emit(sentence)
        self.done.emit()
