"""A stand-in for Intuit's Web Connector: makes the calls of one update, in its order and with its strictness.

Talks HTTP to the endpoint and calls a practice QuickBooks.
"""

import time
from collections.abc import Callable

from app.practice.mishaps import Script, as_planned
from app.practice.processor import QuickBooksFault, QuickBooksProcessor, QuickBooksSession
from app.practice.quickbooks.processor import RequestProcessor
from app.practice.soap import ConnectorError, SoapClient
from app.practice.update import EndlessUpdate, Steps, Update, UpdateReport, Vanished

__all__ = [
    "ConnectorError",
    "EndlessUpdate",
    "PracticeQuickBooks",
    "QuickBooksFault",
    "QuickBooksProcessor",
    "QuickBooksSession",
    "UpdateReport",
    "WebConnectorStandIn",
]


class PracticeQuickBooks:
    """The practice company file behind the stand-in."""

    country = "US"
    """The practice company is American."""

    def __init__(self, processor: RequestProcessor, qbxml_version: tuple[int, int] = (16, 0)) -> None:
        """Wrap a request processor.

        Args:
            processor: The application's door to the company file.
            qbxml_version: What the request processor claims; it may be newer than what QuickBooks takes (p. 80).
        """
        self.qbxml_version = qbxml_version
        self._processor = processor

    @property
    def company_file(self) -> str:
        """Full path of the open company file."""
        return self._processor.company.path

    def begin_session(self, company_file: str) -> QuickBooksSession:
        """Open a session on a file, ``""`` for the one that is open."""
        return self._processor.begin_session(company_file)

    def host_company_preferences(self) -> str:
        """Return the response of Host, Company and Preferences query."""
        return self._processor.host_company_preferences()


class WebConnectorStandIn:
    """One application in a Web Connector."""

    def __init__(
        self,
        url: str,
        username: str,
        password: str,
        quickbooks: QuickBooksProcessor,
        *,
        script: Script = as_planned,
        keep_alive: bool = True,
        expect_continue: bool = False,
        sleep: Callable[[float], None] = time.sleep,
        timeout: float = 100.0,
        max_calls: int = 1000,
    ) -> None:
        """Make no call yet.

        Args:
            url: The endpoint (AppURL).
            username: From the .QWC file.
            password: As the person typed it.
            quickbooks: Who carries out the requests.
            script: What goes wrong.
            keep_alive: One connection for an update, or one for each call.
            expect_continue: Announce bodies by ``Expect: 100-continue``.
            sleep: Waits between calls after ``NoOp``.
            timeout: Seconds for one call.
            max_calls: Calls after which an update counts as endless.
        """
        self._url = url
        self._username = username
        self._password = password
        self._quickbooks = quickbooks
        self._script = script
        self._keep_alive = keep_alive
        self._expect_continue = expect_continue
        self._sleep = sleep
        self._timeout = timeout
        self._max_calls = max_calls

    def update(self) -> UpdateReport:
        """Run one update ("Update Selected", or a turn of Auto-Run) to its end.

        Raises:
            ConnectorError: If an answer is one the Web Connector could not use; it begins with Intuit's code.
            EndlessUpdate: If it takes more than `max_calls`.
        """
        steps = self.steps()
        while True:
            try:
                next(steps)
            except StopIteration as end:
                report: UpdateReport = end.value
                return report

    def steps(self) -> Steps[UpdateReport]:
        """Run one update, pausing before each call; for two connectors at once, or to look around in between.

        Closing the generator is a connector that is killed: QuickBooks ends its session, the endpoint hears nothing.
        """
        with SoapClient(
            self._url,
            keep_alive=self._keep_alive,
            expect_continue=self._expect_continue,
            timeout=self._timeout,
        ) as client:
            update = Update(client, self._quickbooks, self._script, self._sleep, self._max_calls)
            try:
                yield from update.run(self._username, self._password)
            except Vanished:
                update.report.outcome = "vanished"
            finally:
                update.end_session()
            return update.report
