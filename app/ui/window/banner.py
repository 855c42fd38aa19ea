"""The banner: a shape, one sentence, one action; below it the money that is not in QuickBooks yet."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from app.ui.window import shapes, texts
from app.ui.window.banner_words import BannerAction, BannerWords
from app.ui.window.shapes import Shape
from app.ui.window.tones import Tone

_LINES_HIGH = 2
_LARGER = 1.35


class Banner(QWidget):
    """Shows the overall state; the button asks for the one action."""

    wanted = Signal(object)
    """A `BannerAction`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin with nothing known, which is not shown as good news."""
        super().__init__(parent)
        self._words: BannerWords | None = None
        self._shape = QLabel()
        self._line = QLabel(texts.BANNER_STARTING)
        self._line.setAccessibleName(texts.BANNER_NAME)
        self._below = QLabel()
        for label in (self._line, self._below):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        font = self._line.font()
        font.setPointSizeF(font.pointSizeF() * _LARGER)
        font.setBold(True)
        self._line.setFont(font)
        self.button = QPushButton()
        self.button.hide()
        self.button.clicked.connect(self._on_clicked)
        layout = QGridLayout(self)
        layout.addWidget(self._shape, 0, 0, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._line, 0, 1)
        layout.addWidget(self._below, 1, 1)
        layout.addWidget(self.button, 0, 2, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.setColumnStretch(1, 1)

    @property
    def line(self) -> str:
        """The sentence shown."""
        return self._line.text()

    @property
    def below(self) -> str:
        """The line below it."""
        return self._below.text()

    def show_words(self, words: BannerWords) -> None:
        """Show how things stand."""
        if words == self._words:
            return
        self._words = words
        self._line.setText(words.line)
        self._below.setText(words.below)
        self.button.setText(words.label)
        self.button.setVisible(words.action is not BannerAction.NOTHING)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the shape anew in other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._words is not None:
            self._draw()

    @Slot()
    def _on_clicked(self) -> None:
        if self._words is not None:
            self.wanted.emit(self._words.action)

    def _draw(self) -> None:
        if self._words is None:
            return
        shape, tone = shapes.OF_OVERALL[self._words.state]
        if self._words.is_silent:
            shape, tone = Shape.SILENT, Tone.NEEDS_YOU
        side = self._line.fontMetrics().height() * _LINES_HIGH
        self._shape.setPixmap(shapes.icon(shape, tone, self.palette()).pixmap(side, side))
