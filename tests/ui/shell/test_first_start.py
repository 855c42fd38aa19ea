"""The first start: a wizard that was closed early says how to come back, and no start leaves a program nobody sees."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui import texts
from app.ui.icon_place import IconPlace
from app.ui.later_window import LaterWindow
from app.ui.shell import Shell
from app.ui.tray_state import Choice
from tests.ui.shell.stand_ins import Desk, Start


def later() -> list[LaterWindow]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, LaterWindow) and each.isVisible()]


@pytest.fixture
def setting_up(desk: Desk, start: Start, qtbot: QtBot) -> Shell:
    shell = start()
    qtbot.waitUntil(lambda: bool(desk.wizards), timeout=20_000)
    return shell


def test_who_closes_the_wizard_learns_where_the_icon_is_and_how_to_come_back(
    desk: Desk, setting_up: Shell, qtbot: QtBot
) -> None:
    desk.wizards[0].close()
    (told,) = later()
    assert "click the icon" in told.way_back.text()
    assert told.place.picture.isVisible()
    assert "little arrow" in told.place.words.text()
    told.ok.click()
    qtbot.wait(50)
    assert not setting_up.is_ending
    setting_up.choose(Choice.FINISH_SETUP)
    assert len(desk.wizards) == 2


def test_going_on_at_once_opens_the_wizard_again(desk: Desk, setting_up: Shell, qtbot: QtBot) -> None:
    desk.wizards[0].close()
    later()[0].on.click()
    assert len(desk.wizards) == 2
    assert desk.wizards[1].isVisible()
    assert later() == []


def test_a_click_on_the_icon_goes_on_too(desk: Desk, setting_up: Shell) -> None:
    desk.wizards[0].close()
    setting_up.open_window()
    assert desk.wizards[1].isVisible()
    assert later() == []


@pytest.mark.skipif(sys.platform == "win32", reason="there a tray that is not there yet is waited for")
def test_without_a_tray_an_early_end_is_a_clean_end(desk: Desk, setting_up: Shell, qtbot: QtBot) -> None:
    desk.tray.is_available = False
    desk.wizards[0].close()
    (told,) = later()
    assert "start Cedar Sync again" in told.way_back.text()
    assert not told.place.isVisible()
    with qtbot.waitSignal(setting_up.ended, timeout=20_000) as ended:
        told.close()
    assert ended.args == [0]


def test_a_tray_that_goes_away_before_the_end_brings_the_wizard_back(desk: Desk, setting_up: Shell) -> None:
    desk.wizards[0].close()
    later()[0].close()
    desk.tray.is_available = False
    setting_up.wake.look()
    assert desk.wizards[1].isVisible()
    setting_up.wake.look()
    assert len(desk.wizards) == 2


def test_finishing_is_no_closing(desk: Desk, setting_up: Shell, qtbot: QtBot) -> None:
    desk.configure()
    desk.wizards[0].finish()
    qtbot.waitUntil(lambda: bool(desk.windows) and desk.window.isVisible(), timeout=20_000)
    assert later() == []


def test_a_wizard_opened_again_later_may_be_closed_without_a_word(desk: Desk, running: Shell) -> None:
    running.side.open_wizard()
    desk.wizards[0].close()
    assert later() == []


def test_without_a_place_for_an_icon_nobody_is_sent_to_look_for_it(qtbot: QtBot) -> None:
    place = IconPlace()
    qtbot.addWidget(place)
    place.show()
    place.show_place(has_icon=False)
    assert place.words.text() == texts.ICON_NOWHERE
    assert not place.picture.isVisible()


def test_the_picture_shows_something_and_grows_with_the_text(qtbot: QtBot) -> None:
    place = IconPlace()
    qtbot.addWidget(place)
    place.show_place(has_icon=True)
    place.show()
    image = place.picture.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert len(colours) > 10
    before = place.picture.sizeHint()
    font = place.font()
    font.setPointSizeF(2 * font.pointSizeF())
    place.setFont(font)
    assert place.picture.sizeHint().height() > 1.5 * before.height()


@pytest.mark.skipif(sys.platform == "win32", reason="there a tray that is not there yet is waited for")
def test_a_hidden_start_without_a_tray_shows_the_wizard(desk: Desk, start: Start, qtbot: QtBot) -> None:
    desk.tray.is_available = False
    start(hidden=True)
    qtbot.waitUntil(lambda: bool(desk.wizards) and desk.wizards[0].isVisible(), timeout=20_000)
