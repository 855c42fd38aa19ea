"""A railroad office around the real program as a real process: Cedar and QuickBooks are practice ones, in the test."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from app.practice.adding import add_application
from app.practice.cedar import CedarSandbox, PracticeRailroad
from app.practice.mishaps import Script, as_planned
from app.practice.quickbooks import PracticeCompany, RequestProcessor
from app.practice.update import UpdateReport
from app.practice.web_connector import PracticeQuickBooks, WebConnectorStandIn
from app.practice.world import API_KEY, ASSUME_USER, CARRIER, free_port, stocked
from tests.forked import CAN_FORK, run_forked

PASSWORD = "office-password"
READY_SECONDS = 30
TIMEOUT = 120


class Office:
    """Runs ``cedar-sync`` commands in processes of their own, all in one home.

    Args:
        home: The home.
        railroad: What Cedar holds.
        company: The company file; by default one stocked from the railroad.
        is_forked: Whether commands that end by themselves begin with the program loaded; by default each is started
            anew, the way a user does.
    """

    def __init__(
        self, home: Path, railroad: PracticeRailroad, company: PracticeCompany | None = None, *, is_forked: bool = False
    ) -> None:
        self.home = home
        self._is_forked = is_forked and CAN_FORK
        self.railroad = railroad
        self.company = company or stocked(railroad)
        self.sandbox = CedarSandbox(railroad, api_key=API_KEY, assume_user=ASSUME_USER, carrier=CARRIER)
        self.port = free_port()
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("CEDAR_SYNC", "PYTEST"))
        } | {"CEDAR_SYNC_CEDAR_API_KEY": API_KEY, "CEDAR_SYNC_WEB_CONNECTOR_PASSWORD": PASSWORD}
        self.server: subprocess.Popen[str] | None = None
        self.company_is_new = True

    def __enter__(self) -> Self:
        self.sandbox.start()
        self.run(
            *("configure", "--carrier", CARRIER, "--assume-user", ASSUME_USER, "--base-url", self.sandbox.base_url),
            *("--time-zone", self.railroad.time_zone, "--port", str(self.port)),
        ).check_returncode()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()
        self.sandbox.stop()

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        command = [*arguments, "--home", str(self.home)]
        if self._is_forked:
            return run_forked(command, self.environment | environment, TIMEOUT)
        return subprocess.run(
            [sys.executable, "-m", "app", *command],
            env=self.environment | environment,
            capture_output=True,
            text=True,
            timeout=TIMEOUT,
            check=False,
        )

    def json(self, *arguments: str) -> Any:  # noqa: ANN401 (JSON is what it is)
        """Run one command that must work, and read its JSON."""
        result = self.run(*arguments, "--json")
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout)

    def serve(self) -> str:
        """Start ``serve``; give its line."""
        self.server = subprocess.Popen(
            [sys.executable, "-m", "app", "serve", "--home", str(self.home)],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.server.stdout is not None
        line = self.server.stdout.readline().strip()
        if self.company_is_new:
            content = self.run("qwc").stdout.encode()
            added = add_application(content, self.company)
            self.processor = RequestProcessor(self.company, app_name=added.name, owner_id=added.owner_id)
            self.company_is_new = False
        return line

    def wait_for_reading(self) -> None:
        """Wait until ``serve`` has read Cedar once."""
        self.wait_until(lambda: self.json("status")["connections"][0]["cedar"]["last_success"] is not None)

    def wait_until(self, claim: Callable[[], bool]) -> None:
        """Wait until something is so."""
        deadline = time.monotonic() + READY_SECONDS
        while not claim():
            assert time.monotonic() < deadline, "it never became so"
            time.sleep(0.05)

    def update(self, script: Script = as_planned, password: str = PASSWORD) -> UpdateReport:
        """Run one update of the Web Connector."""
        return self.connector(script, password).update()

    def connector(self, script: Script = as_planned, password: str = PASSWORD) -> WebConnectorStandIn:
        """Give a Web Connector that has the program added."""
        url = f"http://localhost:{self.port}/qbwc"
        return WebConnectorStandIn(url, "cedar-sync", password, PracticeQuickBooks(self.processor), script=script)

    def end(self, number: signal.Signals = signal.SIGTERM) -> int | None:
        """End ``serve``; give its exit code."""
        if self.server is None:
            return None
        self.server.send_signal(number)
        code = self.server.wait(timeout=20)
        if self.server.stdout is not None:
            self.server.stdout.close()
        self.server = None
        return code
