"""The wizard's first page: how to reach Cedar."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.ui.setup import texts
from app.ui.setup.cedar_form import CedarForm
from app.ui.setup.flow import Page, SetupState
from app.ui.setup.keeping import keep_cedar, keep_draft
from app.ui.setup.page import SetupPage
from app.ui.setup.place import Place
from app.ui.tasks import Tasks


class CedarPage(SetupPage):
    """Asks for carrier, user and key, and tries them at once."""

    page = Page.CEDAR

    def __init__(self, place: Place, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Make the form."""
        super().__init__(place, tasks, texts.CEDAR_TITLE, texts.CEDAR_INTRO, parent)
        self.form = CedarForm(place, tasks)
        self._is_filled = False
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.form.tested.connect(self.changed)

    @property
    def is_ready(self) -> bool:
        """Tell whether Cedar answered well."""
        return self.form.is_good

    def enter(self, state: SetupState) -> None:
        """Show what is kept, and ask Cedar if that is enough."""
        super().enter(state)
        if not self._is_filled:
            self._is_filled = True
            self.form.fill(state.settings.cedar, has_key=state.has_key)
        if state.has_cedar:
            self.form.test()
        self.form.carrier.setFocus()

    def leave(self) -> None:
        """Ask no more."""
        self.form.stop()

    def keep_draft(self) -> None:
        """Keep what was typed, but for the key."""
        place, answers = self.place, self.form.answers
        if self._is_filled:
            self.run_unwatched(lambda: keep_draft(place, answers))

    def keep(self, kept: Callable[[], None]) -> None:
        """Keep settings and key."""
        place, answers = self.place, self.form.answers

        def done() -> None:
            self.form.key_was_kept()
            kept()

        self.run_to_keep(lambda: keep_cedar(place, answers), done)
