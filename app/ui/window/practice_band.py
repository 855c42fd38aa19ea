"""The band across the top of a practice window: its tone and its sentence say that nothing here is real."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.ui.window import texts, tones
from app.ui.window.tones import Tone


class PracticeBand(QLabel):
    """One line, in the window's own colour on the practice tone: the tone is readable on the window, so is this."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Say it."""
        super().__init__(texts.PRACTICE_BAND, parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.setAutoFillBackground(True)
        self.setMargin(self.fontMetrics().height() // 3)
        font = self.font()
        font.setBold(True)
        self.setFont(font)
        self._colour()

    def event(self, event: QEvent) -> bool:
        """Follow the system to light or dark."""
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self._colour()
        return super().event(event)

    def _colour(self) -> None:
        usual = QApplication.palette()
        palette = QPalette(usual)
        palette.setColor(QPalette.ColorRole.Window, tones.color(Tone.PRACTICE, usual))
        palette.setColor(QPalette.ColorRole.WindowText, usual.color(QPalette.ColorRole.Window))
        self.setPalette(palette)
