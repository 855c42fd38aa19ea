"""Ticks and choices whose words break, so that large text and long words of other languages need no scrolling sideways.

Qt draws the words of a button in lines where they hold line breaks, and never breaks them by itself.
"""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget


class _Lines:
    """The words of a button, and the lines they need at a width."""

    def __init__(self, button: QAbstractButton, kind: QStyle.ContentsType, words: str) -> None:
        self._button, self._kind, self.words = button, kind, words
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        button.setSizePolicy(policy)
        button.setAccessibleName(words.replace("&", ""))

    def broken(self, width: int) -> str:
        """Break the words for a width of the whole button."""
        room = width - self._size("").width()
        lines: list[str] = []
        for word in self.words.split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self._width(longer) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return "\n".join(lines)

    def height(self, width: int) -> int:
        """Give the height at a width."""
        return self._size(self.broken(width)).height()

    def least(self) -> QSize:
        """Give the size below which a word would be cut off."""
        return self._size(max(self.words.split(" "), key=self._width))

    def _width(self, words: str) -> int:
        return self._button.fontMetrics().horizontalAdvance(words.replace("&", ""))

    def _size(self, text: str) -> QSize:
        option = QStyleOptionButton()
        option.initFrom(self._button)
        # With no words at all a style leaves out the gap before them.
        option.text = text or " "
        lines = text.split("\n")
        height = self._button.fontMetrics().lineSpacing() * len(lines)
        contents = QSize(max(self._width(line) for line in lines), height)
        return self._button.style().sizeFromContents(self._kind, option, contents, self._button)


class WrappedCheckBox(QCheckBox):
    """A tick."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        """Take the words."""
        super().__init__(words, parent)
        self._lines = _Lines(self, QStyle.ContentsType.CT_CheckBox, words)

    def minimumSizeHint(self) -> QSize:
        """Ask for the longest word."""
        return self._lines.least()

    def heightForWidth(self, width: int) -> int:
        """Ask for all lines."""
        return self._lines.height(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the words anew."""
        super().resizeEvent(event)
        self.setText(self._lines.broken(event.size().width()))


class WrappedRadioButton(QRadioButton):
    """One of a few choices."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        """Take the words."""
        super().__init__(words, parent)
        self._lines = _Lines(self, QStyle.ContentsType.CT_RadioButton, words)

    def minimumSizeHint(self) -> QSize:
        """Ask for the longest word."""
        return self._lines.least()

    def heightForWidth(self, width: int) -> int:
        """Ask for all lines."""
        return self._lines.height(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the words anew."""
        super().resizeEvent(event)
        self.setText(self._lines.broken(event.size().width()))
