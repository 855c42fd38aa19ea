"""The main window without a mouse: every place is reached, and every order is given."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.states import State
from app.ui.ports import RowsFilter
from app.ui.window.main_window import MainWindow
from tests.ui.window.practice import WindowOffice, an_office

MISSING = "main/INV-2/9999"
CTRL = Qt.KeyboardModifier.ControlModifier


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifier)


def focus() -> QWidget | None:
    return QApplication.focusWidget()


def an_active_window(office: WindowOffice) -> MainWindow:
    window = office.open_window()
    window.activateWindow()
    office.qtbot.waitUntil(window.isActiveWindow)
    return window


def shown(window: MainWindow) -> str | None:
    return window.invoices.detail.row_id


def test_a_morning_without_a_mouse(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = an_active_window(office)
        table, search, detail = window.invoices.table, window.invoices.filters.search, window.invoices.detail
        search.setFocus()
        press(Qt.Key.Key_F5)
        assert office.shell.asked == ["check_now"]
        press(Qt.Key.Key_5, CTRL)
        qtbot.waitUntil(lambda: window.invoices.filters.filter is RowsFilter.ALL)
        office.settle()
        press(Qt.Key.Key_F, CTRL)
        assert focus() is search
        QTest.keyClicks(search, "acme")
        office.settle()
        listed = office.listed()
        assert len(listed) > 2
        table.setFocus(Qt.FocusReason.TabFocusReason)
        press(Qt.Key.Key_Down)
        qtbot.waitUntil(lambda: shown(window) == listed[1])
        press(Qt.Key.Key_Up)
        qtbot.waitUntil(lambda: shown(window) == listed[0] == MISSING)
        press(Qt.Key.Key_Return)
        assert focus() is detail
        press(Qt.Key.Key_Escape)
        assert search.text() == ""
        office.settle()
        press(Qt.Key.Key_Escape)
        assert not detail.isVisible()
        assert focus() is table
        press(Qt.Key.Key_Down)
        assert not detail.isVisible(), "closed details stay closed while a person walks on"
        press(Qt.Key.Key_Up)
        press(Qt.Key.Key_Space)
        assert detail.isVisible()
        qtbot.waitUntil(lambda: shown(window) == MISSING)
        press(Qt.Key.Key_R, CTRL)
        qtbot.waitUntil(lambda: office.states()[MISSING] == State.QUEUED)


def test_tab_reaches_everything_and_comes_round(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = an_active_window(office)
        office.select(MISSING)
        invoices = window.invoices
        invoices.filters.search.setFocus()
        reached: list[QWidget | None] = []
        while len(reached) < 60 and (not reached or reached[-1] is not invoices.filters.search):
            press(Qt.Key.Key_Tab)
            reached.append(focus())
        assert reached[-1] is invoices.filters.search, "Tab comes round"
        (card,) = invoices.detail.reasons
        wanted = (
            invoices.table,
            invoices.filters.button(RowsFilter.NEEDS_YOU),
            window.banner.button,
            card.more,
            invoices.detail.tabs.lines,
            invoices.detail.raw.button,
        )
        for widget in wanted:
            assert widget in reached, widget.accessibleName() or type(widget).__name__
        inside = [widget for widget in reached if widget is not None and invoices.detail.isAncestorOf(widget)]
        assert reached.index(invoices.table) < reached.index(inside[0]), "the row comes before its details"


def test_a_row_that_left_hands_its_place_to_the_next_for_the_keyboard(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = an_active_window(office)
        office.choose(RowsFilter.IN_QUICKBOOKS)
        first, second = office.listed()
        window.invoices.table.setFocus(Qt.FocusReason.TabFocusReason)
        press(Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: shown(window) == first)
        office.installation.service.hold([first])
        qtbot.waitUntil(lambda: office.listed() == [second])
        assert shown(window) == first
        window.invoices.table.setFocus(Qt.FocusReason.BacktabFocusReason)
        press(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: shown(window) == second)
