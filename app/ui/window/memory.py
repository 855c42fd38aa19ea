"""What the window remembers between starts: its place, the columns, the splitter. Habits of a person, never facts."""

from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QHeaderView, QSplitter, QWidget

from app.ui.ui_state import FILE

_GEOMETRY: Final = "window/geometry"
_COLUMNS: Final = "window/table"
_SPLITTER: Final = "window/splitter"
_LEFT_OUT_SEEN: Final = "window/left_out_seen"


class WindowMemory:
    """Reads and writes its part of the home's ``ui.ini``."""

    def __init__(self, home: Path) -> None:
        """Take the home."""
        self._settings = QSettings(str(home / FILE), QSettings.Format.IniFormat)

    def restore(self, window: QWidget, columns: QHeaderView, splitter: QSplitter) -> bool:
        """Put things where they were; False if nothing is remembered."""
        header, halves = self._bytes(_COLUMNS), self._bytes(_SPLITTER)
        if header is not None:
            columns.restoreState(header)
        if halves is not None:
            splitter.restoreState(halves)
        geometry = self._bytes(_GEOMETRY)
        return geometry is not None and window.restoreGeometry(geometry)

    def keep(self, window: QWidget, columns: QHeaderView, splitter: QSplitter) -> None:
        """Remember where things are."""
        self._settings.setValue(_GEOMETRY, window.saveGeometry())
        self._settings.setValue(_COLUMNS, columns.saveState())
        self._settings.setValue(_SPLITTER, splitter.saveState())
        self._settings.sync()

    @property
    def left_out_seen(self) -> datetime | None:
        """When the newest of what was left out was left out, as a person last saw it; None if nobody has looked."""
        value = self._settings.value(_LEFT_OUT_SEEN)
        try:
            return datetime.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            return None

    @left_out_seen.setter
    def left_out_seen(self, newest: datetime) -> None:
        self._settings.setValue(_LEFT_OUT_SEEN, newest.isoformat())

    def _bytes(self, key: str) -> QByteArray | None:
        value = self._settings.value(key)
        return value if isinstance(value, QByteArray) else None
