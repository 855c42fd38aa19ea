"""The real program with its books in QuickBooks Online: killed at random moments, and two of it pushing at once."""

import os
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from app.bootstrap import cedar_side
from app.bootstrap.connection_kit import kit_of
from app.bootstrap.installation import Installation
from app.practice.cedar import CedarSandbox, PracticeRailroad
from app.practice.credentials import PracticeCredentials
from app.practice.online_world import online_settings
from app.practice.quickbooks_online import (
    CLIENT_SECRET,
    REALM_ID,
    PracticeQuickBooksOnline,
)
from app.practice.quickbooks_online.company import computer_clock
from app.practice.world import API_KEY, ASSUME_USER, CARRIER, free_port, practice_settings
from app.system.settings_file import change
from tests.exactly_once.cedar_changes import a_busy_day
from tests.exactly_once.check import (
    UNDER_WAY,
    assert_books_are_right,
    assert_rows_say_so,
    assert_totals_reconcile,
)
from tests.exactly_once.online_books import OnlineBooks
from tests.exactly_once.online_office import small_online_company
from tests.exactly_once.real_program import wait_until
from tests.exactly_once.small_railroad import small_railroad
from tests.exactly_once.tally import Tally
from tests.exactly_once.test_crashes import change_for
from tests.forked import start_forked


class RealOnlineOffice:
    """Everything around the processes."""

    def __init__(self, home: Path, railroad: PracticeRailroad, service: PracticeQuickBooksOnline) -> None:
        self.railroad = railroad
        self.service = service
        self.books = OnlineBooks(service.company, service)
        self._home = home
        self._variables = {
            "CEDAR_SYNC_CEDAR_API_KEY": API_KEY,
            "CEDAR_SYNC_QBO_CLIENT_SECRET": CLIENT_SECRET,
            "CEDAR_SYNC_QBO_REFRESH_TOKEN": service.grants.consent(REALM_ID).refresh,
        }
        self.processes: list[BaseProcess] = []

    def start(self, *command: str) -> BaseProcess:
        """Start the program."""
        process = start_forked([*command, "--home", str(self._home)], os.environ | self._variables)
        self.processes.append(process)
        return process

    def run(self, *command: str) -> int | None:
        """Run a command to its end."""
        process = self.start(*command)
        process.join(60)
        return process.exitcode

    def settle(self) -> None:
        """Read Cedar, and push until nothing is under way."""
        assert self.run("pull") == 0
        for _ in range(10):
            assert self.run("push") == 0
            with self._installation() as installation:
                if not [row for row in installation.service.rows() if row.state in UNDER_WAY]:
                    return
        raise AssertionError("never quiet")

    def check(self) -> None:
        """Make sure that every invoice is in the books exactly once, to the cent."""
        company: object = self.books
        assert_books_are_right(self.railroad, company)  # type: ignore[arg-type]
        with self._installation() as installation:
            assert_rows_say_so(installation.service.rows(), company)  # type: ignore[arg-type]
            assert_totals_reconcile(cedar_side.reconcile(kit_of(installation, "main"), None, None), company)  # type: ignore[arg-type]

    def _installation(self) -> Installation:
        return Installation(self._home, credentials=PracticeCredentials(cedar_api_key=API_KEY))


@contextmanager
def a_real_online_office(folder: Path) -> Iterator[RealOnlineOffice]:
    """Open an office whose program has never been started; voided invoices are deleted in the books."""
    railroad = small_railroad(datetime.now(UTC).date())
    company = small_online_company(computer_clock)
    with (
        CedarSandbox(railroad, api_key=API_KEY, assume_user=ASSUME_USER, carrier=CARRIER) as sandbox,
        PracticeQuickBooksOnline(company) as service,
    ):
        # Each refresh kills the token before it: two programs that refresh at once would lose the grant.
        service.grants.rotates_always = True
        home = folder / "home"
        settings = practice_settings(sandbox, railroad) | online_settings(service, "estimate")
        change(home, "main", settings | {"destination.on_void": "delete"}, free_port())
        office = RealOnlineOffice(home, railroad, service)
        try:
            yield office
        finally:
            for process in office.processes:
                process.kill()
                process.join(30)


@pytest.mark.parametrize("seed", [20261126])
def test_killed_at_random_moments(folder: Path, tally: Tally, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (which moments they are must repeat)
    with a_real_online_office(folder) as office:
        assert office.run("pull") == 0
        for number in range(4):
            heard = len(office.service.requests)
            process = office.start("push")
            wait_until(lambda: len(office.service.requests) > heard or not process.is_alive())  # noqa: B023 (at once)
            time.sleep(chance.uniform(0, 0.1))
            process.kill()
            tally.add("processes killed")
            change_for(chance.randrange(7))(office.railroad)
            if number == 2:
                a_busy_day(office.railroad)
            assert office.run("pull") == 0
        office.settle()
        office.check()


def test_two_programs_that_push_at_once_make_each_document_once_and_keep_the_sign_in(folder: Path) -> None:
    with a_real_online_office(folder) as office:
        serving = office.start("serve")
        wait_until(lambda: bool(office.service.requests))
        pushes = [threading.Thread(target=office.run, args=("push",)) for _ in range(2)]
        for push in pushes:
            push.start()
        for push in pushes:
            push.join()
        assert serving.is_alive()
        serving.terminate()
        serving.join(30)
        assert serving.exitcode == 0
        office.settle()
        office.check()
