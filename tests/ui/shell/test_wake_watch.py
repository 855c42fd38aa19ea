"""The computer woke: told by the system at once, or found by the clock's gap; once either way."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from app.ui.wake_watch import GAP, WakeWatch
from tests.fakes import FakeClock


class Power:
    """A system that wakes when it is told to."""

    def __init__(self) -> None:
        self.on_resume: Callable[[], None] | None = None

    def start(self, on_resume: Callable[[], None]) -> None:
        self.on_resume = on_resume

    def stop(self) -> None:
        self.on_resume = None

    def wake(self) -> None:
        """Tell of a resume as Windows does, from a thread of its own."""
        assert self.on_resume is not None
        thread = threading.Thread(target=self.on_resume)
        thread.start()
        thread.join()


@pytest.fixture
def power() -> Power:
    return Power()


def a_watch(clock: FakeClock, power: Power) -> tuple[WakeWatch, list[str]]:
    watch, heard = WakeWatch(clock, power), list[str]()

    def note() -> None:
        assert threading.current_thread() is threading.main_thread()
        heard.append("woke")

    watch.woke.connect(note)
    watch.ticked.connect(lambda: heard.append("ticked"))
    watch.start()
    return watch, heard


def test_a_short_sleep_that_the_clock_does_not_show_is_noticed(qtbot: QtBot, power: Power) -> None:
    watch, heard = a_watch(FakeClock(), power)
    power.wake()
    qtbot.waitUntil(lambda: heard == ["woke", "ticked"])
    watch.stop()
    assert power.on_resume is None


def test_a_long_sleep_that_the_system_told_of_is_told_once(qtbot: QtBot, power: Power) -> None:
    clock = FakeClock()
    watch, heard = a_watch(clock, power)
    clock.move(seconds=(GAP + timedelta(hours=9)).total_seconds())
    power.wake()
    qtbot.waitUntil(lambda: "woke" in heard)
    watch.look()
    assert heard == ["woke", "ticked", "ticked"]
    watch.stop()
