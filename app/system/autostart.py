r"""Starting at sign-in: switched on and off, and shown as it truly is.

On Windows that is a value under ``HKCU\...\Run``, and the Task Manager's own switch beside it, which wins and is not
ours to turn. Elsewhere it is a desktop entry in the user's autostart folder.
"""

import os
import re
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol

from app import PRODUCT
from app.domain.faults import HomeUnusable
from app.system.own_program import tray_command

RUN: Final = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED: Final = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"


class AutostartState(StrEnum):
    """Whether the program starts at sign-in."""

    ON = "on"
    OFF = "off"
    OFF_BY_SYSTEM = "off_by_system"
    """Wanted here, but switched off in the system's own settings; only there it can be switched on again."""


class Autostart(Protocol):
    """The switch."""

    def state(self) -> AutostartState:
        """Tell how it stands."""

    def turn_on(self) -> None:
        """Start at sign-in from now on.

        Raises:
            HomeUnusable: If the system refuses.
        """

    def turn_off(self) -> None:
        """Start at sign-in no more; harmless if it is off.

        Raises:
            HomeUnusable: If the system refuses.
        """


class Registry(Protocol):
    """The few things asked of the user's part of the registry."""

    def read(self, key: str, name: str) -> str | bytes | None:
        """Read a value; None if there is none."""

    def write(self, key: str, name: str, value: str) -> None:
        """Write a text."""

    def delete(self, key: str, name: str) -> None:
        """Delete a value; harmless if there is none."""


class WindowsAutostart:
    """A value under the user's Run key."""

    def __init__(self, registry: Registry, command: Sequence[str], name: str = PRODUCT) -> None:
        """Take the registry, what is to be started, and the value's name."""
        self._registry = registry
        self._command = command
        self._name = name

    def state(self) -> AutostartState:
        """Tell how it stands, as Windows will act."""
        if not self._registry.read(RUN, self._name):
            return AutostartState.OFF
        approved = self._registry.read(APPROVED, self._name)
        # The first byte is even for on and odd for off; without a value it is on.
        if isinstance(approved, bytes) and approved and approved[0] % 2:
            return AutostartState.OFF_BY_SYSTEM
        return AutostartState.ON

    def turn_on(self) -> None:
        """Start at sign-in from now on."""
        try:
            self._registry.write(RUN, self._name, quoted(self._command))
        except OSError as exc:
            raise _refused(exc) from exc

    def turn_off(self) -> None:
        """Start at sign-in no more."""
        try:
            self._registry.delete(RUN, self._name)
        except OSError as exc:
            raise _refused(exc) from exc


class DesktopEntryAutostart:
    """A desktop entry in the autostart folder, as desktops other than Windows read it."""

    def __init__(self, folder: Path, command: Sequence[str], name: str = PRODUCT) -> None:
        """Take the folder, what is to be started, and the entry's name."""
        self._file = folder / f"{name.lower().replace(' ', '-')}.desktop"
        self._command = command
        self._name = name

    def state(self) -> AutostartState:
        """Tell how it stands, as the desktop will act."""
        try:
            lines = [line.strip().lower() for line in self._file.read_text(encoding="utf-8").splitlines()]
        except (OSError, UnicodeDecodeError):
            return AutostartState.OFF
        is_off = "hidden=true" in lines or "x-gnome-autostart-enabled=false" in lines
        return AutostartState.OFF_BY_SYSTEM if is_off else AutostartState.ON

    def turn_on(self) -> None:
        """Start at sign-in from now on."""
        command = " ".join(_entry_word(each) for each in self._command)
        entry = f"[Desktop Entry]\nType=Application\nName={self._name}\nExec={command}\nTerminal=false\n"
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_text(entry, encoding="utf-8")
        except OSError as exc:
            raise _refused(exc) from exc

    def turn_off(self) -> None:
        """Start at sign-in no more."""
        try:
            self._file.unlink(missing_ok=True)
        except OSError as exc:
            raise _refused(exc) from exc


def system_autostart(home: Path | None = None) -> Autostart:
    """Give this computer's switch.

    Args:
        home: The home the program is started with; None for the user's usual one.
    """
    command = own_command(home)
    found: Autostart
    if sys.platform == "win32":
        from app.system.windows_registry import WindowsRegistry

        found = WindowsAutostart(WindowsRegistry(), command)
    else:
        config = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
        found = DesktopEntryAutostart(Path(config) / "autostart", command)
    return found


def own_command(home: Path | None = None) -> list[str]:
    """Give the command that starts this program hidden, installed as a program of its own or not."""
    return [*tray_command(), "--hidden", *(["--home", str(home)] if home is not None else [])]


def quoted(command: Sequence[str]) -> str:
    """Write a command as Windows reads it: the program in quotes always, arguments where they need it."""
    program, *arguments = command
    return " ".join([f'"{program}"', *(f'"{each}"' if " " in each else each for each in arguments)])


def _entry_word(word: str) -> str:
    """Write one argument as a desktop entry has it: in quotes, the signs that mean something escaped twice."""
    escaped = re.sub(r'(["`$\\])', r"\\\1", word).replace("\\", "\\\\").replace("%", "%%")
    return f'"{escaped}"' if re.search(r"[^\w./:=@-]", word) else word


def _refused(fault: OSError) -> HomeUnusable:
    return HomeUnusable(
        f"Starting at sign-in could not be changed ({fault.strerror}); ask whoever manages this computer."
    )
