"""The program through a month: real scheduler, endpoint, record, tray and toasts; only the clock is moved."""

import contextlib
import gc
import os
import random
import threading
import time
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from unittest import mock
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.cedar import retry
from app.diagnostics import logs
from app.domain.states import NEEDS_PERSON
from app.practice.cedar import PracticeRailroad
from app.practice.web_connector import ConnectorError, WebConnectorStandIn
from app.practice.world import PASSWORD, PracticeWorld
from app.sync import scheduler as scheduler_module
from app.ui.announcer import Announcer
from app.ui.ports import Notice
from app.ui.state_reader import Reading
from app.ui.tray_state import describe
from app.ui.ui_state import UiState
from tests.bench.process import resident_mb
from tests.exactly_once.check import UNDER_WAY, assert_books_are_right, assert_rows_say_so, assert_totals_reconcile
from tests.exactly_once.clock import StandingClock
from tests.exactly_once.small_railroad import CUSTOMERS, ITEMS, add_charge, small_company
from tests.soak.weather import FAIR, TROUBLES, MoodyQuickBooks, Weather, under

ZONE = ZoneInfo("America/Chicago")
BEGIN = datetime(2026, 10, 19, 6, tzinfo=ZONE)
"""A Monday; summer time ends on the first of November."""
STEP = timedelta(minutes=15)
FIRST_HOUR, LAST_HOUR = 7, 18
TROUBLE_HOURS = range(10, 14)
INVOICES_A_DAY = 4
SMALL_LOG = 50_000
"""Bytes after which the log is rotated here, so that a month does it many times."""
_LOOK = timedelta(milliseconds=5)


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
    """One run."""

    def __init__(self, folder: Path, seed: int = 1) -> None:
        """Prepare an office that has read nothing yet."""
        self.clock = StandingClock(BEGIN)
        self.railroad = PracticeRailroad([], today=BEGIN.date())
        self.railroad.missing_customers = self.railroad.inactive_customers = frozenset()
        self.railroad.missing_items = frozenset()
        self.home = folder / "home"
        company = small_company()
        company.clock = self.clock.now
        self.world = PracticeWorld(self.home, self.railroad, company=company, clock=self.clock)
        self.toasts = Toasts()
        self.sizes: list[Size] = []
        self.counts: Counter[str] = Counter()
        self._random = random.Random(seed)  # noqa: S311 (the same month every time)
        self._number = 1000

    def run(self, days: int) -> None:
        """Live through some days."""
        with self._surroundings():
            self._begin()
            for number in range(days):
                self._day(number)
                if number % 7 == 6 or number in {1, days - 1}:
                    self.sizes.append(self._measure())
            self._settle()
            assert_books_are_right(self.railroad, self.world.company)
            assert_rows_say_so(self.world.installation.service.rows(), self.world.company)
            assert_totals_reconcile(self.world.kit.reconcile(None, None), self.world.company)

    @contextlib.contextmanager
    def _surroundings(self) -> Iterator[None]:
        with (
            mock.patch.object(retry.Retrier, "_pause", _no_pause),
            mock.patch.object(scheduler_module, "LONGEST_SLEEP", _LOOK),
            mock.patch.object(logs, "LARGEST", SMALL_LOG),
            self.world,
        ):
            logs.to_file(self.world.installation.home.log)
            tracemalloc.start()
            try:
                yield
            finally:
                self.world.program.scheduler.stop()
                tracemalloc.stop()
                logs.stop()

    def _begin(self) -> None:
        self.world.program.scheduler.start()
        self.announcer = Announcer(UiState(self.home), self.toasts, self.clock.now())
        # The first reading is at once; it ends before the clock moves on.
        self._wait_for_reading()

    def _day(self, number: int) -> None:
        morning = (BEGIN + timedelta(days=number)).replace(hour=FIRST_HOUR)
        self.clock.advance(seconds=(morning - self.clock.now()).total_seconds())
        self.railroad.today = morning.date()
        self.toasts.day = str(morning.date())
        self.world.program.resumed()
        self.announcer.resumed(self.clock.now())
        is_workday = morning.isoweekday() < 6
        weather = TROUBLES[number % len(TROUBLES)]
        for hour in range(FIRST_HOUR, LAST_HOUR):
            if is_workday and hour in {8, 11, 15}:
                self._bill()
            if hour in TROUBLE_HOURS:
                with under(weather, self.world.sandbox):
                    self._hour(weather)
            else:
                self._hour(FAIR)
            if weather.is_asleep and hour == TROUBLE_HOURS[-1]:
                self.world.program.resumed()
                self.announcer.resumed(self.clock.now())
        self._evening(number)

    def _hour(self, weather: Weather) -> None:
        if weather.is_asleep:
            self.clock.advance(hours=1)
            return
        for _ in range(timedelta(hours=1) // STEP):
            self.clock.advance(seconds=STEP.total_seconds())
            self._wait_for_reading(weather)
            self._update(weather)
            self._look()

    def _evening(self, number: int) -> None:
        """Sign out now and then, and let the clock be wrong for a while."""
        if number % 3 == 2:
            self.world.program.scheduler.stop()
            self.world.restart()
            self._begin()
            self.counts["restarts"] += 1
        if number % 5 == 4:
            jump = timedelta(hours=30) if number % 2 else timedelta(hours=-3)
            self.clock.advance(seconds=jump.total_seconds())
            self._hour(FAIR)
            self.clock.advance(seconds=-jump.total_seconds())
            self._hour(FAIR)
            self.counts["clock jumps"] += 1

    def _bill(self) -> None:
        for _ in range(INVOICES_A_DAY // 2 + 1):
            self._number += 1
            invoice, customer = f"INV-{self._number}", self._random.choice(CUSTOMERS)
            for line in range(self._random.randint(1, 3)):
                amount = f"{self._random.randint(1, 99_999) / 100:.2f}"
                item = self._random.choice(ITEMS)
                add_charge(self.railroad, self._number * 10 + line, invoice, customer, item, amount)
        self.counts["invoices"] = self._number - 1000

    def _wait_for_reading(self, weather: Weather = FAIR) -> None:
        """Wait until the scheduler has seen the time and is at rest again."""
        if weather.pragma:
            # What cannot be written leaves no trace to wait for.
            time.sleep(20 * _LOOK.total_seconds())
            return
        deadline = time.monotonic() + 30
        now = self.clock.now()
        while time.monotonic() < deadline:
            time.sleep(2 * _LOOK.total_seconds())
            contact = self.world.kit.contact()
            has_read = contact is not None and contact.last_attempt is not None and contact.last_attempt >= now
            if contact is not None and has_read and contact.reading_since is None:
                self.counts["readings"] += 1
                return
        self.counts["readings that did not come"] += 1

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
        service, now = self.world.installation.service, self.clock.now()
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
        # The practice Cedar remembers its last requests: that is not the program's memory.
        vars(self.world.sandbox)["_service"].log.clear()
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

    @property
    def log_bytes(self) -> int:
        """What all files of the log hold together."""
        return sum(file.stat().st_size for file in (self.home / "logs").iterdir())
