"""What the shell is put together from: the real parts here, others in tests."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.sync.clock import Clock, SystemClock
from app.system.credentials import Credentials, SystemCredentials
from app.ui.dialogs import Dialogs
from app.ui.ports import DialogsPort, SettingsPort, ToastPort, TrayPort, WindowCommands, WindowPort, WizardPort
from app.ui.program_thread import Running
from app.ui.tray import Tray

if TYPE_CHECKING:
    from app.ui.shell import Shell

MakeWindow = Callable[["Shell", Running, WindowCommands], WindowPort]
MakeWizard = Callable[["Shell"], WizardPort]
MakeSettings = Callable[["Shell", Running], SettingsPort]


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


def real_parts(home: Path, tray: Tray) -> Parts:
    """Give the parts of the shipped program."""
    return Parts(
        home=home,
        credentials=SystemCredentials(),
        clock=SystemClock(),
        tray=tray,
        toasts=tray,
        dialogs=Dialogs(),
        make_window=make_window,
        make_wizard=make_wizard,
        make_settings=make_settings,
    )


def make_window(shell: "Shell", running: Running, commands: WindowCommands) -> WindowPort:
    """Make the main window; imported only now, since it is hidden most of the time."""
    from app.ui.window.main_window import MainWindow

    installation = running.installation
    return MainWindow(installation.service, installation, shell.tasks, shell.bridge_of(running), commands)


def make_wizard(shell: "Shell") -> WizardPort:
    """Make the wizard; most starts never need it."""
    from app.ui.setup.wizard import SetupWizard

    wizard = SetupWizard(shell.parts.home, shell.parts.credentials, shell.tasks)
    wizard.finished_setup.connect(shell.set_up)
    return wizard


def make_settings(shell: "Shell", running: Running) -> SettingsPort:
    """Make the settings window."""
    from app.ui.setup.settings_window import SettingsWindow

    raise NotImplementedError
