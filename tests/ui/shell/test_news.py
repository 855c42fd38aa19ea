"""What is new: a line in the window once after another version was started, and in the Help menu always."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QTextBrowser
from pytestqt.qtbot import QtBot

from app import __version__
from app.ui import texts
from app.ui.help_window import HelpWindow
from app.ui.parts import real_parts
from app.ui.shell import Shell
from app.ui.tray import Tray
from app.ui.ui_state import UiState
from app.ui.window.main_window import MainWindow
from tests.ui.shell.stand_ins import Desk, Start


def main_window() -> MainWindow | None:
    found = [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow) and each.isVisible()]
    return found[0] if found else None


@pytest.fixture
def after_an_update(desk: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    desk.configure()
    UiState(desk.home).seen_version = "0.9.0"
    shell = Shell(real_parts(desk.home, Tray()))
    shell.start()
    qtbot.waitUntil(lambda: main_window() is not None, timeout=20_000)
    window = main_window()
    assert window is not None
    yield window
    with qtbot.waitSignal(shell.ended, timeout=20_000):
        shell.end(0)


def test_after_an_update_a_line_leads_to_what_changed(after_an_update: MainWindow) -> None:
    news = after_an_update.menus.news
    assert news.isVisible()
    assert news.text() == texts.NEWS_LINE.format(version=__version__)
    news.click()
    assert not news.isVisible()
    (guide,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, HelpWindow) and each.isVisible()]
    assert "What changed" in guide.findChildren(QTextBrowser)[0].toPlainText()


def test_it_is_news_once(after_an_update: MainWindow, desk: Desk) -> None:
    assert UiState(desk.home).seen_version == __version__


def test_a_hidden_start_leaves_the_news_for_the_first_look(desk: Desk, start: Start, qtbot: QtBot) -> None:
    desk.configure()
    UiState(desk.home).seen_version = "0.9.0"
    shell = start(hidden=True)
    qtbot.waitUntil(lambda: shell.core.running is not None, timeout=20_000)
    assert UiState(desk.home).seen_version == "0.9.0"
    shell.open_window()
    assert desk.window.commands.new_version == __version__
    assert UiState(desk.home).seen_version == __version__


def test_the_very_first_start_has_no_news(desk: Desk, running: Shell, tmp_path: Path) -> None:
    assert desk.window.commands.new_version == ""
    assert running.ui_state.seen_version == __version__
