"""A label for hints: quieter than the text around it, and still readable on light and dark windows."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from app.ui.window import tones
from app.ui.window.tones import Tone


class QuietLabel(QLabel):
    """Wraps its words, in a quiet tone."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        """Take the words."""
        super().__init__(words, parent)
        self.setWordWrap(True)
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        """Take the tone of another palette."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ApplicationPaletteChange:
            self._tint()

    def _tint(self) -> None:
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.WindowText, tones.color(Tone.QUIET, palette))
        self.setPalette(palette)
