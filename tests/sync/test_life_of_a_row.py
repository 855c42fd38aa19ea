"""Cedar, a person and QuickBooks do what they like, in any order: no row ever gets where it must not be.

QuickBooks' side is a session as it really is: it reads a row, asks, and reports what it found much later.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.books.port import (
    Again,
    InConflict,
    Later,
    LeftToTheBooks,
    Outcome,
    Refused,
    TakenBack,
    Written,
    WrittenUnchecked,
)
from app.domain.charge import Charge
from app.domain.choices import OnVoid
from app.domain.message_set import Action, Errand, MessageSet, MessageSetState
from app.domain.reasons import Reason, ReasonCode
from app.domain.row import Row
from app.domain.sales_order import SalesOrder
from app.domain.states import State
from app.store import rows
from app.store.database import Record
from app.sync.orders_by_hand import Resolution
from tests.builders import a_charge, a_document
from tests.folders import memory_folder
from tests.sync.bench import Bench

# A story that is cut off looks like one that failed, and is told over and over to find out why.
pytestmark = pytest.mark.timeout(600)

REASONS = st.sampled_from(
    [
        Reason(ReasonCode.EDITED_IN_QUICKBOOKS, {"what": "line 1"}),
        Reason(ReasonCode.DELETED_IN_QUICKBOOKS, {"ref_number": "INV-1001"}),
        Reason(ReasonCode.NUMBER_IN_USE, {"ref_number": "INV-1001", "other_customer": "4420"}),
        Reason(ReasonCode.ALREADY_INVOICED_IN_QUICKBOOKS, {"ref_number": "INV-1001"}),
    ]
)
REFUSAL = Reason(ReasonCode.CLOSED_PERIOD, {"date": "2026-10-31"})
LOCK = Reason(ReasonCode.RECORD_LOCKED, {"what": "the customer"})

USUAL = st.builds(a_charge, st.just("1"), amount=st.sampled_from(["10.00", "11.00", "12.00"]))
VOIDED = st.just(a_charge("1", status="VOID"))
UNUSUAL = st.builds(
    a_charge,
    st.sampled_from(["1", "2"]),
    status=st.sampled_from(["INVOICED", "INVOICED", "VOID", "PENDING", "ARCHIVED"]),
    gl_number=st.sampled_from(["4410", "4420", None]),
    amount=st.sampled_from(["10.00", "0.00", "-5.00", None]),
)
COUNTED = {"INVOICED", "PENDING"}


@cache
def template() -> tempfile.TemporaryDirectory[str]:
    folder = tempfile.TemporaryDirectory(prefix="cedar-sync-test-")
    Record.open(Path(folder.name) / "record.sqlite").close()
    return folder


@contextmanager
def a_record() -> Iterator[Record]:
    with memory_folder() as folder:
        file = Path(shutil.copy(Path(template().name) / "record.sqlite", folder))
        record = Record.open(file)
        try:
            yield record
        finally:
            record.close()


class LifeOfARow(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self._open = a_record()
        self.bench = Bench(self._open.__enter__())
        self.seen: Row | None = None
        self.on_its_way: MessageSet | None = None
        self.archived = False
        self._sets = 0

    def teardown(self) -> None:
        self._open.__exit__(None, None, None)

    @initialize(on_void=st.sampled_from(OnVoid), first=USUAL, is_in_the_books=st.sampled_from([True, True, False]))
    def set_up(self, on_void: OnVoid, first: Charge, is_in_the_books: bool) -> None:  # noqa: FBT001
        self.bench.on_void = on_void
        self.list_again(first)
        for row in self.bench.ledger.due(10) if is_in_the_books else []:
            self.bench.sync(row.id)

    # Cedar

    @rule(charge=USUAL | VOIDED | UNUSUAL)
    def list_again(self, charge: Charge) -> None:
        # What was known of an archived charge stays, so Cedar's own sum is no measure any more.
        self.archived |= charge.billing_status == "ARCHIVED"
        self.bench.list_again(charge)

    @rule(charge_id=st.sampled_from(["1", "2"]))
    def disappear(self, charge_id: str) -> None:
        self.bench.cedar.drop(charge_id)
        self.bench.pull()

    @rule()
    def plan_everything_anew(self) -> None:
        self.bench.pull()
        self.bench.digest += "."
        self.bench.pull()

    # A person

    @rule(order=st.sampled_from(["retry", "hold", "release", "resync"]), data=st.data())
    def order(self, order: str, data: st.DataObject) -> None:
        if ids := self.bench.ids():
            getattr(self.bench.service, order)([data.draw(st.sampled_from(ids))])

    @rule(resolution=st.sampled_from(Resolution), data=st.data())
    def resolve(self, resolution: Resolution, data: st.DataObject) -> None:
        if ids := self.bench.ids():
            self.bench.service.resolve([data.draw(st.sampled_from(ids))], resolution)

    # QuickBooks

    @rule(data=st.data())
    def look_at_what_is_due(self, data: st.DataObject) -> None:
        self.bench.clock.move(minutes=10)
        due = self.bench.ledger.due(10)
        self.seen = data.draw(st.sampled_from(due)) if due else None

    @precondition(lambda self: self.seen is not None)
    @rule(data=st.data())
    def judge_without_sending(self, data: st.DataObject) -> None:
        row, self.seen = self.seen, None
        assert row is not None
        self.bench.ledger.record([data.draw(st.sampled_from(unsent_outcomes(row, data.draw(REASONS))))])

    @precondition(lambda self: self.seen is not None and self.on_its_way is None)
    @rule()
    def hand_out(self) -> None:
        row, self.seen = self.seen, None
        assert row is not None
        self._sets += 1
        errand = Errand("r0", row.id, action_for(row), row.order)
        now = self.bench.clock.now()
        message_set = MessageSet(
            f"set-{self._sets}", "main", MessageSetState.PREPARED, "railroad.qbw", now, "<QBXML/>", (errand,)
        )
        if self.bench.ledger.prepare(message_set):
            self.on_its_way = message_set

    @precondition(lambda self: self.on_its_way is not None)
    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        message_set, self.on_its_way = self.on_its_way, None
        assert message_set is not None
        (errand,) = message_set.errands
        row = self.bench.row(errand.row_id)
        outcomes = sent_outcomes(row, errand, data.draw(REASONS))
        self.bench.ledger.record([data.draw(st.sampled_from(outcomes))], message_set.id)

    @rule(data=st.data())
    def look_and_judge(self, data: st.DataObject) -> None:
        self.look_at_what_is_due(data)
        if self.seen is not None:
            self.judge_without_sending(data)

    @rule(data=st.data())
    def look_and_send(self, data: st.DataObject) -> None:
        if self.on_its_way is not None:
            self.answer(data)
        self.look_at_what_is_due(data)
        if self.seen is not None:
            self.hand_out()
        if self.on_its_way is not None:
            self.answer(data)

    @rule()
    def doubt_everything(self) -> None:
        self.bench.ledger.doubt_everything("This may be another copy.")

    # What is true at any time

    @invariant()
    def a_row_whose_answer_is_awaited_is_sending_or_left_out(self) -> None:
        for row in self.bench.rows():
            assert row.state is not State.SENDING or row.message_set_id is not None
            assert row.message_set_id is None or row.state in {State.SENDING, State.HELD}

    @invariant()
    def what_is_sending_is_in_a_set_whose_answer_is_owed(self) -> None:
        owed = {errand.row_id for each in self.bench.ledger.unanswered() for errand in each.errands}
        assert {row.id for row in self.bench.rows() if row.state is State.SENDING} <= owed

    @invariant()
    def a_synced_row_is_what_the_books_were_found_to_hold(self) -> None:
        synced = [row for row in self.bench.rows() if row.state is State.SYNCED]
        assert all(row.is_in_step and row.document.txn_id for row in synced)

    @invariant()
    def what_is_left_out_or_removed_has_no_order(self) -> None:
        out = [row for row in self.bench.rows() if row.state in {State.SKIPPED, State.REMOVED}]
        assert all(row.order is None for row in out)

    @invariant()
    def what_our_rules_refuse_is_never_due(self) -> None:
        self.bench.clock.move(hours=1)
        assert not any(row.refusals for row in self.bench.ledger.due(10))

    @invariant()
    def what_is_due_has_something_to_do_in_the_books(self) -> None:
        assert all(row.order is not None or row.document.txn_id for row in self.bench.ledger.due(10))

    @invariant()
    def the_amount_is_what_the_order_says(self) -> None:
        nothing = Decimal("0.00")
        assert all(row.amount == (row.order.subtotal if row.order else nothing) for row in self.bench.rows())

    @invariant()
    def no_money_is_lost(self) -> None:
        if self.archived:
            return
        charges = self.bench.cedar.charges.values()
        in_cedar = sum(
            (charge.amount or Decimal(0) for charge in charges if charge.billing_status in COUNTED), Decimal(0)
        )
        assert sum((row.amount + row.skipped_amount for row in self.bench.rows()), Decimal(0)) == in_cedar

    @invariant()
    def only_what_waits_has_a_time(self) -> None:
        assert all((row.state is State.WAITING) is (row.next_attempt_at is not None) for row in self.bench.rows())

    @invariant()
    def the_history_is_one_chain(self) -> None:
        with self.bench.record.read() as tx:
            for row in self.bench.rows():
                entries = rows.history_of(tx, row.id)
                assert entries[-1].to_state is row.state
                assert all(later.from_state in {before.to_state, None} for before, later in pairwise(entries)), (
                    "a step is missing"
                )


def action_for(row: Row) -> Action:
    if row.order is None:
        return Action.DELETE
    return Action.ADD if row.document.txn_id is None else Action.CHANGE


def written(row: Row, order: SalesOrder) -> Written:
    document = a_document(
        order, txn_id=row.document.txn_id or f"TXN-{row.gl_number}", ref_number=row.document.ref_number
    )
    return Written(row.id, order, document)


def unsent_outcomes(row: Row, reason: Reason) -> list[Outcome]:
    """List what a session may find out about a row before it sends anything."""
    if row.order is None:
        return [
            TakenBack(row.id, "gone", is_deleted=True),
            TakenBack(row.id, "closed", is_deleted=False),
            InConflict(row.id, reason, None),
        ]
    document = a_document(row.order, txn_id="THEIRS")
    found: list[Outcome] = [
        Refused(row.id, REFUSAL),
        Later(row.id, LOCK),
        written(row, row.order),
        InConflict(row.id, reason, document),
    ]
    if row.document.txn_id is None:
        return [*found, WrittenUnchecked(row.id, f"TXN-{row.gl_number}", "1")]
    return [*found, LeftToTheBooks(row.id, reason, document)]


def sent_outcomes(row: Row, errand: Errand, reason: Reason) -> list[Outcome]:
    """List what may come back for what was sent."""
    found: list[Outcome] = [Refused(row.id, REFUSAL), Later(row.id, LOCK), Again(row.id, "It did not get in.")]
    if errand.order is None:
        return [*found, *[TakenBack(row.id, "deleted", is_deleted=True)] * 3]
    return [
        *found,
        *[written(row, errand.order)] * 4,
        WrittenUnchecked(row.id, row.document.txn_id or f"TXN-{row.gl_number}", "2"),
        InConflict(row.id, reason, None),
        Refused(row.id, reason, a_document(errand.order, txn_id=row.document.txn_id or f"TXN-{row.gl_number}")),
    ]


LifeOfARow.TestCase.settings = settings(max_examples=20, stateful_step_count=20, deadline=None)
TestLifeOfARow = LifeOfARow.TestCase
