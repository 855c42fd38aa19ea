"""One desktop program a home; a dead one blocks nobody, and nonsense through the socket moves nothing."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.faults import HomeUnusable
from app.system.home import Home
from app.ui.single_instance import Claim, Doorman, Order, claim_or_tell, parsed, server_name


@pytest.fixture
def doorman(tmp_path: Path, qapp: QApplication) -> Iterator[Doorman]:
    doorman = Doorman(tmp_path)
    assert doorman.is_listening
    yield doorman
    doorman.stop()


def say(qtbot: QtBot, home: Path, line: bytes) -> bytes:
    """Say a line, and give the answer; in this thread, whose event loop the doorman needs."""
    socket = QLocalSocket()
    socket.connectToServer(server_name(home))
    assert socket.waitForConnected(1000)
    socket.write(line)
    socket.flush()
    qtbot.waitUntil(lambda: socket.state() == QLocalSocket.LocalSocketState.UnconnectedState)
    return bytes(socket.readAll().data())


def test_only_one_has_the_claim(tmp_path: Path) -> None:
    first, second = Claim(tmp_path), Claim(tmp_path)
    assert (first.take(), second.take()) == (True, False)
    first.give_back()
    assert second.take()
    second.give_back()


def test_an_order_arrives_and_is_answered(doorman: Doorman, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(doorman.open_asked):
        assert say(qtbot, tmp_path, b"cedar-sync 1 open\n") == b"cedar-sync 1 ok\n"
    with qtbot.waitSignal(doorman.quit_asked):
        assert say(qtbot, tmp_path, b"cedar-sync 1 quit\n") == b"cedar-sync 1 ok\n"


def test_a_hidden_second_start_asks_nothing(doorman: Doorman, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(doorman.open_asked), qtbot.assertNotEmitted(doorman.quit_asked):
        assert say(qtbot, tmp_path, b"cedar-sync 1 hidden\n") == b"cedar-sync 1 ok\n"


@pytest.mark.parametrize("line", [b"cedar-sync 2 open\n", b"cedar-sync 1 erase\n", b"\xff\n", b"x" * 500, b"open\n"])
def test_nonsense_is_turned_away(doorman: Doorman, tmp_path: Path, qtbot: QtBot, line: bytes) -> None:
    with qtbot.assertNotEmitted(doorman.open_asked), qtbot.assertNotEmitted(doorman.quit_asked):
        assert say(qtbot, tmp_path, line) == b""
    assert say(qtbot, tmp_path, b"cedar-sync 1 hidden\n") == b"cedar-sync 1 ok\n"


def test_lines_that_are_orders() -> None:
    assert parsed(b"cedar-sync 1 quit\n") is Order.QUIT
    assert parsed(b"cedar-sync 1 quit now\n") is None


def test_without_a_first_one_the_claim_is_ours(tmp_path: Path, qapp: QApplication) -> None:
    claim = Claim(tmp_path)
    assert claim_or_tell(claim, tmp_path, Order.OPEN)
    claim.give_back()


def test_a_first_one_that_does_not_answer_is_told(tmp_path: Path, qapp: QApplication) -> None:
    claim = Claim(tmp_path)
    assert claim.take()
    with pytest.raises(HomeUnusable, match="does not answer"):
        claim_or_tell(Claim(tmp_path), tmp_path, Order.OPEN, patience=0.3)
    claim.give_back()


def test_what_a_dead_program_left_is_no_obstacle(tmp_path: Path, qapp: QApplication) -> None:
    dead = QLocalServer()
    assert dead.listen(server_name(tmp_path))
    # The name stays behind, as after a kill; who makes a doorman has the claim, so nobody alive can own it.
    doorman = Doorman(tmp_path)
    assert doorman.is_listening
    doorman.stop()
    dead.close()


def test_homes_have_their_own_doors(tmp_path: Path) -> None:
    assert server_name(tmp_path) != server_name(tmp_path / "other")
    assert server_name(tmp_path) == server_name(tmp_path / "other" / "..")


@pytest.mark.skipif(os.name != "posix", reason="Windows' pipes are not in a folder")
def test_the_door_is_where_nobody_else_can_reach(qapp: QApplication) -> None:
    with tempfile.TemporaryDirectory(prefix="home-") as folder:
        home = Home(Path(folder)).path
        doorman = Doorman(home)
        assert doorman.is_listening
        assert (home / "desktop.socket").is_socket()
        assert (home / "desktop.socket").stat().st_mode & 0o077 == 0
        doorman.stop()
        assert list(home.iterdir()) == []


def test_a_home_with_a_very_long_path_has_a_door_too(tmp_path: Path, qapp: QApplication) -> None:
    home = tmp_path / ("long" * 30)
    home.mkdir()
    doorman = Doorman(home)
    assert doorman.is_listening
    doorman.stop()


def test_a_claim_in_an_unusable_home_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(HomeUnusable):
        Claim(tmp_path / "file" / "below").take()
