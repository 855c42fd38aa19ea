"""One sentence under a field or on a page: a shape, and words that a screen reader says when they change."""

from enum import Enum

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from app.ui.setup.path_label import PathLabel
from app.ui.window import shapes
from app.ui.window.shapes import Shape
from app.ui.window.tones import Tone


class Result(Enum):
    """What kind of sentence it is."""

    NOTHING = None
    BUSY = (Shape.WAITING, Tone.NEUTRAL)
    GOOD = (Shape.SYNCED, Tone.GOOD)
    NOTE = (Shape.LEFT_OUT, Tone.QUIET)
    BAD = (Shape.ATTENTION, Tone.NEEDS_YOU)


class ResultLine(QWidget):
    """Shows one result; empty, it takes no room."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Take the name a screen reader knows the line by."""
        super().__init__(parent)
        self._result = Result.NOTHING
        self._mark = QLabel()
        self._words = PathLabel()
        self._words.setObjectName(name)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    @property
    def result(self) -> Result:
        """The kind of sentence that is shown."""
        return self._result

    @property
    def words(self) -> str:
        """The sentence that is shown."""
        return self._words.words

    def tell(self, result: Result, words: str = "") -> None:
        """Show a sentence; with `Result.NOTHING`, none."""
        is_news = words != self._words.words
        self._result = result
        self._words.show_words(words)
        self._draw()
        self.setVisible(result is not Result.NOTHING)
        if is_news and words:
            QAccessible.updateAccessibility(QAccessibleEvent(self._words, QAccessible.Event.Alert))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the shape anew for another palette or font."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange}:
            self._draw()

    def _draw(self) -> None:
        if self._result.value is not None:
            shape, tone = self._result.value
            side = self.fontMetrics().height()
            self._mark.setPixmap(shapes.icon(shape, tone, self.palette()).pixmap(QSize(side, side)))
