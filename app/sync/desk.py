"""One QuickBooks Desktop connection as the Web Connector's exchange sees it, on the durable record."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final

from msgspec.structs import asdict

from app.books.quickbooks_desktop.faults import connection_reason
from app.books.quickbooks_desktop.run import DesktopOptions
from app.books.quickbooks_desktop.web_connector.session import LIVE, Phase, Session
from app.domain.facts import (
    BooksContact,
    BooksProblem,
    BooksWatched,
    CompanyFile,
    IntroductionWanted,
    ListsKnown,
    Paused,
    Problem,
    SignInRefused,
)
from app.domain.language import _
from app.domain.reason_texts import explain
from app.domain.reasons import Healing, Reason, ReasonCode, healing
from app.domain.retrying import has_come, is_recent
from app.domain.states import State
from app.store import facts, message_sets, rows, sessions
from app.store.database import Record
from app.store.sessions import SessionRecord
from app.sync.clock import Clock
from app.sync.events import Events, Topic
from app.sync.lease import Alone, Lease
from app.sync.ledger import RecordLedger
from app.sync.tally_words import tally_words

LOOK_AGAIN: Final = timedelta(minutes=30)
"""How often QuickBooks is opened only to see whether a missing customer or item is there now."""

WATCH_EVERY: Final = timedelta(hours=12)
"""How often QuickBooks is opened only to see what other hands changed there."""

KEEP_SESSIONS: Final = timedelta(days=7)
KEEP_MESSAGE_SETS: Final = timedelta(days=30)
_CONTACT_STEP: Final = timedelta(seconds=1)


class DesktopDesk:
    """The exchange's view of one connection."""

    def __init__(
        self,
        record: Record,
        clock: Clock,
        options: DesktopOptions,
        ledger: RecordLedger,
        password: Callable[[], str | None],
        events: Events | None = None,
        lease: Lease | None = None,
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        """Take what a desk needs.

        Args:
            record: The record.
            clock: The time.
            options: The settings in force.
            ledger: The connection's ledger.
            password: Where the password is kept.
            events: Whom to tell of changes.
            lease: The right to keep the books in step, where several computers share the record.
            is_stopped: The settings in force are not those of the connection's invoices.
        """
        self._is_stopped = is_stopped
        self._lease = lease or Alone()
        self._events = events or Events()
        self._record = record
        self._clock = clock
        self._options = options
        self._ledger = ledger
        self._password = password
        self._contact_noted_at: datetime | None = None

    @property
    def options(self) -> DesktopOptions:
        """The settings in force."""
        return self._options

    @property
    def ledger(self) -> RecordLedger:
        """The connection's ledger."""
        return self._ledger

    def password(self) -> str | None:
        """Give the password the Web Connector must show."""
        return self._password()

    def may_work(self) -> bool:
        """Tell whether this program is the one that keeps the books in step, now that its Web Connector calls."""
        return self._lease.take(is_called=True)

    def has_work(self) -> bool:
        """Tell whether QuickBooks is worth opening now: the cheap question behind the answer ``none``."""
        name, now = self._options.connection, self._clock.now()
        if self._is_stopped():
            return False
        with self._record.read() as tx:
            is_introduction = facts.get(tx, name, IntroductionWanted) is not None
            paused = facts.get(tx, name, Paused)
            # An introduction writes nothing, so a pause does not forbid it.
            if not is_introduction and paused is not None and paused.lasts(now):
                return False
            problem = facts.get(tx, name, BooksProblem)
            next_attempt = problem.problem.next_attempt_at if problem else None
            if next_attempt is not None:
                # What needs a person is probed once in a while: the run notices by itself that it was mended.
                return has_come(next_attempt, now)
            if is_introduction or message_sets.any_unanswered(tx, name) or rows.any_due(tx, name, now):
                return True
            watched = facts.get(tx, name, BooksWatched)
            if watched is not None and not is_recent(watched.until, WATCH_EVERY, now) and rows.has_documents(tx, name):
                return True
            known = facts.get(tx, name, ListsKnown)
        looked_up_at = known.missing_looked_up_at if known else None
        if looked_up_at is not None and is_recent(looked_up_at, LOOK_AGAIN, now):
            return False
        codes = [code for code in ReasonCode if healing(code) is Healing.LISTS]
        return bool(self._ledger.failed_for(codes))

    @contextmanager
    def needing_room(self, call: str) -> Iterator[None]:
        """Do what a call asks for, and remember whether the record had room for it; whoever listens hears of it."""
        had_room = self._record.room.lack() is None
        try:
            with self._record.room.needed_for(f"{call} of {self._options.connection}"):
                yield
        finally:
            if (self._record.room.lack() is None) is not had_room:
                self._events.publish(Topic.BOOKS)

    def lack_of_room(self) -> str:
        """Say that the record is full; empty where it is not."""
        lack = self._record.room.lack()
        return "" if lack is None else str(lack)

    def note_contact(self) -> None:
        """Note that the Web Connector called; several calls within a second count as one."""
        name, now = self._options.connection, self._clock.now()
        if self._contact_noted_at is None or abs(now - self._contact_noted_at) >= _CONTACT_STEP:
            with self._record.write() as tx:
                known = facts.get(tx, name, BooksContact) or BooksContact()
                facts.put(tx, name, BooksContact(now, known.last_session_end))
            self._contact_noted_at = now
            self._events.publish(Topic.BOOKS)

    def note_refused_sign_in(self) -> None:
        """Note that somebody showed another password; several tries within a second count as one."""
        if not self._lease.is_ours():
            # Who answers on another computer has its own password; this one's is nothing to that.
            return
        name, now = self._options.connection, self._clock.now()
        with self._record.read() as tx:
            known = facts.get(tx, name, SignInRefused)
        if known is None or abs(now - known.at) >= _CONTACT_STEP:
            with self._record.write() as tx:
                facts.put(tx, name, SignInRefused(now))
            self._events.publish(Topic.BOOKS)

    def note_sign_in(self) -> None:
        """Forget what was refused before."""
        name = self._options.connection
        with self._record.read() as tx:
            is_refused = facts.get(tx, name, SignInRefused) is not None
        if is_refused:
            with self._record.write() as tx:
                facts.forget(tx, name, SignInRefused)
            self._events.publish(Topic.BOOKS)

    def note_session_end(self) -> None:
        """Note that a session came to its end, and forget those of long ago."""
        name, now = self._options.connection, self._clock.now()
        with self._record.write() as tx:
            facts.put(tx, name, BooksContact(now, now))
            sessions.prune(tx, name, now - KEEP_SESSIONS)
            message_sets.prune(tx, name, now - KEEP_MESSAGE_SETS)
        self._events.publish(Topic.BOOKS)

    def note_unreachable(self, hresult: str, message: str) -> str:
        """Note that the Web Connector could not reach QuickBooks; give the sentence for people."""
        company = self._ledger.known(CompanyFile)
        expected = self._options.company_file or (company.path if company else "")
        reason = connection_reason(hresult, message, expected)
        self._note_problem(reason)
        words = explain(reason)
        return f"{words.why} {words.fix}"

    def note_bug(self) -> None:
        """Note that a run broke off by our own mistake; the next session tries again."""
        self._note_problem(Reason(ReasonCode.REQUEST_NOT_UNDERSTOOD))

    def _note_problem(self, reason: Reason) -> None:
        name, now = self._options.connection, self._clock.now()
        with self._record.write() as tx:
            known = facts.get(tx, name, BooksProblem)
            same = known is not None and known.problem.reason.code is reason.code
            since = known.problem.since if known is not None and same else now
            facts.put(tx, name, BooksProblem(Problem(reason, since)))
        self._events.publish(Topic.BOOKS)

    def hand_out(self, session: Session) -> None:
        """Note that a session takes its message set away."""
        with self._record.write() as tx:
            if session.message_set_id is not None:
                message_sets.handed_out(tx, session.message_set_id, self._clock.now())
            sessions.save(tx, _kept(session))

    def save(self, session: Session) -> None:
        """Keep a session."""
        with self._record.write() as tx:
            sessions.save(tx, _kept(session))

    def session(self, ticket: str) -> Session | None:
        """Read a session of this connection."""
        with self._record.read() as tx:
            kept = sessions.get(tx, ticket)
        return None if kept is None or kept.connection != self._options.connection else _session(kept)

    def live_sessions(self) -> Sequence[Session]:
        """Read the sessions that may still call."""
        with self._record.read() as tx:
            return [_session(kept) for kept in sessions.open_of(tx, self._options.connection, tuple(LIVE))]

    def closing_words(self) -> str:
        """Say what the last session did, and start counting anew."""
        tally, self._ledger.tally = self._ledger.tally, Counter()
        return session_words(tally)


_SESSION: Final = _("Cedar Sync: {what_happened}")


def session_words(tally: Counter[State]) -> str:
    """Say what a session did, in the words of the Web Connector's status column."""
    return _SESSION.format(what_happened=tally_words(tally))


def _kept(session: Session) -> SessionRecord:
    values = asdict(session)
    phase: Phase = values.pop("phase")
    return SessionRecord(state=str(phase), **values)


def _session(kept: SessionRecord) -> Session:
    values = asdict(kept)
    return Session(phase=Phase(values.pop("state")), **values)
