"""What the tests of the shell share: a desk with the real core in a home of its own, and shells that end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.system.home import Home
from app.ui.shell import Shell
from tests.ui.shell.stand_ins import Desk, Start


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Desk:
    monkeypatch.setenv("CEDAR_SYNC_CEDAR_API_KEY", "a-key")
    monkeypatch.setenv("CEDAR_SYNC_WEB_CONNECTOR_PASSWORD", "a-password")
    qapp.setQuitOnLastWindowClosed(False)
    home = tmp_path / "home"
    Home(home)
    return Desk(home)


@pytest.fixture
def start(desk: Desk, qtbot: QtBot) -> Iterator[Start]:
    shells: list[Shell] = []

    def begin(*, hidden: bool = False) -> Shell:
        shell = Shell(desk.parts, hidden=hidden)
        shells.append(shell)
        shell.start()
        return shell

    yield begin
    for shell in shells:
        if not shell.is_ending:
            with qtbot.waitSignal(shell.ended, timeout=20_000):
                shell.end(0)
        shell.wait()


@pytest.fixture
def running(desk: Desk, start: Start, qtbot: QtBot) -> Shell:
    desk.configure()
    shell = start()
    qtbot.waitUntil(lambda: bool(desk.windows) and len(desk.tray.states) > 1, timeout=20_000)
    return shell
