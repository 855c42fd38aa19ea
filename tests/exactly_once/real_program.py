"""The real program in a real process around a practice Cedar and practice books, to be killed by SIGKILL."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

from app.bootstrap import cedar_side
from app.bootstrap.connection_kit import ConnectionKit, kit_of
from app.bootstrap.installation import Installation
from app.practice.cedar import CedarSandbox, PracticeRailroad
from app.practice.credentials import PracticeCredentials
from app.practice.quickbooks import PracticeCompany, RequestProcessor
from app.practice.web_connector import ConnectorError, PracticeQuickBooks, WebConnectorStandIn
from app.practice.world import API_KEY, ASSUME_USER, CARRIER, PASSWORD, free_port
from app.system.settings_file import change
from tests.exactly_once.check import UNDER_WAY, assert_books_are_right, assert_rows_say_so, assert_totals_reconcile
from tests.exactly_once.commits import Side
from tests.exactly_once.life import live
from tests.exactly_once.small_railroad import small_company, small_railroad
from tests.forked import forking

_PATIENCE: Final = 30.0
"""Seconds a program may take to get ready."""

_VARIABLES: Final = {
    "CEDAR_SYNC_CEDAR_API_KEY": API_KEY,
    "CEDAR_SYNC_WEB_CONNECTOR_PASSWORD": PASSWORD,
}
_PROJECT: Final = Path(__file__).parents[2]


class RealOffice:
    """Everything around the process."""

    def __init__(self, home: Path, railroad: PracticeRailroad, company: PracticeCompany, port: int) -> None:
        self.railroad = railroad
        self.company = company
        self.url = f"http://localhost:{port}/qbwc"
        self._home = home
        self._output = home.parent / "output.txt"
        self._process: BaseProcess | subprocess.Popen[bytes] | None = None

    def start(self, number: int = 0, side: Side = Side.BEFORE) -> None:
        """Start the program; it dies at a commit of its record, if one is named."""
        self._output.write_bytes(b"")
        arguments = (str(self._home), os.environ | _VARIABLES, str(self._output), number, side)
        process = forking().Process(target=live, args=arguments)
        process.start()
        self._process = process

    def start_from_the_command_line(self) -> None:
        """Start the program the way a user does."""
        self._output.write_bytes(b"")
        with self._output.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "app", "serve", "--home", str(self._home)],
                cwd=_PROJECT,
                env=os.environ | _VARIABLES,
                stdout=output,
                stderr=output,
            )

    @property
    def is_alive(self) -> bool:
        """Tell whether the process runs."""
        if isinstance(self._process, subprocess.Popen):
            return self._process.poll() is None
        return self._process is not None and self._process.is_alive()

    def is_ready(self) -> bool:
        """Wait until the program takes calls; False if it died before."""
        wait_until(lambda: not self.is_alive or b"ready " in self._output.read_bytes())
        assert not self._failed(), self._output.read_text()
        return self.is_alive

    def has_read_cedar(self) -> bool:
        """Wait until the program has read Cedar; False if it died before."""
        with self._installation() as installation:
            kit = kit_of(installation, "main")
            wait_until(lambda: not self.is_alive or ((known := kit.cedar_contact()) and known.last_success) is not None)
        return self.is_alive

    def kill(self) -> None:
        """Send SIGKILL, and make sure that the process is gone."""
        process, self._process = self._process, None
        if isinstance(process, subprocess.Popen):
            process.kill()
            process.wait(_PATIENCE)
        elif process is not None:
            process.kill()
            process.join(_PATIENCE)
            process.close()

    def update(self) -> str:
        """Run an update of the Web Connector; returns how it ended."""
        with self._installation() as installation:
            application = kit_of(installation, "main").connector_line.application()
            self.company.stamp(application.owner_id, application.file_id)
            processor = RequestProcessor(self.company, app_name=application.app_name, owner_id=application.owner_id)
        connector = WebConnectorStandIn(
            self.url, "cedar-sync", PASSWORD, PracticeQuickBooks(processor), sleep=lambda _: None, timeout=20
        )
        try:
            return connector.update().outcome
        except ConnectorError:
            return "broken off"

    def settle(self) -> None:
        """Start the program if it is dead, read Cedar, and let updates run until there is nothing to do."""
        if not self.is_alive:
            self.kill()
            self.start()
        assert self.is_ready(), self._output.read_text()
        with self._installation() as installation:
            cedar_side.pull(kit_of(installation, "main"))
            for _ in range(20):
                assert self.is_alive, self._output.read_text()
                outcome, rows = self.update(), installation.service.rows()
                if outcome == "none" and not [row for row in rows if row.state in UNDER_WAY]:
                    return
        raise AssertionError("never quiet")

    def check(self) -> None:
        """Make sure that every invoice is in the books exactly once, to the cent."""
        assert_books_are_right(self.railroad, self.company)
        with self._installation() as installation:
            assert_rows_say_so(installation.service.rows(), self.company)
            kit: ConnectionKit = kit_of(installation, "main")
            assert_totals_reconcile(cedar_side.reconcile(kit, None, None), self.company)

    def _failed(self) -> bool:
        """Tell whether the program ended by itself: nothing here may make it do that."""
        if isinstance(self._process, subprocess.Popen):
            code = self._process.poll()
        else:
            code = None if self._process is None else self._process.exitcode
        return code is not None and code >= 0

    def _installation(self) -> Installation:
        credentials = PracticeCredentials(cedar_api_key=API_KEY, web_connector_password=PASSWORD)
        return Installation(self._home, credentials=credentials)


@contextmanager
def a_real_office(folder: Path) -> Iterator[RealOffice]:
    """Open an office whose program has never been started; voided invoices are deleted in the books."""
    railroad = small_railroad(datetime.now(UTC).date())
    home, port = folder / "home", free_port()
    with CedarSandbox(railroad, api_key=API_KEY, assume_user=ASSUME_USER, carrier=CARRIER) as sandbox:
        settings: dict[str, object] = {
            "cedar.base_url": sandbox.base_url,
            "cedar.carrier": CARRIER,
            "cedar.assume_user": ASSUME_USER,
            "cedar.time_zone": railroad.time_zone,
            "destination.on_void": "delete",
        }
        change(home, "main", settings, port)
        office = RealOffice(home, railroad, small_company(), port)
        try:
            yield office
        finally:
            office.kill()


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait for something that is sure to come.

    Raises:
        TimeoutError: If it does not come.
    """
    deadline = time.monotonic() + _PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError("it did not come")
        time.sleep(0.005)
