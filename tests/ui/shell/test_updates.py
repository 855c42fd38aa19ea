"""Updates in the running program: quiet, once a day, offered, never in the midst of work, told once if they fail."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from app import __version__
from app.domain.values import replace
from app.system.own_program import own_console
from app.system.settings_file import NAME
from app.ui import parts as parts_module
from app.ui import texts, update_child
from app.ui.about_window import AboutWindow
from app.ui.orders import Orders
from app.ui.parts import real_parts, system_updates
from app.ui.ports import UpdateCommands
from app.ui.shell import Shell
from app.ui.tasks import Tasks
from app.ui.tray import Tray
from app.ui.ui_state import UiState
from app.ui.update_view import UpdateView
from app.ui.updates import BETWEEN_LOOKS, GRACE, UpdateParts, Updates, start_setup
from app.ui.window.main_window import MainWindow
from app.ui.window.update_line import UpdateLine
from app.updates.feed import VARIABLE, Feed
from app.updates.setup_file import setup_name
from tests.reasons.office import Office, a_charge
from tests.ui.shell.stand_ins import Desk, FakeDialogs, MovableClock
from tests.updates.makers import SETUP, Makers, put_into, served

if TYPE_CHECKING:
    from app.ui.program_thread import Running

NEWER = {"newer": {"version": "99.1.0", "notes": "Faster.", "size": len(SETUP)}}
MINUTE = timedelta(minutes=1)


class Person:
    """A copy of the program with its updates alone; a stand-in says what the feed has."""

    def __init__(self, home: Path, qtbot: QtBot) -> None:
        self.home, self.qtbot = home, qtbot
        self.clock = MovableClock()
        self.tasks = Tasks()
        self.is_busy = False
        self.can_start: bool = True
        self.started: list[Path] = []
        self.ends = 0
        self.looks = home / "looks"
        self.setup = home / setup_name("99.1.0")
        self.setup.write_bytes(SETUP)
        self.has = dict[str, Any](NEWER)
        self.parts = UpdateParts(
            has_feed=True, command=(), can_install=True, start_setup=self._start, spread=timedelta(minutes=2)
        )
        self.begin()

    def begin(self) -> Updates:
        """Start the program, again perhaps."""
        self.memory = UiState(self.home)
        self.updates = Updates(self.parts, self.memory, self.clock, self.tasks, lambda: self.is_busy)
        self.updates.started.connect(self._end)
        return self.updates

    def feed(self, document: dict[str, Any], script: str = "") -> None:
        """Let the feed have something."""
        code = f"{script}\nopen({str(self.looks)!r}, 'a').write('x')\nprint({json.dumps(document)!r})"
        self.updates._parts = replace(self.parts, command=(sys.executable, "-I", "-S", "-c", code))

    def fetched(self) -> dict[str, Any]:
        digest = hashlib.sha256(SETUP).hexdigest()
        return NEWER | {"setup": {"path": str(self.setup), "size": len(SETUP), "sha256": digest}}

    def wait(self, time: timedelta) -> None:
        """Let time pass; the minute's tick comes at its end."""
        self.clock.ahead += time
        self.updates.tick(is_wanted=True)

    def is_idle(self) -> bool:
        return self.updates.view.can_look

    def answered(self) -> None:
        self.qtbot.waitUntil(self.is_idle, timeout=10_000)

    @property
    def times_looked(self) -> int:
        return len(self.looks.read_text()) if self.looks.exists() else 0

    @property
    def line(self) -> str:
        return self.updates.view.line

    def _start(self, setup: Path) -> bool:
        self.started.append(setup)
        return self.can_start

    def _end(self) -> None:
        self.ends += 1


@pytest.fixture
def person(tmp_path: Path, qtbot: QtBot) -> Iterator[Person]:
    made = Person(tmp_path, qtbot)
    yield made
    made.updates.stop()
    made.tasks.stop()


def test_it_looks_after_a_while_and_once_a_day(person: Person) -> None:
    person.feed(NEWER)
    person.wait(MINUTE)
    person.wait(GRACE)
    assert person.is_idle(), "not yet: others look first"
    person.wait(2 * MINUTE)
    assert not person.is_idle()
    person.answered()
    assert person.line == "Version 99.1.0 is ready."
    for hours in (1, 20):
        person.wait(timedelta(hours=hours))
    assert person.times_looked == 1
    person.wait(timedelta(hours=4))
    person.answered()
    assert person.times_looked == 2


def test_a_start_soon_after_asks_nothing_and_knows_what_was_found(person: Person) -> None:
    person.feed(NEWER)
    person.wait(timedelta(hours=1))
    person.answered()
    person.begin()
    person.feed(NEWER)
    assert person.line == "Version 99.1.0 is ready."
    person.wait(timedelta(hours=1))
    assert person.is_idle()
    assert person.times_looked == 1


def test_a_clock_that_was_wrong_holds_nothing_up(person: Person) -> None:
    person.memory.updates_tried_at = person.clock.now() + timedelta(days=400)
    person.begin()
    person.feed(NEWER)
    person.wait(timedelta(hours=1))
    person.answered()
    assert person.line


def test_after_sleep_it_waits_for_the_network(person: Person) -> None:
    person.feed(NEWER)
    person.clock.ahead += timedelta(hours=9)
    person.updates.woke()
    person.updates.tick(is_wanted=True)
    assert person.is_idle()
    person.wait(GRACE)
    person.answered()
    assert person.times_looked == 1


def test_a_person_who_wants_none_gets_none_and_may_still_ask(person: Person) -> None:
    person.feed(NEWER)
    person.clock.ahead += BETWEEN_LOOKS
    person.updates.tick(is_wanted=False)
    assert person.is_idle()
    assert texts.ABOUT_OFF in person.updates.view.about
    person.updates.look()
    person.answered()
    assert person.line


def test_a_look_that_fails_is_silent_unless_a_person_asked(person: Person) -> None:
    person.feed({"problem": "unreachable"})
    person.wait(timedelta(hours=1))
    person.answered()
    assert person.line == ""
    assert "did not get through" in person.updates.view.about
    person.updates.look()
    person.answered()
    assert person.line == ""
    assert texts.UPDATE_PROBLEMS["unreachable"] in person.updates.view.about


@pytest.mark.parametrize("script", ["import os; os.abort()", "import sys; sys.exit(70)", "print('half a')"])
def test_a_look_that_crashes_touches_nothing(person: Person, script: str) -> None:
    person.feed(NEWER, script)
    person.updates.look()
    person.answered()
    assert texts.UPDATE_PROBLEMS["broken_off"] in person.updates.view.about


def test_a_look_that_hangs_is_ended(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(update_child, "LOOK_LIMIT", 100)
    person.feed(NEWER, "import time; time.sleep(60)")
    person.updates.look()
    person.answered()
    assert texts.UPDATE_PROBLEMS["broken_off"] in person.updates.view.about


def test_a_program_that_is_not_there_is_told(person: Person) -> None:
    person.updates._parts = replace(person.parts, command=(str(person.home / "nothing"),))
    person.updates.look()
    person.answered()
    assert texts.UPDATE_PROBLEMS["broken_off"] in person.updates.view.about


def update(person: Person, document: dict[str, Any] | None = None) -> None:
    """Press the button that the offer has."""
    person.memory.update_offer = ("99.1.0", "Faster.")
    person.begin()
    person.feed(person.fetched() if document is None else document)
    person.updates.update()


def test_on_a_persons_word_the_setup_is_started_and_the_program_ends(person: Person) -> None:
    update(person)
    person.qtbot.waitUntil(lambda: person.ends == 1, timeout=10_000)
    assert person.started == [person.setup]
    assert UiState(person.home).update_begun == "99.1.0"


def test_it_waits_for_the_end_of_what_is_under_way(person: Person) -> None:
    person.is_busy = True
    update(person)
    person.qtbot.waitUntil(lambda: "as soon as what is under way" in person.line, timeout=10_000)
    person.updates.go_on()
    person.qtbot.wait(50)
    assert person.started == []
    person.is_busy = False
    with person.qtbot.waitSignal(person.updates.started, timeout=10_000):
        person.wait(MINUTE)
    assert person.started == [person.setup]


def test_a_setup_that_changed_while_it_waited_is_not_started(person: Person) -> None:
    person.is_busy = True
    update(person)
    person.qtbot.waitUntil(lambda: "as soon as what is under way" in person.line, timeout=10_000)
    person.setup.write_bytes(b"X" * len(SETUP))
    person.is_busy = False
    person.updates.go_on()
    person.qtbot.waitUntil(lambda: person.line == texts.UPDATE_PROBLEMS["changed"], timeout=10_000)
    assert person.started == []
    assert person.updates.view.action == texts.UPDATE_AGAIN


@pytest.mark.parametrize("problem", ["changed", "home", "too_slow"])
def test_what_does_not_come_is_told_and_nothing_started(person: Person, problem: str) -> None:
    update(person, {"problem": problem})
    person.answered()
    assert (person.line, person.started) == (texts.UPDATE_PROBLEMS[problem], [])


def test_a_setup_that_cannot_be_started_ends_nothing(person: Person) -> None:
    person.can_start = False
    update(person)
    person.qtbot.waitUntil(lambda: person.line == texts.UPDATE_PROBLEMS["not_started"], timeout=10_000)
    assert UiState(person.home).update_begun == ""


def test_a_copy_no_setup_installed_fetches_nothing(person: Person) -> None:
    person.parts = replace(person.parts, can_install=False)
    update(person)
    person.qtbot.wait(50)
    assert person.times_looked == 0


def test_an_update_that_did_not_start_is_told_once_and_not_offered_again(person: Person) -> None:
    person.memory.update_begun = "99.1.0"
    person.begin()
    assert person.line.startswith("The update to 99.1.0 did not start here")
    person.updates.seen()
    assert person.line, "it stays until somebody puts it off, or the next start"
    person.begin()
    assert person.line == ""
    person.feed(NEWER)
    person.wait(timedelta(hours=1))
    person.answered()
    assert person.line == ""
    assert person.updates.view.action == texts.UPDATE_AGAIN, "in About"
    person.feed({"newer": {"version": "99.1.1", "notes": "", "size": 1}})
    person.wait(BETWEEN_LOOKS)
    person.answered()
    assert person.line == "Version 99.1.1 is ready."


def test_nobody_saw_it_so_the_next_start_tells_it(person: Person) -> None:
    person.memory.update_begun = "99.1.0"
    person.begin()
    person.begin()
    assert person.line.startswith("The update to 99.1.0 did not start here")


def test_it_can_be_tried_again(person: Person) -> None:
    person.memory.update_begun = "99.1.0"
    person.begin()
    update(person)
    person.qtbot.waitUntil(lambda: person.ends == 1, timeout=10_000)
    assert person.started == [person.setup]


def test_an_update_that_worked_leaves_no_word(person: Person) -> None:
    person.memory.update_begun = __version__
    person.memory.update_failed = __version__
    person.memory.update_offer = (__version__, "Faster.")
    person.begin()
    assert (person.line, person.memory.update_failed, person.updates.view.action) == ("", "", "")


# The whole way: a signed feed on a server, the program's own process, the real window


class Live:
    """The real program with a feed of its own."""

    def __init__(self, desk: Desk, makers: Makers, qtbot: QtBot) -> None:
        self.desk, self.makers, self.qtbot = desk, makers, qtbot
        self.started: list[Path] = []
        updates = replace(system_updates(desk.home), can_install=True, start_setup=self._start, spread=timedelta(0))
        self.shell = Shell(replace(real_parts(desk.home, Tray()), updates=updates))
        self.shell.start()
        qtbot.waitUntil(lambda: bool(self._windows()), timeout=20_000)
        (self.window,) = self._windows()

    def _start(self, setup: Path) -> bool:
        self.started.append(setup)
        return True

    @staticmethod
    def _windows() -> list[MainWindow]:
        return [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow) and each.isVisible()]


@pytest.fixture
def live(desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Live]:
    desk.configure()
    UiState(desk.home).update_offer = ("99.1.0", "Faster.")
    makers = Makers(tmp_path)
    makers.publish("99.1.0", "Faster.")
    with served(makers.feed) as address:
        put_into(tmp_path / "build", Feed(address, makers.root))
        monkeypatch.setenv(VARIABLE, str(tmp_path / "build"))
        made = Live(desk, makers, qtbot)
        yield made
        if not made.shell.is_ending:
            with qtbot.waitSignal(made.shell.ended, timeout=20_000):
                made.shell.end(0)
        made.shell.wait()


def test_the_whole_way_from_the_feed_to_the_setup(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    line, qtbot = live.window.update_line, live.qtbot
    assert line.isVisible()
    line.notes.click()
    (box,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, QMessageBox) and each.isVisible()]
    assert box.text() == "Faster."
    box.close()
    assert (line.words.text(), line.action.text()) == ("Version 99.1.0 is ready.", texts.UPDATE_NOW)
    live.shell.side.open_about()
    (about,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, AboutWindow) and each.isVisible()]
    assert about.update_words.text().startswith("Version 99.1.0 is ready.\n")
    is_busy = [True]
    monkeypatch.setattr(live.shell.updates, "_is_busy", lambda: is_busy[0])
    line.action.click()
    qtbot.waitUntil(lambda: "as soon as what is under way" in line.words.text(), timeout=20_000)
    assert not line.action.isVisible()
    assert about.update_words.text() == line.words.text()
    assert live.started == []
    is_busy[0] = False
    with qtbot.waitSignal(live.shell.ended, timeout=20_000):
        live.shell.updates.go_on()
    assert live.started == [live.desk.home / "updates" / setup_name("99.1.0")]
    assert live.started[0].read_bytes() == SETUP


def test_the_line_in_the_window_orders_what_its_buttons_say(qtbot: QtBot) -> None:
    asked: list[str] = []
    names = ("update", "put_off", "look", "show_notes")
    line = UpdateLine(UpdateCommands(*(partial(asked.append, name) for name in names)))
    qtbot.addWidget(line)
    line.show_update(UpdateView())
    assert not line.isVisible()
    line.show_update(UpdateView("Version 99.1.0 is ready.", action=texts.UPDATE_NOW, notes="Faster.", can_put_off=True))
    assert line.isVisible()
    for button in (line.action, line.later, line.notes):
        button.click()
    assert asked == ["update", "put_off", "show_notes"]


def test_quickbooks_being_updated_and_cedar_being_read_are_no_time_for_it(tmp_path: Path, qtbot: QtBot) -> None:
    tasks = Tasks()
    with Office(tmp_path, a_charge(1)) as office:
        orders = Orders(tmp_path, tasks, MovableClock(), FakeDialogs())
        assert not orders.is_busy(), "without a core nothing is under way"
        orders.running = cast("Running", SimpleNamespace(installation=office.installation))
        office.pull()
        assert not orders.is_busy()
        steps = office.connector().steps()
        while not orders.is_busy():
            next(steps)
        assert office.status()["overall"]["state"] == "working"
        for _ in steps:
            """To its end."""
        assert not orders.is_busy()
    tasks.stop()


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands in for the setup")
def test_the_setup_is_told_to_be_silent_and_works_in_its_own_folder(tmp_path: Path, qtbot: QtBot) -> None:
    setup, said = tmp_path / setup_name("99.1.0"), tmp_path / "said"
    setup.write_text(f'#!/bin/sh\necho "$*|$PWD|$PYINSTALLER_RESET_ENVIRONMENT" > {said}.part; mv {said}.part {said}\n')
    setup.chmod(0o700)
    assert start_setup(setup)
    qtbot.waitUntil(said.exists, timeout=10_000)
    assert said.read_text() == f"/S /UPDATE|{tmp_path}|1\n"
    assert not start_setup(tmp_path / "nothing")


def test_a_look_is_wanted_or_not_as_the_settings_say(desk: Desk, running: Shell, qtbot: QtBot) -> None:
    wanted: list[bool] = []
    running.updates.tick = lambda *, is_wanted: wanted.append(is_wanted)  # type: ignore[method-assign]
    running.wake.look()
    (desk.home / NAME).write_text((desk.home / NAME).read_text() + "\n[updates]\ncheck = false\n")
    assert desk.running is not None
    qtbot.waitUntil(desk.running.installation.reloads, timeout=10_000)
    running.wake.look()
    assert wanted == [True, False]


def test_this_copy_was_not_installed_by_a_setup(tmp_path: Path) -> None:
    found = system_updates(tmp_path)
    assert (found.can_install, found.has_feed) == (False, False)
    assert list(found.command) == [sys.executable, "-m", "app", "check-updates", "--json", "--home", str(tmp_path)]


def test_the_built_program_calls_its_command_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "cedar-sync-tray.exe"))
    assert own_console("doctor") == [str(tmp_path / "cedar-sync.exe"), "doctor"]
    monkeypatch.setattr(sys, "platform", "win32")
    assert parts_module.system_updates(tmp_path).can_install
