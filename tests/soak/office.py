"""The program through a month: real scheduler, endpoint, record, tray and toasts; only the clock is moved."""

import contextlib
import gc
import itertools
import os
import random
import threading
import time
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.bootstrap import cedar_side
from app.cedar import exchange, retry
from app.diagnostics import logs
from app.domain.states import NEEDS_PERSON
from app.practice.cedar import PracticeRailroad
from app.practice.web_connector import ConnectorError, WebConnectorStandIn
from app.practice.world import PASSWORD, PracticeWorld
from app.sync import scheduler as scheduler_module
from app.sync.scheduler import Scheduler
from app.ui.announcer import Announcer
from app.ui.ports import Notice
from app.ui.state_reader import Reading
from app.ui.tray_state import describe
from app.ui.ui_state import UiState
from tests.bench.process import resident_mb
from tests.exactly_once.check import (
    MEMO,
    UNDER_WAY,
    assert_books_are_right,
    assert_rows_say_so,
    assert_totals_reconcile,
)
from tests.exactly_once.clock import StandingClock
from tests.exactly_once.small_railroad import CUSTOMERS, ITEMS, add_charge, small_company
from tests.soak.weather import FAIR, TROUBLES, MoodyQuickBooks, Weather, under

ZONE = ZoneInfo("America/Chicago")
BEGIN = datetime(2026, 10, 19, 6, tzinfo=ZONE)
"""A Monday; summer time ends on the first of November."""
SETTINGS: dict[str, object] = {"cedar.time_zone": ""}
"""The carrier's zone is the computer's."""
ZONES = {2: "America/New_York", 5: ZONE.key, 16: "America/Los_Angeles", 19: ZONE.key}
"""Where somebody sets the computer to, and on which days; the record's zone stays the first one's."""
MOVING_HOUR = 9
STEP = timedelta(minutes=15)
FIRST_HOUR, LAST_HOUR = 7, 18
TROUBLE_HOURS = range(10, 14)
INVOICES_A_DAY = 4
SMALL_LOG = 50_000
"""Bytes after which the log is rotated here, so that a month does it many times."""
EARLIER = 9
"""How many invoices ago the one was written that gets another charge."""
MIDNIGHTS = (None, timedelta(minutes=-20), None, timedelta(minutes=20))
"""How far from the midnight of its day an invoice's charges were applied; None where Cedar gives it a date."""
LONGEST_READING = 60.0
"""Seconds of real time: a reading that takes longer has not ended by itself."""
PATIENT = exchange.TIMEOUTS
_LOOK = timedelta(milliseconds=5)


@dataclass(frozen=True, slots=True)
class Invoice:
    """One that was written, and what its date must be wherever the computer is."""

    number: int
    customer: str
    day: date
    midnight: timedelta | None

    @property
    def name(self) -> str:
        """As Cedar calls it."""
        return f"INV-{self.number}"

    @property
    def date(self) -> date:
        """Cedar's, or that of the last charge where the carrier is."""
        before = timedelta(days=1) if self.midnight is not None and self.midnight < timedelta() else timedelta()
        return self.day - before


class Rest(threading.Event):
    """The event a scheduler waits for, which also tells whether it does: the clock is moved then alone.

    The next reading is due some minutes after the end of the last. If the clock jumped to the next look meanwhile, none
    would be due at that look, and it would seem to be lost.
    """

    def __init__(self) -> None:
        super().__init__()
        self.number = 0
        """How often somebody began to wait."""
        self._is_waited_for = False

    @property
    def is_taken(self) -> bool:
        """Tell whether the scheduler is at rest, and nothing wakes it."""
        return self._is_waited_for and not self.is_set()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait, and say so."""
        self.number += 1
        self._is_waited_for = True
        try:
            return super().wait(timeout)
        finally:
            self._is_waited_for = False


def _no_pause(retrier: retry.Retrier, seconds: float) -> None:
    """Let no real time pass between two attempts; a mock would remember every call, and that would look like growth."""


@dataclass
class Toasts:
    """Where toasts would appear: counted by problem and day."""

    told: Counter[tuple[str, str]] = field(default_factory=Counter)
    day: str = ""

    def show_notice(self, notice: Notice) -> None:
        """Count a toast."""
        self.told[self.day, f"{notice.title} / {notice.text}"] += 1


@dataclass(frozen=True, slots=True)
class Size:
    """What may grow."""

    memory_kb: int
    """Of Python's objects."""
    rss_mb: float
    files: int
    threads: int
    rows: dict[str, int]


class Month:
    """One run, with the books in QuickBooks Desktop."""

    troubles: tuple[Weather, ...] = TROUBLES

    def __init__(self, folder: Path, seed: int = 1) -> None:
        """Prepare an office that has read nothing yet."""
        self.clock = StandingClock(BEGIN)
        self.railroad = PracticeRailroad([], today=BEGIN.date())
        self.railroad.missing_customers = self.railroad.inactive_customers = frozenset()
        self.railroad.missing_items = frozenset()
        self.home = folder / "home"
        self.world = self._build_world()
        self.toasts = Toasts()
        self.sizes: list[Size] = []
        self.counts: Counter[str] = Counter()
        self._random = random.Random(seed)  # noqa: S311 (the same month every time)
        self._number = 1000
        self._charge_ids = itertools.count(10_000)
        self._invoices: list[Invoice] = []
        self._rests: list[Rest] = []
        self.seconds: dict[str, float] = {}
        """The longest of what took real time."""

    def _build_world(self) -> Any:  # noqa: ANN401 (each accounting system has a world of its own)
        company = small_company()
        company.clock = self._local
        return PracticeWorld(self.home, self.railroad, company=company, clock=self.clock, settings=SETTINGS)

    @property
    def books(self) -> Any:  # noqa: ANN401 (the promises look at all books alike)
        """What the books hold."""
        return self.world.company

    def _schedulers(self) -> list[Scheduler]:
        """List what works by the clock; whatever wakes another one comes before it."""
        return [self.world.program.scheduler]

    def run(self, days: int) -> None:
        """Live through some days."""
        with self._surroundings():
            self._begin()
            for number in range(days):
                self._day(number)
                if number % 7 == 6 or number in {1, days - 1}:
                    self.sizes.append(self._measure())
            self._settle()
            assert_books_are_right(self.railroad, self.books)
            assert_rows_say_so(self.world.installation.service.rows(), self.books)
            assert_totals_reconcile(cedar_side.reconcile(self.world.kit, None, None), self.books)
            dates = {MEMO + invoice.name: invoice.date for invoice in self._invoices}
            self.counts["invoices whose date moved"] = sum(
                order.txn_date != dates[order.memo] for order in self.books.orders()
            )

    @contextlib.contextmanager
    def _surroundings(self) -> Iterator[None]:
        with (
            mock.patch.object(retry.Retrier, "_pause", _no_pause),
            mock.patch.object(scheduler_module, "LONGEST_SLEEP", _LOOK),
            mock.patch.object(logs, "LARGEST", SMALL_LOG),
            mock.patch.dict(os.environ, {"TZ": ZONE.key}),
            self.world,
        ):
            time.tzset()
            logs.to_file(self.world.installation.home.log)
            tracemalloc.start()
            try:
                yield
            finally:
                self._stop()
                tracemalloc.stop()
                logs.stop()
                self._move_to(ZONE.key)

    def _begin(self, weather: Weather = FAIR) -> None:
        self._rests = []
        for scheduler in self._schedulers():
            self._rests.append(Rest())
            vars(scheduler)["_wake"] = self._rests[-1]
            scheduler.start()
        self.announcer = Announcer(UiState(self.home), self.toasts, self._local())
        # The first reading is at once; it ends before the clock moves on.
        self._wait_for_reading(weather)

    def _stop(self) -> None:
        for scheduler in self._schedulers():
            scheduler.stop()

    def _local(self) -> datetime:
        """Give the time as the computer shows it, as QuickBooks and the window do."""
        return self.clock.now().astimezone()

    @staticmethod
    def _move_to(zone: str) -> None:
        """Set the computer to another time zone."""
        os.environ["TZ"] = zone
        time.tzset()

    def _pass(self, step: timedelta) -> None:
        """Let time pass while the schedulers are at rest."""
        self._come_to_rest()
        self.clock.advance(seconds=step.total_seconds())

    def _come_to_rest(self, looks: int = 1) -> None:
        """Wait until each scheduler rests; after two looks, as nothing less shows that it has seen the time."""
        deadline = time.monotonic() + LONGEST_READING
        before = [rest.number for rest in self._rests] if looks > 1 else [0] * len(self._rests)
        for rest, number in zip(self._rests, before, strict=True):
            while rest.number < number + looks or not rest.is_taken:
                if time.monotonic() > deadline:
                    raise AssertionError("a scheduler does not come to rest")
                time.sleep(_LOOK.total_seconds() / 5)

    def _day(self, number: int) -> None:
        morning = (BEGIN + timedelta(days=number)).replace(hour=FIRST_HOUR)
        self._pass(morning - self.clock.now())
        self.railroad.today = morning.date()
        self._wake_up()
        is_workday = morning.isoweekday() < 6
        weather = self.troubles[number % len(self.troubles)]
        for hour in range(FIRST_HOUR, LAST_HOUR):
            if is_workday and hour in {8, 11, 15}:
                self._bill()
            if hour == MOVING_HOUR and number in ZONES:
                self._move_to(ZONES[number])
                self.counts["time zones"] += 1
            if hour in TROUBLE_HOURS:
                with under(weather, self.world):
                    self._hour(weather)
                    if weather.is_hanging and hour == TROUBLE_HOURS[1]:
                        self._stop_in_the_middle(weather)
            else:
                self._hour(FAIR)
            if weather.is_asleep and hour == TROUBLE_HOURS[-1]:
                self._wake_up()
        self._evening(number)

    def _wake_up(self) -> None:
        self.world.program.resumed()
        self.announcer.resumed(self._local())
        self._come_to_rest(looks=2)

    def _hour(self, weather: Weather) -> None:
        if weather.is_asleep:
            self._pass(timedelta(hours=1))
            return
        for _ in range(timedelta(hours=1) // STEP):
            self._pass(STEP)
            self._wait_for_reading(weather)
            self._update(weather)
            self._look()

    def _evening(self, number: int) -> None:
        """Sign out now and then, and let the clock be wrong for a while."""
        if number % 3 == 2:
            self._restart()
        if number % 5 == 4:
            jump = timedelta(hours=30) if number % 2 else timedelta(hours=-3)
            self._jump(jump)
            self._hour(FAIR)
            self._jump(-jump)
            self._hour(FAIR)
            self.counts["clock jumps"] += 1

    def _jump(self, step: timedelta) -> None:
        """Let the computer's clock be set wrong, or right again."""
        self._pass(step)

    def _restart(self, weather: Weather = FAIR) -> None:
        self._stop()
        self.world.restart()
        self._begin(weather)
        self.counts["restarts"] += 1

    def _stop_in_the_middle(self, weather: Weather) -> None:
        """End the program while it waits for Cedar, as patiently as it does in an office, and begin again."""
        with mock.patch.object(exchange, "TIMEOUTS", PATIENT):
            self._pass(STEP)
            asked = len(self.world.sandbox.requests)
            deadline = time.monotonic() + LONGEST_READING
            while len(self.world.sandbox.requests) < asked + 2 and time.monotonic() < deadline:
                time.sleep(_LOOK.total_seconds())
            began = time.monotonic()
            self._stop()
            self._took("stopping while Cedar does not answer", began)
        self._restart(weather)

    def _took(self, what: str, began: float) -> None:
        self.seconds[what] = max(self.seconds.get(what, 0.0), time.monotonic() - began)

    def _bill(self) -> None:
        """Write invoices, some with a date and some dated by their last charge; an earlier one gets one more."""
        for _ in range(INVOICES_A_DAY // 2 + 1):
            self._number += 1
            invoice = Invoice(
                self._number,
                self._random.choice(CUSTOMERS),
                self.railroad.today,
                MIDNIGHTS[self._number % len(MIDNIGHTS)],
            )
            self._invoices.append(invoice)
            for _ in range(self._random.randint(1, 3)):
                self._charge(invoice)
        if len(self._invoices) > EARLIER:
            self._charge(self._invoices[-EARLIER])
            self.counts["charges added to earlier invoices"] += 1
        self.counts["invoices"] = len(self._invoices)

    def _charge(self, invoice: Invoice) -> None:
        amount = f"{self._random.randint(1, 99_999) / 100:.2f}"
        charge_id = next(self._charge_ids)
        add_charge(self.railroad, charge_id, invoice.name, invoice.customer, self._random.choice(ITEMS), amount)
        if invoice.midnight is not None:
            applied_at = datetime.combine(invoice.day, time_of_day.min, ZONE) + invoice.midnight
            self.railroad.amend(charge_id, invoice_date=None, applied_at=applied_at)
        else:
            self.railroad.amend(charge_id, invoice_date=invoice.date)

    def _wait_for_reading(self, weather: Weather = FAIR) -> None:
        """Wait until the scheduler has seen the time and is at rest again, and see what it left."""
        began = time.monotonic()
        self._come_to_rest(looks=2)
        if weather.pragma:
            # What cannot be written leaves no trace.
            return
        contact = self.world.kit.cedar_contact()
        if contact is None or contact.last_attempt != self.clock.now() or contact.reading_since is not None:
            self.counts["readings that did not come"] += 1
            return
        self.counts["readings"] += 1
        if weather.is_hanging:
            self._took("reading where Cedar does not answer", began)
        if (contact.problem is not None) != (weather.cedar is not None):
            self.counts["readings that said otherwise than it was"] += 1

    def _update(self, weather: Weather) -> None:
        connector = WebConnectorStandIn(
            self.world.program.endpoint.url,
            self.world.kit.settings.web_connector.username,
            PASSWORD,
            MoodyQuickBooks(self.world.processor, weather.quickbooks),
            sleep=lambda _: None,
        )
        try:
            connector.update()
            self.counts["updates"] += 1
        except ConnectorError:
            self.counts["updates that broke off"] += 1

    def _look(self) -> None:
        service, now = self.world.installation.service, self._local()
        self.toasts.day = str(now.date())
        try:
            snapshot = service.snapshot()
            needing = tuple(service.rows(tuple(NEEDS_PERSON)))
        except DBAPIError:
            self.counts["looks that failed"] += 1
            return
        describe(snapshot, now)
        self.announcer.announce(Reading(snapshot, needing), now, is_window_active=False)

    def _settle(self) -> None:
        for _ in range(12):
            self._hour(FAIR)
            if not [row for row in self.world.installation.service.rows() if row.state in UNDER_WAY]:
                return
        raise AssertionError("work is stuck")

    def _measure(self) -> Size:
        self._clear_logs()
        gc.collect()
        with self.world.installation.record.read() as tx:
            tables = [
                name for (name,) in tx.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")) if name
            ]
            rows = {name: int(tx.execute(text(f'SELECT COUNT(*) FROM "{name}"')).scalar_one()) for name in tables}  # noqa: S608
        return Size(
            memory_kb=tracemalloc.get_traced_memory()[0] // 1000,
            rss_mb=resident_mb(os.getpid()),
            files=len(os.listdir("/proc/self/fd")),  # noqa: PTH208
            threads=threading.active_count(),
            rows=rows,
        )

    def _clear_logs(self) -> None:
        """Let the practice services forget their last requests: that is not the program's memory."""
        vars(self.world.sandbox)["_service"].log.clear()

    @property
    def log_bytes(self) -> int:
        """What all files of the log hold together."""
        return sum(file.stat().st_size for file in (self.home / "logs").iterdir())
