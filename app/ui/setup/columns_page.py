"""The wizard's second page: the columns that were found, for a person to look at and to change."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.ui.setup import texts
from app.ui.setup.columns_form import ColumnsForm
from app.ui.setup.flow import Page, SetupState
from app.ui.setup.keeping import keep_columns
from app.ui.setup.page import SetupPage
from app.ui.setup.place import Place
from app.ui.tasks import Tasks


class ColumnsPage(SetupPage):
    """Shows which column is read for what."""

    page = Page.COLUMNS

    def __init__(self, place: Place, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Make the form."""
        super().__init__(place, tasks, texts.COLUMNS_TITLE, texts.COLUMNS_INTRO, parent)
        self.form = ColumnsForm(place, tasks)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.form.tested.connect(self.changed)

    @property
    def is_ready(self) -> bool:
        """Tell whether all that is needed has its column."""
        return self.form.is_good

    def enter(self, state: SetupState) -> None:
        """Ask Cedar."""
        super().enter(state)
        self.form.fill(state.settings.cedar.columns)
        self.form.read()

    def leave(self) -> None:
        """Ask no more."""
        self.form.stop()

    def keep_draft(self) -> None:
        """Keep what was chosen, where setting up is not finished."""
        place, chosen = self.place, dict(self.form.chosen)
        if self.form.is_good and self.state is not None and not self.state.is_finished:
            self.run_unwatched(lambda: keep_columns(place, chosen))

    def keep(self, kept: Callable[[], None]) -> None:
        """Keep what was chosen."""
        place, chosen = self.place, dict(self.form.chosen)
        self.run_to_keep(lambda: keep_columns(place, chosen), kept)
