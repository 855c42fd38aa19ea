"""The shipped parts fit together: shell, tray, main window, settings, wizard and guide, over a real home."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.practice.world import free_port
from app.system.home import Home
from app.system.settings_file import change
from app.ui.parts import real_parts
from app.ui.setup.settings_dialog import SettingsDialog
from app.ui.setup.wizard import SetupWizard
from app.ui.shell import Shell
from app.ui.tray import Tray
from app.ui.tray_state import Choice
from app.ui.window.main_window import MainWindow


def shown(kind: type[QWidget]) -> list[QWidget]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Shell:
    monkeypatch.setenv("CEDAR_SYNC_CEDAR_API_KEY", "a-key")
    monkeypatch.setenv("CEDAR_SYNC_WEB_CONNECTOR_PASSWORD", "a-password")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    qapp.setQuitOnLastWindowClosed(False)
    home = tmp_path / "home"
    Home(home)
    return Shell(real_parts(home, Tray()))


def test_everything_opens_and_ends(shell: Shell, qtbot: QtBot) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}"
    fields = {"cedar.carrier": "1234", "cedar.assume_user": "a@b.example", "cedar.base_url": nowhere}
    change(shell.parts.home, "main", fields, free_port())
    shell.start()
    qtbot.waitUntil(lambda: len(shown(MainWindow)) == 1, timeout=20_000)
    for choice in (Choice.SETTINGS, Choice.SETTINGS, Choice.FINISH_SETUP, Choice.GUIDE):
        shell.choose(choice)
    assert (len(shown(SettingsDialog)), len(shown(SetupWizard))) == (1, 1)
    shell.begin_anew()
    qtbot.waitUntil(lambda: len(shown(MainWindow)) == 1, timeout=20_000)
    assert (len(shown(SettingsDialog)), len(shown(SetupWizard))) == (1, 0)
    with qtbot.waitSignal(shell.ended, timeout=20_000):
        shell.end(0)
    assert not shown(QWidget)


def test_a_first_start_opens_the_wizard(shell: Shell, qtbot: QtBot) -> None:
    shell.start()
    qtbot.waitUntil(lambda: len(shown(SetupWizard)) == 1, timeout=20_000)
    with qtbot.waitSignal(shell.ended, timeout=20_000):
        shell.end(0)
