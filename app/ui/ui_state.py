"""What the desktop remembers for one home, in ``ui.ini`` there: choices and habits of a person, never a fact."""

from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtCore import QSettings

from app.ui.ports import Level

FILE: Final = "ui.ini"


class UiState:
    """Reads and writes the file; what cannot be read counts as not there."""

    def __init__(self, home: Path) -> None:
        """Take the home."""
        self._settings = QSettings(str(home / FILE), QSettings.Format.IniFormat)

    @property
    def notifications(self) -> Level:
        """Which toasts are wanted; problems only until a person says otherwise."""
        try:
            return Level(self._text("notifications/level"))
        except ValueError:
            return Level.PROBLEMS

    @notifications.setter
    def notifications(self, level: Level) -> None:
        self._settings.setValue("notifications/level", str(level))

    @property
    def was_told_of_closing(self) -> bool:
        """Whether a person was told that closing the window does not end the program."""
        return self._text("told/closing") == "yes"

    def closing_was_told(self) -> None:
        """Remember that it was told."""
        self._settings.setValue("told/closing", "yes")

    @property
    def quits_on_close(self) -> bool:
        """Whether closing the window ends the program."""
        return self._text("window/quits_on_close") == "yes"

    @quits_on_close.setter
    def quits_on_close(self, value: bool) -> None:
        self._settings.setValue("window/quits_on_close", "yes" if value else "no")

    @property
    def told_problems(self) -> dict[str, str]:
        """When each problem was last told by a toast, as the gate keeps it."""
        try:
            return msgspec.json.decode(self._text("told/problems") or "{}", type=dict[str, str])
        except msgspec.DecodeError:
            return {}

    @told_problems.setter
    def told_problems(self, told: dict[str, str]) -> None:
        self._settings.setValue("told/problems", msgspec.json.encode(told).decode())

    @property
    def seen_version(self) -> str:
        """The version whose news a person has seen; empty before the first start."""
        return self._text("told/version")

    @seen_version.setter
    def seen_version(self, version: str) -> None:
        self._settings.setValue("told/version", version)

    def flush(self) -> None:
        """Write to the disk now."""
        self._settings.sync()

    def _text(self, key: str) -> str:
        value = self._settings.value(key, "")
        return value if isinstance(value, str) else ""
