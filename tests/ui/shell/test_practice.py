"""The practice company: a window of its own over a world of its own, and nothing left when it closes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QDesktopServices, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.cli.practising import practice_of, practising
from app.domain.states import State
from app.practice.cedar import short_line
from app.practice.office import PracticeOffice
from app.system.autostart import AutostartState
from app.system.home import Home
from app.ui import practice_start
from app.ui.parts import practice_parts
from app.ui.practice_guard import PracticeGuard
from app.ui.setup.settings_dialog import SettingsDialog
from app.ui.shell import Shell
from app.ui.tray_state import Choice
from app.ui.window import texts
from app.ui.window.main_window import MainWindow
from app.ui.window.practice_band import PracticeBand
from tests.ui.shell.stand_ins import FakeDialogs
from tests.ui.shell.test_processes import LIMIT, wait_until
from tests.ui.window.practice import an_office
from tests.ui.window.test_words import contrast

NEVER = timedelta(days=1)


class Playing:
    """A person at the practice window."""

    def __init__(self, shell: Shell, office: PracticeOffice, qtbot: QtBot) -> None:
        self.shell, self.office, self._qtbot = shell, office, qtbot
        shell.start()
        self.wait(lambda: any(each.isVisible() for each in self._windows()))
        self.window = next(each for each in self._windows() if each.isVisible())
        self.wait(lambda: bool(self.rows()))

    def wait(self, is_so: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(is_so, timeout=20_000)

    def rows(self) -> dict[str, State]:
        running = self.shell.orders.running
        return {} if running is None else {str(row.id): row.state for row in running.installation.service.rows()}

    def play(self, name: str, said: str) -> str:
        """Choose an entry of the menu, and wait for the sentence that tells of it."""
        getattr(self.window.practice, name).trigger()
        self.wait(lambda: self.window.bottom.said.startswith(said))
        return self.window.bottom.said

    @staticmethod
    def _windows() -> list[MainWindow]:
        return [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)]


@pytest.fixture
def playing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication, qtbot: QtBot) -> Iterator[Playing]:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    qapp.setQuitOnLastWindowClosed(False)
    home = Home(tmp_path / "home").path
    with PracticeOffice(home, short_line(invoices=30), rhythm=NEVER, first=NEVER) as office:
        shell = Shell(practice_parts(practice_of(home, office)))
        playing = Playing(shell, office, qtbot)
        yield playing
        if not shell.is_ending:
            with qtbot.waitSignal(shell.ended, timeout=20_000):
                shell.end(0)
        shell.wait()


def test_title_and_band_say_that_nothing_is_real(playing: Playing) -> None:
    assert playing.window.windowTitle() == "Cedar Sync - Practice company"
    band = playing.window.findChild(PracticeBand)
    assert isinstance(band, PracticeBand)
    assert band.isVisible()
    assert band.text() == "Practice: nothing here is real"
    assert not playing.window.menus.practice.isVisible()


def test_a_new_invoice_is_told_and_reaches_quickbooks(playing: Playing) -> None:
    before = set(playing.rows())
    said = playing.play("invoice", "Invoice INV-")
    number = said.split()[1]
    playing.window.menus.check.trigger()
    playing.wait(lambda: set(playing.rows()) != before)
    assert playing.play("call", "The Web Connector called, ") == texts.DONE_PRACTICE_CALL
    assert [order.memo for order in playing.office.company.orders()].count(f"Cedar invoice {number}") == 1
    assert playing.play("call", "The Web Connector called; ") == texts.DONE_PRACTICE_CALL_NOTHING


def test_missing_customers_are_named(playing: Playing) -> None:
    assert "49110" in playing.play("customers", "Added 1 customer ")
    playing.play("customers", texts.DONE_PRACTICE_NO_CUSTOMERS)


def test_a_changed_order_is_a_conflict_after_the_next_call(playing: Playing) -> None:
    playing.play("order", texts.DONE_PRACTICE_NO_ORDER)
    playing.play("call", texts.DONE_PRACTICE_CALL)
    playing.play("order", "The order of invoice ")
    playing.play("call", texts.DONE_PRACTICE_CALL)
    assert list(playing.rows().values()).count(State.CONFLICT) == 1


def test_starting_at_sign_in_is_switched_in_practice_only(playing: Playing, tmp_path: Path) -> None:
    playing.shell.choose(Choice.SETTINGS)
    (settings,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, SettingsDialog)]
    assert playing.office.autostart.state() is AutostartState.OFF
    settings.startup.sign_in.box.setChecked(True)
    settings.save.click()
    playing.wait(lambda: playing.office.autostart.state() is AutostartState.ON)
    assert not (tmp_path / "config").exists()


def test_closing_the_window_ends_the_program(playing: Playing, qtbot: QtBot) -> None:
    with qtbot.waitSignal(playing.shell.ended, timeout=20_000) as ended:
        playing.window.close()
    assert ended.args == [0]


def test_the_band_is_readable_in_light_and_dark(qapp: QApplication, qtbot: QtBot) -> None:
    usual = qapp.palette()
    for window in ("#f0f0f0", "#202020"):
        qapp.setPalette(QPalette(QColor(window)))
        band = PracticeBand()
        qtbot.addWidget(band)
        colours = band.palette()
        ratio = contrast(colours.color(QPalette.ColorRole.WindowText), colours.color(QPalette.ColorRole.Window))
        assert ratio >= 4.5
    qapp.setPalette(usual)


def test_the_band_follows_the_system(qapp: QApplication, qtbot: QtBot) -> None:
    usual, band = qapp.palette(), PracticeBand()
    qtbot.addWidget(band)
    band.show()
    light = band.palette().color(QPalette.ColorRole.Window)
    qapp.setPalette(QPalette(QColor("#202020")))
    qtbot.waitUntil(lambda: band.palette().color(QPalette.ColorRole.Window) != light)
    qapp.setPalette(usual)
    qtbot.waitUntil(lambda: band.palette().color(QPalette.ColorRole.Window) == light)


def test_its_file_for_the_web_connector_is_not_opened(qapp: QApplication, tmp_path: Path) -> None:
    dialogs = FakeDialogs()
    guard = PracticeGuard(dialogs)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(tmp_path / "Cedar Sync.QWC")))
    assert dialogs.told == [texts.PRACTICE_NO_FILE]
    guard.stop()


def test_the_world_is_gone_afterwards_and_so_is_what_a_killed_one_left(tmp_path: Path) -> None:
    (tmp_path / "home-left-over" / "logs").mkdir(parents=True)
    with practising(tmp_path, invoices=3) as practice:
        assert [each.name for each in tmp_path.iterdir()] == [practice.home.name]
        assert (practice.home / "settings.toml").is_file()
    assert list(tmp_path.iterdir()) == []


def test_the_command_that_starts_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert practice_start.practice_command() == [sys.executable, "-m", "app", "demo"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    tray = Path(sys.executable).with_name("cedar-sync-tray")
    assert practice_start.practice_command() == [str(tray), "demo"]


def test_help_starts_it_as_a_program_of_its_own(
    playing: Playing, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mark = tmp_path / "started"
    write = f"import pathlib; pathlib.Path({str(mark)!r}).touch()"
    monkeypatch.setattr(practice_start, "practice_command", lambda: [sys.executable, "-c", write])
    playing.shell.choose(Choice.PRACTICE)
    playing.wait(mark.exists)


def test_a_start_that_fails_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(practice_start, "practice_command", lambda: [str(tmp_path / "nothing")])
    assert not practice_start.start_practice()


@pytest.mark.skipif(sys.platform == "win32", reason="ends processes as POSIX does")
def test_a_second_start_shows_the_window_of_the_first_and_nothing_is_left(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CEDAR_SYNC", "PYTEST"))}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "XDG_CACHE_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "app", "demo", "--invoices", "3"]

    def times_shown() -> int:
        return sum(log.read_text().count("the window is shown") for log in tmp_path.rglob("cedar-sync.log"))

    first = subprocess.Popen(command, env=environment)
    try:
        wait_until(lambda: times_shown() == 1)
        assert subprocess.run(command, env=environment, timeout=LIMIT, check=False).returncode == 0
        wait_until(lambda: times_shown() == 2)
        first.send_signal(signal.SIGTERM)
        assert first.wait(LIMIT) == 0
    finally:
        first.kill()
        first.wait(LIMIT)
    assert [each.name for each in (tmp_path / "Cedar Sync Practice").iterdir()] == ["desktop.lock"]


def test_the_real_window_offers_it_under_help(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        assert window.windowTitle() == "Cedar Sync"
        assert window.findChild(PracticeBand) is None
        window.menus.practice.trigger()
        assert office.shell.asked == ["open_practice"]
