"""An office of several computers: real programs on one PostgreSQL record, one practice Cedar, one company file."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

import pytest

from app.bootstrap import cedar_side
from app.bootstrap.connection_kit import kit_of
from app.bootstrap.installation import Installation
from app.practice.cedar import CedarSandbox, PracticeRailroad
from app.practice.credentials import PracticeCredentials
from app.practice.processor import QuickBooksSession
from app.practice.quickbooks import PracticeCompany, RequestProcessor
from app.practice.web_connector import ConnectorError, PracticeQuickBooks, WebConnectorStandIn
from app.practice.world import API_KEY, ASSUME_USER, CARRIER, PASSWORD, free_port
from app.sync.service import KeptBy
from app.system.settings_file import change
from tests.exactly_once.check import UNDER_WAY, assert_books_are_right, assert_rows_say_so, assert_totals_reconcile
from tests.exactly_once.office_pc import live
from tests.exactly_once.small_railroad import small_company, small_railroad
from tests.exactly_once.tally import Tally
from tests.forked import forking
from tests.postgresql_server import Server
from tests.record_fixtures import database_url, postgresql

__all__ = ["database_url", "postgresql"]

LEASE: Final = 1.5
PATIENCE: Final = 30.0
VARIABLES: Final = {"CEDAR_SYNC_CEDAR_API_KEY": API_KEY, "CEDAR_SYNC_WEB_CONNECTOR_PASSWORD": PASSWORD}


class Computer:
    """One computer of the office, with its own home, clock and Web Connector."""

    def __init__(self, office: Office, name: str, hours: float) -> None:
        self.name = name
        self._office = office
        self._hours = hours
        self._port = free_port()
        self._home = office.folder / name
        self._output = office.folder / f"{name}.txt"
        self._process: BaseProcess | None = None
        change(self._home, "main", office.settings, self._port, database_url=office.database_url)

    def start(self) -> None:
        self._output.write_bytes(b"")
        arguments = (str(self._home), os.environ | VARIABLES, str(self._output), self.name, self._hours, LEASE)
        self._process = forking().Process(target=live, args=arguments)
        self._process.start()
        wait_until(lambda: b"ready " in self._output.read_bytes(), lambda: self._output.read_text())

    def kill(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.join(PATIENCE)
            process.close()

    def end(self) -> None:
        """End it as its user does."""
        process, self._process = self._process, None
        assert process is not None
        process.terminate()
        process.join(PATIENCE)
        assert process.exitcode == 0, self._output.read_text()

    def installation(self) -> Installation:
        credentials = PracticeCredentials(cedar_api_key=API_KEY, web_connector_password=PASSWORD)
        return Installation(self._home, credentials=credentials)

    def kept_by(self) -> KeptBy | None:
        with self.installation() as installation:
            return installation.service.snapshot().connections[0].kept_by

    def update(self, at_write: Callable[[], None] | None = None) -> str:
        """Let its Web Connector make an update; returns how it ended.

        Args:
            at_write: Called when QuickBooks has just written orders, before anybody hears of it.
        """
        company = self._office.company
        with self.installation() as installation:
            application = kit_of(installation, "main").connector_line.application()
            company.stamp(application.owner_id, application.file_id)
            processor = RequestProcessor(company, app_name=application.app_name, owner_id=application.owner_id)
        quickbooks = PracticeQuickBooks(processor) if at_write is None else Interrupted(processor, at_write)
        connector = WebConnectorStandIn(
            f"http://localhost:{self._port}/qbwc", "cedar-sync", PASSWORD, quickbooks, sleep=lambda _: None, timeout=20
        )
        try:
            return connector.update().outcome
        except ConnectorError:
            return "broken off"

    def output(self) -> str:
        return self._output.read_text()


class Interrupted(PracticeQuickBooks):
    """A QuickBooks during whose first write something happens."""

    def __init__(self, processor: RequestProcessor, at_write: Callable[[], None]) -> None:
        super().__init__(processor)
        self._at_write: Callable[[], None] | None = at_write

    def begin_session(self, company_file: str) -> QuickBooksSession:
        session = super().begin_session(company_file)
        outer = self

        class Session:
            def process(self, text: str) -> str:
                answer = session.process(text)
                happens, outer._at_write = (outer._at_write, None) if "AddRq" in text else (None, outer._at_write)
                if happens is not None:
                    happens()
                return answer

            def end(self) -> None:
                session.end()

        return Session()


class Office:
    """Cedar, the company file and the database, around as many computers as somebody starts."""

    def __init__(
        self, folder: Path, database_url: str, settings: dict[str, object], railroad: PracticeRailroad
    ) -> None:
        self.folder = folder
        self.database_url = database_url
        self.settings = settings
        self.railroad = railroad
        self.company: PracticeCompany = small_company()

    def settle(self, computer: Computer) -> None:
        """Let one computer's Web Connector call until there is nothing to do."""
        for _ in range(20):
            outcome = computer.update()
            with computer.installation() as installation:
                rows = installation.service.rows()
            if outcome == "none" and rows and not [row for row in rows if row.state in UNDER_WAY]:
                return
            time.sleep(0.05)
        raise AssertionError("never quiet")

    def check(self, computer: Computer) -> None:
        """Make sure that every invoice is in the books exactly once, to the cent, and the record says so."""
        assert_books_are_right(self.railroad, self.company)
        with computer.installation() as installation:
            assert_rows_say_so(installation.service.rows(), self.company)
            assert_totals_reconcile(cedar_side.reconcile(kit_of(installation, "main"), None, None), self.company)


@contextmanager
def an_office(folder: Path, database_url: str, *clocks: float) -> Iterator[tuple[Office, list[Computer]]]:
    """Open an office with a computer for each clock; none of them runs yet."""
    railroad = small_railroad(datetime.now(UTC).date())
    with (
        CedarSandbox(railroad, api_key=API_KEY, assume_user=ASSUME_USER, carrier=CARRIER) as sandbox,
        ExitStack() as end,
    ):
        settings: dict[str, object] = {
            "cedar.base_url": sandbox.base_url,
            "cedar.carrier": CARRIER,
            "cedar.assume_user": ASSUME_USER,
            "cedar.time_zone": railroad.time_zone,
            "destination.on_void": "delete",
        }
        office = Office(folder, database_url, settings, railroad)
        computers = [Computer(office, f"PC-{number}", hours) for number, hours in enumerate(clocks, start=1)]
        for computer in computers:
            end.callback(computer.kill)
        yield office, computers


def wait_until(holds: Callable[[], bool], said: Callable[[], str] = str) -> None:
    """Wait for something that is sure to come."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, f"it did not come: {said()}"
        time.sleep(0.01)


def has_rows(computer: Computer) -> bool:
    with computer.installation() as installation:
        return bool(installation.service.rows())


@pytest.mark.parametrize("hours", [1.0])
def test_a_killed_holder_is_taken_over_without_a_double(
    folder: Path, database_url: str, tally: Tally, hours: float
) -> None:
    with an_office(folder, database_url, 0.0, hours) as (office, (first, second)):
        first.start()
        wait_until(lambda: has_rows(first))
        second.start()
        meanwhile: list[object] = []

        def look_around_and_kill() -> None:
            kept = second.kept_by()
            meanwhile.extend((second.update(), kept and kept.words.partition(" ")[0], kept and kept.is_here))
            first.kill()

        assert first.update(at_write=look_around_and_kill) == "broken off"
        assert meanwhile == ["none", "PC-1", False]
        tally.add("processes killed")
        written = len(office.company.orders())
        assert written, "it was killed before anything was in the books"
        wait_until(lambda: (kept := second.kept_by()) is not None and kept.is_here, second.output)
        office.settle(second)
        assert len(office.company.orders()) > written
        office.check(second)


def test_a_holder_whose_lease_was_taken_in_the_middle_of_a_message_set_hands_out_nothing_more(
    folder: Path, database_url: str, postgresql: Server
) -> None:
    """The holder lives, as one does that slept or whose cable was out: its answer comes when another has taken over."""
    with an_office(folder, database_url, 0.0, 0.0) as (office, (first, second)):
        first.start()
        wait_until(lambda: has_rows(first))
        second.start()

        def take_over() -> None:
            postgresql.ask("UPDATE leases SET holder = 'nobody', until = clock_timestamp()", "office")
            second.update()
            wait_until(lambda: (kept := second.kept_by()) is not None and kept.is_here, second.output)

        assert first.update(at_write=take_over) != "done"
        office.settle(second)
        office.check(second)
        assert "Traceback" not in first.output()


def test_the_computer_whose_web_connector_calls_goes_first_and_lets_go_when_it_ends(
    folder: Path, database_url: str
) -> None:
    with an_office(folder, database_url, 0.0, 0.0) as (office, (first, second)):
        first.start()
        wait_until(lambda: has_rows(first))
        second.start()
        office.settle(second)
        kept = first.kept_by()
        assert kept is not None
        assert (kept.words.partition(" ")[0], kept.is_here) == ("PC-2", False)
        office.check(second)
        second.end()
        assert (kept := first.kept_by()) is None or kept.is_here
        wait_until(lambda: (kept := first.kept_by()) is not None and kept.is_here, first.output)
