"""Draws the tray's icons from the SVG files: one glyph, and a badge whose shape tells the state.

The badge is cut out of the glyph with a rim of its own, so that it can be told apart at 16 pixels and in grey.
"""

from enum import Enum
from functools import cache
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.system.resources import resources
from app.ui.tray_state import Icon

SIZES: Final = (16, 20, 24, 32, 40, 48, 64)
"""Pixels: what Windows asks for from 100 % to 400 %."""

_BADGE: Final = 0.62
"""The badge's side, of the icon's."""

_MARK: Final = 0.38
"""The exclamation mark's height, of the icon's."""

_SMALL: Final = 24
"""Below this many pixels the cone has fewer scales."""

_FORMAT: Final = QImage.Format.Format_ARGB32_Premultiplied


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
    badge = QImage(size, size, _FORMAT)
    badge.fill(Qt.GlobalColor.transparent)
    painter = QPainter(badge)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if icon is Icon.PAUSED:
        painter.drawImage(size - side, size - side, _tinted("badge-paused", side, colour))
    else:
        _render(f"badge-{icon.value}", painter, QRectF(size - side, size - side, side, side))
    if icon is Icon.SILENT:
        mark = round(size * _MARK)
        painter.drawImage(size - mark, 0, _tinted("mark-exclamation", mark, colour))
    painter.end()
    return _with_badge(image, badge, max(1, round(size / 16)))


def _with_badge(image: QImage, badge: QImage, rim: int) -> QImage:
    """Put a badge on a glyph, with a rim cut out around the badge's own outline."""
    painter = QPainter(image)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOut)
    for right in range(-rim, rim + 1):
        for down in range(-rim, rim + 1):
            painter.drawImage(right, down, badge)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    painter.drawImage(0, 0, badge)
    painter.end()
    return image


def _glyph(size: int, colour: QColor) -> QImage:
    image = _tinted("glyph", size, colour)
    painter = QPainter(image)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOut)
    painter.drawImage(0, 0, _tinted("glyph-lines" if size >= _SMALL else "glyph-lines-small", size, colour))
    painter.end()
    return image


def _tinted(name: str, size: int, colour: QColor) -> QImage:
    image = QImage(size, size, _FORMAT)
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
