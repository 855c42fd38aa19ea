"""A picture of a button of another program, so that a person finds it there. It cannot be pressed."""

from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from app.ui.setup import texts


class ButtonPicture(QLabel):
    """Looks like a button, in this computer's own colours and font."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        """Take the words on the button."""
        super().__init__(words, parent)
        self.setFrameStyle(QFrame.Shape.Panel | QFrame.Shadow.Raised)
        self.setLineWidth(2)
        self.setMargin(3)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(texts.PICTURE_NAME.format(words=words))
