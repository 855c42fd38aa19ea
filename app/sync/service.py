"""The facade: what the window and the command line ask and order. Each call is one transaction."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from app.domain.books_system import BooksSystem
from app.domain.choices import OnVoid
from app.domain.facts import (
    EVERY_CONNECTION,
    BooksContact,
    BooksProblem,
    CedarContact,
    CompanyFile,
    OnlineCompany,
    Paused,
    Problem,
    RecordRescued,
    SignInEnds,
    SignInRefused,
    standing_refusal,
)
from app.domain.faults import NoRoom
from app.domain.reasons import ReasonCode
from app.domain.references import SHORT, ReferenceForm, reference_key
from app.domain.row import Actor, Row, RowId, RowSummary
from app.domain.states import State
from app.domain.status import ConnectionFacts, Overall, OverallStatus, overall
from app.domain.values import replace
from app.store import facts, leases, row_lists, rows, sessions
from app.store.database import Record
from app.store.row_lists import LeftOutOnRow, ListedRow, Totals
from app.store.rows import HistoryEntry
from app.sync.belonging import Sides, mismatch
from app.sync.clock import Clock
from app.sync.events import Events, Topic
from app.sync.orders_by_hand import Resolution, compared_again, held, released, resolved, retried
from app.sync.reference_choice import free_reference

IN_SESSION = ("ready", "awaiting_answer")
SESSION_PATIENCE = timedelta(minutes=10)
"""A session that has not called for so long is not counted as running."""

READING_PATIENCE = timedelta(minutes=30)
"""A reading of Cedar that began so long ago was broken off with the program that did it."""


@dataclass(frozen=True, slots=True)
class WatchedConnection:
    """What the facade needs to know of a connection's settings."""

    name: str
    run_every: timedelta
    on_void: OnVoid
    poll_every: timedelta = timedelta(minutes=5)
    references: ReferenceForm = SHORT
    system: BooksSystem = BooksSystem.QUICKBOOKS_DESKTOP
    sides: Sides | None = None
    """Which Cedar and which books the settings name; None where that is not looked at."""


@dataclass(frozen=True, slots=True)
class KeptBy:
    """The program that keeps a connection in step."""

    words: str
    """Computer and user."""
    since: datetime
    """By the clock of the database's server."""
    is_here: bool
    """It is the program of this home."""


@dataclass(frozen=True, slots=True)
class ConnectionSnapshot:
    """One connection, as it stands now."""

    name: str
    totals: dict[State, Totals]
    cedar: CedarContact
    books: BooksContact
    books_problem: BooksProblem | None
    company: CompanyFile | None
    facts: ConnectionFacts
    kept_by: KeptBy | None = None
    """Which program keeps it in step, on a record that several computers share; None where there is none."""
    system: BooksSystem = BooksSystem.QUICKBOOKS_DESKTOP
    online: OnlineCompany | None = None
    """The company in QuickBooks Online, once it has answered."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything the status shows, read in one moment."""

    overall: OverallStatus
    connections: tuple[ConnectionSnapshot, ...]
    rescued: RecordRescued | None = None
    """What was done when the record was last found damaged; None if it never was."""
    lack: NoRoom | None = None
    """What is full, so that the record cannot be written; None while there is room."""


@dataclass(frozen=True, slots=True)
class RowDetail:
    """One row with what happened to it."""

    row: Row
    history: tuple[HistoryEntry, ...]


class UnknownRow(LookupError):
    """There is no row of this id."""

    def __init__(self, row_id: str) -> None:
        super().__init__(f'There is no row "{row_id}"; "cedar-sync invoices" lists them.')


class SyncService:
    """Answers questions about rows, and carries out what a person orders."""

    def __init__(
        self,
        record: Record,
        clock: Clock,
        connections: Sequence[WatchedConnection],
        events: Events | None = None,
        awake_since: Callable[[], datetime | None] = lambda: None,
        holder: Callable[[], str] = str,
    ) -> None:
        """Take the record, the connections there are, whom to tell of changes, since when somebody listens, who we are.

        Args:
            record: The record.
            clock: The time.
            connections: What is asked about.
            events: Whom to tell of changes.
            awake_since: Since when somebody listens.
            holder: Who this program is on a record that several computers share.
        """
        self._holder = holder
        self._awake_since = awake_since
        self._events = events or Events()
        self._record = record
        self._clock = clock
        self._connections = {connection.name: connection for connection in connections}

    def snapshot(self, names: Sequence[str] = (), *, tries_room: bool = False) -> Snapshot:
        """Read the overall state, of some connections or of all.

        Args:
            names: The connections; all without them.
            tries_room: Try whether the record can grow. A program that does no work itself learns it in no other way.
        """
        now = self._clock.now()
        wanted = [self._connections[name] for name in names or self._connections]
        with self._record.read() as tx:
            found = tuple(self._connection(tx, connection, now) for connection in wanted)
            rescued = facts.get(tx, EVERY_CONNECTION, RecordRescued)
        lack = self._record.lack_of_room() if tries_room else self._record.room.lack()
        status = overall({each.name: each.facts for each in found}, now)
        if lack is not None:
            # Nothing goes on, and nothing that is shown besides can be newer.
            status = OverallStatus(Overall.STOPPED, "{problem}", {"problem": lack.line})
        return Snapshot(status, found, rescued, lack)

    def rescue_was_read(self) -> None:
        """Note that a person has read what was done about the damaged record."""
        with self._record.write() as tx:
            rescued = facts.get(tx, EVERY_CONNECTION, RecordRescued)
            if rescued is not None:
                facts.put(tx, EVERY_CONNECTION, replace(rescued, is_read=True))
        self._events.publish(Topic.BOOKS)

    def rows(self, states: Sequence[State] = (), text: str = "", names: Sequence[str] = ()) -> list[RowSummary]:
        """List rows, problems first."""
        with self._record.read() as tx:
            return row_lists.summaries(tx, list(names) or list(self._connections), states, text)

    def page(self, states: Sequence[State] = (), text: str = "", offset: int = 0, limit: int = 200) -> list[ListedRow]:
        """List a part of the rows, problems first."""
        with self._record.read() as tx:
            return row_lists.page(tx, list(self._connections), states, text, offset, limit)

    def count(self, states: Sequence[State] = (), text: str = "") -> dict[State, Totals]:
        """Count and add up, by state, the rows that `page` pages through."""
        with self._record.read() as tx:
            return row_lists.count(tx, list(self._connections), states, text)

    def listed(self, ids: Iterable[str]) -> list[ListedRow]:
        """List some rows by their ids, as `page` lists them; those that are gone are missing."""
        with self._record.read() as tx:
            return row_lists.listed(tx, list(self._connections), ids)

    def newest(self, states: Sequence[State]) -> datetime | None:
        """Tell when a row of some states last came to its state, or got other reasons there; None if there is none."""
        with self._record.read() as tx:
            return row_lists.newest(tx, list(self._connections), states)

    def left_out(self) -> list[LeftOutOnRow]:
        """List every charge that is left out."""
        with self._record.read() as tx:
            return row_lists.left_out(tx, list(self._connections))

    def detail(self, row_id: str) -> RowDetail:
        """Read one row with its lines and history.

        Raises:
            UnknownRow: If there is none.
        """
        with self._record.read() as tx:
            row = rows.get(tx, RowId(row_id))
            if row is None or row.connection not in self._connections:
                raise UnknownRow(row_id)
            return RowDetail(row, tuple(rows.history_of(tx, row.id)))

    def retry(self, ids: Iterable[str]) -> list[Row]:
        """Send failed and waiting rows back to the queue; others stay as they are.

        Returns:
            The rows that moved.

        Raises:
            UnknownRow: If there is no row of an id; nothing moves then. So do the other orders.
        """
        return self._change(ids, lambda row, on_void, now: retried(row, on_void, now), "Retry was pressed.")

    def retry_all(self, names: Sequence[str] = ()) -> list[Row]:
        """Send all failed and waiting rows back to the queue."""
        with self._record.write() as tx:
            for name in names or self._connections:
                lift_problem(tx, name)
        return self.retry(row.id for row in self.rows([State.FAILED, State.WAITING], names=names))

    def hold(self, ids: Iterable[str], note: str = "") -> list[Row]:
        """Leave rows out; those on their way to the books stay as they are."""
        return self._change(ids, lambda row, _, now: held(row, note, now), note or "Left out by hand.")

    def release(self, ids: Iterable[str]) -> list[Row]:
        """Bring rows back that were left out by hand."""
        return self._change(ids, lambda row, on_void, now: released(row, on_void, now), "Brought back by hand.")

    def resync(self, ids: Iterable[str]) -> list[Row]:
        """Compare rows with the books at the next chance, and send what differs."""
        note = "To be compared with QuickBooks, by hand."
        return self._change(ids, lambda row, on_void, now: compared_again(row, on_void, now), note)

    def resync_dated(self, since: date | None, until: date | None, names: Sequence[str] = ()) -> list[Row]:
        """Compare all rows dated within a range, ends included; None leaves an end open."""
        wanted = [
            row.id
            for row in self.rows(names=names)
            if (since is None or (row.date is not None and row.date >= since))
            and (until is None or (row.date is not None and row.date <= until))
        ]
        return self.resync(wanted)

    def resolve(self, ids: Iterable[str], resolution: Resolution) -> list[Row]:
        """Settle conflicts, all in the same way; rows that are in none stay as they are."""

        def change(tx: Connection, row: Row, on_void: OnVoid, now: datetime) -> Row:
            if _has_another_owner(tx, row):
                # Two invoices were shown the same document, and the other one has it by now.
                row = replace(row, seen=None)
            in_use = {reference_key(row.document.ref_number or "")}
            form = self._connections[row.connection].references
            return resolved(row, resolution, on_void, lambda row: free_reference(tx, row, in_use, form), now)

        return self._change_with(ids, change, f"Settled by hand: {resolution.replace('_', ' ')}.")

    def pause(self, until: datetime | None, names: Sequence[str] = ()) -> None:
        """Pause reading Cedar and handing out, until a time or until it is resumed; nothing is lost meanwhile."""
        with self._record.write() as tx:
            for name in names or self._connections:
                facts.put(tx, name, Paused(until))
        self._events.publish(Topic.BOOKS)

    def resume(self, names: Sequence[str] = ()) -> None:
        """End a pause."""
        with self._record.write() as tx:
            for name in names or self._connections:
                facts.forget(tx, name, Paused)
        self._events.publish(Topic.BOOKS)

    def _change(self, ids: Iterable[str], change: Callable[[Row, OnVoid, datetime], Row], note: str) -> list[Row]:
        return self._change_with(ids, lambda _, row, on_void, now: change(row, on_void, now), note)

    def _change_with(
        self, ids: Iterable[str], change: Callable[[Connection, Row, OnVoid, datetime], Row], note: str
    ) -> list[Row]:
        wanted = list(dict.fromkeys(ids))
        now = self._clock.now()
        moved: list[Row] = []
        with self._record.write() as tx:
            found = {str(row.id): row for row in rows.get_many(tx, (RowId(row_id) for row_id in wanted))}
            for row_id in wanted:
                if row_id not in found or found[row_id].connection not in self._connections:
                    raise UnknownRow(row_id)
            for row_id in wanted:
                before = found[row_id]
                after = change(tx, before, self._connections[before.connection].on_void, now)
                if after != before:
                    rows.save(tx, before, replace(after, updated_at=now), Actor.PERSON, note)
                    moved.append(after)
            for name in {row.connection for row in found.values()}:
                lift_problem(tx, name)
        self._events.publish(Topic.ROWS)
        return moved

    def _connection(self, tx: Connection, connection: WatchedConnection, now: datetime) -> ConnectionSnapshot:
        name = connection.name
        totals = row_lists.totals(tx, name)
        cedar = facts.get(tx, name, CedarContact) or CedarContact()
        books = facts.get(tx, name, BooksContact) or BooksContact()
        problem = facts.get(tx, name, BooksProblem)
        reason = mismatch(tx, connection.sides) if connection.sides is not None else None
        if reason is not None and reason.code is ReasonCode.OTHER_ACCOUNTING_SYSTEM:
            problem = BooksProblem(Problem(reason, books.last_session_end or now))
        elif reason is not None:
            cedar = replace(cedar, problem=Problem(reason, cedar.last_success or now), reading_since=None)
        paused = facts.get(tx, name, Paused)
        is_paused = paused is not None and paused.lasts(now)
        running = [
            session
            for session in sessions.open_of(tx, name, IN_SESSION)
            if now - session.last_call_at < SESSION_PATIENCE
        ]
        ends = facts.get(tx, name, SignInEnds)
        is_desktop = connection.system is BooksSystem.QUICKBOOKS_DESKTOP
        is_pushed = not is_desktop and books.last_contact is not None and now - books.last_contact < SESSION_PATIENCE
        known = ConnectionFacts(
            counts={state: total.rows for state, total in totals.items()},
            cedar_last_success=cedar.last_success,
            cedar_problem=cedar.problem,
            books_problem=problem.problem if problem else None,
            books_last_contact=books.last_contact,
            books_interval=connection.run_every,
            is_in_session=bool(running) or (is_pushed and totals[State.SENDING].rows > 0),
            paused_until=paused.until if paused else None,
            is_paused=is_paused,
            cedar_interval=connection.poll_every,
            is_reading=cedar.reading_since is not None and now - cedar.reading_since < READING_PATIENCE,
            sign_in_refused_at=standing_refusal(facts.get(tx, name, SignInRefused), books),
            awake_since=self._awake_since(),
            system=connection.system,
            sign_in_ends_at=ends.at if ends is not None else None,
        )
        kept = self._kept_by(tx, name)
        known = replace(known, kept_by=None if kept is None or kept.is_here else kept.words)
        return ConnectionSnapshot(
            name,
            totals,
            cedar,
            books,
            problem,
            facts.get(tx, name, CompanyFile),
            known,
            kept,
            connection.system,
            facts.get(tx, name, OnlineCompany),
        )

    def _kept_by(self, tx: Connection, name: str) -> KeptBy | None:
        if not self._record.is_shared:
            return None
        lease = leases.standing(tx, name)
        return None if lease is None else KeptBy(lease.words, lease.since, is_here=lease.holder == self._holder())


def _has_another_owner(tx: Connection, row: Row) -> bool:
    """Tell whether the document a person is shown for a row belongs to another row by now."""
    if row.seen is None:
        return False
    return any(each.id != row.id for each in rows.of_documents(tx, row.connection, [row.seen.txn_id]))


def lift_problem(tx: Connection, name: str) -> None:
    """Let the next session try although a problem was met: a person may have mended it."""
    known = facts.get(tx, name, BooksProblem)
    if known is not None and known.problem.next_attempt_at is not None:
        facts.put(tx, name, BooksProblem(replace(known.problem, next_attempt_at=None)))
