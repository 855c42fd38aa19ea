"""The wizard's last page: starting at sign-in, and the word that lets Cedar Sync begin."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QWidget

from app.domain.books_system import BooksSystem
from app.system.autostart import Autostart
from app.ui.icon_place import IconPlace
from app.ui.setup import texts, texts_online, words
from app.ui.setup.flow import Page, SetupState
from app.ui.setup.keeping import begin
from app.ui.setup.page import SetupPage
from app.ui.setup.place import Place
from app.ui.setup.result_line import Result, ResultLine
from app.ui.setup.sign_in_box import SignInBox
from app.ui.tasks import Tasks

_INTRO: Final = {
    BooksSystem.QUICKBOOKS_DESKTOP: texts.START_INTRO,
    BooksSystem.QUICKBOOKS_ONLINE: texts_online.START_INTRO,
}


class StartPage(SetupPage):
    """Asks whether to start now, and at every sign-in."""

    page = Page.START

    def __init__(self, place: Place, tasks: Tasks, autostart: Autostart, parent: QWidget | None = None) -> None:
        """Take the switch for starting at sign-in."""
        super().__init__(place, tasks, texts.START_TITLE, texts.START_INTRO, parent)
        self.sign_in = SignInBox(autostart)
        self.result = ResultLine("start_result")
        self.body.addWidget(self.result)
        self.icon_place = IconPlace()
        self.body.addWidget(self.sign_in)
        self.body.addWidget(self.icon_place)
        self.body.addStretch(1)

    @property
    def continue_words(self) -> str:
        """Say whether there is anything to start."""
        return texts.FINISH if self.state is not None and self.state.is_finished else super().continue_words

    def enter(self, state: SetupState) -> None:
        """Show how things stand."""
        super().enter(state)
        self.intro.setText(texts.REOPENED_INTRO if state.is_finished else _INTRO[state.system])
        self.sign_in.show_state(wants_it=not state.is_finished)
        if not state.has_books:
            self.result.tell(Result.NOTE, texts.START_WITHOUT_BOOKS)
        elif state.company is None:
            self.result.tell(Result.GOOD, texts.START_READY_ONLINE)
        else:
            self.result.tell(Result.GOOD, texts.START_READY.format(company=words.company_of(state.company)))

    def keep(self, kept: Callable[[], None]) -> None:
        """Let the connection begin, and keep the choice about sign-in; a finished one stays paused if it is."""
        place, switching = self.place, self.sign_in.switching()
        is_finished = self.state is not None and self.state.is_finished

        def start() -> None:
            switching.apply()
            if not is_finished:
                begin(place)

        self.run_to_keep(start, kept)
