"""The tray through Qt's own objects: shapes that can be told apart, a menu that does what it says."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon, QImage, QPainter
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from app.domain.states import State
from app.ui.icons import SIZES, TaskBar, draw, program_icon, state_icon
from app.ui.tray import Tray
from app.ui.tray_menu import TrayMenu
from app.ui.tray_state import Choice, Icon, Item, describe, not_set_up
from tests.ui.shell.standing import MONDAY, a_connection, a_snapshot


def actions(menu: QMenu) -> list[QAction]:
    found: list[QAction] = []
    for action in menu.actions():
        below = action.menu()
        found += actions(below) if isinstance(below, QMenu) else [action]
    return found


def grey(image: QImage, ground: str) -> list[int]:
    """Give what is seen of an icon on a task bar, without colours."""
    on_ground = QImage(image.size(), QImage.Format.Format_ARGB32)
    on_ground.fill(QColor(ground))
    painter = QPainter(on_ground)
    painter.drawImage(0, 0, image)
    painter.end()
    plain = on_ground.convertToFormat(QImage.Format.Format_Grayscale8)
    return [plain.pixelColor(x, y).red() for x in range(plain.width()) for y in range(plain.height())]


@pytest.mark.parametrize(
    ("bar", "ground"),
    [(TaskBar.LIGHT, "#f3f3f3"), (TaskBar.DARK, "#1f1f1f"), (TaskBar.UNKNOWN, "#ffffff"), (TaskBar.UNKNOWN, "#000000")],
)
def test_all_shapes_differ_at_16_pixels_in_grey(qapp: QApplication, bar: TaskBar, ground: str) -> None:
    seen = {icon: grey(draw(icon, 16, bar), ground) for icon in Icon}
    for one, other in combinations(Icon, 2):
        different = sum(abs(a - b) > 40 for a, b in zip(seen[one], seen[other], strict=True))
        assert different >= 10, (one, other)


@pytest.mark.parametrize("icon", list(Icon))
def test_every_size_is_drawn(qapp: QApplication, icon: Icon) -> None:
    sizes = [size.width() for size in state_icon(icon, TaskBar.DARK).availableSizes()]
    assert sorted(sizes) == list(SIZES)


def test_the_programs_icon_has_the_large_sizes(qapp: QApplication) -> None:
    assert {256, 16} <= {size.width() for size in program_icon().availableSizes()}


def test_the_menu_says_what_was_chosen(qtbot: QtBot) -> None:
    menu = TrayMenu()
    menu.show_items(describe(a_snapshot(a_connection({State.FAILED: 2})), MONDAY).menu)
    found = actions(menu.widget)
    assert not found[0].isEnabled()
    assert found[0].text() == "2 invoices need you"
    chosen: list[Choice] = []
    menu.chosen.connect(chosen.append)
    for action in found:
        if action.isEnabled() and not action.isSeparator():
            action.trigger()
    assert Choice.RETRY_ALL in chosen
    assert chosen[0] is Choice.OPEN
    assert chosen[-1] is Choice.QUIT


def test_a_line_with_an_ampersand_is_shown_as_it_is(qtbot: QtBot) -> None:
    menu = TrayMenu()
    menu.show_items((Item("Smith & Sons"),))
    assert menu.widget.actions()[0].text() == "Smith && Sons"


def test_an_open_menu_does_not_change_under_the_hand(qtbot: QtBot) -> None:
    menu = TrayMenu()
    menu.show_items(not_set_up().menu)
    before = [action.text() for action in menu.widget.actions()]
    menu.widget.popup(QPoint(0, 0))
    menu.show_items(describe(a_snapshot(a_connection()), MONDAY).menu)
    assert [action.text() for action in menu.widget.actions()] == before
    menu.widget.close()
    qtbot.waitUntil(lambda: [action.text() for action in menu.widget.actions()] != before)


@pytest.mark.parametrize(
    ("reason", "times"),
    [
        (QSystemTrayIcon.ActivationReason.Trigger, 1),
        (QSystemTrayIcon.ActivationReason.Context, 0),
        (QSystemTrayIcon.ActivationReason.MiddleClick, 0),
    ],
)
def test_a_click_opens_the_window(qtbot: QtBot, reason: QSystemTrayIcon.ActivationReason, times: int) -> None:
    tray = Tray()
    opened: list[bool] = []
    tray.opened.connect(lambda: opened.append(True))
    tray.findChildren(QSystemTrayIcon)[0].activated.emit(reason)
    assert len(opened) == times


def test_the_icon_takes_tooltip_and_menu(qtbot: QtBot) -> None:
    tray = Tray()
    state = describe(a_snapshot(a_connection()), MONDAY)
    tray.show_state(state)
    icon = tray.findChildren(QSystemTrayIcon)[0]
    assert icon.toolTip() == state.tooltip
    assert tray.menu.widget.actions()[0].text() == "All invoices are in QuickBooks"
    assert not icon.icon().isNull()


def test_the_icon_is_chosen_anew_when_the_scale_changes(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    tray = Tray()
    chosen: list[Icon] = []

    def noted(icon: Icon, bar: TaskBar) -> QIcon:
        chosen.append(icon)
        return state_icon(icon, bar)

    monkeypatch.setattr("app.ui.tray._icon", noted)
    tray.show_state(describe(a_snapshot(a_connection()), MONDAY))
    screen = QGuiApplication.primaryScreen()
    screen.logicalDotsPerInchChanged.emit(144.0)
    assert chosen == [Icon.OK, Icon.OK]
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    application.primaryScreenChanged.emit(screen)
    assert chosen == [Icon.OK] * 3
