"""The walk of a bookkeeper: a red badge, a click, a reason, a customer added in QuickBooks, Retry, green.

Real widgets over the real shell, core and endpoint; Cedar, QuickBooks and the Web Connector are the practice ones. Each
step leaves a picture of the window in the test's folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from app.cli.practising import practice_of
from app.domain.states import State
from app.domain.values import replace
from app.practice.cedar import PracticeRailroad
from app.practice.office import PracticeOffice
from app.system.home import Home
from app.ui.icons import draw
from app.ui.parts import practice_parts
from app.ui.ports import RowsFilter
from app.ui.shell import Shell
from app.ui.tray import Tray
from app.ui.tray_state import Icon
from app.ui.window import texts
from app.ui.window.main_window import MainWindow
from app.ui.window.orders import Order
from app.ui.windows_desktop import task_bar
from tests.reasons.office import NOON, a_charge

MISSING = "49110"
ROW = f"main/INV-2/{MISSING}"
NEVER = timedelta(days=1)


class SeenTray(Tray):
    """The tray where there is one; offscreen there is none."""

    @property
    def is_available(self) -> bool:
        return True


class Walk:
    """One bookkeeper at the computer."""

    def __init__(self, shell: Shell, tray: Tray, office: PracticeOffice, qtbot: QtBot, pictures: Path) -> None:
        self.shell, self.office = shell, office
        self._qtbot, self._pictures = qtbot, pictures
        icon = tray.findChild(QSystemTrayIcon)
        assert isinstance(icon, QSystemTrayIcon)
        self.icon = icon
        self.taken: list[Path] = []

    @property
    def window(self) -> MainWindow:
        (window,) = self._windows()
        return window

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Take one step; its name is with whatever goes wrong in it."""
        try:
            yield
        except BaseException as fault:
            fault.add_note(f"at the step: {name}")
            raise
        if self.is_open():
            self.taken.append(self._pictures / f"{len(self.taken) + 1} {name}.png")
            assert self.window.grab().save(str(self.taken[-1]))

    def is_open(self) -> bool:
        return any(each.isVisible() for each in self._windows())

    @staticmethod
    def _windows() -> list[MainWindow]:
        return [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)]

    def wait(self, is_so: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(is_so, timeout=20_000)

    def shows(self, icon: Icon) -> bool:
        """Tell whether the tray shows this shape."""
        return self.icon.icon().pixmap(64).toImage() == draw(icon, 64, task_bar())

    def states(self) -> dict[str, State]:
        running = self.shell.orders.running
        return {} if running is None else {str(row.id): row.state for row in running.installation.service.rows()}

    def said(self, sentence: str) -> None:
        self.wait(lambda: self.window.bottom.said == sentence)

    def listed(self) -> list[str]:
        return [str(each) for each in self.window.invoices.model.ids()]

    def words(self) -> str:
        """Give all that the card of the first reason says."""
        return "\n".join(label.text() for label in self.window.invoices.detail.reasons[0].findChildren(QLabel))


@pytest.fixture
def walk(tmp_path: Path, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Walk]:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    qapp.setQuitOnLastWindowClosed(False)
    charges = [a_charge(1), a_charge(2, "INV-2", MISSING, "250.10"), a_charge(3, "INV-2", MISSING, "0.07")]
    railroad = PracticeRailroad(charges, today=NOON.date())
    railroad.missing_customers = frozenset({MISSING})
    home = Home(tmp_path / "home").path
    with PracticeOffice(home, railroad, rhythm=NEVER, first=NEVER) as office:
        tray = SeenTray()
        tray.show()
        shell = Shell(replace(practice_parts(practice_of(home, office)), tray=tray, toasts=tray), hidden=True)
        tray.opened.connect(shell.open_window)
        shell.start()
        yield Walk(shell, tray, office, qtbot, tmp_path)
        with qtbot.waitSignal(shell.ended, timeout=20_000):
            shell.end(0)
        shell.wait()
        tray.hide()


def test_from_a_red_badge_to_green(walk: Walk) -> None:
    with walk.step("Cedar is read, and the Web Connector calls"):
        walk.wait(lambda: ROW in walk.states())
        walk.office.call_now()
        assert walk.states()[ROW] is State.FAILED

    with walk.step("the badge asks for attention"):
        walk.wait(lambda: walk.shows(Icon.ATTENTION))
        assert "1 invoice needs you" in walk.icon.toolTip()
        assert not walk.is_open()

    with walk.step("a click on the icon opens the window on the row"):
        walk.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
        walk.wait(walk.is_open)
        walk.wait(lambda: walk.listed() == [ROW])
        assert walk.window.invoices.filters.filter is RowsFilter.NEEDS_YOU

    with walk.step("the reason names the GL number, and what to do"):
        assert walk.window.invoices.table.select_row(ROW)
        walk.wait(lambda: walk.window.invoices.detail.row_id == ROW)
        assert MISSING in walk.words()
        assert "Add the customer" in walk.words()

    with walk.step("the customer is added in QuickBooks"):
        walk.window.practice.customers.trigger()
        walk.wait(lambda: walk.window.bottom.said.startswith("Added 1 customer"))
        assert MISSING in walk.window.bottom.said

    with walk.step("Retry says when it goes out"):
        QTest.mouseClick(walk.window.invoices.detail.buttons[Order.RETRY], Qt.MouseButton.LeftButton)
        walk.said(texts.DONE_RETRY[0].format(count=1))
        assert walk.states()[ROW] is State.QUEUED

    with walk.step("the Web Connector calls"):
        walk.window.practice.call.trigger()
        walk.said(texts.DONE_PRACTICE_CALL)
        assert walk.states()[ROW] is State.SYNCED

    with walk.step("the badge is green, and so is the window"):
        walk.wait(lambda: walk.shows(Icon.OK))
        walk.wait(lambda: walk.window.banner.line.startswith("All invoices are in QuickBooks"))

    with walk.step("the row is in QuickBooks"):
        QTest.mouseClick(walk.window.invoices.filters.button(RowsFilter.IN_QUICKBOOKS), Qt.MouseButton.LeftButton)
        walk.wait(lambda: sorted(walk.listed()) == ["main/INV-1/4410", ROW])

    with walk.step("the order is in the books exactly once, to the cent"):
        orders = [order for order in walk.office.company.orders() if order.customer == MISSING]
        assert [(order.memo, order.subtotal) for order in orders] == [("Cedar invoice INV-2", Decimal("250.17"))]
        assert [line.amount for line in orders[0].lines] == [Decimal("250.10"), Decimal("0.07")]

    assert len(walk.taken) == 8
