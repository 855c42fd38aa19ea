"""A small railroad office with a clock that is turned by hand, around the real program."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar, Literal

from app.bootstrap import cedar_side
from app.bootstrap.installation import Installation
from app.cli import documents
from app.domain.facts import Problem
from app.domain.reasons import ReasonCode, Who
from app.domain.states import State
from app.practice.cedar import PracticeCharge, PracticeRailroad
from app.practice.quickbooks import PracticeCompany, RequestProcessor
from app.practice.quickbooks.views import OrderRecord
from app.practice.update import UpdateReport
from app.practice.world import PracticeWorld, stocked
from app.sync.pull import PullReport
from app.system.settings_file import change
from tests.reasons.provoking import check_reason, check_words

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ROW = "main/INV-1/4410"

SOON = timedelta(minutes=1)
"""When a fault that heals is tried again for the first time, at the latest."""
HALF_AN_HOUR = timedelta(minutes=31)
"""When QuickBooks is opened again only to see whether something was mended there."""
HALF_A_DAY = timedelta(hours=13)
"""When QuickBooks is opened again only to see what other hands changed there."""


class HandClock:
    """A clock that stands still until it is turned."""

    def __init__(self) -> None:
        self._now = NOON

    def now(self) -> datetime:
        """Give the time."""
        return self._now

    def forward(self, by: timedelta) -> None:
        """Turn the clock."""
        self._now += by


class Seen:
    """What a person sees of the program in an office, and does with it, whichever books it has."""

    books_key: ClassVar[str]
    """Where the status of the connection tells of its books."""
    hand_clock: HandClock
    home: Path
    installation: Installation

    def restart(self) -> None:
        """End the program and start it anew on the same home."""
        raise NotImplementedError

    def wait(self, by: timedelta) -> None:
        """Let time pass."""
        self.hand_clock.forward(by)

    def show(self, row_id: str = ROW) -> dict[str, Any]:
        """Give a row as ``cedar-sync show --json`` prints it."""
        return documents.detail(self.installation.service.detail(row_id))

    def status(self) -> dict[str, Any]:
        """Give the status as ``cedar-sync status --json`` prints it."""
        return documents.status(self.installation.service.snapshot(), {})

    def states(self) -> dict[str, str]:
        """Give every row's state."""
        return {row.id: row.state.value for row in self.installation.service.rows()}

    def retry(self, *row_ids: str) -> None:
        """Press Retry, as people do: twice."""
        wanted = row_ids or (ROW,)
        self.installation.service.retry(wanted)
        self.installation.service.retry(wanted)

    def configure(self, **changes: object) -> None:
        """Change settings by path (two underscores for a dot), and start the program anew as the window does."""
        values = {path.replace("__", "."): value for path, value in changes.items()}
        change(self.home, "main", values, None)
        self.restart()

    def expect_row(self, state: State, code: ReasonCode, who: Who, *names: str, row_id: str = ROW) -> dict[str, Any]:
        """Check where a row stands, and the words for it; give the row."""
        shown = self.show(row_id)
        assert shown["state"] == state, shown["reasons"]
        assert [reason["code"] for reason in shown["reasons"]] == [code]
        check_words(shown["reasons"][0], code, who, *names)
        return shown

    def expect_left_out(self, code: ReasonCode, who: Who, *names: str, row_id: str = ROW) -> dict[str, Any]:
        """Check the one charge of a row that is left out, and the words for it; give the row."""
        shown = self.show(row_id)
        (charge,) = shown["skipped"]
        assert [reason["code"] for reason in charge["reasons"]] == [code]
        check_words(charge["reasons"][0], code, who, *names)
        return shown

    def expect_books_problem(self, code: ReasonCode, who: Who, *names: str) -> Problem:
        """Check what keeps QuickBooks from taking orders, in the record and in the status; give it."""
        (snapshot,) = self.installation.service.snapshot().connections
        assert snapshot.books_problem is not None
        check_reason(snapshot.books_problem.problem.reason, code, who, *names)
        assert self.status()["connections"][0][self.books_key]["problem"]["code"] == code
        return snapshot.books_problem.problem

    def expect_no_books_problem(self) -> None:
        """Check that nothing keeps QuickBooks from taking orders."""
        assert self.status()["connections"][0][self.books_key]["problem"] is None

    def expect_cedar_problem(self, code: ReasonCode, who: Who, *names: str) -> Problem:
        """Check what keeps Cedar from being read, in the record and in the status; give it."""
        (snapshot,) = self.installation.service.snapshot().connections
        assert snapshot.cedar.problem is not None
        check_reason(snapshot.cedar.problem.reason, code, who, *names)
        assert self.status()["connections"][0]["cedar"]["problem"]["code"] == code
        return snapshot.cedar.problem


class Office(PracticeWorld, Seen):
    """One railroad, one company file, and what a person sees of them."""

    books_key = "web_connector"

    def __init__(
        self,
        home: Path,
        *charges: PracticeCharge,
        company: PracticeCompany | None = None,
        columns: Literal["full", "subset"] = "full",
        settings: dict[str, object] | None = None,
    ) -> None:
        self.hand_clock = HandClock()
        self.home = home
        railroad = PracticeRailroad(charges or (a_charge(1),), today=NOON.date())
        super().__init__(
            home,
            railroad,
            company=company or stocked(railroad),
            columns=columns,
            settings=settings,
            clock=self.hand_clock,
        )
        self.company.clock = lambda: self.hand_clock.now().astimezone()

    def pull(self) -> PullReport:
        """Read Cedar once, without much patience."""
        return cedar_side.pull(self.kit, is_hurried=True)

    def run(self) -> UpdateReport:
        """Read Cedar, then let the Web Connector call once."""
        self.pull()
        return self.update()

    def open_company(self, company: PracticeCompany, *, is_added: bool = False) -> None:
        """Open another company file in QuickBooks; with `is_added`, one of another installation."""
        if is_added:
            company.stamp(self.kit.connector_line.identity().owner_id, "{0F0F0F0F-0000-4000-8000-000000000000}")
        self.processor = RequestProcessor(
            company, app_name="Cedar Sync", owner_id=self.kit.connector_line.identity().owner_id
        )

    def open_own_company(self) -> None:
        """Open the railroad's company file again."""
        self.processor = RequestProcessor(
            self.company, app_name="Cedar Sync", owner_id=self.kit.connector_line.identity().owner_id
        )

    def expect_healed(self, row_id: str = ROW, amount: str = "100.00") -> OrderRecord:
        """Check that a row is in the books exactly once, to the cent, and has nothing to explain; give the order."""
        shown = self.show(row_id)
        assert (shown["state"], shown["reasons"]) == (State.SYNCED, [])
        ours = re.compile(rf"Cedar invoice {re.escape(shown['invoice'])}(?!\S)")
        (order,) = [
            order for order in self.company.orders() if ours.match(order.memo) and order.customer == shown["gl_number"]
        ]
        assert order.subtotal == Decimal(amount) == Decimal(shown["amount"])
        assert order.txn_id == shown["document"]["txn_id"]
        self.expect_no_books_problem()
        return order


def a_charge(
    charge_id: int, invoice: str | None = "INV-1", gl_code: str | None = "4410", amount: str = "100"
) -> PracticeCharge:
    """Make a charge in order; the charges of one invoice differ in their ids."""
    worth = Decimal(amount)
    return PracticeCharge(charge_id, invoice=invoice, gl_code=gl_code, rate=worth, amount=worth)


def another_company(path: str = r"D:\Books\cousin.qbw", name: str = "Cousin Railway") -> PracticeCompany:
    """Make a company file that is none of ours, with everything an order would need."""
    company = PracticeCompany(path, name)
    company.add_account("Freight Income", type="Income")
    company.add_customer("4410")
    company.add_item("SWITCHING")
    return company
