"""A port that is taken, a credential store that does not answer: the program stays, says so, and offers the way on."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.system.home import Home
from app.system.listening import listen
from app.system.settings_file import load
from app.ui.shell import Shell
from app.ui.stopped_window import StoppedWindow
from app.ui.tray_state import Choice, Icon
from tests.ui.shell.stand_ins import Desk, Start


class NoStore(KeyringBackend):
    """A credential store that does not answer."""

    priority = 1.0

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringError

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringError


def stopped_window() -> StoppedWindow | None:
    found = [each for each in QApplication.topLevelWidgets() if isinstance(each, StoppedWindow) and each.isVisible()]
    return found[0] if found else None


def shown_window(qtbot: QtBot) -> StoppedWindow:
    qtbot.waitUntil(lambda: stopped_window() is not None, timeout=20_000)
    window = stopped_window()
    assert window is not None
    return window


@pytest.fixture
def taken() -> Iterator[tuple[int, list[socket.socket]]]:
    """Let another program have a port; it gives the port back when its sockets are closed."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1], [other]


@pytest.fixture
def stopped(
    desk: Desk, start: Start, qtbot: QtBot, taken: tuple[int, list[socket.socket]]
) -> tuple[Shell, StoppedWindow]:
    desk.configure(taken[0])
    shell = start()
    window = shown_window(qtbot)
    qtbot.waitUntil(window.take_port.isVisible, timeout=20_000)
    return shell, window


def test_a_taken_port_leaves_the_program_up_and_says_so(
    desk: Desk, stopped: tuple[Shell, StoppedWindow], taken: tuple[int, list[socket.socket]]
) -> None:
    shell, window = stopped
    assert not shell.is_ending
    assert desk.dialogs.faults == []
    assert desk.tray.icon is Icon.STOPPED
    assert f"Port {taken[0]} is used by another program" in desk.tray.states[-1].tooltip
    assert window.line.text() == f"Port {taken[0]} is used by another program"
    assert "cedar-sync" not in window.why.text() + window.fix.text()
    assert not window.set_up.isVisible()


def test_another_port_is_kept_and_leads_to_the_steps(
    desk: Desk, stopped: tuple[Shell, StoppedWindow], qtbot: QtBot
) -> None:
    _, window = stopped
    port = window._free
    assert str(port) in window.take_port.text()
    window.take_port.click()
    qtbot.waitUntil(lambda: bool(desk.windows) and desk.window.isVisible(), timeout=20_000)
    assert load(desk.home).settings.web_connector.port == port
    assert [str(port) in note for note in desk.settings[0].notes] == [True]
    assert desk.tray.icon is not Icon.STOPPED
    assert stopped_window() is None


def test_a_free_port_that_is_taken_in_the_meantime_gives_way_to_the_next(
    desk: Desk, stopped: tuple[Shell, StoppedWindow], qtbot: QtBot
) -> None:
    _, window = stopped
    first = window._free
    listeners = listen(first)
    try:
        window.take_port.click()
        qtbot.waitUntil(lambda: str(first) in window.result.words, timeout=20_000)
    finally:
        for listener in listeners:
            listener.close()
    assert window._free != first
    assert window.take_port.isEnabled()
    assert load(desk.home).settings.web_connector.port not in {first, window._free}


def test_trying_again_works_once_the_port_is_free(
    desk: Desk, stopped: tuple[Shell, StoppedWindow], taken: tuple[int, list[socket.socket]], qtbot: QtBot
) -> None:
    shell, window = stopped
    window.try_again.click()
    assert window.isVisible(), "the window stays while it is tried"
    qtbot.waitUntil(lambda: stopped_window() not in {None, window}, timeout=20_000)
    assert desk.windows == []
    taken[1][0].close()
    shown_window(qtbot).try_again.click()
    qtbot.waitUntil(lambda: bool(desk.windows) and desk.window.isVisible(), timeout=20_000)
    assert desk.settings == []
    assert not shell.is_ending


def test_quit_ends_with_0_and_other_ways_in_still_work(
    desk: Desk, stopped: tuple[Shell, StoppedWindow], qtbot: QtBot
) -> None:
    shell, window = stopped
    window.close()
    assert not window.isVisible()
    assert desk.tray.notices == [], "nobody is told that it keeps working"
    shell.choose(Choice.OPEN)
    assert window.isVisible()
    with qtbot.waitSignal(shell.ended, timeout=20_000) as ended:
        window.leave.click()
    assert ended.args == [0]


def test_without_a_tray_the_closed_window_stays_in_the_task_bar(
    desk: Desk, stopped: tuple[Shell, StoppedWindow], qtbot: QtBot
) -> None:
    desk.tray.is_available = False
    stopped[1].close()
    qtbot.waitUntil(stopped[1].isMinimized)


def test_a_hidden_start_tells_it_by_a_toast(
    desk: Desk, start: Start, qtbot: QtBot, taken: tuple[int, list[socket.socket]]
) -> None:
    desk.configure(taken[0])
    shell = start(hidden=True)
    qtbot.waitUntil(lambda: desk.tray.icon is Icon.STOPPED, timeout=20_000)
    assert [notice.title for notice in desk.tray.notices] == ["Cedar Sync is stopped"]
    assert stopped_window() is None
    shell.open_rows()
    assert stopped_window() is not None


def test_a_credential_store_that_does_not_answer_is_no_new_set_up(
    desk: Desk, start: Start, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CEDAR_SYNC_CEDAR_API_KEY")
    before = keyring.get_keyring()
    keyring.set_keyring(NoStore())  # type: ignore[no-untyped-call]
    try:
        desk.configure()
        shell = start()
        window = shown_window(qtbot)
    finally:
        keyring.set_keyring(before)
    assert desk.tray.icon is Icon.STOPPED
    assert desk.wizards == []
    assert "credential store" in window.line.text()
    window.set_up.click()
    assert len(desk.wizards) == 1
    desk.wizards[0].close()
    monkeypatch.setenv("CEDAR_SYNC_CEDAR_API_KEY", "a-key")
    window.try_again.click()
    qtbot.waitUntil(lambda: bool(desk.windows) and desk.window.isVisible(), timeout=20_000)
    assert not shell.is_ending


def test_a_home_that_is_in_use_ends_it_with_6(desk: Desk, start: Start, qtbot: QtBot) -> None:
    desk.configure()
    with Home(desk.home).claimed():
        shell = start()
        with qtbot.waitSignal(shell.ended, timeout=20_000) as ended:
            pass
    assert ended.args == [6]
    assert stopped_window() is None
