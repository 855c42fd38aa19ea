"""The practice office: practice Cedar, practice QuickBooks and a Web Connector that calls by itself.

The program between them is somebody else's business: the window runs it as it runs the real one.
"""

import logging
import threading
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from app.books.quickbooks_desktop.web_connector.qwc_file import render
from app.bootstrap.connection_kit import kit_of
from app.bootstrap.installation import Installation
from app.domain.faults import KnownFault
from app.domain.money import ZERO
from app.practice import texts
from app.practice.adding import add_application
from app.practice.cedar import CedarSandbox, PracticeRailroad
from app.practice.credentials import PracticeCredentials
from app.practice.quickbooks import ListKind, RequestProcessor
from app.practice.sign_in import PracticeAutostart
from app.practice.soap import ConnectorError
from app.practice.web_connector import PracticeQuickBooks, WebConnectorStandIn
from app.practice.world import API_KEY, ASSUME_USER, CARRIER, PASSWORD, free_port, practice_settings, stocked
from app.system.credentials import Secret
from app.system.network import answers
from app.system.settings_file import change, load

log = logging.getLogger(__name__)

CONNECTION: Final = "main"
RHYTHM: Final = timedelta(minutes=1)
"""How often the Web Connector calls, as the real one is told to."""
FIRST_CALL: Final = timedelta(seconds=3)
"""By then the program has mostly read Cedar, so that there is something to see at once."""
_PATIENCE: Final = 10.0
_MEMO: Final = "Cedar invoice "
_MORE: Final = Decimal(10)
"""What somebody adds to a line in QuickBooks."""


class PracticeOffice:
    """What is around the program in the practice world. Every method may be called from any thread."""

    def __init__(
        self, home: Path, railroad: PracticeRailroad, *, rhythm: timedelta = RHYTHM, first: timedelta = FIRST_CALL
    ) -> None:
        """Build nothing that runs yet.

        Args:
            home: The program's home, which the settings are written to.
            railroad: What Cedar holds.
            rhythm: How often the Web Connector calls.
            first: How long it waits for its first call, and for the next as long as nobody answers.
        """
        self.railroad = railroad
        self.company = stocked(railroad)
        self.credentials = PracticeCredentials(cedar_api_key=API_KEY, web_connector_password=PASSWORD)
        self.autostart = PracticeAutostart()
        self.sandbox = CedarSandbox(railroad, api_key=API_KEY, assume_user=ASSUME_USER, carrier=CARRIER)
        self._home = home
        self._rhythm, self._first = rhythm, first
        self._processor: RequestProcessor | None = None
        self._changed: set[str] = set()
        self._calling = threading.Lock()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._keep_calling, name="practice-web-connector", daemon=True)

    def __enter__(self) -> Self:
        self.sandbox.start()
        settings = practice_settings(self.sandbox, self.railroad) | {"cedar.poll_minutes": 1}
        change(self._home, CONNECTION, settings, free_port())
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ending.set()
        self._thread.join(_PATIENCE)
        self.sandbox.stop()

    def make_invoice(self) -> str:
        """Write a new invoice in Cedar; give its number."""
        return self.railroad.bill()

    def add_customers(self) -> list[str]:
        """Add every customer that QuickBooks lacks; give their names, which are the GL numbers."""
        with self.company.guard:
            known = {entry.full_name for entry in self.company.list_entries(ListKind.CUSTOMER)}
            missing = {gl: name for gl, name in self.railroad.gl_numbers().items() if gl not in known}
            for gl_number, customer in missing.items():
                self.company.add_customer(gl_number, company_name=customer)
        return list(missing)

    def change_order(self) -> str | None:
        """Change the first line of the newest order that was not changed yet.

        Returns:
            The row's id in the program; None if there is no such order.
        """
        with self.company.guard:
            for order in reversed(self.company.orders()):
                if order.memo.startswith(_MEMO) and order.lines and order.txn_id not in self._changed:
                    self._changed.add(order.txn_id)
                    self.company.edit_line(order.txn_id, 0, amount=(order.lines[0].amount or ZERO) + _MORE)
                    return f"{CONNECTION}/{order.memo.removeprefix(_MEMO)}/{order.customer}"
        return None

    def call_now(self) -> bool:
        """Let the Web Connector call once.

        Returns:
            Whether there was work for QuickBooks.

        Raises:
            KnownFault: If the program does not answer.
        """
        with self._calling:
            try:
                return self._connector().update().outcome == "done"
            except ConnectorError as exc:
                raise KnownFault(texts.NOT_REACHED) from exc

    def _connector(self) -> WebConnectorStandIn:
        # Read anew each time: a person may have changed port or password in the settings.
        settings = load(self._home).settings
        port = settings.web_connector.port
        if not answers(port):
            raise KnownFault(texts.NOT_REACHED)
        if self._processor is None:
            self._processor = self._added()
        password = self.credentials.get(CONNECTION, Secret.WEB_CONNECTOR_PASSWORD)
        username = settings.connections[0].web_connector.username
        url = f"http://localhost:{port}/qbwc"
        return WebConnectorStandIn(url, username, password or "", PracticeQuickBooks(self._processor))

    def _added(self) -> RequestProcessor:
        """Add the program to the Web Connector, as a person does with the .QWC file."""
        with Installation(self._home, credentials=self.credentials) as installation:
            file = render(kit_of(installation, CONNECTION).connector_line.application())
        added = add_application(file, self.company)
        return RequestProcessor(self.company, app_name=added.name, owner_id=added.owner_id)

    def _keep_calling(self) -> None:
        while not self._ending.wait((self._rhythm if self._processor else self._first).total_seconds()):
            try:
                self.call_now()
            except KnownFault as fault:
                log.info("%s", fault)
            except Exception:
                log.exception("a call of the practice Web Connector broke off")
