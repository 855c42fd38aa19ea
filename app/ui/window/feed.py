"""Asks the facade what the window shows, off the main thread, one question at a time, and never more than needed.

Rule: after each answer it rests as long as the answer took, so that a busy record never keeps the window busy.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.domain.states import State
from app.store.row_lists import ListedRow, Totals
from app.sync.clock import Clock
from app.sync.service import Snapshot, SyncService
from app.ui.ports import RowsFilter
from app.ui.tasks import OnFailure, Tasks
from app.ui.window.filters import STATES, Shown, all_totals, only_currency, shown, shown_rows

PAGE: Final = 200
_ALL: Final = 10**9
LONGEST_REST: Final = 2000
"""Milliseconds."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The rows behind one figure, and what they are called."""

    name: str
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Question:
    """What the window wants to show."""

    filter: RowsFilter = RowsFilter.NEEDS_YOU
    text: str = ""
    narrowing: Narrowing | None = None
    """Only the rows behind one figure; filter and text say nothing then."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How things stand, and the rows that were asked for."""

    question: Question
    now: datetime
    snapshot: Snapshot
    totals: dict[State, Totals]
    """Of all rows, whatever is searched for."""
    shown: Shown
    rows: tuple[ListedRow, ...]
    currency: str | None
    """The one currency all is in; None if there are several, or none is known."""
    left_out_newest: datetime | None = None
    """When something was last left out by the program; None if nothing is."""

    @property
    def has_more(self) -> bool:
        """Tell whether the list goes on behind the rows."""
        return len(self.rows) < self.shown.rows


class Feed(QObject):
    """Keeps the window's knowledge fresh while it is visible."""

    answered = Signal(object)
    """An `Answer`."""

    def __init__(
        self,
        service: Callable[[], SyncService],
        clock: Clock,
        tasks: Tasks,
        on_failure: OnFailure,
        parent: QObject | None = None,
    ) -> None:
        """Ask nothing yet.

        Args:
            service: Gives the facade in force, which new settings replace.
            clock: The time.
            tasks: Where questions are asked.
            on_failure: Hears of a question that failed.
            parent: The owner.
        """
        super().__init__(parent)
        self._service = service
        self._clock = clock
        self._tasks = tasks
        self._on_failure = on_failure
        self._question = Question()
        self._limit = PAGE
        self._is_asking = False
        self._is_stale = False
        self._is_awake = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._ask)

    @property
    def question(self) -> Question:
        """What is asked at the moment."""
        return self._question

    def ask(self, question: Question) -> None:
        """Ask something else from now on."""
        if question != self._question:
            self._question, self._limit = question, PAGE
        self._rest.stop()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Ask again: something may have changed."""
        self._is_stale = True
        if self._is_awake and not self._is_asking and not self._rest.isActive():
            self._ask()

    @Slot()
    def ask_more(self) -> None:
        """Ask for more rows: twice as many, so that a long list is read in few steps."""
        self._limit = min(self._limit * 2, _ALL)
        self._rest.stop()
        self.refresh()

    def ask_all(self) -> None:
        """Ask for all rows there are: somebody wants to order something for all of them."""
        self._limit = _ALL
        self._rest.stop()
        self.refresh()

    def set_awake(self, *, is_awake: bool) -> None:
        """Ask only while somebody looks."""
        self._is_awake = is_awake
        if is_awake:
            self.refresh()
        else:
            self._rest.stop()

    @Slot()
    def _ask(self) -> None:
        if not self._is_stale or self._is_asking:
            return
        self._is_asking, self._is_stale = True, False
        service, question, limit = self._service(), self._question, self._limit
        began = time.monotonic()

        def work() -> Answer:
            return self._read(service, question, limit)

        def arrived(answer: Answer) -> None:
            self._settle(began)
            if not self._is_awake:
                self._is_stale = True
            elif answer.question == self._question:
                self.answered.emit(answer)

        def failed(error: Exception) -> None:
            self._settle(began)
            self._on_failure(error)

        self._tasks.run(work, arrived, failed)

    def _settle(self, began: float) -> None:
        self._is_asking = False
        took = int((time.monotonic() - began) * 1000)
        if self._is_awake:
            self._rest.start(min(took, LONGEST_REST))

    def _read(self, service: SyncService, question: Question, limit: int) -> Answer:
        """Read everything for one look; called off the main thread."""
        states = STATES[question.filter]
        wanted = () if question.filter is RowsFilter.ALL else states
        snapshot = service.snapshot()
        totals = all_totals(snapshot)
        if question.narrowing is not None:
            narrowed = service.listed(question.narrowing.ids)
            rows, found = tuple(narrowed[:limit]), shown_rows(each.row for each in narrowed)
        else:
            counted = service.count(wanted, question.text) if question.text else totals
            rows, found = tuple(service.page(wanted, question.text, 0, limit)), shown(counted, states)
        return Answer(
            question,
            self._clock.now(),
            snapshot,
            totals,
            found,
            rows,
            only_currency(totals),
            service.newest([State.SKIPPED]) if totals[State.SKIPPED].rows else None,
        )
