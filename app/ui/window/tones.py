"""The few tones beside the palette's roles, each readable (4.5:1) on light and on dark windows.

Rule: a tone only supports a shape and a word; nothing is told by colour alone. Where the computer is set to high
contrast, the palette says it all.
"""

from enum import StrEnum
from typing import Final

from PySide6.QtGui import QColor, QPalette

_DARK_BELOW: Final = 128


class Tone(StrEnum):
    """What a tone means."""

    GOOD = "good"
    NEUTRAL = "neutral"
    BUSY = "busy"
    NEEDS_YOU = "needs_you"
    QUIET = "quiet"
    BROKEN = "broken"
    PRACTICE = "practice"
    """The practice company, which is never to be taken for the real one."""


_LIGHT: Final = {
    Tone.GOOD: "#1b6e3c",
    Tone.BUSY: "#1a5fb4",
    Tone.NEEDS_YOU: "#8a5200",
    Tone.QUIET: "#5c5c5c",
    Tone.BROKEN: "#b3261e",
    Tone.PRACTICE: "#7a2a8c",
}
_DARK: Final = {
    Tone.GOOD: "#7bd79a",
    Tone.BUSY: "#8ab8ff",
    Tone.NEEDS_YOU: "#f2b84b",
    Tone.QUIET: "#b4b4b4",
    Tone.BROKEN: "#ff8a80",
    Tone.PRACTICE: "#e0a8f0",
}


def is_dark(palette: QPalette) -> bool:
    """Tell whether the windows are dark."""
    return palette.color(QPalette.ColorRole.Window).lightness() < _DARK_BELOW


def is_high_contrast(palette: QPalette) -> bool:
    """Tell whether the computer is set to high contrast: only then are windows wholly black or white.

    Qt's own answer (``QStyleHints.accessibility``) is not asked: PySide destroys it together with its wrapper.
    """
    return palette.color(QPalette.ColorRole.Window).lightness() in {0, 255}


def color(tone: Tone, palette: QPalette) -> QColor:
    """Give a tone's colour on this palette."""
    tones = _DARK if is_dark(palette) else _LIGHT
    if tone in tones and (tone is Tone.PRACTICE or not is_high_contrast(palette)):
        return QColor(tones[tone])
    return palette.color(QPalette.ColorRole.WindowText)
