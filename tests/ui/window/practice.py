"""A real window over a small railroad office, driven as a person does: by its widgets."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.practice.cedar import PracticeCharge
from app.practice.quickbooks import PracticeCompany
from app.practice.world import COMPANY_PATH
from app.sync.service import Snapshot
from app.ui.bridge import Bridge
from app.ui.ports import RowsFilter, UpdateCommands, WindowCommands
from app.ui.tasks import Tasks
from app.ui.window.main_window import MainWindow
from tests.reasons.office import Office, a_charge

A_DAY = timedelta(hours=13)


class Shell:
    """Notes what the window asks of the shell."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def commands(self) -> WindowCommands:
        """Give the commands."""
        return WindowCommands(
            check_now=self._note("check_now"),
            pause=lambda until: self.asked.append("pause" if until is None else "pause until"),
            resume=self._note("resume"),
            retry_all=self._note("retry_all"),
            open_settings=self._note("open_settings"),
            open_sign_in=lambda connection: self.asked.append(f"sign in {connection}"),
            open_wizard=self._note("open_wizard"),
            open_logs=self._note("open_logs"),
            open_help=lambda page="": self.asked.append(f"help {page}".strip()),
            open_practice=self._note("open_practice"),
            open_about=self._note("open_about"),
            quit=self._note("quit"),
            save_support_file=self._note("save_support_file"),
            open_news=self._note("open_news"),
            updates=UpdateCommands(*map(self._note, ("update", "put off", "look for updates", "update notes"))),
        )

    def _note(self, name: str) -> Callable[[], None]:
        return lambda: self.asked.append(name)


class WindowOffice(Office):
    """An office with its window open."""

    def __init__(self, qtbot: QtBot, home: Path, *charges: PracticeCharge, missing: tuple[str, ...] = ()) -> None:
        company = PracticeCompany(COMPANY_PATH, "Prairie Railroad")
        company.add_account("Freight Income", type="Income")
        company.add_item("SWITCHING")
        for gl_number in sorted({charge.gl_code for charge in charges if charge.gl_code} - set(missing)):
            company.add_customer(gl_number)
        super().__init__(home, *charges, company=company)
        self.qtbot = qtbot
        self.shell = Shell()

    def __enter__(self) -> Self:
        super().__enter__()
        self.tasks = Tasks()
        self.bridge = Bridge(self.installation.events)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.bridge.stop()
        self.tasks.stop()
        super().__exit__(kind, error, trace)

    def open_window(self) -> MainWindow:
        """Open the window, and wait until it shows how things stand."""
        window = MainWindow(
            self.installation.service, self.installation, self.tasks, self.bridge, self.shell.commands()
        )
        self.qtbot.addWidget(window)
        window.show()
        self.window = window
        self.settle()
        return window

    def settle(self) -> None:
        """Wait until the window shows what the record holds."""
        self.window.feed.refresh()
        with self.qtbot.waitSignal(self.window.feed.answered, timeout=10_000):
            pass
        self.qtbot.wait(50)

    def snapshot(self) -> Snapshot:
        """Read the facade's snapshot."""
        return self.installation.service.snapshot()

    def choose(self, wanted: RowsFilter) -> None:
        """Press a filter's button."""
        self.window.invoices.filters.button(wanted).click()
        self.settle()

    def search(self, text: str) -> None:
        """Type into the search field."""
        field = self.window.invoices.filters.search
        field.clear()
        QTest.keyClicks(field, text)
        self.settle()

    def listed(self) -> list[str]:
        """Give the ids in the table, from the top."""
        return self.window.invoices.model.ids()

    def select(self, row_id: str) -> None:
        """Click on a row, and wait for its details."""
        assert self.window.invoices.table.select_row(row_id)
        self.qtbot.waitUntil(lambda: self.window.invoices.detail.row_id == row_id)

    def choose_rows(self, *row_ids: str) -> None:
        """Click on several rows with Ctrl held."""
        invoices = self.window.invoices
        invoices.table.clearSelection()
        for row_id in row_ids:
            position = invoices.model.position(row_id)
            assert position is not None
            self.click(position, Qt.KeyboardModifier.ControlModifier)
        assert {each.row.id for each in invoices.table.selected()} == set(row_ids)

    def click(self, position: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Click on a row of the table with the mouse."""
        table = self.window.invoices.table
        spot = table.visualRect(self.window.invoices.model.index(position, 1)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, modifier, spot)


@contextmanager
def an_office(qtbot: QtBot, home: Path) -> Iterator[WindowOffice]:
    """Run an office with one invoice of every kind: synced, failed, partly left out, wholly left out, waiting."""
    charges = (
        a_charge(1, "INV-1", amount="100"),
        a_charge(2, "INV-2", "9999", amount="250"),
        a_charge(3, "INV-3", amount="80"),
        a_charge(4, "INV-3", None, amount="30"),
        a_charge(5, "INV-4", None, amount="45"),
    )
    with WindowOffice(qtbot, home, *charges, missing=("9999",)) as office:
        office.run()
        office.update_until_quiet()
        yield office


def read() -> str:
    """Read the clipboard."""
    return QGuiApplication.clipboard().text()
