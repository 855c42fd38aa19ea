"""How large a window may be: so many letters wide and lines high, and never larger than its screen.

Rule: nobody asks a widget for its screen. PySide hands the screen's ownership to the widget that was asked, and once
that widget is garbage the screen is destroyed with it, and the program with the next window.
"""

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QWidget

_SHARE: Final = 0.92
"""Of the screen: a title bar and the edges are to stay in sight."""


def room_for(widget: QWidget, letters: int, lines: int) -> QSize:
    """Give the size for an amount of text in the widget's font, on the screen the widget is on."""
    metrics = QFontMetrics(widget.font())
    wanted = QSize(metrics.averageCharWidth() * letters, metrics.height() * lines)
    screen = QGuiApplication.screenAt(widget.pos()) or QGuiApplication.primaryScreen()
    return wanted.boundedTo(screen.availableGeometry().size() * _SHARE)
