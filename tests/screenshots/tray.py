"""Pictures of the tray: every shape in every size on light and dark bars, and the menu in a few states."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QApplication, QMenu

from app.domain.states import State
from app.ui.icons import SIZES, TaskBar, draw
from app.ui.tray_menu import TrayMenu
from app.ui.tray_state import Icon, TrayState, describe, not_set_up
from tests.screenshots.album import Album, Look, settle
from tests.ui.shell.standing import MONDAY, a_connection, a_snapshot

_BARS = (
    (TaskBar.LIGHT, "#f3f3f3", "#000000"),
    (TaskBar.DARK, "#1f1f1f", "#ffffff"),
    (TaskBar.UNKNOWN, "#c0c0c0", "#000000"),
)
_GAP = 12


def take_tray(album: Album) -> None:
    """Take the icons once, for they have no look; the menu in each look."""
    if album.look is Look.LIGHT:
        for bar, ground, ink in _BARS:
            album.keep(_sheet(bar, QColor(ground), QColor(ink)), f"tray-icons-{bar.name.lower()}")
    for name, state in _states().items():
        menu = TrayMenu()
        menu.show_items(state.menu)
        _take_menu(album, menu.widget, f"tray-menu-{name}")
        menu.widget.deleteLater()


def _states() -> dict[str, TrayState]:
    attention = a_snapshot(a_connection({State.SYNCED: 210, State.FAILED: 3, State.CONFLICT: 1, State.SKIPPED: 2}))
    paused = a_snapshot(a_connection({State.SYNCED: 210, State.QUEUED: 2}, is_paused=True))
    return {
        "attention": describe(attention, MONDAY),
        "paused": describe(paused, MONDAY),
        "not-set-up": not_set_up(),
    }


def _take_menu(album: Album, menu: QMenu, name: str) -> None:
    menu.popup(QPoint(20, 20))
    settle()
    album.picture(menu, name)
    below = next((action.menu() for action in menu.actions() if isinstance(action.menu(), QMenu)), None)
    if isinstance(below, QMenu):
        below.popup(QPoint(60, 60))
        album.picture(below, f"{name}-below")
        below.close()
    menu.close()


def _sheet(bar: TaskBar, ground: QColor, ink: QColor) -> QImage:
    """Draw all shapes below each other, small to large."""
    metrics = QFontMetrics(QApplication.font())
    label = max(metrics.horizontalAdvance(icon.value) for icon in Icon) + 2 * _GAP
    row = SIZES[-1] + _GAP
    width = label + sum(size + _GAP for size in SIZES)
    image = QImage(width, row * len(Icon) + _GAP, QImage.Format.Format_RGB32)
    image.fill(ground)
    painter = QPainter(image)
    painter.setPen(ink)
    for number, icon in enumerate(Icon):
        top = _GAP + number * row
        painter.drawText(QRect(_GAP, top, label, SIZES[-1]), Qt.AlignmentFlag.AlignVCenter, icon.value)
        left = label
        for size in SIZES:
            painter.drawImage(left, top + (SIZES[-1] - size) // 2, draw(icon, size, bar))
            left += size + _GAP
    painter.end()
    return image
