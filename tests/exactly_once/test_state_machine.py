"""Cedar, a bookkeeper, connectors, persons and faults do what they like, in any order; the promises hold all the time.

Run by Hypothesis, which prints the shortest story it finds when a promise is broken.
"""

from collections.abc import Callable, Container
from contextlib import AbstractContextManager, ExitStack, suppress
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from app.domain.reasons import ReasonCode
from app.domain.states import State
from app.practice.cedar import PracticeRailroad
from app.practice.mishaps import Fate, Script, as_planned, at_call
from app.practice.quickbooks.desk import NewLine
from app.practice.quickbooks.hooks import Hooks
from app.practice.quickbooks.records import ListKind
from app.practice.quickbooks.views import ListEntry, OrderRecord
from app.practice.web_connector import ConnectorError, WebConnectorStandIn
from app.sync.orders_by_hand import Resolution
from tests.exactly_once.clock import MORNING
from tests.exactly_once.office import Office, an_office
from tests.exactly_once.promises import Watchman
from tests.exactly_once.small_railroad import CUSTOMERS, ITEMS, add_charge
from tests.folders import memory_folder

# A story that is cut off looks like one that failed, and is told over and over to find out why.
pytestmark = pytest.mark.timeout(600)

INVOICES = ("INV-1", "INV-2", "PSL-2026-11-000482", "PSD-2026-11-000482")
OUR_MISTAKE = "Something went wrong in Cedar Sync"

invoices = st.sampled_from(INVOICES)
customers = st.sampled_from(CUSTOMERS[:2])
gl_numbers = st.sampled_from((*CUSTOMERS[:2], *CUSTOMERS[:2], None))
items = st.sampled_from(ITEMS)
statuses = st.sampled_from(["INVOICED", "INVOICED", "PENDING", "VOID", "RESET", "DELETED"])
amounts = st.sampled_from([Decimal(text) for text in ("100.00", "33.33", "0.01", "0.00", "-5.00", "1234.50")])
picks = st.integers(0, 30)
"""Chooses one of whatever there is."""


class Railway(RuleBasedStateMachine):
    """A railroad's office in a few days."""

    an_office: Callable[..., AbstractContextManager[Office]] = staticmethod(an_office)
    """Opens the office."""

    def __init__(self) -> None:
        super().__init__()
        self._stack = ExitStack()

    @initialize(
        on_edited=st.sampled_from(["ask", "overwrite", "keep"]), on_void=st.sampled_from(["ask", "close", "delete"])
    )
    def open_office(self, on_edited: str, on_void: str) -> None:
        folder = self._stack.enter_context(memory_folder())
        railroad = PracticeRailroad([], today=MORNING.date())
        add_charge(railroad, 100, "INV-1", "4410", "SWITCHING", "100.00")
        add_charge(railroad, 101, "INV-1", "4410", "STORAGE", "33.33")
        add_charge(railroad, 102, "INV-2", "4420", "DEMURRAGE", "12.40")
        add_charge(railroad, 103, "INV-2", None, "STORAGE", "7.00")
        self.office: Office = self._stack.enter_context(
            self.an_office(folder, railroad, on_edited=on_edited, on_void=on_void)
        )
        self.watchman = Watchman(self.office)
        self.customer_ids = {entry.name: entry.list_id for entry in self.office.company.list_entries(ListKind.CUSTOMER)}
        self.item_ids = {entry.name: entry.list_id for entry in self.office.company.list_entries(ListKind.ITEM)}
        self._update()

    # Cedar

    @rule(invoice=invoices, gl_number=gl_numbers, item=items, amount=amounts)
    def cedar_adds(self, invoice: str, gl_number: str | None, item: str, amount: Decimal) -> None:
        railroad = self.office.railroad
        add_charge(railroad, max(railroad.charges, default=100) + 1, invoice, gl_number, item, str(amount))

    @rule(pick=picks, amount=amounts)
    def cedar_amends(self, pick: int, amount: Decimal) -> None:
        if charge := self._charge(pick):
            self.office.railroad.amend(charge, amount=amount, rate=amount)

    @rule(pick=picks)
    def cedar_removes(self, pick: int) -> None:
        if charge := self._charge(pick):
            self.office.railroad.remove(charge)

    @rule(pick=picks, status=statuses)
    def cedar_changes_a_status(self, pick: int, status: str) -> None:
        if charge := self._charge(pick):
            self.office.railroad.amend(charge, billing_status=status)

    @rule(invoice=invoices, status=statuses)
    def cedar_changes_an_invoice(self, invoice: str, status: str) -> None:
        with suppress(KeyError):
            self.office.railroad.set_status(invoice, status)

    @rule(pick=picks, gl_number=gl_numbers)
    def cedar_changes_a_gl_number(self, pick: int, gl_number: str | None) -> None:
        if charge := self._charge(pick):
            self.office.railroad.set_gl([charge], gl_number)

    @rule(pick=picks, invoice=invoices)
    def cedar_moves_a_charge(self, pick: int, invoice: str) -> None:
        if charge := self._charge(pick):
            self.office.railroad.amend(charge, invoice=invoice)

    # The bookkeeper

    @rule(pick=picks, terms=st.booleans())
    def bookkeeper_adds_a_note(self, pick: int, *, terms: bool) -> None:
        if order := self._order(pick):
            if terms:
                self.office.company.edit_order(order.txn_id, terms="Net 30", po_number="77")
            else:
                self.office.company.edit_order(order.txn_id, memo=f"{order.memo} - called")
            self.watchman.note_addition(order.txn_id)

    @rule(pick=picks, amount=amounts)
    def bookkeeper_changes_a_line(self, pick: int, amount: Decimal) -> None:
        if order := self._order(pick):
            self.office.company.edit_line(order.txn_id, 0, quantity=Decimal(1), amount=amount)
            self.watchman.note_hand(order)

    @rule(pick=picks, adds=st.booleans())
    def bookkeeper_adds_or_deletes_a_line(self, pick: int, *, adds: bool) -> None:
        order = self._order(pick)
        if order and adds:
            self.office.company.add_line(order.txn_id, NewLine("STORAGE", Decimal(1), Decimal(5)))
            self.watchman.note_hand(order)
        elif order and len(order.lines) > 1:
            self.office.company.delete_line(order.txn_id, len(order.lines) - 1)
            self.watchman.note_hand(order)

    @rule(pick=picks, customer=customers, changes_date=st.booleans())
    def bookkeeper_changes_customer_or_date(self, pick: int, customer: str, *, changes_date: bool) -> None:
        if order := self._order(pick):
            if changes_date:
                self.office.company.edit_order(order.txn_id, txn_date=order.txn_date + timedelta(days=1))
            else:
                self.office.company.edit_order(order.txn_id, customer=self.customer_ids[customer])
            self.watchman.note_hand(order)

    @rule(pick=picks)
    def bookkeeper_deletes(self, pick: int) -> None:
        if order := self._order(pick):
            self.office.company.delete_order(order.txn_id)

    @rule(pick=picks)
    def bookkeeper_closes_or_opens(self, pick: int) -> None:
        if order := self._order(pick):
            is_closed = not order.is_manually_closed
            self.office.company.close_order(order.txn_id, is_closed=is_closed)
            self.watchman.note_closing(order.txn_id, is_closed=is_closed)

    @rule(pick=picks, words=st.sampled_from(["per phone call with Jane", "PO 4711"]))
    def bookkeeper_describes_a_line(self, pick: int, words: str) -> None:
        order = self._order(pick)
        if order and order.lines:
            line = pick % len(order.lines)
            self.office.company.edit_line(order.txn_id, line, desc=words)
            self.watchman.note_words(order.txn_id, order.lines[line].txn_line_id, words)

    @rule(pick=picks, fully=st.booleans())
    def bookkeeper_invoices(self, pick: int, *, fully: bool) -> None:
        if order := self._order(pick):
            with suppress(ValueError):
                self.office.company.make_invoice_from(order.txn_id, fully=fully)
                self.watchman.note_hand(order)

    @rule(invoice=invoices, customer=customers)
    def bookkeeper_writes_an_order_with_our_number(self, invoice: str, customer: str) -> None:
        self.office.clock.advance(seconds=61)
        company = self.office.company
        line = NewLine("STORAGE", Decimal(1), Decimal("4711.11"))
        txn_id = company.create_order(self.customer_ids[customer], [line], ref_number=invoice[:11], memo="by hand")
        self.watchman.by_persons[txn_id] = company.order(txn_id)

    @rule(customer=customers)
    def bookkeeper_hides_or_shows_a_customer(self, customer: str) -> None:
        self._hide_or_show(ListKind.CUSTOMER, self.customer_ids[customer])

    @rule(item=items)
    def bookkeeper_hides_or_shows_an_item(self, item: str) -> None:
        self._hide_or_show(ListKind.ITEM, self.item_ids[item])

    @rule(customer=customers)
    def bookkeeper_renames_a_customer(self, customer: str) -> None:
        is_usual = self._entry(ListKind.CUSTOMER, self.customer_ids[customer]).name == customer
        self._rename(customer, f"{customer} old" if is_usual else customer)

    # The Web Connector and the program

    @rule()
    def update(self) -> None:
        self.office.world.pull()
        self._update()

    @rule(number=st.integers(3, 16), fate=st.sampled_from([Fate.DROP_ANSWER, Fate.VANISH_BEFORE, Fate.TWICE]))
    def update_with_a_mishap(self, number: int, fate: Fate) -> None:
        self.office.world.pull()
        self._update(at_call(number, fate))

    @rule(number=st.integers(3, 12), reads=st.booleans())
    def update_overtaken_by_another(self, number: int, *, reads: bool) -> None:
        self.office.world.pull()
        first = self.office.world.connector().steps()
        self.watchman.before_update()
        with suppress(ConnectorError):
            for _ in range(number):
                next(first, None)
            if reads:
                self.office.world.pull()
            self._run(self.office.world.connector())
            for _ in first:
                pass
        first.close()
        self.watchman.after_update()

    @rule()
    def read_cedar(self) -> None:
        self.office.world.pull()

    @rule()
    def wrong_password(self) -> None:
        assert self.office.world.connector(password="guessed").update().outcome == "nvu"

    @rule()
    def restart(self) -> None:
        self.office.world.restart()

    # Persons

    @rule()
    def person_retries(self) -> None:
        self.office.world.installation.service.retry_all()

    @rule(pick=picks)
    def person_holds(self, pick: int) -> None:
        if row := self._row(pick, list(State)):
            self.office.world.installation.service.hold([row])

    @rule(pick=picks)
    def person_releases(self, pick: int) -> None:
        if row := self._row(pick, [State.HELD]):
            known = self.office.world.installation.service.detail(row).row
            if known.has_reason(ReasonCode.EDITED_IN_QUICKBOOKS):
                # The setting kept what the bookkeeper made; who brings the invoice back wants what Cedar says.
                self.watchman.note_choice(known.document.txn_id)
            self.office.world.installation.service.release([row])

    @rule(pick=picks)
    def person_compares(self, pick: int) -> None:
        if row := self._row(pick, list(State)):
            self.office.world.installation.service.resync([row])

    @precondition(lambda self: self._row(0, [State.CONFLICT]))
    @rule(pick=picks, resolution=st.sampled_from(Resolution))
    def person_settles_a_conflict(self, pick: int, resolution: Resolution) -> None:
        if row := self._row(pick, [State.CONFLICT]):
            if resolution is Resolution.SEND_OURS:
                known = self.office.world.installation.service.detail(row).row
                seen = None if known.seen is None else known.seen.txn_id
                self.watchman.note_choice(known.document.txn_id or seen)
            self.office.world.installation.service.resolve([row], resolution)

    # Faults of QuickBooks

    @rule(pick=picks)
    def somebody_opens_a_record(self, pick: int) -> None:
        records = [*self.watchman.ours(), *self.customer_ids.values()]
        self.office.company.lock(records[pick % len(records)])

    @rule()
    def everything_is_closed_again(self) -> None:
        self.office.company.locked.clear()

    @rule(days=st.sampled_from([None, 2, 30]))
    def closing_date(self, days: int | None) -> None:
        self.office.company.closing_date = None if days is None else MORNING.date() - timedelta(days=days)

    @rule(
        request=st.sampled_from(["SalesOrderAdd", "SalesOrderMod", "TxnDel"]),
        code=st.sampled_from([1000, 3000, 3120, 3140, 3175, 3176, 3200, 3210, 3231, 3250, 3260]),
    )
    def quickbooks_will_refuse(self, request: str, code: int) -> None:
        self.office.company.hooks.answer_with(request, code, "an ordered refusal")

    @rule(crash=st.sampled_from([Hooks.crash_before, Hooks.lose_answer, Hooks.fail_to_store]))
    def quickbooks_will_crash(self, crash: Callable[[Hooks], None]) -> None:
        crash(self.office.company.hooks)

    @rule(minutes=st.sampled_from([1, 11, 31]))
    def time_passes(self, minutes: int) -> None:
        self.office.clock.advance(minutes=minutes)

    # Nothing is under way

    @rule()
    def a_night_passes(self) -> None:
        """Let faults heal, and everything that can be done be done."""
        self.office.company.locked.clear()
        self.office.company.hooks.clear()
        self.office.company.closing_date = None
        self.office.clock.advance(hours=13)
        self.watchman.before_update()
        self.office.settle()
        self.watchman.after_update()
        self.watchman.at_rest()

    def teardown(self) -> None:
        """Let one more night pass, mend what a person has to mend, and look again."""
        try:
            if hasattr(self, "office"):
                self.a_night_passes()
                self._mend_everything()
                self.a_night_passes()
        finally:
            self._stack.close()

    def _mend_everything(self) -> None:
        for customer, list_id in self.customer_ids.items():
            self._rename(customer, customer)
            self.office.company.make_active(list_id)
        for list_id in self.item_ids.values():
            self.office.company.make_active(list_id)
        self.office.world.installation.service.retry_all()

    def _update(self, script: Script = as_planned) -> None:
        self.watchman.before_update()
        with suppress(ConnectorError):
            self._run(self.office.world.connector(script))
        self.watchman.after_update()

    def _run(self, connector: WebConnectorStandIn) -> None:
        report = connector.update()
        assert OUR_MISTAKE not in report.last_error, report.last_error

    def _charge(self, pick: int) -> int | None:
        charges = sorted(self.office.railroad.charges)
        return charges[pick % len(charges)] if charges else None

    def _order(self, pick: int) -> OrderRecord | None:
        """Choose an order of ours for the bookkeeper, a minute after anybody else touched it."""
        self.office.clock.advance(seconds=61)
        orders = [order for _, order in sorted(self.watchman.ours().items())]
        return orders[pick % len(orders)] if orders else None

    def _row(self, pick: int, states: Container[State]) -> str | None:
        rows = sorted(row.id for row in self.office.rows if row.state in states)
        return rows[pick % len(rows)] if rows else None

    def _entry(self, kind: ListKind, list_id: str) -> ListEntry:
        return next(entry for entry in self.office.company.list_entries(kind) if entry.list_id == list_id)

    def _hide_or_show(self, kind: ListKind, list_id: str) -> None:
        company = self.office.company
        (company.make_inactive if self._entry(kind, list_id).is_active else company.make_active)(list_id)

    def _rename(self, customer: str, name: str) -> None:
        self.office.company.rename_customer(self.customer_ids[customer], name)


class RailwayBesides(Railway):
    """The same again: one series of stories would take as long as a test may, and two run side by side."""


STORIES = settings(
    max_examples=12,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
TestRailway = Railway.TestCase
TestRailwayBesides = RailwayBesides.TestCase
TestRailway.settings = TestRailwayBesides.settings = STORIES
