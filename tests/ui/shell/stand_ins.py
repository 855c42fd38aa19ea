"""Stand-ins for what is around the shell: tray, toasts, dialogs and windows that remember what was asked of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from app.domain.row import Actor
from app.domain.states import State
from app.practice.credentials import PracticeCredentials
from app.practice.world import free_port
from app.store import rows
from app.system.credentials import Credentials
from app.system.settings_file import change
from app.ui.bridge import Bridge
from app.ui.parts import Parts
from app.ui.ports import Notice, RowsFilter, SettingsCommands, WindowCommands, WizardCommands
from app.ui.program_thread import Running
from app.ui.shell import Shell
from app.ui.tasks import Tasks
from app.ui.tray_state import Icon, TrayState
from app.ui.update_view import UpdateView
from tests.builders import a_row

Start = Callable[..., Shell]
"""Starts a shell that the test's end ends."""


class MovableClock:
    """The computer's clock, which can be set ahead."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


class FakeTray:
    def __init__(self) -> None:
        self.is_available = True
        self.is_shown = False
        self.states: list[TrayState] = []
        self.notices: list[Notice] = []

    @property
    def icon(self) -> Icon:
        return self.states[-1].icon

    def show(self) -> None:
        self.is_shown = True

    def hide(self) -> None:
        self.is_shown = False

    def show_state(self, state: TrayState) -> None:
        self.states.append(state)

    def show_notice(self, notice: Notice) -> None:
        self.notices.append(notice)


class FakeDialogs:
    def __init__(self) -> None:
        self.faults: list[str] = []
        self.told: list[str] = []
        self.questions = 0
        self.answer = False
        self.notes: list[tuple[str, str]] = []

    def show_fault(self, sentence: str) -> None:
        self.faults.append(sentence)

    def tell(self, sentence: str) -> None:
        self.told.append(sentence)

    def asks_to_quit(self) -> bool:
        self.questions += 1
        return self.answer

    def show_notes(self, title: str, notes: str) -> None:
        self.notes.append((title, notes))


class FakeWindow(QWidget):
    """A window with nothing in it."""

    def __init__(self, commands: WindowCommands) -> None:
        super().__init__()
        self.commands = commands
        self.rows: list[RowsFilter] = []
        self.update_view = UpdateView()

    def show_and_raise(self) -> None:
        self.showNormal()

    def show_update(self, view: UpdateView) -> None:
        self.update_view = view

    def show_rows(self, rows: RowsFilter) -> None:
        self.rows.append(rows)
        self.showNormal()


class FakeWizard(QWidget):
    def __init__(self, commands: WizardCommands) -> None:
        super().__init__()
        self.finish = commands.begin_anew
        self._closed = commands.closed

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self._closed()


class FakeSettings(QWidget):
    def __init__(self, on_finished: Callable[[], None]) -> None:
        super().__init__()
        self.finish = on_finished
        self.notes: list[str] = []
        self.connection = ""

    def show_connect_steps(self, note: str, connection: str = "") -> None:
        self.notes.append(note)
        self.connection = connection


class Desk:
    """The parts of a shell in a home of its own, and what was made of them."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.tray = FakeTray()
        self.dialogs = FakeDialogs()
        self.clock = MovableClock()
        self.windows: list[FakeWindow] = []
        self.wizards: list[FakeWizard] = []
        self.settings: list[FakeSettings] = []
        self.running: Running | None = None
        self.parts = Parts(
            home,
            PracticeCredentials(),
            self.clock,
            self.tray,
            self.tray,
            self.dialogs,
            self._make_window,
            self._make_wizard,
            self._make_settings,
        )

    @property
    def window(self) -> FakeWindow:
        return self.windows[-1]

    def configure(self, port: int | None = None) -> None:
        """Write settings that are complete, and lead to a Cedar that is not there."""
        nowhere = f"http://127.0.0.1:{free_port()}"
        fields = {"cedar.carrier": "1234", "cedar.assume_user": "a@b.example", "cedar.base_url": nowhere}
        change(self.home, "main", fields, port or free_port())

    def _make_window(self, running: Running, tasks: Tasks, bridge: Bridge, commands: WindowCommands) -> FakeWindow:
        assert isinstance(tasks, QObject)
        assert isinstance(bridge, QObject)
        self.running = running
        self.windows.append(FakeWindow(commands))
        return self.window

    def _make_wizard(
        self, home: Path, _: Credentials, tasks: Tasks, commands: WizardCommands, connection: str
    ) -> FakeWizard:
        self.wizards.append(FakeWizard(commands))
        return self.wizards[-1]

    def _make_settings(self, running: Running, tasks: Tasks, commands: SettingsCommands) -> FakeSettings:
        self.settings.append(FakeSettings(commands.begin_anew))
        return self.settings[-1]


def put_failed_row(desk: Desk) -> None:
    """Let an invoice fail behind the window's back, and tell of it as the core does."""
    assert desk.running is not None
    installation = desk.running.installation
    row = a_row(state=State.FAILED)
    with installation.record.write() as tx:
        rows.save(tx, None, row, Actor.PROGRAM)
    installation.service.resume()
