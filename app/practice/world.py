"""The practice world: Cedar's sandbox, a practice company and a stand-in connector around the real program."""

import socket
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Self

from app.books.quickbooks_desktop.web_connector.qwc_file import render
from app.bootstrap import cedar_side
from app.bootstrap.connection_kit import ConnectionKit, kit_of
from app.bootstrap.installation import Installation
from app.bootstrap.running_program import RunningProgram
from app.practice.adding import add_application
from app.practice.cedar import CedarSandbox, PracticeRailroad
from app.practice.credentials import PracticeCredentials
from app.practice.mishaps import Script, as_planned
from app.practice.quickbooks import Edition, PracticeCompany, RequestProcessor
from app.practice.update import UpdateReport
from app.practice.web_connector import PracticeQuickBooks, WebConnectorStandIn
from app.sync.clock import Clock
from app.sync.pull import PullReport
from app.system.settings_file import change

API_KEY: Final = "practice-key"
ASSUME_USER: Final = "books@prairie.example"
CARRIER: Final = "1234"
PASSWORD: Final = "practice-password"  # noqa: S105 (it opens nothing but the practice world)
COMPANY_PATH: Final = r"C:\Users\Public\Documents\Intuit\QuickBooks\Company Files\prairie.qbw"


@dataclass(frozen=True, slots=True)
class Held:
    """What the practice books hold of one invoice for one customer."""

    memo: str
    customer: str
    subtotal: Decimal


class PracticeWorld:
    """A whole railroad office, in one process, on loopback."""

    def __init__(
        self,
        home: Path,
        railroad: PracticeRailroad,
        *,
        company: PracticeCompany | None = None,
        columns: Literal["full", "subset"] = "full",
        settings: dict[str, object] | None = None,
        clock: Clock | None = None,
        polls: bool = False,
    ) -> None:
        """Build nothing that runs yet.

        Args:
            home: The program's home, made as needed.
            railroad: What Cedar holds.
            company: The company file; by default one stocked from the railroad.
            columns: What Cedar publishes.
            settings: Settings by dotted path inside the connection, over the practice ones.
            clock: The program's clock; the computer's by default.
            polls: Whether the program reads Cedar by itself; otherwise only by `pull`.
        """
        self.railroad = railroad
        self.company = company or stocked(railroad)
        self.sandbox = CedarSandbox(
            railroad, api_key=API_KEY, assume_user=ASSUME_USER, carrier=CARRIER, columns=columns
        )
        self._home = home
        self._settings = settings or {}
        self._clock = clock
        self._polls = polls
        self._credentials = PracticeCredentials(cedar_api_key=API_KEY, web_connector_password=PASSWORD)
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self.sandbox.start()
            stack.callback(self.sandbox.stop)
            change(self._home, "main", practice_settings(self.sandbox, self.railroad) | self._settings, free_port())
            self.installation = Installation(self._home, credentials=self._credentials, clock=self._clock)
            stack.callback(self._end_program)
            self.kit: ConnectionKit = kit_of(self.installation, "main")
            self.program = RunningProgram(self.installation)
            if self._polls:
                self.program.start()
            else:
                self.program.endpoint.start()
            added = add_application(render(self.kit.connector_line.application()), self.company)
            self.processor = RequestProcessor(self.company, app_name=added.name, owner_id=added.owner_id)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def restart(self) -> None:
        """End the program and start it anew on the same home: its memory is gone, its record is not."""
        self._end_program()
        self.installation = Installation(self._home, credentials=self._credentials, clock=self._clock)
        self.kit = kit_of(self.installation, "main")
        self.program = RunningProgram(self.installation)
        self.program.endpoint.start()

    def _end_program(self) -> None:
        self.program.endpoint.stop()
        self.program.stop()
        self.installation.close()

    def pull(self) -> PullReport:
        """Read Cedar."""
        return cedar_side.pull(self.kit)

    def connector(self, script: Script = as_planned, password: str = PASSWORD) -> WebConnectorStandIn:
        """Give a Web Connector that has the program added."""
        return WebConnectorStandIn(
            self.program.endpoint.url,
            self.kit.settings.web_connector.username,
            password,
            PracticeQuickBooks(self.processor),
            script=script,
            sleep=lambda _: None,
        )

    def update(self, script: Script = as_planned) -> UpdateReport:
        """Run one update of the Web Connector."""
        return self.connector(script).update()

    def update_until_quiet(self, most: int = 20, after_each: Callable[[UpdateReport], None] | None = None) -> int:
        """Run updates until there is nothing to do.

        Returns:
            How many updates had work.

        Raises:
            AssertionError: If there is always something to do.
        """
        for number in range(most):
            report = self.update()
            if after_each is not None:
                after_each(report)
            if report.outcome != "done":
                return number
        raise AssertionError(f"still busy after {most} updates")

    def send_everything(self, tell: Callable[[], None]) -> None:
        """Let the Web Connector call until there is nothing to do; whoever shows progress is told after each call."""
        self.update_until_quiet(after_each=lambda _: tell())

    def documents(self) -> list[Held]:
        """List what the books hold."""
        return [Held(order.memo, order.customer, order.subtotal) for order in self.company.orders()]


def practice_settings(sandbox: CedarSandbox, railroad: PracticeRailroad) -> dict[str, object]:
    """Give the settings of a connection to the practice Cedar, by dotted path."""
    return {
        "cedar.base_url": sandbox.base_url,
        "cedar.carrier": CARRIER,
        "cedar.assume_user": ASSUME_USER,
        "cedar.time_zone": railroad.time_zone,
    }


def stocked(railroad: PracticeRailroad, edition: Edition = Edition.ENTERPRISE) -> PracticeCompany:
    """Make a company file with the railroad's customers and items, but for those that are meant to be missing."""
    company = PracticeCompany(path=COMPANY_PATH, name=railroad.name, edition=edition)
    company.add_account("Freight Income", type="Income")
    for gl_number, customer in sorted(railroad.gl_numbers().items()):
        if gl_number not in railroad.missing_customers:
            is_active = gl_number not in railroad.inactive_customers
            company.add_customer(gl_number, company_name=customer, is_active=is_active)
    for service_type in sorted(railroad.service_types()):
        if service_type not in railroad.missing_items:
            company.add_item(service_type)
    return company


def free_port() -> int:
    """Find a port nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
