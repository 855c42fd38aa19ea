"""The wizard's third page for books in QuickBooks Online: the Intuit app, the document, the sign-in."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.domain.books_system import BooksSystem
from app.ui.setup import texts_online as texts
from app.ui.setup import words
from app.ui.setup.flow import Page, SetupState
from app.ui.setup.online_form import OnlineForm
from app.ui.setup.online_signing import OnlineState, keep_online, online_state
from app.ui.setup.page import SetupPage
from app.ui.setup.place import Place
from app.ui.setup.question import Question
from app.ui.setup.result_line import Result
from app.ui.setup.system_choice import SystemChoice
from app.ui.tasks import Tasks


class OnlinePage(SetupPage):
    """Is answered once a document is chosen and somebody is signed in."""

    page = Page.QUICKBOOKS

    def __init__(self, place: Place, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Make the form."""
        super().__init__(place, tasks, texts.TITLE, texts.INTRO, parent)
        self._question = Question(tasks, self)
        self.system = SystemChoice(BooksSystem.QUICKBOOKS_ONLINE)
        self.form = OnlineForm(place, tasks)
        self.body.addWidget(self.system)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.form.changed.connect(self.changed)

    @property
    def is_ready(self) -> bool:
        """Tell whether somebody is signed in, and a document is chosen."""
        return self.form.state.is_signed_in and bool(self.form.answers.document)

    def enter(self, state: SetupState) -> None:
        """Show what is kept."""
        super().enter(state)
        self.system.reset()
        place, destination = self.place, state.settings.destination
        is_online = state.system is BooksSystem.QUICKBOOKS_ONLINE

        def show(found: OnlineState) -> None:
            self.form.fill(destination, found, is_online=is_online)
            self.changed.emit()

        self._question.ask(lambda _: online_state(place), show, self._on_failed)

    def leave(self) -> None:
        """Wait for no browser any more."""
        self._question.drop()
        self.form.stop()

    def keep(self, kept: Callable[[], None]) -> None:
        """Keep the answers: the document may have been chosen anew since the sign-in."""
        place, answers = self.place, self.form.answers
        self.run_to_keep(lambda: keep_online(place, answers), kept)

    def _on_failed(self, fault: Exception) -> None:
        self.trouble.tell(Result.BAD, words.sentence_of(fault))
