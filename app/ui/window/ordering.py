"""Carries a person's orders to the facade, off the main thread, and says in a sentence what came of them."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.domain.faults import KnownFault
from app.domain.language import plural
from app.domain.row import Row
from app.domain.states import State
from app.sync.orders_by_hand import Resolution
from app.sync.service import SyncService, UnknownRow
from app.ui.tasks import Tasks
from app.ui.window import texts
from app.ui.window.orders import Order


@dataclass(frozen=True, slots=True)
class Retried:
    """What came of an order to retry."""

    going: tuple[str, ...]
    """Ids of the rows that go out again."""
    stuck: int
    """How many others stand still as before."""
    already: int = 0
    """How many were on their way before; counted only where nothing else is told."""

    @property
    def words(self) -> str:
        """Say it in a sentence, never better than it is."""
        if not self.going and self.already:
            return plural(texts.DONE_RETRY_ALREADY, self.already)
        if not self.going:
            return texts.DONE_RETRY_NONE if self.stuck else texts.DONE_NOTHING
        going = plural(texts.DONE_RETRY, len(self.going))
        others = plural(texts.DONE_RETRY_OTHERS, self.stuck)
        return texts.DONE_RETRY_SOME.format(going=going, others=others) if self.stuck else going


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
                self._tasks.run(
                    lambda: _outcome(service, service.retry(ids), frozenset(ids)), self._on_retried, self.on_failure
                )
            case Order.LEAVE_OUT:
                self._run(lambda: service.hold(ids, note), lambda moved: self._tell(texts.DONE_LEAVE_OUT, moved))
            case Order.BRING_BACK:
                self._run(lambda: service.release(ids), lambda moved: self._tell(texts.DONE_BRING_BACK, moved))
            case Order.COMPARE:
                self._run(lambda: service.resync(ids), lambda moved: self._tell(texts.DONE_COMPARE, moved))

    def retry_reason(self, code: str) -> None:
        """Retry every row that stands still for a reason."""
        service = self._service()

        def work() -> Retried:
            rows = service.rows(_STANDING_STILL)
            ids = [row.id for row in rows if any(reason.code == code for reason in row.reasons)]
            return _outcome(service, service.retry(ids), frozenset(ids))

        self._tasks.run(work, self._on_retried, self.on_failure)

    def retry_all(self) -> None:
        """Retry every row that stands still."""
        service = self._service()
        self._tasks.run(lambda: _outcome(service, service.retry_all()), self._on_retried, self.on_failure)

    def resolve(self, ids: Sequence[str], resolution: Resolution) -> None:
        """Settle conflicts, all in the same way."""
        service = self._service()
        self._run(lambda: service.resolve(ids, resolution), lambda moved: self._tell(texts.DONE_RESOLVE, moved))

    def rescue_was_read(self) -> None:
        """Say no more that the record was damaged."""
        self._tasks.run(self._service().rescue_was_read, lambda _: None, self.on_failure)

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

    def _on_retried(self, outcome: Retried) -> None:
        self.retried.emit(list(outcome.going))
        self._say(outcome.words)

    def _tell(self, words: str, moved: Sequence[Row]) -> None:
        self._say(words.format(rows=plural(texts.INVOICES, len(moved))) if moved else texts.DONE_NOTHING)

    def _say(self, sentence: str) -> None:
        self.said.emit(sentence)
        self.done.emit()


_STANDING_STILL = (State.FAILED, State.WAITING)
_UNDER_WAY = (State.QUEUED, State.SENDING)


def _outcome(service: SyncService, moved: Sequence[Row], wanted: Collection[str] | None = None) -> Retried:
    """Count what goes out, and what of the wanted rows (all by default) still stands still; off the main thread."""

    def count(states: Sequence[State]) -> int:
        return sum(wanted is None or row.id in wanted for row in service.rows(states))

    going = tuple(str(row.id) for row in moved if row.state is State.QUEUED)
    stuck = count(_STANDING_STILL)
    return Retried(going, stuck, 0 if going or stuck or wanted is None else count(_UNDER_WAY))
