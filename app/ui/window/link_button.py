"""A button that looks like what it is: a link to somewhere else."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QToolButton, QWidget


class LinkButton(QToolButton):
    """Underlined, in the colour of links, and reached by the Tab key."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        """Take the text."""
        super().__init__(parent)
        self.setText(text)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        font = self.font()
        font.setUnderline(True)
        self.setFont(font)
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        """Take the colour of links anew with another palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _tint(self) -> None:
        wanted = QGuiApplication.palette().color(QPalette.ColorRole.Link)
        palette = self.palette()
        if palette.color(QPalette.ColorRole.ButtonText) != wanted:
            palette.setColor(QPalette.ColorRole.ButtonText, wanted)
            self.setPalette(palette)
