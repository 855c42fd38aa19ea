"""The windows beside the main one: wizard, settings, guide. At most one of a kind, made when it is asked for."""

from app.ui.help_window import HelpWindow
from app.ui.parts import Parts
from app.ui.ports import SettingsCommands, SidePort
from app.ui.program_thread import Running
from app.ui.tasks import Tasks


class SideWindows:
    """Opens them, and closes them all at the end."""

    def __init__(self, parts: Parts, tasks: Tasks, commands: SettingsCommands) -> None:
        """Take what they are made of, and what they order."""
        self._parts = parts
        self._tasks = tasks
        self._commands = commands
        self._wizard: SidePort | None = None
        self._settings: SidePort | None = None
        self._help: HelpWindow | None = None

    def open_wizard(self, connection: str = "") -> None:
        """Show the wizard: the open one, or a new one where somebody stopped.

        Args:
            connection: The connection's name; empty for the first one.
        """
        if self._wizard is None or not self._wizard.isVisible():
            self.close_wizard()
            parts = self._parts
            self._wizard = parts.make_wizard(
                parts.home, parts.credentials, self._tasks, self._commands.begin_anew, connection
            )
        _show(self._wizard)

    def close_wizard(self) -> None:
        """Close the wizard; what was answered is kept."""
        _drop(self._wizard)
        self._wizard = None

    def open_settings(self, running: Running) -> None:
        """Show the settings: the open window, or a new one."""
        if self._settings is None or not self._settings.isVisible():
            _drop(self._settings)
            self._settings = self._parts.make_settings(running, self._tasks, self._commands)
        _show(self._settings)

    def open_help(self, page: str = "") -> None:
        """Show a page of the guide."""
        if self._help is None:
            self._help = HelpWindow()
        self._help.open(page)

    def close(self) -> None:
        """Close all of them for good."""
        self.close_wizard()
        _drop(self._settings)
        _drop(self._help)
        self._settings = self._help = None


def _show(window: SidePort) -> None:
    window.show()
    window.raise_()
    window.activateWindow()


def _drop(window: SidePort | None) -> None:
    if window is not None:
        window.close()
        window.deleteLater()
