"""Where pictures go, the looks they are taken in, and waiting until there is something to take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtGui import QColor, QFont, QImage, QPalette
from PySide6.QtWidgets import QApplication, QWidget

LIMIT = 30_000
"""Milliseconds for anything."""

_ROUND = 20
"""Milliseconds between two looks."""


class Look(StrEnum):
    """How the desktop is set."""

    LIGHT = "light"
    DARK = "dark"
    BIG = "big"
    """Text of 200 %."""


class Album:
    """The pictures of one group in one look."""

    def __init__(self, folder: Path, look: Look) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.look = look
        self.taken: list[Path] = []
        self._folder = folder

    def picture(self, widget: QWidget, name: str) -> None:
        """Take a picture of a widget as it is now."""
        settle()
        self.keep(widget.grab().toImage(), name)

    def keep(self, image: QImage, name: str) -> None:
        """Keep a picture that was drawn."""
        if not image.save(str(self.place(name))):
            raise OSError(f"{self.taken[-1]} could not be written")

    def place(self, name: str) -> Path:
        """Give the file for a picture that somebody else takes."""
        self.taken.append(self._folder / f"{self.look}-{name}.png")
        return self.taken[-1]

    def own_place(self, name: str) -> Path:
        """Give the file for a picture that is named without its look."""
        self.taken.append(self._folder / f"{name}.png")
        return self.taken[-1]


@contextmanager
def looking(look: Look) -> Iterator[None]:
    """Set the application to a look."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise TypeError("there is no application")
    palette, font = QPalette(application.palette()), QFont(application.font())
    if look is Look.DARK:
        application.setPalette(dark())
    if look is Look.BIG:
        large = QFont(font)
        large.setPointSizeF(font.pointSizeF() * 2)
        application.setFont(large)
    settle()
    try:
        yield
    finally:
        application.setPalette(palette)
        application.setFont(font)
        settle()


def dark() -> QPalette:
    """Give a palette as dark desktops have it."""
    palette = QPalette(QColor("#2b2b2b"), QColor("#262626"))
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Base, "#1e1e1e"),
        (roles.AlternateBase, "#262626"),
        (roles.Highlight, "#2a6fc9"),
        (roles.HighlightedText, "#ffffff"),
        (roles.Link, "#8ab8ff"),
        (roles.PlaceholderText, "#a0a0a0"),
    ):
        palette.setColor(role, QColor(colour))
    return palette


def settle() -> None:
    """Let everything be laid out and painted."""
    for _ in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, _ROUND)


def wait_until(is_so: Callable[[], object], milliseconds: int = LIMIT) -> None:
    """Wait until something is so.

    Raises:
        TimeoutError: If it does not become so.
    """
    deadline = QDeadlineTimer(milliseconds)
    while not is_so():
        if deadline.hasExpired():
            raise TimeoutError("what was waited for did not come")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, _ROUND)


class Waiter:
    """Waits as a test's bot does, outside of a test."""

    def addWidget(self, widget: QWidget) -> None:
        """Leave closing to who opened it."""

    def waitUntil(self, callback: Callable[[], bool], *, timeout: int) -> None:
        """Wait until something is so."""
        wait_until(callback, timeout)
