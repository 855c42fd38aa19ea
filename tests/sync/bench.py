"""One connection on a real record, with a clock and a Cedar of the test's own; QuickBooks' answers are handed in."""

from __future__ import annotations

import zlib
from datetime import timedelta

from app.books.port import Outcome, TakenBack, Written
from app.domain.books_document import BooksDocument
from app.domain.charge import Charge
from app.domain.choices import OnVoid
from app.domain.message_set import Action, Errand, MessageSet, MessageSetState
from app.domain.planning import Rules
from app.domain.row import Row, RowId
from app.domain.sales_order import DocumentKind
from app.domain.values import replace
from app.store import charges, row_lists, rows
from app.store.database import Record
from app.store.rows import HistoryEntry
from app.sync.ledger import RecordLedger
from app.sync.planner import Planner
from app.sync.pull import Puller, PullReport, PullRules
from app.sync.service import SyncService, WatchedConnection
from tests.builders import a_document
from tests.fakes import FakeCedar, FakeClock

ROW = "main/INV-1001/4410"
LOOKBACK = timedelta(days=120)


class Bench:
    def __init__(self, record: Record, *charges: Charge, on_void: OnVoid = OnVoid.ASK, name: str = "main") -> None:
        self.record = record
        self.clock = FakeClock()
        self.cedar = FakeCedar(*charges)
        self.on_void = on_void
        self.rules = Rules()
        self.kind = DocumentKind.SALES_ORDER
        self.digest = "first rules"
        self.lookback = LOOKBACK
        self.name = name
        self._sets = 0

    @property
    def ledger(self) -> RecordLedger:
        return RecordLedger(self.record, self.clock, self.name, self.on_void)

    @property
    def service(self) -> SyncService:
        return SyncService(
            self.record, self.clock, [WatchedConnection(self.name, timedelta(minutes=1), on_void=self.on_void)]
        )

    @property
    def planner(self) -> Planner:
        return Planner(self.record, self.clock, self.name, self.rules, self.kind, self.on_void)

    # Cedar

    def pull(self) -> PullReport:
        self.clock.move(minutes=5)
        rules = PullRules(self.rules.billing_statuses, self.lookback, timedelta(minutes=5), self.digest)
        return Puller(self.record, self.clock, self.name, lambda: self.cedar, self.planner, rules).pull()

    def list_again(self, *charges: Charge) -> PullReport:
        """Let Cedar list these charges too, and read it."""
        self.cedar.put(*charges)
        return self.pull()

    # The record

    def rows(self) -> list[Row]:
        with self.record.read() as tx:
            return [
                row for summary in row_lists.summaries(tx, [self.name]) if (row := rows.get(tx, summary.id)) is not None
            ]

    def ids(self) -> list[str]:
        return sorted(row.id for row in self.rows())

    def row(self, row_id: str = ROW) -> Row:
        with self.record.read() as tx:
            row = rows.get(tx, RowId(row_id))
        assert row is not None, f"there is no row {row_id}"
        return row

    def history(self, row_id: str = ROW) -> list[HistoryEntry]:
        with self.record.read() as tx:
            return rows.history_of(tx, RowId(row_id))

    def known_charges(self) -> int:
        with self.record.read() as tx:
            return charges.count(tx, self.name)

    # QuickBooks

    def hand_out(self, row_id: str = ROW, action: Action | None = None) -> MessageSet:
        """Write a message set down for one row, as a session does before it hands it out."""
        row = self.row(row_id)
        self._sets += 1
        if action is None:
            action = Action.DELETE if row.order is None else Action.CHANGE if row.document.txn_id else Action.ADD
        errand = Errand("r0", row.id, action, row.order)
        message_set = MessageSet(
            f"{self.name}-{self._sets}",
            self.name,
            MessageSetState.PREPARED,
            "railroad.qbw",
            self.clock.now(),
            "<QBXML/>",
            (errand,),
        )
        assert self.ledger.prepare(message_set)
        return message_set

    def answer(self, outcome: Outcome, message_set: MessageSet | None = None) -> Row:
        self.clock.move(seconds=1)
        self.ledger.record([outcome], None if message_set is None else message_set.id)
        return self.row(outcome.row_id)

    def document(self, row_id: str = ROW, **changed: str) -> BooksDocument:
        """Make the document QuickBooks has after it took what is on its way with a row."""
        row = self.row(row_id)
        assert row.order is not None
        document = a_document(row.order, txn_id=row.document.txn_id or f"{zlib.crc32(row_id.encode()):X}-1")
        edit_sequence = str(int(row.document.edit_sequence or "1600000000") + 1)
        return replace(document, ref_number=row.document.ref_number, edit_sequence=edit_sequence, **changed)  # type: ignore[arg-type]

    def sync(self, row_id: str = ROW) -> Row:
        """Let QuickBooks take a row as it is meant."""
        row = self.row(row_id)
        document = self.document(row_id)
        message_set = self.hand_out(row_id)
        assert row.order is not None
        return self.answer(Written(row.id, row.order, document), message_set)

    def take_back(self, row_id: str = ROW, *, is_deleted: bool = True) -> Row:
        """Let QuickBooks take a voided row's document back."""
        message_set = self.hand_out(row_id, Action.DELETE if is_deleted else Action.CLOSE)
        return self.answer(TakenBack(RowId(row_id), "Deleted.", is_deleted=is_deleted), message_set)
