"""Pictures of a real desktop: the tray's icon beside the clock's place, its tooltip, its menus, the window above it."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from app.cli.practising import practice_of
from app.domain.states import State
from app.domain.values import replace
from app.practice.cedar import short_line
from app.practice.office import PracticeOffice
from app.system.home import Home
from app.ui.parts import make_window, practice_parts
from app.ui.shell import Shell
from app.ui.tray import Tray
from app.ui.tray_state import count
from app.ui.window.main_window import MainWindow
from tests.screenshots.album import Album, Look, wait_until
from tests.screenshots.x_server import BAR_HEIGHT, point, shoot

_NEVER = timedelta(days=1)
_TOOLTIP_MILLISECONDS = 1500
_MENU_MILLISECONDS = 500
_LEFT, _RIGHT = "1", "3"


def take_desk(album: Album) -> None:
    """Take them in the usual look: the desktop around us has no other."""
    if album.look is not Look.LIGHT:
        return
    with tempfile.TemporaryDirectory(prefix="cedar-sync-pictures-") as folder:
        home = Home(Path(folder)).path
        with PracticeOffice(home, short_line(invoices=40), rhythm=_NEVER, first=_NEVER) as office:
            wall = _wallpaper()
            tray = Tray()
            parts = practice_parts(practice_of(home, office))
            # The real window, without the band: it is the practice company all the same.
            shell = Shell(replace(parts, tray=tray, toasts=tray, make_window=make_window), hidden=True)
            tray.opened.connect(shell.open_window)
            shell.start()
            try:
                _take(album, shell, tray, office)
            finally:
                ended: list[int] = []
                shell.ended.connect(ended.append)
                shell.end(0)
                wait_until(lambda: bool(ended))
                shell.wait()
                wall.close()


def _wallpaper() -> QWidget:
    """Cover the bare screen with a colour, so that what floats above it can be seen."""
    wall = QWidget(None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnBottomHint)
    wall.setPalette(QPalette(QColor("#5b7a99")))
    # The bar with the icons stays free.
    wall.setGeometry(QGuiApplication.primaryScreen().geometry().adjusted(0, 0, 0, -BAR_HEIGHT))
    wall.show()
    return wall


def _take(album: Album, shell: Shell, tray: Tray, office: PracticeOffice) -> None:
    icon = tray.findChild(QSystemTrayIcon)
    if not isinstance(icon, QSystemTrayIcon):
        raise TypeError("the tray has no icon")
    wait_until(lambda: _count(shell, State.QUEUED) > 0)
    office.call_now()
    wait_until(lambda: _count(shell, State.QUEUED) == 0 and _count(shell, State.FAILED) > 0)
    wait_until(lambda: not icon.geometry().isEmpty())
    _pause(_MENU_MILLISECONDS)
    here = icon.geometry().center()
    shoot(album.place("desk-tray-attention"), _around(here))
    point(here.x(), here.y())
    _pause(_TOOLTIP_MILLISECONDS)
    shoot(album.place("desk-tooltip"), _around(here))
    point(here.x(), here.y(), _RIGHT)
    _pause(_MENU_MILLISECONDS)
    shoot(album.place("desk-menu"), _around(here))
    tray.menu.widget.close()
    # Until the menu has let go of the pointer, a click closes it and nothing more.
    _pause(_MENU_MILLISECONDS)
    point(here.x(), here.y(), _LEFT)
    wait_until(
        lambda: any(isinstance(each, MainWindow) and each.isVisible() for each in QApplication.topLevelWidgets())
    )
    _pause(_TOOLTIP_MILLISECONDS)
    point(here.x(), here.y(), _RIGHT)
    _pause(_MENU_MILLISECONDS)
    shoot(album.place("desk-window-and-menu"))
    tray.menu.widget.close()


def _count(shell: Shell, state: State) -> int:
    reading = shell.core.reading
    return 0 if reading is None else count(reading.snapshot, [state])


def _around(here: QPoint) -> str:
    """Give the corner of the screen the icon is in."""
    width, height = 420, 420
    return f"{width}x{height}+{max(0, here.x() - width + 40)}+{max(0, here.y() - height + 24)}"


def _pause(milliseconds: int) -> None:
    """Let a person's time pass: tooltips wait, too."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
