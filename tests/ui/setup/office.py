"""A practice office around the wizard: Cedar's sandbox, a company file, a Web Connector, secrets in memory."""

from __future__ import annotations

import secrets
import socket
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QWidget

from app.domain.faults import HomeUnusable, NotConfigured
from app.practice.adding import AddedApplication, add_application
from app.practice.cedar import DOCUMENTED, CedarSandbox, PracticeCharge, PracticeRailroad, short_line
from app.practice.quickbooks import Edition, RequestProcessor
from app.practice.sign_in import PracticeAutostart
from app.practice.update import UpdateReport
from app.practice.web_connector import PracticeQuickBooks, WebConnectorStandIn
from app.practice.world import API_KEY, ASSUME_USER, CARRIER, stocked
from app.system.credentials import LONGEST, Secret
from app.system.settings_file import change
from app.ui.setup.cedar_page import CedarPage
from app.ui.setup.columns_page import ColumnsPage
from app.ui.setup.dry_run_page import DryRunPage
from app.ui.setup.flow import CedarAnswers, Page
from app.ui.setup.place import Place
from app.ui.setup.quickbooks_page import QuickBooksPage
from app.ui.setup.start_page import StartPage
from app.ui.setup.wizard import SetupWizard
from app.ui.tasks import Tasks

GOOD = CedarAnswers("us", CARRIER, ASSUME_USER, API_KEY)


class MemoryCredentials:
    """A credential store with the real one's limit; or none at all."""

    def __init__(self, *, has_store: bool = True) -> None:
        self.kept: dict[tuple[str, Secret], str] = {}
        self._has_store = has_store

    def get(self, connection: str, secret: Secret) -> str | None:
        return self.kept.get((connection, secret))

    def put(self, connection: str, secret: Secret, value: str) -> None:
        if not self._has_store:
            raise HomeUnusable("This computer has no credential store that can be used; set the variable X instead.")
        if len(value) > LONGEST:
            raise NotConfigured("That is too long.")
        self.kept[connection, secret] = value

    def stored(self, connection: str, secret: Secret) -> str | None:
        return self.get(connection, secret)


class SetupOffice:
    """Everything outside the program."""

    def __init__(
        self, home: Path, charges: Iterable[PracticeCharge] | None = None, *, without_column: str | None = None
    ) -> None:
        self.home = home
        today = datetime.now(UTC).date()
        self.railroad = short_line(invoices=30) if charges is None else PracticeRailroad(charges, today=today)
        self.company = stocked(self.railroad, Edition.ENTERPRISE)
        shown = [column for column in DOCUMENTED if column.key != without_column]
        self.sandbox = CedarSandbox(
            self.railroad,
            api_key=API_KEY,
            assume_user=ASSUME_USER,
            carrier=CARRIER,
            columns="full" if without_column is None else shown,
        )
        self.sandbox.start()
        self.credentials = MemoryCredentials()
        self.switch = PracticeAutostart()
        self.port = two_free_ports()
        self._added: AddedApplication | None = None

    @property
    def place(self) -> Place:
        return Place(self.home, self.credentials)

    def point_at_sandbox(self) -> None:
        """Name the sandbox in the settings, as no person has to."""
        change(self.home, "main", {"cedar.base_url": self.sandbox.base_url}, self.port)

    def invoiced(self) -> list[PracticeCharge]:
        """List the charges that may sync."""
        return [charge for charge in self.railroad.snapshot()[1] if charge.billing_status == "INVOICED"]

    def orders(self) -> int:
        """Count the documents in QuickBooks."""
        return len(self.company.orders())

    def call(self, qwc: bytes, password: str) -> UpdateReport:
        """Add the file to the Web Connector, unless it was added before, and let it call once."""
        if self._added is None:
            self._added = add_application(qwc, self.company)
        added = self._added
        processor = RequestProcessor(self.company, app_name=added.name, owner_id=added.owner_id)
        connector = WebConnectorStandIn(
            added.url, added.username, password, PracticeQuickBooks(processor), sleep=lambda _: None
        )
        return connector.update()

    def stop(self) -> None:
        self.sandbox.stop()


class Waits(Protocol):
    """What of pytest-qt's bot a person needs."""

    def addWidget(self, widget: QWidget) -> None:
        """Close the widget at the end."""

    def waitUntil(self, callback: Callable[[], bool], *, timeout: int) -> None:
        """Wait until something is so."""


class Person:
    """Sits before the wizard."""

    def __init__(self, qtbot: Waits, office: SetupOffice, tasks: Tasks) -> None:
        self._qtbot, self.office, self._tasks = qtbot, office, tasks

    def open(self, at: Page = Page.CEDAR) -> SetupWizard:
        """Open the wizard, and wait for the page it begins with."""
        wizard = SetupWizard(self.office.home, self.office.credentials, self._tasks, autostart=self.office.switch)
        self._qtbot.addWidget(wizard)
        wizard.show()
        self.wait(lambda: wizard.here is not None)
        assert wizard.here is at
        self.wizard = wizard
        return wizard

    def wait(self, is_so: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(is_so, timeout=20_000)

    def fill_cedar(self, answers: CedarAnswers = GOOD) -> None:
        """Fill in the first page, and wait for Cedar's answer."""
        form = self.cedar.form
        form.carrier.setText(answers.carrier)
        form.assume_user.setText(answers.assume_user)
        form.api_key.setText(answers.api_key)
        form.test()
        self.wait(lambda: form.result.words != "" and not form.result.words.startswith("Asking"))

    def go_on(self) -> None:
        """Press the button that goes on, and wait for the next page."""
        before = self.wizard.here
        self.wait(self.wizard.forward.isEnabled)
        self.wizard.forward.click()
        self.wait(lambda: self.wizard.here is not before)

    def go_back(self) -> None:
        """Press Back, and wait for the page before."""
        before = self.wizard.here
        self.wait(self.wizard.back.isEnabled)
        self.wizard.back.click()
        self.wait(lambda: self.wizard.here is not before)

    def go_to(self, page: Page) -> None:
        """Go on until a page is reached."""
        if self.wizard.here is Page.CEDAR and not self.cedar.form.is_good:
            self.fill_cedar()
        while self.wizard.here is not page:
            self.go_on()

    def connect(self) -> UpdateReport:
        """Do what the QuickBooks page says, and wait for its tick."""
        page = self.quickbooks
        self.wait(lambda: page.steps.is_made and "Waiting" in page.result.words and page.is_listening)
        assert page.steps.file is not None
        qwc, password = page.steps.file.read_bytes(), page.steps.password.shown.text()
        reports: list[UpdateReport] = []
        thread = threading.Thread(target=lambda: reports.append(self.office.call(qwc, password)))
        thread.start()
        self.wait(lambda: not thread.is_alive())
        self.wait(lambda: page.company is not None)
        return reports[0]

    def _page(self, page: Page) -> object:
        return self.wizard.pages[page]

    @property
    def cedar(self) -> CedarPage:
        found = self._page(Page.CEDAR)
        assert isinstance(found, CedarPage)
        return found

    @property
    def columns(self) -> ColumnsPage:
        found = self._page(Page.COLUMNS)
        assert isinstance(found, ColumnsPage)
        return found

    @property
    def quickbooks(self) -> QuickBooksPage:
        found = self._page(Page.QUICKBOOKS)
        assert isinstance(found, QuickBooksPage)
        return found

    @property
    def dry_run(self) -> DryRunPage:
        found = self._page(Page.DRY_RUN)
        assert isinstance(found, DryRunPage)
        return found

    @property
    def start(self) -> StartPage:
        found = self._page(Page.START)
        assert isinstance(found, StartPage)
        return found


def two_free_ports() -> int:
    """Find a port that is free with the one after it, where a browser comes back to.

    It lies below those the system gives to connections, or one of them might take the second port meanwhile.
    """
    for _ in range(100):
        port = secrets.randbelow(10_000) + 20_000
        try:
            for each in (port, port + 1):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", each))
        except OSError:
            continue
        return port
    raise AssertionError("no two free ports were found")
