"""What the shell, the window, the tray and the toasts know of each other. No Qt: tests put plain objects here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app.ui.tray_state import TrayState
from app.ui.update_view import UpdateView


class RowsFilter(StrEnum):
    """The rows a person is led to."""

    ALL = "all"
    NEEDS_YOU = "needs_you"
    WAITING = "waiting"
    LEFT_OUT = "left_out"
    IN_QUICKBOOKS = "in_quickbooks"


class Level(StrEnum):
    """Which toasts a person wants."""

    ALL = "all"
    PROBLEMS = "problems"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Notice:
    """A toast: a title, a sentence, and the rows it speaks of."""

    title: str
    text: str
    rows: RowsFilter | None
    """None if it speaks of no rows."""
    is_warning: bool = True


class WindowPort(Protocol):
    """The main window, as the shell uses it."""

    def show_and_raise(self) -> None:
        """Come to the front, also out of the task bar."""

    def show_rows(self, rows: RowsFilter) -> None:
        """Come to the front with these rows."""

    def show_update(self, view: UpdateView) -> None:
        """Show how it stands with updates."""

    def isVisible(self) -> bool:
        """Tell whether the window is open."""

    def isActiveWindow(self) -> bool:
        """Tell whether it is the one in front of the person."""

    def showMinimized(self) -> None:
        """Stay in the task bar."""

    def close(self) -> bool:
        """Close; the program goes on."""

    def deleteLater(self) -> None:
        """End for good."""


class SidePort(Protocol):
    """A window beside the main one, such as the wizard, as the shell uses it."""

    def show(self) -> None:
        """Appear."""

    def raise_(self) -> None:
        """Come to the front."""

    def activateWindow(self) -> None:
        """Take the keyboard."""

    def isVisible(self) -> bool:
        """Tell whether it is open."""

    def close(self) -> bool:
        """Close; what was answered so far is kept."""

    def deleteLater(self) -> None:
        """End for good."""


class SettingsPort(SidePort, Protocol):
    """The settings window, as the shell uses it."""

    def show_connect_steps(self, note: str, connection: str = "") -> None:
        """Open at the steps to connect QuickBooks, with a sentence that says why; by default for the one shown."""


class DialogsPort(Protocol):
    """The few questions and messages that are windows of their own."""

    def show_fault(self, sentence: str) -> None:
        """Say why the program cannot go on, and wait until it was read."""

    def tell(self, sentence: str) -> None:
        """Say that an order could not be carried out; returns at once."""

    def asks_to_quit(self) -> bool:
        """Ask whether to end although QuickBooks is being updated."""

    def show_notes(self, title: str, notes: str) -> None:
        """Show what is new in a version, as its makers wrote it; returns at once."""


class TrayPort(Protocol):
    """The icon near the clock."""

    @property
    def is_available(self) -> bool:
        """Tell whether this desktop has a place for the icon now."""

    def show(self) -> None:
        """Appear, at once or as soon as there is a place."""

    def show_state(self, state: TrayState) -> None:
        """Take icon, tooltip and menu."""

    def hide(self) -> None:
        """Disappear."""


class ToastPort(Protocol):
    """Where short messages appear."""

    def show_notice(self, notice: Notice) -> None:
        """Show a message for a few seconds, without taking the focus."""


class OpenHelp(Protocol):
    """Opens the guide."""

    def __call__(self, page: str = "") -> None:
        """Open a page of the guide, such as ``reasons/NO_GL_NUMBER.md``; its first page by default."""


@dataclass(frozen=True, slots=True)
class UpdateCommands:
    """What window and About ask about updates; all of them return at once."""

    update: Callable[[], None]
    """Fetch the newest version and install it."""
    put_off: Callable[[], None]
    """Say no more of it in the window for now."""
    look: Callable[[], None]
    """Look for a newer version now."""
    show_notes: Callable[[], None]
    """Show what is new in it."""


@dataclass(frozen=True, slots=True)
class WindowCommands:
    """What the window asks of the shell; all of them return at once."""

    check_now: Callable[[], None]
    """Read Cedar now."""
    pause: Callable[[datetime | None], None]
    """Pause until a time (aware), or until resumed."""
    resume: Callable[[], None]
    retry_all: Callable[[], None]
    open_settings: Callable[[], None]
    open_sign_in: Callable[[str], None]
    """Show in the settings where somebody signs in, for the connection of this name."""
    open_wizard: Callable[[], None]
    open_logs: Callable[[], None]
    open_help: OpenHelp
    open_practice: Callable[[], None]
    """Start the practice company, or show it."""
    open_about: Callable[[], None]
    quit: Callable[[], None]
    save_support_file: Callable[[], None]
    open_news: Callable[[], None]
    """Show what changed from version to version."""
    new_version: str = ""
    """The version that is new since the last start; empty if it is the same."""
    updates: UpdateCommands | None = None


@dataclass(frozen=True, slots=True)
class SettingsCommands:
    """What wizard and settings ask of the shell; all of them return at once."""

    look_again: Callable[[], None]
    """Other settings are in the file: read Cedar with them now."""
    begin_anew: Callable[[], None]
    """Settings that count only from a new start on are in the file."""
    open_wizard: Callable[[str], None]
    """Go through the wizard again for the connection of this name."""


@dataclass(frozen=True, slots=True)
class WizardCommands:
    """What the wizard tells the shell."""

    begin_anew: Callable[[], None]
    """Setting up is finished."""
    closed: Callable[[], None]
    """It was closed before its end."""
