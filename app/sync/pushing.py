"""One connection to an accounting system in the cloud, on the durable record: work is pushed there, in a loop."""

import logging
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Final, Protocol

from filelock import FileLock, Timeout

from app.books.port import Answer, Ask, Conversation, RunEnd
from app.domain.facts import BooksContact, BooksProblem, Paused, Problem
from app.domain.faults import KnownFault, NoRoom
from app.domain.language import _
from app.domain.reasons import Reason, ReasonCode
from app.domain.retrying import has_come
from app.domain.states import State
from app.store import facts, message_sets
from app.store.database import Record
from app.sync.clock import Clock
from app.sync.events import Events, Topic
from app.sync.lease import Alone, Lease
from app.sync.ledger import RecordLedger
from app.sync.tally_words import tally_words

log = logging.getLogger(__name__)

KEEP_MESSAGE_SETS: Final = timedelta(days=30)
PATIENCE: Final = 300.0
"""Seconds a push waits for one that another program is doing."""

_STOPPED: Final = _("The push was stopped; it goes on at the next chance.")
_BUSY: Final = _("Another Cedar Sync program has been pushing for minutes; try again later.")


class Courier(Protocol):
    """Carries one request to the accounting system."""

    def send_while_wanted(self, text: str, is_unwanted: Callable[[], bool]) -> Answer | None:
        """Send a request, and wait for its answer; what goes wrong on the way stands in the answer.

        Returns:
            None if it is not wanted any more: nobody knows what becomes of what was sent by then.
        """


class Pusher:
    """Brings one connection's work to the cloud, one push at a time."""

    def __init__(
        self,
        record: Record,
        clock: Clock,
        connection: str,
        ledger: RecordLedger,
        begin: Callable[[RecordLedger], Conversation],
        courier: Courier,
        lock: Path,
        *,
        events: Events | None = None,
        lease: Lease | None = None,
    ) -> None:
        """Take what a push needs.

        Args:
            record: The record.
            clock: The time.
            connection: The connection's name.
            ledger: The connection's ledger.
            begin: Begins the conversation of one push.
            courier: Carries its requests.
            lock: A file that keeps programs of one home from pushing at the same time.
            events: Whom to tell of changes.
            lease: The right to keep the books in step, where several computers share the record.
        """
        self._record = record
        self._clock = clock
        self._connection = connection
        self._ledger = ledger
        self._begin = begin
        self._courier = courier
        self._lock = lock
        self._events = events or Events()
        self._lease = lease or Alone()

    def is_due(self) -> bool:
        """Tell whether a push is worth its while now: not while paused, nor before what needs a person is probed."""
        now = self._clock.now()
        with self._record.read() as tx:
            paused = facts.get(tx, self._connection, Paused)
            problem = facts.get(tx, self._connection, BooksProblem)
        if paused is not None and paused.lasts(now):
            return False
        again = problem.problem.next_attempt_at if problem is not None else None
        return again is None or has_come(again, now)

    def push(self, cancelled: Callable[[], bool] = lambda: False) -> RunEnd:
        """Push once, alone: what another program is pushing is waited for.

        Args:
            cancelled: Asked often; once it says yes, the push ends there, whatever it waits for. What was handed out
                without an answer is in the record as such, and the next push asks for its outcome first.
        """
        try:
            with (
                FileLock(self._lock).acquire(timeout=PATIENCE, cancel_check=cancelled),
                self._record.room.needed_for(f"pushing {self._connection}"),
            ):
                return self._push(cancelled)
        except Timeout:
            return RunEnd(_STOPPED if cancelled() else _BUSY)
        except NoRoom:
            self._events.publish(Topic.BOOKS)
            raise

    @property
    def tally(self) -> Counter[State]:
        """How many rows came to each state in the last push."""
        return self._ledger.tally

    def _push(self, cancelled: Callable[[], bool]) -> RunEnd:
        self._ledger.tally = Counter()
        self._note(is_success=False)
        try:
            end = self._converse(cancelled)
        except KnownFault:
            # The record is out of reach, or full, or another program keeps the books in step: no bug.
            raise
        except Exception:
            log.exception("a push broke off")
            self._note_bug()
            raise
        if not end.error:
            self._note(is_success=True)
        return end

    def _converse(self, cancelled: Callable[[], bool]) -> RunEnd:
        conversation = self._begin(self._ledger)
        try:
            ask = next(conversation)
            while not cancelled() and self._lease.take(is_called=True):
                answer = self._carried(ask, cancelled)
                if answer is None:
                    break
                ask = conversation.send(answer)
            conversation.close()
            return RunEnd(_STOPPED)
        except StopIteration as stop:
            end: RunEnd = stop.value
            return end

    def _carried(self, ask: Ask, cancelled: Callable[[], bool]) -> Answer | None:
        if ask.message_set_id is not None:
            # From here on the books may know it, whatever becomes of us.
            with self._record.write() as tx:
                message_sets.handed_out(tx, ask.message_set_id, self._clock.now())
        return self._courier.send_while_wanted(ask.text, cancelled)

    def _note(self, *, is_success: bool) -> None:
        now = self._clock.now()
        with self._record.write() as tx:
            known = facts.get(tx, self._connection, BooksContact) or BooksContact()
            facts.put(tx, self._connection, BooksContact(now, now if is_success else known.last_session_end))
            if is_success:
                message_sets.prune(tx, self._connection, now - KEEP_MESSAGE_SETS)
        self._events.publish(Topic.BOOKS)

    def _note_bug(self) -> None:
        now = self._clock.now()
        with self._record.write() as tx:
            facts.put(tx, self._connection, BooksProblem(Problem(Reason(ReasonCode.REQUEST_NOT_UNDERSTOOD), now)))
        self._events.publish(Topic.BOOKS)


def push_words(tally: Counter[State], end: RunEnd) -> str:
    """Say what a push did."""
    return end.error or tally_words(tally)
