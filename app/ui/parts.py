"""What the shell is put together from: the real parts here, others in tests."""

import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final

from app.sync.clock import Clock, SystemClock
from app.system.autostart import Autostart
from app.system.credentials import Credentials, SystemCredentials
from app.system.own_program import is_frozen, own_console
from app.system.power import NoPowerEvents, PowerEvents, system_power_events
from app.ui.bridge import Bridge
from app.ui.dialogs import Dialogs
from app.ui.no_tray import NoTray
from app.ui.ports import (
    DialogsPort,
    SettingsCommands,
    SettingsPort,
    SidePort,
    ToastPort,
    TrayPort,
    WindowCommands,
    WindowPort,
    WizardCommands,
)
from app.ui.practice_port import Practice
from app.ui.program_thread import Running
from app.ui.tasks import Tasks
from app.ui.tray import Tray
from app.ui.updates import UpdateParts, start_setup
from app.updates.feed import has_feed

_SPREAD: Final = 1800
"""Seconds over which the first looks of many copies started at the same hour are spread."""

MakeWindow = Callable[[Running, Tasks, Bridge, WindowCommands], WindowPort]

MakeWizard = Callable[[Path, Credentials, Tasks, WizardCommands, str], SidePort]
"""With the connection's name, empty for the first one."""

MakeSettings = Callable[[Running, Tasks, SettingsCommands], SettingsPort]


@dataclass(frozen=True, slots=True)
class Parts:
    """The outside of the shell."""

    home: Path
    credentials: Credentials
    clock: Clock
    tray: TrayPort
    toasts: ToastPort
    dialogs: DialogsPort
    make_window: MakeWindow
    make_wizard: MakeWizard
    make_settings: MakeSettings
    practice: Practice | None = None
    """The practice world, if the program runs in one: closing its window ends it."""
    power: PowerEvents = field(default_factory=NoPowerEvents)
    updates: UpdateParts | None = None
    """None in a practice world, which is updated with the program it belongs to."""

    @property
    def core_credentials(self) -> Credentials | None:
        """The practice world's secrets; None for the system's own."""
        return None if self.practice is None else self.practice.credentials


def real_parts(home: Path, tray: Tray) -> Parts:
    """Give the parts of the shipped program."""
    return Parts(
        home,
        SystemCredentials(),
        SystemClock(),
        tray,
        tray,
        Dialogs(),
        make_window,
        make_wizard,
        make_settings,
        power=system_power_events(),
        updates=system_updates(home),
    )


def system_updates(home: Path) -> UpdateParts:
    """Give what looks for updates of this copy; only a copy that a setup installed can be replaced by another one."""
    return UpdateParts(
        has_feed=has_feed(),
        command=own_console("check-updates", "--json", "--home", str(home)),
        can_install=sys.platform == "win32" and is_frozen(),
        start_setup=start_setup,
        spread=timedelta(seconds=secrets.randbelow(_SPREAD)),
    )


def practice_parts(practice: Practice) -> Parts:
    """Give the parts of a program in a practice world; nothing in them reaches this computer's own settings."""
    tray, autostart = NoTray(), practice.autostart
    return Parts(
        practice.home,
        practice.credentials,
        SystemClock(),
        tray,
        tray,
        Dialogs(),
        partial(make_window, practice=practice),
        partial(make_wizard, autostart=autostart),
        partial(make_settings, autostart=autostart),
        practice,
    )


def make_window(
    running: Running, tasks: Tasks, bridge: Bridge, commands: WindowCommands, *, practice: Practice | None = None
) -> WindowPort:
    """Make the main window."""
    from app.ui.window.main_window import MainWindow

    return MainWindow(running.installation.service, running.installation, tasks, bridge, commands, practice)


def make_wizard(
    home: Path,
    credentials: Credentials,
    tasks: Tasks,
    commands: WizardCommands,
    connection: str,
    *,
    autostart: Autostart | None = None,
) -> SidePort:
    """Make the wizard; imported only now, since most starts never need it."""
    from app.ui.setup.wizard import SetupWizard

    wizard = SetupWizard(home, credentials, tasks, connection=connection or None, autostart=autostart)
    wizard.finished_setup.connect(commands.begin_anew)
    wizard.rejected.connect(commands.closed)
    return wizard


def make_settings(
    running: Running, tasks: Tasks, commands: SettingsCommands, *, autostart: Autostart | None = None
) -> SettingsPort:
    """Make the settings window."""
    from app.ui.setup.settings_dialog import SettingsDialog

    settings = SettingsDialog(running.installation, tasks, autostart=autostart)
    settings.settings_changed.connect(commands.look_again)
    settings.restart_wanted.connect(commands.begin_anew)
    settings.setup_wanted.connect(commands.open_wizard)
    return settings
