"""The ledger of one connection: what a run reads, and the one place where its outcomes become states of rows."""

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection

from app.books.port import (
    Again,
    InConflict,
    Later,
    LeftToTheBooks,
    Outcome,
    Refused,
)
from app.domain import memos
from app.domain.books_document import BooksDocument, BooksStray
from app.domain.books_names import BooksName, NameKind
from app.domain.books_system import BooksSystem
from app.domain.choices import OnVoid
from app.domain.facts import BooksProblem
from app.domain.message_set import MessageSet, MessageSetState
from app.domain.reasons import Reason, ReasonCode, of_system
from app.domain.row import Actor, Row, RowId, RowSummary
from app.domain.sales_order import DocumentKind
from app.domain.states import State
from app.domain.values import replace
from app.store import facts, message_sets, names, rows
from app.store.database import Record
from app.store.row_memory import RowMemory
from app.sync.clock import Clock
from app.sync.events import Events, Topic
from app.sync.leftovers import leftover_of, take_in
from app.sync.moves import by_itself
from app.sync.neighbours import of_another
from app.sync.outcome_moves import after_outcome, claimed_by, is_about, said
from app.sync.reference_choice import with_free_reference

log = logging.getLogger(__name__)

F = TypeVar("F")
T = TypeVar("T")

_MAY_GO_OUT = frozenset({State.QUEUED, State.WAITING})


class RecordLedger:
    """The ledger on the durable record."""

    def __init__(
        self,
        record: Record,
        clock: Clock,
        connection: str,
        on_void: OnVoid,
        events: Events | None = None,
        system: BooksSystem = BooksSystem.QUICKBOOKS_DESKTOP,
    ) -> None:
        """Take the record, the settings in force, whom to tell of changes and which accounting system this is."""
        self._system = system
        self._events = events or Events()
        self._record = record
        self._clock = clock
        self._connection = connection
        self._on_void = on_void
        self._memory = RowMemory()
        self.tally: Counter[State] = Counter()
        """How many rows came to each state since the tally was last cleared."""

    def now(self) -> datetime:
        """Tell the time."""
        return self._clock.now()

    def known(self, kind: type[F]) -> F | None:
        """Read a fact about the connection."""
        return self._read(lambda tx: facts.get(tx, self._connection, kind))

    def learn(self, fact: object) -> None:
        """Keep a fact about the connection."""
        if isinstance(fact, BooksProblem):
            fact = replace(fact, problem=replace(fact.problem, reason=of_system(fact.problem.reason, self._system)))
        with self._record.write() as tx:
            facts.put(tx, self._connection, fact)

    def forget(self, kind: type[object]) -> None:
        """Drop a fact about the connection."""
        with self._record.write() as tx:
            facts.forget(tx, self._connection, kind)

    def names(self, kind: NameKind, wanted: Iterable[str]) -> dict[str, BooksName]:
        """Look names up among those known."""
        return self._read(lambda tx: names.find(tx, self._connection, kind, wanted))

    def namesakes(self, kind: NameKind, wanted: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Tell which names are shared among those known."""
        return self._read(lambda tx: names.namesakes(tx, self._connection, kind, wanted))

    def full_names(self, kind: NameKind, ids: Iterable[str]) -> dict[str, str]:
        """Give full names by id among those known."""
        return self._read(lambda tx: names.full_names(tx, self._connection, kind, ids))

    def keep_names(self, entries: Sequence[BooksName]) -> None:
        """Keep list entries."""
        if entries:
            with self._record.write() as tx:
                names.save(tx, self._connection, entries)

    def replace_names(self, entries: Sequence[BooksName]) -> None:
        """Keep these list entries in place of all known ones."""
        with self._record.write() as tx:
            for kind in NameKind:
                names.forget_all(tx, self._connection, kind)
            names.save(tx, self._connection, entries)

    def forget_names(self, kind: NameKind, wanted: Iterable[str]) -> None:
        """Drop names that turned out to be stale."""
        with self._record.write() as tx:
            names.forget(tx, self._connection, kind, wanted)

    def due(self, limit: int) -> list[Row]:
        """Read rows that may go out now."""
        return self._read(lambda tx: self._memory.due(tx, self._connection, self.now(), limit))

    def count_due(self) -> int:
        """Count the rows that may go out now."""
        return self._read(lambda tx: rows.count_due(tx, self._connection, self.now()))

    def rows(self, ids: Iterable[RowId]) -> list[Row]:
        """Read rows."""
        return self._read(lambda tx: rows.get_many(tx, ids))

    def failed_for(self, codes: Iterable[ReasonCode]) -> list[Row]:
        """Read the rows that failed for one of some reasons."""
        return self._standing_for(State.FAILED, codes)

    def in_conflict_for(self, codes: Iterable[ReasonCode]) -> list[Row]:
        """Read the rows in conflict for one of some reasons."""
        return self._standing_for(State.CONFLICT, codes)

    def taken(self, txn_ids: Iterable[str]) -> frozenset[str]:
        """Tell which of some documents belong to rows already, or are what a person is asked about for one."""
        wanted = set(txn_ids)
        asked = self._read(lambda tx: rows.in_states(tx, self._connection, [State.CONFLICT]))
        seen = {row.seen.txn_id for row in asked if row.seen is not None}
        return self._read(lambda tx: rows.taken(tx, self._connection, wanted)) | (seen & wanted)

    def of_another(self, documents: Iterable[BooksDocument]) -> frozenset[str]:
        """Tell which of some documents are another railroad's, which writes into the same company."""
        return self._read(lambda tx: of_another(tx, self._connection, documents))

    def newest_synced(self) -> RowSummary | None:
        """Give the row that was synced last."""
        return self._read(lambda tx: rows.newest_synced(tx, self._connection))

    def doubt_everything(self, note: str) -> None:
        """Compare every row that has or had a document with the books at the next chance."""
        with self._record.write() as tx:
            for row in rows.in_states(tx, self._connection, [State.SYNCED, State.REMOVED, State.CONFLICT]):
                if row.state is State.CONFLICT and not _may_be_settled(row):
                    continue
                doubted = _as_before_taken_back(row) if row.state is State.REMOVED else row
                if doubted.document.txn_id is None:
                    continue
                rows.save(
                    tx, row, replace(doubted, check_books=True).moved(State.QUEUED, self.now()), Actor.PROGRAM, note
                )

    def document_kinds(self) -> list[DocumentKind]:
        """List the kinds of document that rows have in the books."""
        return self._read(lambda tx: rows.document_kinds(tx, self._connection))

    def documents(self, kind: DocumentKind) -> list[str]:
        """List the ids of all documents of a kind that rows have in the books."""
        return self._read(lambda tx: rows.documents(tx, self._connection, kind))

    def doubt(
        self, edit_sequences: Mapping[str, str], gone: Collection[str], note: str, back: Collection[str] = ()
    ) -> int:
        """Compare those rows with the books at the next chance whose documents somebody else changed there."""
        with self._record.write() as tx:
            found = [
                row
                for row in rows.of_documents(tx, self._connection, [*edit_sequences, *gone, *back])
                if _is_news(row, edit_sequences, gone, back)
            ]
            for row in found:
                doubted = replace(row, check_books=True)
                if row.state in {State.SYNCED, State.REMOVED} or _may_be_settled(row):
                    rows.save(tx, row, doubted.moved(State.QUEUED, self.now()), Actor.BOOKS, note)
                else:
                    rows.save(tx, row, doubted, Actor.BOOKS)
        return len(found)

    def strays(self, found: Sequence[BooksStray]) -> list[BooksStray]:
        """Give those documents that say they are ours, and that no row knows."""
        ours = [stray for stray in found if memos.is_ours(stray.memo)]
        known = self.taken(stray.txn_id for stray in ours)
        return [stray for stray in ours if stray.txn_id not in known]

    def doubt_strays(self, kind: DocumentKind, found: Sequence[BooksDocument]) -> list[BooksDocument]:
        """Have a person asked about strays that hold nothing of what Cedar bills to their customer any more."""
        with self._record.read() as tx:
            theirs = of_another(tx, self._connection, found)
            found = [each for each in found if each.txn_id not in theirs]
            invoices = {each.txn_id: leftover_of(tx, self._connection, each) for each in found}
        return [each for each in found if not self._take_in(kind, each, invoices[each.txn_id])]

    def _take_in(self, kind: DocumentKind, document: BooksDocument, invoice: str | None) -> bool:
        if invoice is None:
            return False
        with self._record.write() as tx:
            return take_in(tx, self._connection, kind, document, invoice, self.now())

    def message_set(self, message_set_id: str) -> MessageSet | None:
        """Read a message set."""
        return self._read(lambda tx: message_sets.get(tx, message_set_id))

    def unanswered(self) -> list[MessageSet]:
        """Read the message sets whose outcomes are not known, oldest first."""
        return self._read(lambda tx: message_sets.unanswered(tx, self._connection))

    def free_orphans(self) -> None:
        """Send rows back to the queue that are on their way in no open message set; it takes a bug to make one."""
        with self._record.write() as tx:
            is_open = {message_set.id for message_set in message_sets.unanswered(tx, self._connection)}
            for row in rows.in_states(tx, self._connection, [State.SENDING]):
                if row.message_set_id not in is_open:
                    log.error("a row was on its way in no message set")
                    freed = by_itself(replace(row, state=State.QUEUED, message_set_id=None), self._on_void, self.now())
                    rows.save(tx, row, freed, Actor.PROGRAM, "It is looked for in QuickBooks before it is sent.")

    def doubt_outcomes(self) -> None:
        """Have the rows say that their outcome is not known whose message sets nobody waits for any more."""
        if not self._read(lambda tx: message_sets.any_unanswered(tx, self._connection)):
            return
        with self._record.write() as tx:
            for message_set in message_sets.unanswered(tx, self._connection):
                if message_set.state is not MessageSetState.HANDED_OUT:
                    continue
                for row in rows.of_message_set(tx, self._connection, message_set.id):
                    if not row.reasons:
                        doubted = row.moved(State.SENDING, self.now(), Reason(ReasonCode.OUTCOME_UNKNOWN))
                        rows.save(tx, row, doubted, Actor.PROGRAM)

    def prepare(self, message_set: MessageSet) -> list[Row]:
        """Write a message set down, and its rows as sending; none of it if a row has changed since it was read."""
        now = self.now()
        with self._record.write() as tx:
            ids = [errand.row_id for errand in message_set.errands]
            found = {row.id: row for row in self._memory.get_many(tx, ids)}
            for errand in message_set.errands:
                row = found.get(errand.row_id)
                if row is None or row.state not in _MAY_GO_OUT or row.order != errand.order:
                    return []
            message_sets.add(tx, message_set)
            sending = [
                replace(row.moved(State.SENDING, now), message_set_id=message_set.id, attempts=row.attempts + 1)
                for row in found.values()
            ]
            self._memory.save_all(tx, [rows.Change(found[row.id], row, Actor.PROGRAM) for row in sending])
        self._events.publish(Topic.ROWS)
        return sending

    def record(
        self, outcomes: Sequence[Outcome], message_set_id: str | None = None, learnt: Sequence[object] = ()
    ) -> None:
        """Write outcomes down, with facts that were learnt; a message set is answered in the same transaction."""
        if not outcomes and message_set_id is None:
            return
        now = self.now()
        outcomes = [self._with_named_reason(outcome) for outcome in outcomes]
        with self._record.write() as tx:
            found = {row.id: row for row in self._memory.get_many(tx, (outcome.row_id for outcome in outcomes))}
            owners = self._owners(tx, outcomes)
            changes: list[rows.Change] = []
            for outcome in outcomes:
                row = found.get(outcome.row_id)
                if row is None or not is_about(row, outcome, message_set_id):
                    log.info("an outcome came too late for its row and was passed over")
                    continue
                if owners.get(claimed_by(outcome) or "", row.id) != row.id:
                    log.error("a document that belongs to another row was claimed")
                    row = row.without_document()
                    outcome = Again(row.id, "Another invoice has that document; this one is looked for anew.")
                after, note = after_outcome(row, outcome, self._on_void, now)
                if after.document.ref_number != row.document.ref_number:
                    # Whether a number is free shows only once the rows before are written.
                    self._memory.save_all(tx, changes)
                    changes.clear()
                    after = with_free_reference(tx, row, after)
                changes.append(rows.Change(row, after, Actor.BOOKS, note, said(outcome)))
                self.tally[after.state] += 1
            self._memory.save_all(tx, changes)
            if message_set_id is not None:
                message_sets.answered(tx, message_set_id, now)
            for fact in learnt:
                facts.put(tx, self._connection, fact)
        self._events.publish(Topic.ROWS)

    def _with_named_reason(self, outcome: Outcome) -> Outcome:
        match outcome:
            case (
                Refused(reason=reason)
                | Later(reason=reason)
                | InConflict(reason=reason)
                | LeftToTheBooks(reason=reason)
            ):
                return replace(outcome, reason=of_system(reason, self._system))
            case _:
                return outcome

    def _owners(self, tx: Connection, outcomes: Sequence[Outcome]) -> dict[str, RowId]:
        """Tell which row has each of the documents that outcomes claim."""
        claimed = [txn_id for outcome in outcomes if (txn_id := claimed_by(outcome))]
        return rows.owners(tx, self._connection, claimed)

    def _standing_for(self, state: State, codes: Iterable[ReasonCode]) -> list[Row]:
        wanted = set(codes)
        found = self._read(lambda tx: rows.in_states(tx, self._connection, [state]))
        return [row for row in found if any(reason.code in wanted for reason in row.reasons)]

    def _read(self, question: Callable[[Connection], T]) -> T:
        with self._record.read() as tx:
            return question(tx)


def _is_news(row: Row, edit_sequences: Mapping[str, str], gone: Collection[str], back: Collection[str]) -> bool:
    """Tell whether the books have something of a row's document that we do not know yet, by us or by another hand."""
    txn_id = row.document.txn_id
    if txn_id in gone:
        return not row.has_reason(ReasonCode.DELETED_IN_QUICKBOOKS)
    if txn_id in back:
        return True
    if row.state is State.REMOVED and row.document.kind is DocumentKind.INVOICE:
        # A voided invoice stays one, and QuickBooks does not tell its EditSequence when it voids it.
        return False
    known = {row.document.edit_sequence, row.seen.edit_sequence if row.seen is not None else None}
    return edit_sequences.get(txn_id or "") not in known


def _may_be_settled(row: Row) -> bool:
    """Tell whether a conflict may be over by itself: somebody may have put things right in the books."""
    return (
        row.state is State.CONFLICT
        and row.order is not None
        and row.document.txn_id is not None
        and not row.has_reason(ReasonCode.VOIDED_IN_CEDAR)
    )


def _as_before_taken_back(row: Row) -> Row:
    """Give a row that was taken back as it was before: in another copy of the books its document may be there again."""
    if row.seen is None:
        return row
    return replace(row, document=replace(row.document, txn_id=row.seen.txn_id), books=row.seen, seen=None)
