"""The three pictures of the README: ``python -m tests.screenshots resources/images readme --xvfb`` takes them anew."""

from __future__ import annotations

import tempfile
from array import array
from collections import Counter
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication

from tests.screenshots.album import Album, Look
from tests.screenshots.desk import take_desk
from tests.screenshots.window import take_window

_COLOURS = 256
_TONED = 40
_SMALLEST = 0
"""Qt's word for the tightest PNG."""


def take_readme(album: Album) -> None:
    """Take the main window, a conflict, and the tray with its tooltip and its menu."""
    if album.look is not Look.LIGHT:
        return
    # Letters without coloured edges make small files.
    plain = QApplication.font()
    plain.setStyleStrategy(QFont.StyleStrategy.NoSubpixelAntialias)
    QApplication.setFont(plain)
    with tempfile.TemporaryDirectory(prefix="cedar-sync-pictures-") as folder:
        everything = Album(Path(folder), Look.LIGHT)
        take_window(everything)
        take_desk(everything)
        taken = {file.stem.removeprefix("light-"): QImage(str(file)) for file in everything.taken}
    pictures = {
        "window": taken["window-detail-missing-customer"],
        "conflict": taken["window-detail-conflict"],
        "tray": _beside(taken["desk-tooltip"], taken["desk-menu"]),
    }
    for name, image in pictures.items():
        _reduced(image).save(str(album.own_place(name)), quality=_SMALLEST)


def _beside(left: QImage, right: QImage) -> QImage:
    """Put the lower parts of two pictures beside each other."""
    height = left.height() * 5 // 9
    both = QImage(left.width() + right.width(), height, QImage.Format.Format_RGB32)
    painter = QPainter(both)
    painter.drawImage(0, height - left.height(), left)
    painter.drawImage(left.width(), height - right.height(), right)
    painter.end()
    return both


def _reduced(image: QImage) -> QImage:
    """Keep the colours that occur most: a window has few, and a file with few is small."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(array("I", bytes(plain.constBits())))
    # The states' tones are few dots, and would lose against the greys of the letters.
    toned = Counter({colour: number for colour, number in counted.items() if _is_toned(colour)})
    half = _COLOURS // 2
    chosen = dict.fromkeys(colour for colour, _ in (*counted.most_common(half), *toned.most_common(half)))
    table = list(chosen)
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    return plain.convertToFormat(QImage.Format.Format_Indexed8, table, flags)


def _is_toned(colour: int) -> bool:
    channels = colour & 0xFF, colour >> 8 & 0xFF, colour >> 16 & 0xFF
    return max(channels) - min(channels) > _TONED
