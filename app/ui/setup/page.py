"""What every page of the wizard is: a question as its heading, something to answer it with, and one sentence."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from app.ui.setup import texts, words
from app.ui.setup.flow import Page, SetupState
from app.ui.setup.place import Place
from app.ui.setup.question import Question
from app.ui.setup.result_line import Result, ResultLine
from app.ui.tasks import Tasks

log = logging.getLogger(__name__)

_HEADING = 1.35
"""How much larger than the text a heading is."""


class SetupPage(QWidget):
    """One page."""

    changed = Signal()
    """Whether the page is answered, or its button's words, have changed."""

    page: Page

    def __init__(self, place: Place, tasks: Tasks, title: str, intro: str, parent: QWidget | None = None) -> None:
        """Make the heading; pages put their own part into `body`."""
        super().__init__(parent)
        self.place = place
        self.tasks = tasks
        self.state: SetupState | None = None
        self._keeping = Question(tasks, self)
        self.title = QLabel(title)
        self.title.setWordWrap(True)
        self.intro = QLabel(intro)
        self.intro.setWordWrap(True)
        self.trouble = ResultLine(f"{self.page}_trouble")
        self.body = QVBoxLayout()
        column = QVBoxLayout(self)
        column.addWidget(self.title)
        column.addWidget(self.intro)
        column.addLayout(self.body, 1)
        column.addWidget(self.trouble)
        self.setAccessibleName(title)
        self.setAccessibleDescription(intro)
        self._enlarge_title()

    @property
    def is_ready(self) -> bool:
        """Tell whether the page is answered."""
        return True

    @property
    def continue_words(self) -> str:
        """Give the words of the button that goes on."""
        return texts.CONTINUE[self.page]

    def enter(self, state: SetupState) -> None:
        """Begin: the page is shown now."""
        self.state = state
        self.trouble.tell(Result.NOTHING)

    def leave(self) -> None:
        """End: the page is not shown any more."""

    def keep(self, kept: Callable[[], None]) -> None:
        """Keep the answer, then call `kept`; a fault is told on the page instead."""
        kept()

    def keep_draft(self) -> None:
        """Keep what is answered here although somebody stops for now."""

    def run_unwatched(self, operation: Callable[[], object]) -> None:
        """Run an operation while the window closes: nobody is left to be told how it went."""

        def failed(fault: Exception) -> None:
            log.warning("what was typed could not be kept: %s", fault)

        self.tasks.run(operation, lambda _: None, failed)

    def run_to_keep(self, operation: Callable[[], object], kept: Callable[[], None]) -> None:
        """Keep the answer by an operation that takes a moment."""

        def succeeded(_: object) -> None:
            self.trouble.tell(Result.NOTHING)
            kept()

        self._keeping.ask(lambda _: operation(), succeeded, self._on_not_kept)

    @property
    def is_keeping(self) -> bool:
        """Tell whether the answer is being kept just now."""
        return self._keeping.is_open

    def changeEvent(self, event: QEvent) -> None:
        """Keep the heading larger than the text, whatever its size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ApplicationFontChange and hasattr(self, "title"):
            self._enlarge_title()

    def _on_not_kept(self, fault: Exception) -> None:
        self.trouble.tell(Result.BAD, words.sentence_of(fault))
        self.changed.emit()

    def _enlarge_title(self) -> None:
        font = QFont(QApplication.font())
        font.setPointSizeF(font.pointSizeF() * _HEADING)
        font.setBold(True)
        self.title.setFont(font)
