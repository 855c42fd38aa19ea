"""What the desktop remembers for one home, in ``ui.ini`` there: choices and habits of a person, never a fact."""

from datetime import datetime
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

    @property
    def updates_tried_at(self) -> datetime | None:
        """When updates were last looked for, with or without an answer."""
        return self._moment("updates/tried")

    @updates_tried_at.setter
    def updates_tried_at(self, at: datetime) -> None:
        self._settings.setValue("updates/tried", at.isoformat())

    @property
    def updates_answered_at(self) -> datetime | None:
        """When the feed of updates last answered."""
        return self._moment("updates/answered")

    @updates_answered_at.setter
    def updates_answered_at(self, at: datetime) -> None:
        self._settings.setValue("updates/answered", at.isoformat())

    @property
    def update_offer(self) -> tuple[str, str]:
        """The newer version that was found, and what is new in it; empty texts if there is none."""
        return self._text("updates/offer"), self._text("updates/notes")

    @update_offer.setter
    def update_offer(self, offer: tuple[str, str]) -> None:
        for key, text in zip(("updates/offer", "updates/notes"), offer, strict=True):
            self._settings.setValue(key, text)

    @property
    def update_begun(self) -> str:
        """The version whose setup was started by the run before; empty if none was."""
        return self._text("updates/begun")

    @update_begun.setter
    def update_begun(self, version: str) -> None:
        self._settings.setValue("updates/begun", version)

    @property
    def update_failed(self) -> str:
        """The version that was installed and did not start here; empty if none."""
        return self._text("updates/failed")

    @update_failed.setter
    def update_failed(self, version: str) -> None:
        self._settings.setValue("updates/failed", version)

    @property
    def tells_failed_update(self) -> bool:
        """Whether a person has still to hear that an update did not start."""
        return self._text("updates/untold") == "yes"

    @tells_failed_update.setter
    def tells_failed_update(self, value: bool) -> None:
        self._settings.setValue("updates/untold", "yes" if value else "no")

    def flush(self) -> None:
        """Write to the disk now."""
        self._settings.sync()

    def _moment(self, key: str) -> datetime | None:
        try:
            at = datetime.fromisoformat(self._text(key))
        except ValueError:
            return None
        return at if at.tzinfo is not None else None

    def _text(self, key: str) -> str:
        value = self._settings.value(key, "")
        return value if isinstance(value, str) else ""
