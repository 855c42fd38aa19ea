"""The windows beside the main one: wizard, settings, guide, support file. One of a kind, made when it is asked for."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from app.ui import texts
from app.ui.about_window import AboutWindow
from app.ui.help_window import NEWS_PAGE, HelpWindow
from app.ui.later_window import LaterWindow
from app.ui.parts import Parts
from app.ui.ports import SettingsCommands, SettingsPort, SidePort, UpdateCommands, WizardCommands
from app.ui.program_thread import Running
from app.ui.support import gather
from app.ui.support_window import SupportWindow
from app.ui.tasks import Tasks
from app.ui.update_view import UpdateView
from app.ui.updates import Updates


class SideWindows(QObject):
    """Opens them, and closes them all at the end."""

    def __init__(
        self,
        parts: Parts,
        tasks: Tasks,
        updates: Updates,
        running: Callable[[], Running | None],
        check_now: Callable[[], None],
        begin_anew: Callable[[], None],
        on_wizard_closed: Callable[[], None],
        parent: QObject,
    ) -> None:
        """Take what they are made of, and what they order.

        Args:
            parts: What they are made of.
            tasks: Who runs what takes time.
            updates: How it stands with new versions.
            running: Gives the core while it runs.
            check_now: Reads Cedar.
            begin_anew: Takes other settings.
            on_wizard_closed: Hears that a person closed the wizard before its end.
            parent: Lives as long as they do.
        """
        super().__init__(parent)
        self._parts = parts
        self._tasks = tasks
        self._updates = updates
        self._running = running
        self._commands = SettingsCommands(check_now, begin_anew, self.open_wizard)
        self._on_wizard_closed = on_wizard_closed
        self.update_commands = UpdateCommands(updates.update, updates.put_off, updates.look, self._show_update_notes)
        """What may be asked about updates."""
        self._wizard: SidePort | None = None
        self._settings: SettingsPort | None = None
        self._help: HelpWindow | None = None
        self._support: SupportWindow | None = None
        self._later: LaterWindow | None = None
        self._about: AboutWindow | None = None

    @property
    def is_setting_up(self) -> bool:
        """Tell whether the wizard, or what is said after it was closed, is open."""
        open_ones = (self._wizard, self._later)
        return any(window is not None and window.isVisible() for window in open_ones)

    @Slot(str)
    def open_wizard(self, connection: str = "") -> None:
        """Show the wizard: the open one, or a new one where somebody stopped.

        Args:
            connection: The connection's name; empty for the first one.
        """
        self._close_later()
        if self._wizard is None or not self._wizard.isVisible():
            self.close_wizard()
            parts = self._parts
            commands = WizardCommands(self._commands.begin_anew, self._on_closed)
            self._wizard = parts.make_wizard(parts.home, parts.credentials, self._tasks, commands, connection)
        _show(self._wizard)

    def close_wizard(self) -> None:
        """Close the wizard; what was answered is kept."""
        wizard, self._wizard = self._wizard, None
        _drop(wizard)

    def tell_of_later(self, *, has_icon: bool, on_closed: Callable[[], None]) -> None:
        """Say that setting up is not finished, and how to come back.

        Args:
            has_icon: Whether there is an icon to come back by.
            on_closed: Hears that it was read.
        """
        self._close_later()
        self._later = LaterWindow(has_icon=has_icon, go_on=self._go_on, closed=on_closed)
        _show(self._later)

    def open_settings(self) -> None:
        """Show the settings: the open window, or a new one; while nothing runs there are none."""
        running = self._running()
        if running is not None:
            _show(self._settings_of(running))

    def show_connect_steps(self, note: str, connection: str = "") -> None:
        """Show in the settings what there is to do to connect the books, under a note.

        Args:
            note: Why.
            connection: The connection's name; empty for the first one.
        """
        running = self._running()
        if running is not None:
            settings = self._settings_of(running)
            _show(settings)
            settings.show_connect_steps(note, connection)

    def open_sign_in(self, connection: str) -> None:
        """Show in the settings where somebody signs in to the books of a connection."""
        self.show_connect_steps(texts.SIGN_IN_HERE, connection)

    def open_news(self) -> None:
        """Show what changed from version to version."""
        self.open_help(NEWS_PAGE)

    def open_help(self, page: str = "") -> None:
        """Show a page of the guide."""
        if self._help is None:
            self._help = HelpWindow()
        self._help.open(page)

    def open_about(self) -> None:
        """Show which version this is, and how it stands with a newer one."""
        if self._about is None:
            self._about = AboutWindow(self.update_commands)
        self._about.show_update(self._updates.view)
        _show(self._about)

    def show_update(self, view: UpdateView) -> None:
        """Hear how it stands with updates now."""
        if self._about is not None:
            self._about.show_update(view)

    def open_support(self) -> None:
        """Show what would go to support, whatever state the program is in: the open window, or a new one."""
        if self._support is None or not self._support.isVisible():
            _drop(self._support)
            running = self._running()
            installation = None if running is None else running.installation
            home, credentials = self._parts.home, self._parts.credentials
            self._support = SupportWindow(self._tasks, lambda: gather(home, credentials, installation))
        _show(self._support)

    def close(self) -> None:
        """Close all of them for good."""
        self.close_wizard()
        self._close_later()
        for window in (self._settings, self._help, self._support, self._about):
            _drop(window)
        self._settings = self._help = self._support = self._about = None

    def _settings_of(self, running: Running) -> SettingsPort:
        if self._settings is None or not self._settings.isVisible():
            _drop(self._settings)
            self._settings = self._parts.make_settings(running, self._tasks, self._commands)
        return self._settings

    def _show_update_notes(self) -> None:
        """Show what is new in the version that is offered."""
        view = self._updates.view
        self._parts.dialogs.show_notes(texts.UPDATE_NOTES_TITLE.format(version=view.version), view.notes)

    @Slot()
    def _on_closed(self) -> None:
        if self._wizard is not None:
            # By a person, not by us.
            self._on_wizard_closed()

    def _go_on(self) -> None:
        self.open_wizard()

    def _close_later(self) -> None:
        later, self._later = self._later, None
        if later is not None:
            later.drop()


def _show(window: SidePort) -> None:
    window.show()
    window.raise_()
    window.activateWindow()


def _drop(window: SidePort | None) -> None:
    if window is not None:
        window.close()
        window.deleteLater()
