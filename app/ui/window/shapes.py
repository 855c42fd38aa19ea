"""The shapes of the states, drawn from the SVG files in the resources in the tone they need."""

from enum import StrEnum
from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.domain.states import State
from app.domain.status import Overall
from app.system.resources import resources
from app.ui.window import tones
from app.ui.window.tones import Tone

_INK: Final = "#000000"
"""The colour the files are drawn in."""

_SIZES: Final = (16, 24, 32, 48)


class Shape(StrEnum):
    """The files, by name."""

    SYNCED = "synced"
    WAITING = "waiting"
    SENDING = "sending"
    ATTENTION = "attention"
    CONFLICT = "conflict"
    LEFT_OUT = "left-out"
    HELD = "held"
    STOPPED = "stopped"
    NOT_SET_UP = "not-set-up"
    SILENT = "silent"


OF_STATE: Final = {
    State.QUEUED: (Shape.WAITING, Tone.NEUTRAL),
    State.SENDING: (Shape.SENDING, Tone.BUSY),
    State.WAITING: (Shape.WAITING, Tone.NEUTRAL),
    State.SYNCED: (Shape.SYNCED, Tone.GOOD),
    State.FAILED: (Shape.ATTENTION, Tone.NEEDS_YOU),
    State.CONFLICT: (Shape.CONFLICT, Tone.NEEDS_YOU),
    State.SKIPPED: (Shape.LEFT_OUT, Tone.QUIET),
    State.HELD: (Shape.HELD, Tone.QUIET),
    State.REMOVED: (Shape.LEFT_OUT, Tone.QUIET),
}
OF_OVERALL: Final = {
    Overall.NOT_SET_UP: (Shape.NOT_SET_UP, Tone.NEUTRAL),
    Overall.STOPPED: (Shape.STOPPED, Tone.BROKEN),
    Overall.PAUSED: (Shape.HELD, Tone.QUIET),
    Overall.ATTENTION: (Shape.ATTENTION, Tone.NEEDS_YOU),
    Overall.WAITING: (Shape.WAITING, Tone.NEUTRAL),
    Overall.WORKING: (Shape.SENDING, Tone.BUSY),
    Overall.OK: (Shape.SYNCED, Tone.GOOD),
}


def icon(shape: Shape, tone: Tone, palette: QPalette) -> QIcon:
    """Draw a shape; on a selected line it takes the colour of the selected text."""
    normal = tones.color(tone, palette).name()
    selected = palette.color(QPalette.ColorRole.HighlightedText).name()
    return _icon(shape, normal, selected)


@cache
def _icon(shape: Shape, normal: str, selected: str) -> QIcon:
    made = QIcon()
    for size in _SIZES:
        made.addPixmap(_drawn(shape, normal, size), QIcon.Mode.Normal)
        made.addPixmap(_drawn(shape, selected, size), QIcon.Mode.Selected)
    return made


def _drawn(shape: Shape, ink: str, size: int) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_text(shape).replace(_INK, ink).encode()))
    pixmap = QPixmap(size, size)
    pixmap.fill(QColor(Qt.GlobalColor.transparent))
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


@cache
def _text(shape: Shape) -> str:
    return (resources() / "icons" / f"state-{shape.value}.svg").read_text(encoding="utf-8")
