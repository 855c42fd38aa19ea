"""Signing out and shutting down are never held up, whatever is open, and nothing is asked."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.system.home import Home
from app.ui.core import Core
from app.ui.desktop import let_the_system_end_it
from app.ui.parts import real_parts
from app.ui.ports import Level
from app.ui.shell import Shell
from app.ui.tray import Tray
from app.ui.tray_state import Choice
from app.ui.ui_state import FILE
from app.ui.window.main_window import MainWindow
from tests.ui.shell.stand_ins import Desk, Start


class Session(QObject):
    """What the application says when the system ends the session; its manager has nothing to refuse with."""

    commitDataRequest = Signal(object)
    aboutToQuit = Signal()


def test_the_session_ends_without_a_question_and_what_is_remembered_is_on_the_disk(
    desk: Desk, running: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Core, "is_in_session", True)
    session = Session()
    let_the_system_end_it(cast("QGuiApplication", session), running)
    running.ui_state.notifications = Level.NONE
    session.commitDataRequest.emit(object())
    assert "none" in (desk.home / FILE).read_text()
    assert not running.is_ending, "another program may still stop the signing out"
    assert Home(desk.home).is_running()
    session.aboutToQuit.emit()
    assert not Home(desk.home).is_running(), "the core has ended before the process does"
    assert desk.dialogs.questions == 0


def test_every_window_accepts_being_closed(
    desk: Desk, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.configure()
    shell = Shell(real_parts(desk.home, Tray()))
    shell.start()

    def shown() -> list[str]:
        return sorted(type(each).__name__ for each in QApplication.topLevelWidgets() if each.isVisible())

    qtbot.waitUntil(lambda: MainWindow.__name__ in shown(), timeout=20_000)
    for choice in (Choice.SETTINGS, Choice.FINISH_SETUP, Choice.GUIDE, Choice.SUPPORT, Choice.ABOUT):
        shell.choose(choice)
    assert len(shown()) >= 6
    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            assert window.close(), type(window).__name__
    with qtbot.waitSignal(shell.ended, timeout=20_000):
        shell.end(0)


def test_the_windows_of_a_program_that_does_not_run_accept_it_too(desk: Desk, start: Start, qtbot: QtBot) -> None:
    shell = start()
    qtbot.waitUntil(lambda: bool(desk.wizards), timeout=20_000)
    assert desk.wizards[0].close()
    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            assert window.close(), type(window).__name__
    assert not shell.is_ending
