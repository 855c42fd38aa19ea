"""Windows are destroyed on the main thread, whoever makes the garbage."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.ui.garbage import MainThreadCollector
from app.ui.screen_room import room_for


class Window(QWidget):
    """A cycle, as every window of ours is: its slot is its own method."""

    def __init__(self, ends: list[threading.Thread]) -> None:
        super().__init__()
        self._ends = ends
        self.button = QPushButton(self)
        self.button.clicked.connect(self._on_clicked)
        self.me = self

    def _on_clicked(self) -> None:
        """Nothing to do."""

    def __del__(self) -> None:
        self._ends.append(threading.current_thread())


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[MainThreadCollector]:
    made = MainThreadCollector()
    made.start()
    yield made
    made.stop()


def litter() -> None:
    """Make more garbage than the automatic collector would stand."""
    for _ in range(20_000):
        cycle: list[object] = []
        cycle.append(cycle)


def test_a_window_done_with_is_destroyed_by_the_main_thread(qtbot: QtBot, collector: MainThreadCollector) -> None:
    ends: list[threading.Thread] = []
    Window(ends)
    thread = threading.Thread(target=litter)
    thread.start()
    thread.join()
    assert ends == []
    qtbot.waitUntil(lambda: ends != [])
    assert ends == [threading.main_thread()]


def test_garbage_does_not_pile_up(qtbot: QtBot, collector: MainThreadCollector) -> None:
    litter()
    assert gc.get_count()[0] > gc.get_threshold()[0]
    qtbot.waitUntil(lambda: gc.get_count()[0] <= gc.get_threshold()[0])


def test_the_automatic_collector_comes_back(qtbot: QtBot) -> None:
    collector = MainThreadCollector()
    collector.start()
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()


def test_the_screen_outlives_the_windows_that_measured_it(qtbot: QtBot) -> None:
    for _ in range(3):
        window = Window([])
        room_for(window, letters=80, lines=25)
        window.deleteLater()
        del window
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
    screen = QGuiApplication.primaryScreen()
    assert isValid(screen)
    assert screen.availableGeometry().contains(QRect(QPoint(), room_for(QWidget(), letters=10_000, lines=10_000)))
