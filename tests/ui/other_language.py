"""``python -m tests.ui.other_language OUT_DIR``: the window in a language nobody speaks, and what is left in English.

Texts are looked up when they are imported, so this is a program of its own: the language comes before all imports.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.language import speak

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

FIRST, LAST = "⟦", "⟧"
_SAID = re.compile(rf"{FIRST}[^{FIRST}{LAST}]*{LAST}")
_WORDS = re.compile(r"[A-Za-z]{3,}")


class Brackets:
    """Puts every text between brackets; what has none was not looked up."""

    def gettext(self, message: str) -> str:
        return f"{FIRST}{message}{LAST}"

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self.gettext(one if number == 1 else many)


def left_in_english(text: str) -> str:
    """Give what of a text was not looked up, or filled into one that was; empty if nothing is."""
    before = ""
    while before != text:
        before, text = text, _SAID.sub("", text)
    return text.strip() if _WORDS.search(text) else ""


def main(folder: Path) -> None:
    """Open every window, and print what people would still read in English."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    speak(Brackets())
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication(["cedar-sync"])
    sys.stdout.write(json.dumps(read_everything(folder), indent=1, ensure_ascii=False))
    application.quit()


def read_everything(folder: Path) -> dict[str, str]:
    """Open every window; give what is left in English, and where."""
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from tests.screenshots.album import Album, Look
    from tests.screenshots.setup import take_setup
    from tests.screenshots.tray import take_tray
    from tests.screenshots.window import take_practice, take_window

    found: dict[str, str] = {}

    class Reader(Album):
        """Reads a window, and takes its picture."""

        def picture(self, widget: QWidget, name: str) -> None:
            super().picture(widget, name)
            texts = [text for each in (widget, *widget.findChildren(QWidget)) for text in texts_of(each)]
            texts += [action.text() for action in widget.findChildren(QAction)]
            found.update({rest: name for text in texts if (rest := left_in_english(text))})

    for take in (take_tray, take_window, take_practice, take_setup):
        take(Reader(folder, Look.DARK))
    return found


def texts_of(widget: QWidget) -> Iterator[str]:
    """Give what a widget says, to the eye and to a screen reader; the cells of tables are data."""
    from PySide6.QtWidgets import QAbstractButton, QGroupBox, QLabel, QLineEdit, QTabWidget, QTreeWidget

    yield widget.windowTitle()
    yield widget.accessibleName()
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QGroupBox():
            yield widget.title()
        case QLineEdit():
            yield widget.placeholderText()
        case QTabWidget():
            yield from (widget.tabText(place) for place in range(widget.count()))
        case QTreeWidget():
            yield from (widget.headerItem().text(column) for column in range(widget.columnCount()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
