"""The desktop program as processes: a second start, ``--quit``, signals, and a kill that blocks nobody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.practice.world import free_port
from app.system.home import Home
from app.system.settings_file import change

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="ends processes as POSIX does")

LIMIT = 60.0


class Desktop:
    """Starts the program again and again in one home."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.started: list[subprocess.Popen[bytes]] = []
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("CEDAR_SYNC", "PYTEST"))
        } | {
            "QT_QPA_PLATFORM": "offscreen",
            "CEDAR_SYNC_CEDAR_API_KEY": "a-key",
            "CEDAR_SYNC_WEB_CONNECTOR_PASSWORD": "a-password",
        }

    def start(self, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "app", "--home", str(self.home), *options]
        process = subprocess.Popen(command, env=self.environment)
        self.started.append(process)
        return process

    def start_and_wait(self, *options: str) -> subprocess.Popen[bytes]:
        seen = self.times_shown()
        process = self.start(*options)
        wait_until(lambda: self.times_shown() > seen)
        return process

    def times_shown(self) -> int:
        log = Home(self.home).log
        return log.read_text().count("the window is shown") if log.exists() else 0

    def end_all(self) -> None:
        for process in self.started:
            if process.poll() is None:
                process.kill()
            process.wait(LIMIT)


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    home = tmp_path / "home"
    Home(home)
    fields = {
        "cedar.carrier": "1234",
        "cedar.assume_user": "a@b.example",
        "cedar.base_url": f"http://127.0.0.1:{free_port()}",
    }
    change(home, "main", fields, free_port())
    desktop = Desktop(home)
    yield desktop
    desktop.end_all()


def wait_until(claim: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LIMIT
    while not claim():
        assert time.monotonic() < deadline, "it never became so"
        time.sleep(0.05)


def test_a_second_start_shows_the_window_of_the_first_and_quit_ends_it(desktop: Desktop) -> None:
    # Offscreen there is no tray, so even a hidden start shows its window.
    first = desktop.start_and_wait("--hidden")
    second = desktop.start()
    assert second.wait(LIMIT) == 0
    wait_until(lambda: desktop.times_shown() == 2)
    assert desktop.start("--hidden").wait(LIMIT) == 0
    assert first.poll() is None
    assert desktop.start("--quit").wait(LIMIT) == 0
    assert first.wait(LIMIT) == 0
    assert desktop.times_shown() == 2


def test_a_killed_program_blocks_nobody(desktop: Desktop) -> None:
    first = desktop.start_and_wait()
    first.kill()
    first.wait(LIMIT)
    assert desktop.start("--quit").wait(LIMIT) == 0
    second = desktop.start_and_wait()
    second.send_signal(signal.SIGTERM)
    assert second.wait(LIMIT) == 0
    assert not Home(desktop.home).is_running()


def test_ctrl_c_ends_it_cleanly(desktop: Desktop) -> None:
    process = desktop.start_and_wait()
    process.send_signal(signal.SIGINT)
    assert process.wait(LIMIT) == 0


def test_replace_ends_the_first_and_takes_its_place(desktop: Desktop) -> None:
    first = desktop.start_and_wait()
    second = desktop.start_and_wait("--replace")
    assert first.wait(LIMIT) == 0
    assert second.poll() is None
    assert Home(desktop.home).is_running()
    assert desktop.start("--quit").wait(LIMIT) == 0
    assert second.wait(LIMIT) == 0


def test_replace_starts_where_none_runs_and_is_no_quit(desktop: Desktop) -> None:
    first = desktop.start_and_wait("--replace")
    assert desktop.start("--quit", "--replace").wait(LIMIT) == 2
    assert first.poll() is None
