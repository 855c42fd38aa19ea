"""Draws the tray's icons from the SVG files: one glyph, and a badge whose shape tells the state.

The badge is cut out of the glyph with a rim of its own, so that it can be told apart at 16 pixels and in grey.
"""

from enum import Enum
from functools import cache
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.ui.resources import resources
from app.ui.tray_state import Icon

SIZES: Final = (16, 20, 24, 32, 40, 48, 64)
"""Pixels: what Windows asks for from 100 % to 400 %."""

_BADGE: Final = 0.62
"""The badge's side, of the icon's."""


class TaskBar(Enum):
    """What the icon is seen on, with the glyph's tone."""

    LIGHT = "#14532d"
    DARK = "#d9f2e3"
    UNKNOWN = "#2e8b57"
    """A tone that stands out from white and from black alike."""


def state_icon(icon: Icon, bar: TaskBar) -> QIcon:
    """Give the tray's icon in all sizes."""
    found = QIcon()
    for size in SIZES:
        found.addPixmap(QPixmap.fromImage(draw(icon, size, bar)))
    return found


def program_icon() -> QIcon:
    """Give the icon of the program's windows."""
    found = QIcon()
    for size in (*SIZES, 128, 256):
        found.addPixmap(QPixmap.fromImage(_glyph(size, QColor(TaskBar.UNKNOWN.value))))
    return found


def draw(icon: Icon, size: int, bar: TaskBar) -> QImage:
    """Draw one icon in one size."""
    colour = QColor(bar.value)
    if icon is Icon.NOT_SET_UP:
        return _tinted("glyph-hollow", size, colour)
    image = _glyph(size, colour)
    # Whole pixels keep the badge sharp.
    side = round(size * _BADGE)
    badge = QRectF(size - side, size - side, side, side)
    rim = max(1.0, size / 20)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.GlobalColor.black)
    _cut(painter, icon, badge, rim)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    _render(f"badge-{icon.value}", painter, badge)
    if icon is Icon.SILENT:
        width = max(4.0, size * 0.26)
        height = float(size - side - 1)
        mark = QRectF(size - width, 0, width, max(height, size * 0.4))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
        painter.drawRect(mark.adjusted(-rim, -rim, rim, 0))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        _render("mark-exclamation", painter, mark)
    painter.end()
    return image


def _cut(painter: QPainter, icon: Icon, badge: QRectF, rim: float) -> None:
    around = badge.adjusted(-rim, -rim, rim, rim)
    if icon in {Icon.PAUSED, Icon.ATTENTION, Icon.STOPPED}:
        painter.drawRect(around)
    else:
        painter.drawEllipse(around)


def _glyph(size: int, colour: QColor) -> QImage:
    image = _tinted("glyph", size, colour)
    painter = QPainter(image)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOut)
    painter.drawImage(0, 0, _tinted("glyph-lines", size, colour))
    painter.end()
    return image


def _tinted(name: str, size: int, colour: QColor) -> QImage:
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _render(name, painter, QRectF(0, 0, size, size))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(image.rect(), colour)
    painter.end()
    return image


def _render(name: str, painter: QPainter, where: QRectF) -> None:
    _drawing(name).render(painter, where)


@cache
def _drawing(name: str) -> QSvgRenderer:
    file = resources() / "icons" / "tray" / f"{name}.svg"
    renderer = QSvgRenderer(str(file))
    if not renderer.isValid():
        raise FileNotFoundError(file)
    return renderer
