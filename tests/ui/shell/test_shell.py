"""The desktop program's life, with the real core in a home of its own and stand-ins around it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.system.home import Home
from app.ui import texts
from app.ui.about_window import AboutWindow
from app.ui.commands import window_commands
from app.ui.core import Core
from app.ui.ports import RowsFilter
from app.ui.shell import Shell
from app.ui.tray_state import Choice, Icon
from tests.ui.shell.stand_ins import Desk, Start, put_failed_row


def test_a_start_shows_the_window_and_the_icon(desk: Desk, running: Shell) -> None:
    assert desk.window.isVisible()
    assert desk.tray.is_shown
    assert desk.tray.states[0].icon is Icon.WORKING


def test_a_hidden_start_shows_the_icon_alone(desk: Desk, start: Start, qtbot: QtBot) -> None:
    desk.configure()
    shell = start(hidden=True)
    qtbot.waitUntil(lambda: len(desk.tray.states) > 1, timeout=20_000)
    assert desk.windows == [], "nobody has asked for a window, so none is built"
    shell.open_window()
    assert desk.window.isVisible()
    shell.open_window()
    assert len(desk.windows) == 1


def test_without_a_tray_a_hidden_start_shows_the_window(
    desk: Desk, start: Start, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # On Windows the tray is waited for, which another test tells.
    monkeypatch.setattr("sys.platform", "linux")
    desk.configure()
    desk.tray.is_available = False
    start(hidden=True)
    qtbot.waitUntil(lambda: bool(desk.windows) and desk.window.isVisible(), timeout=20_000)


def test_a_window_asked_for_while_starting_comes_later(desk: Desk, start: Start, qtbot: QtBot) -> None:
    desk.configure()
    start(hidden=True).open_window()
    qtbot.waitUntil(lambda: bool(desk.windows) and desk.window.isVisible(), timeout=20_000)


def test_without_settings_the_wizard_comes_and_then_the_window(desk: Desk, start: Start, qtbot: QtBot) -> None:
    start()
    qtbot.waitUntil(lambda: bool(desk.wizards), timeout=20_000)
    assert desk.tray.icon is Icon.NOT_SET_UP
    desk.configure()
    desk.wizards[0].finish()
    qtbot.waitUntil(lambda: bool(desk.windows) and desk.window.isVisible(), timeout=20_000)
    assert desk.tray.icon is not Icon.NOT_SET_UP


def test_unusable_settings_lead_to_the_wizard(desk: Desk, start: Start, qtbot: QtBot) -> None:
    (desk.home / "settings.toml").write_text("[web_connector]\nport = \n")
    start()
    qtbot.waitUntil(lambda: bool(desk.wizards), timeout=20_000)


def test_a_hidden_start_does_not_push_the_wizard(desk: Desk, start: Start, qtbot: QtBot) -> None:
    shell = start(hidden=True)
    qtbot.waitUntil(lambda: desk.tray.icon is Icon.NOT_SET_UP, timeout=20_000)
    assert not desk.wizards
    shell.choose(Choice.FINISH_SETUP)
    shell.open_window()
    assert len(desk.wizards) == 1


def test_a_wizard_that_was_closed_is_made_anew(desk: Desk, start: Start, qtbot: QtBot) -> None:
    shell = start()
    qtbot.waitUntil(lambda: bool(desk.wizards), timeout=20_000)
    desk.wizards[0].close()
    shell.open_window()
    assert len(desk.wizards) == 2


def test_other_settings_start_everything_anew(desk: Desk, running: Shell, qtbot: QtBot) -> None:
    running.side.open_settings()
    desk.configure()
    desk.settings[0].finish()
    qtbot.waitUntil(lambda: len(desk.windows) == 2 and desk.window.isVisible(), timeout=20_000)


def test_signing_in_again_opens_the_settings_there(desk: Desk, running: Shell) -> None:
    window_commands(running).open_sign_in("main")
    (settings,) = desk.settings
    assert (settings.notes, settings.connection) == ([texts.SIGN_IN_HERE], "main")


def test_a_home_in_use_is_one_sentence_and_exit_6(desk: Desk, start: Start, qtbot: QtBot) -> None:
    desk.configure()
    with Home(desk.home).claimed():
        shell = start()
        with qtbot.waitSignal(shell.ended, timeout=20_000) as ended:
            pass
    assert ended.args == [6]
    assert "already running" in desk.dialogs.faults[0]


def test_a_failed_row_turns_the_icon_and_clicking_its_toast_leads_there(
    desk: Desk, running: Shell, qtbot: QtBot
) -> None:
    desk.window.hide()
    desk.clock.ahead = timedelta(minutes=2)
    put_failed_row(desk)
    qtbot.waitUntil(lambda: desk.tray.icon is Icon.ATTENTION, timeout=20_000)
    assert [notice.title for notice in desk.tray.notices] == ["1 invoice needs you"]
    running.open_rows()
    assert desk.window.rows == [RowsFilter.NEEDS_YOU]


def test_whoever_has_the_window_in_front_is_told_nothing_twice(desk: Desk, running: Shell, qtbot: QtBot) -> None:
    qtbot.waitUntil(desk.window.isActiveWindow)
    desk.clock.ahead = timedelta(minutes=2)
    put_failed_row(desk)
    qtbot.waitUntil(lambda: desk.tray.icon is Icon.ATTENTION, timeout=20_000)
    assert desk.tray.notices == []
    desk.window.hide()
    running.core.read()
    qtbot.wait(300)
    assert desk.tray.notices == [], "what was seen in the window is not told afterwards"


def test_a_toast_of_no_rows_leaves_the_window_as_it_was(desk: Desk, running: Shell) -> None:
    desk.window.close()
    assert [notice.title for notice in desk.tray.notices] == ["Cedar Sync keeps working"]
    running.open_rows()
    assert desk.window.isVisible()
    assert desk.window.rows == []


def test_a_click_on_the_icon_never_changes_the_rows(desk: Desk, running: Shell, qtbot: QtBot) -> None:
    desk.window.hide()
    desk.clock.ahead = timedelta(minutes=2)
    put_failed_row(desk)
    qtbot.waitUntil(lambda: bool(desk.tray.notices), timeout=20_000)
    running.open_window()
    assert desk.window.rows == []


def test_within_the_grace_of_the_start_no_toast_comes(desk: Desk, running: Shell, qtbot: QtBot) -> None:
    put_failed_row(desk)
    qtbot.waitUntil(lambda: desk.tray.icon is Icon.ATTENTION, timeout=20_000)
    assert desk.tray.notices == []


def test_retry_all_from_the_menu(desk: Desk, running: Shell, qtbot: QtBot) -> None:
    put_failed_row(desk)
    qtbot.waitUntil(lambda: desk.tray.icon is Icon.ATTENTION, timeout=20_000)
    running.choose(Choice.RETRY_ALL)
    qtbot.waitUntil(lambda: desk.tray.icon is not Icon.ATTENTION, timeout=20_000)


@pytest.mark.parametrize("choice", [Choice.PAUSE_HOUR, Choice.PAUSE_TOMORROW, Choice.PAUSE_OPEN])
def test_pause_and_resume_from_the_menu(desk: Desk, running: Shell, qtbot: QtBot, choice: Choice) -> None:
    running.choose(choice)
    qtbot.waitUntil(lambda: desk.tray.icon is Icon.PAUSED, timeout=20_000)
    running.choose(Choice.RESUME)
    qtbot.waitUntil(lambda: desk.tray.icon is not Icon.PAUSED, timeout=20_000)


def test_every_choice_of_the_menu_does_something(desk: Desk, running: Shell, qtbot: QtBot) -> None:
    opened: list[str] = []
    running.orders.open_logs = lambda: opened.append("logs")  # type: ignore[method-assign]
    running.orders.open_practice = lambda: opened.append("practice")  # type: ignore[method-assign]
    for choice in Choice:
        if choice is not Choice.QUIT:
            running.choose(choice)
    abouts = [each for each in QApplication.topLevelWidgets() if isinstance(each, AboutWindow) and each.isVisible()]
    assert (len(abouts), len(desk.wizards), len(desk.settings), opened) == (1, 1, 1, ["logs", "practice"])
    with qtbot.waitSignal(running.ended, timeout=20_000):
        running.choose(Choice.QUIT)


def test_closing_hides_and_says_so_once(desk: Desk, running: Shell, qtbot: QtBot) -> None:
    for _ in range(2):
        running.open_window()
        assert desk.window.close(), "a close that is refused would hold up signing out"
        assert not desk.window.isVisible()
    assert [notice.title for notice in desk.tray.notices] == ["Cedar Sync keeps working"]
    assert not running.is_ending


def test_closing_ends_where_a_person_chose_so(desk: Desk, running: Shell, qtbot: QtBot) -> None:
    running.ui_state.quits_on_close = True
    with qtbot.waitSignal(running.ended, timeout=20_000):
        desk.window.close()


def test_without_a_tray_a_closed_window_stays_in_the_task_bar(desk: Desk, running: Shell, qtbot: QtBot) -> None:
    desk.tray.is_available = False
    desk.window.close()
    qtbot.waitUntil(desk.window.isMinimized)
    assert desk.tray.notices == []


def test_where_the_tray_went_away_the_window_comes_to_the_task_bar(desk: Desk, running: Shell) -> None:
    desk.window.close()
    running.wake.look()
    assert not desk.window.isVisible()
    desk.tray.is_available = False
    running.wake.look()
    assert desk.window.isMinimized()


def test_a_tray_that_comes_late_is_waited_for(
    desk: Desk, start: Start, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    desk.configure()
    desk.tray.is_available = False
    shell = Shell(desk.parts, hidden=True)
    monkeypatch.undo()
    monkeypatch.setenv("CEDAR_SYNC_CEDAR_API_KEY", "a-key")
    monkeypatch.setenv("CEDAR_SYNC_WEB_CONNECTOR_PASSWORD", "a-password")
    shell.start()
    qtbot.waitUntil(lambda: shell.orders.running is not None, timeout=20_000)
    assert desk.windows == []
    desk.tray.is_available = True
    shell.wake.look()
    assert desk.windows == []
    with qtbot.waitSignal(shell.ended, timeout=20_000):
        shell.end(0)


def test_quit_gives_home_and_port_back(desk: Desk, running: Shell, qtbot: QtBot) -> None:
    with qtbot.waitSignal(running.ended, timeout=20_000) as ended:
        running.quit()
    assert ended.args == [0]
    assert not Home(desk.home).is_running()
    assert not desk.tray.is_shown


def test_quit_asks_once_while_quickbooks_is_updated(
    desk: Desk, running: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Core, "is_in_session", True)
    running.quit()
    assert (desk.dialogs.questions, running.is_ending) == (1, False)
    desk.dialogs.answer = True
    with qtbot.waitSignal(running.ended, timeout=20_000):
        running.quit()


def test_a_script_that_ends_it_is_not_asked(
    desk: Desk, running: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Core, "is_in_session", True)
    with qtbot.waitSignal(running.ended, timeout=20_000):
        running.end_now()
    assert desk.dialogs.questions == 0


def test_begun_anew_while_starting_there_is_one_window(desk: Desk, start: Start, qtbot: QtBot) -> None:
    desk.configure()
    start().begin_anew()
    qtbot.waitUntil(lambda: bool(desk.windows) and desk.window.isVisible(), timeout=20_000)
    assert len(desk.windows) == 1


def test_ended_while_starting_it_ends(desk: Desk, start: Start, qtbot: QtBot) -> None:
    desk.configure()
    shell = start()
    with qtbot.waitSignal(shell.ended, timeout=20_000):
        shell.end(0)
    assert not Home(desk.home).is_running()


def test_sleep_is_noticed_and_both_sides_are_looked_at_again(
    desk: Desk, running: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    assert desk.running is not None
    monkeypatch.setattr(desk.running.program, "resumed", lambda: asked.append(True))
    desk.clock.ahead += timedelta(minutes=4)
    running.wake.look()
    assert asked == []
    desk.clock.ahead += timedelta(minutes=6)
    running.wake.look()
    qtbot.waitUntil(lambda: asked == [True], timeout=20_000)
    desk.clock.ahead += timedelta(seconds=30)
    put_failed_row(desk)
    assert desk.tray.notices == []


def test_hidden_no_timer_runs_more_often_than_once_a_minute(desk: Desk, running: Shell, qtbot: QtBot) -> None:
    desk.window.close()
    qtbot.wait(1500)
    timers = [timer for timer in running.findChildren(QTimer) if timer.isActive()]
    assert [timer.interval() for timer in timers] == [60_000]


def test_a_record_that_cannot_be_read_is_no_good_sign(
    desk: Desk, running: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise OSError("disk")

    assert desk.running is not None
    monkeypatch.setattr(desk.running.installation.service, "snapshot", fail)
    desk.window.commands.resume()
    qtbot.waitUntil(lambda: desk.tray.icon is Icon.STOPPED, timeout=20_000)
