"""Draws the program's icon file from its drawings: ``python -m installer.icon`` writes resources/icons/cedar-sync.ico.

Windows scales badly, so every size it asks for from 100 % to 400 % is in it (16 to 64 pixels), and 256 for large views.
"""

import os
import struct
import sys
from typing import TYPE_CHECKING, Final, cast

from installer.running import ROOT

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

SIZES: Final = (16, 20, 24, 32, 40, 48, 64, 256)
ICON: Final = ROOT / "resources" / "icons" / "cedar-sync.ico"
_LARGE: Final = 256


def icon_file() -> bytes:
    """Draw the icon in all sizes, as one .ico."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    from app.ui.icons import program_icon

    application = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    icon = program_icon()
    images = [_image(size, icon.pixmap(size).toImage()) for size in SIZES]
    del application
    at = 6 + 16 * len(images)
    entries = b""
    for size, image in zip(SIZES, images, strict=True):
        # A byte cannot say 256: that is 0.
        side = size % _LARGE
        entries += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(image), at)
        at += len(image)
    return struct.pack("<HHH", 0, 1, len(images)) + entries + b"".join(images)


def sizes_of(icon: bytes) -> list[int]:
    """Read which sizes an icon file has."""
    count = struct.unpack_from("<H", icon, 4)[0]
    return [icon[6 + 16 * each] or _LARGE for each in range(count)]


def _image(size: int, drawn: "QImage") -> bytes:
    """Write one size: the large one as PNG, the others as bitmaps, which every reader of icons knows."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QImage, QImageWriter

    if size == _LARGE:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(drawn)
        return bytes(buffer.data().data())
    pixels = drawn.convertToFormat(QImage.Format.Format_ARGB32)
    data = bytes(cast("memoryview", pixels.constBits()))
    rows = [data[4 * size * row : 4 * size * (row + 1)] for row in reversed(range(size))]
    # The mask of one bit a pixel counts only where there is no alpha; its rows are whole words.
    mask = bytes((size + 31) // 32 * 4 * size)
    header = struct.pack("<IiiHHIIiiII", 40, size, 2 * size, 1, 32, 0, len(mask) + 4 * size * size, 0, 0, 0, 0)
    return header + b"".join(rows) + mask


def main() -> None:
    """Write the icon's file."""
    ICON.write_bytes(icon_file())


if __name__ == "__main__":
    main()
