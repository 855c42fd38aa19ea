"""The first-run wizard's window: steps at the side, a page in the middle, Back and one named button to go on."""

from pathlib import Path

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.books_system import BooksSystem
from app.system.autostart import Autostart, system_autostart
from app.system.credentials import Credentials
from app.system.home import usual_home
from app.system.settings import DEFAULT_CONNECTION
from app.ui.screen_room import room_for
from app.ui.setup import texts, words
from app.ui.setup.cedar_page import CedarPage
from app.ui.setup.checks import setup_state
from app.ui.setup.columns_page import ColumnsPage
from app.ui.setup.dry_run_page import DryRunPage
from app.ui.setup.flow import Page, SetupState, first_page, next_page, previous_page
from app.ui.setup.listening import Listening
from app.ui.setup.online_page import OnlinePage
from app.ui.setup.page import SetupPage
from app.ui.setup.place import Place, first_connection
from app.ui.setup.question import Question
from app.ui.setup.quickbooks_page import QuickBooksPage
from app.ui.setup.quiet_label import QuietLabel
from app.ui.setup.result_line import Result, ResultLine
from app.ui.setup.start_page import StartPage
from app.ui.setup.step_list import StepList
from app.ui.tasks import Tasks


class SetupWizard(QDialog):
    """Sets one connection up; may be closed at any page, and goes on there when it is opened again."""

    finished_setup = Signal()
    """The last page was answered: the program may start, or take other settings."""

    def __init__(
        self,
        home: Path,
        credentials: Credentials,
        tasks: Tasks,
        parent: QWidget | None = None,
        *,
        connection: str | None = None,
        autostart: Autostart | None = None,
    ) -> None:
        """Open at the page where somebody stopped.

        Args:
            home: The home folder.
            credentials: Where secrets are kept.
            tasks: Who runs what takes time.
            parent: The window it belongs to.
            connection: The connection's name; the settings' first one by default.
            autostart: The switch for starting at sign-in; this computer's by default.
        """
        super().__init__(parent)
        self._place = Place(home, credentials, connection or first_connection(home))
        self._question = Question(tasks, self)
        self._listening = Listening(self._place)
        switch = autostart or system_autostart(None if home == usual_home() else home)
        self.books: dict[BooksSystem, QuickBooksPage | OnlinePage] = {
            BooksSystem.QUICKBOOKS_DESKTOP: QuickBooksPage(self._place, tasks, self._listening),
            BooksSystem.QUICKBOOKS_ONLINE: OnlinePage(self._place, tasks),
        }
        """The page about the books, by accounting system."""
        self._system: BooksSystem | None = None
        """The one a person has chosen in this window; None for the one in the settings."""
        self.pages: dict[Page, SetupPage] = {
            Page.CEDAR: CedarPage(self._place, tasks),
            Page.COLUMNS: ColumnsPage(self._place, tasks),
            Page.QUICKBOOKS: self.books[BooksSystem.QUICKBOOKS_DESKTOP],
            Page.DRY_RUN: DryRunPage(self._place, tasks, self._listening),
            Page.START: StartPage(self._place, tasks, switch),
        }
        self.here: Page | None = None
        """The page that is shown; None until it is known where to begin."""
        self.steps = StepList()
        self.trouble = ResultLine("wizard_trouble")
        self.back = QPushButton(texts.BACK)
        self.forward = QPushButton(texts.CONTINUE[Page.CEDAR])
        self.later = QPushButton(texts.FINISH_LATER)
        self._note = QuietLabel(texts.NOTHING_SENT)
        self._stack = QStackedWidget()
        self._areas: dict[SetupPage, QScrollArea] = {}
        self._lay_out()
        name = self._place.connection
        is_default = name == DEFAULT_CONNECTION
        self.setWindowTitle(texts.WIZARD_TITLE if is_default else texts.WIZARD_TITLE_NAMED.format(name=name))
        for page in dict.fromkeys((*self.pages.values(), *self.books.values())):
            page.changed.connect(self._show_buttons)
        for books in self.books.values():
            books.system.chosen.connect(self._on_system)
        self.back.clicked.connect(self._on_back)
        self.forward.clicked.connect(self._on_forward)
        self.later.clicked.connect(self.reject)
        # Qt's own first size of a window with wrapped text is far too low.
        self.resize(self.sizeHint())
        self._show_buttons()
        self._go(None)

    def sizeHint(self) -> QSize:
        """Ask for a size that grows with the text, and stays on the screen."""
        return room_for(self, letters=130, lines=40)

    def done(self, result: int) -> None:
        """Close; what was kept stays, and nothing listens any more."""
        if self.here is not None:
            self.pages[self.here].leave()
            if result == QDialog.DialogCode.Rejected:
                self.pages[self.here].keep_draft()
            self.here = None
        self._question.drop()
        self._listening.stop()
        super().done(result)

    def _go(self, page: Page | None) -> None:
        """Show a page; None for where somebody stopped."""
        place = self._place
        self._question.ask(lambda _: setup_state(place), lambda state: self._show(page, state), self._on_failed)

    def _show(self, page: Page | None, state: SetupState) -> None:
        if self.here is not None:
            self.pages[self.here].leave()
        self.here = page or first_page(state)
        self.trouble.tell(Result.NOTHING)
        if self.here is Page.QUICKBOOKS:
            self.pages[Page.QUICKBOOKS] = self.books[self._system or state.system]
        self._stack.setCurrentWidget(self._areas[self.pages[self.here]])
        self.steps.show_at(self.here)
        self.later.setText(texts.CLOSE if state.is_finished else texts.FINISH_LATER)
        self._note.setText("" if state.is_finished else texts.NOTHING_SENT)
        self.pages[self.here].enter(state)
        self._show_buttons()

    def _on_failed(self, fault: Exception) -> None:
        self.trouble.tell(Result.BAD, words.sentence_of(fault))
        self._show_buttons()

    @Slot()
    def _show_buttons(self) -> None:
        here = self.here
        self.back.setEnabled(here is not None and previous_page(here) is not None)
        page = None if here is None else self.pages[here]
        self.forward.setEnabled(page is not None and page.is_ready and not self._is_busy)
        if page is not None:
            self.forward.setText(page.continue_words)

    @property
    def _is_busy(self) -> bool:
        """Tell whether an answer is being kept, or the next page is on its way."""
        return self._question.is_open or (self.here is not None and self.pages[self.here].is_keeping)

    @Slot(BooksSystem)
    def _on_system(self, system: BooksSystem) -> None:
        self._system = system
        self._go(Page.QUICKBOOKS)

    @Slot()
    def _on_back(self) -> None:
        before = None if self.here is None else previous_page(self.here)
        if before is not None:
            self._go(before)

    @Slot()
    def _on_forward(self) -> None:
        here = self.here
        if here is None or self._is_busy or not self.pages[here].is_ready:
            return
        self.pages[here].keep(lambda: self._on_kept(here))
        self._show_buttons()

    def _on_kept(self, page: Page) -> None:
        after = next_page(page)
        if after is not None:
            self._go(after)
            return
        self.accept()
        self.finished_setup.emit()

    def _lay_out(self) -> None:
        for page in dict.fromkeys((*self.pages.values(), *self.books.values())):
            area = self._areas[page] = QScrollArea()
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setWidget(page)
            self._stack.addWidget(area)
        middle = QHBoxLayout()
        middle.addWidget(self.steps)
        line = QFrame()
        line.setFrameShape(QFrame.Shape.VLine)
        line.setFrameShadow(QFrame.Shadow.Sunken)
        middle.addWidget(line)
        middle.addWidget(self._stack, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self._note, 1)
        buttons.addWidget(self.later)
        buttons.addWidget(self.back)
        buttons.addWidget(self.forward)
        self.forward.setDefault(True)
        for button in (self.back, self.later):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.addLayout(middle, 1)
        column.addWidget(self.trouble)
        column.addLayout(buttons)
