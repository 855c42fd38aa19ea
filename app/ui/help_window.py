"""The guide, inside the program: the pages of the help folder, with their links."""

from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QKeySequence, QShortcut, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from app import PRODUCT
from app.system.resources import resources
from app.ui import texts

FIRST_PAGE: Final = "index.md"
NEWS_PAGE: Final = "../CHANGELOG.md"


class HelpWindow(QWidget):
    """Shows a page; links lead on, Alt+Left leads back, Esc closes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.setWindowTitle(texts.GUIDE_TITLE.format(product=PRODUCT))
        self._pages = QTextBrowser(self)
        self._pages.setAccessibleName(texts.GUIDE_NAME)
        self._pages.setOpenExternalLinks(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        size = self.fontMetrics().averageCharWidth()
        self.resize(size * 100, size * 90)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Cancel), self, self.close)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Back), self, self._pages.backward)

    def open(self, page: str = "") -> None:
        """Open a page and come to the front."""
        file = resources() / "help" / (page or FIRST_PAGE)
        self._pages.setSource(
            QUrl.fromLocalFile(str(file if file.is_file() else resources() / "help" / FIRST_PAGE)),
            QTextDocument.ResourceType.MarkdownResource,
        )
        self.show()
        self.raise_()
        self.activateWindow()
