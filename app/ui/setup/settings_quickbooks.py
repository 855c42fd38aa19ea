"""The settings' page about QuickBooks: who answered, the user name, and the steps to connect on demand."""

from PySide6.QtCore import QDir, Slot
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QSpinBox, QWidget

from app.bootstrap.connection_kit import kit_of
from app.domain.values import replace
from app.ui.setup import texts, words
from app.ui.setup.checks import BooksFound, books_found, cause_found
from app.ui.setup.connect_steps import ConnectSteps
from app.ui.setup.place import LONGEST_USERNAME, Place
from app.ui.setup.question import Question
from app.ui.setup.quickbooks_page import told
from app.ui.setup.result_line import Result, ResultLine
from app.ui.setup.settings_page import BooksSettingsPage, Kept
from app.ui.tasks import Tasks


class QuickBooksSettingsPage(BooksSettingsPage):
    """How things stand with the Web Connector."""

    def __init__(self, place: Place, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Make the fields."""
        super().__init__(texts.PAGE_BOOKS, parent)
        self._place = place
        self._question = Question(tasks, self)
        self._username = ""
        self.state = ResultLine("books_state")
        self.company_file = QLineEdit()
        self.company_file.setPlaceholderText(texts.COMPANY_FILE_HINT)
        self.browse = QPushButton(texts.BROWSE)
        self.username = QLineEdit()
        self.username.setMaxLength(2 * LONGEST_USERNAME)
        self.run_every = QSpinBox()
        self.run_every.setRange(1, 1440)
        self.run_every.setSuffix(texts.CEDAR_POLL_UNIT)
        self.why = ResultLine("steps_why")
        self.new_file = ResultLine("new_file")
        self.show_steps = QPushButton(texts.SHOW_STEPS)
        self.show_steps.setAutoDefault(False)
        self.steps = ConnectSteps(place, tasks)
        self.steps.hide()
        self.form.addRow(self.why)
        self.form.addRow(self.state)
        self.add_field("destination.company_file", texts.COMPANY_FILE, self.company_file, self.browse)
        self.add_field("web_connector.username", texts.USERNAME, self.username)
        self.add_field("web_connector.run_every_minutes", texts.RUN_EVERY, self.run_every)
        self.form.addRow(self.new_file)
        self.add_buttons(self.show_steps)
        self.form.addRow(self.steps)
        self.body.addStretch(1)
        self.username.textChanged.connect(self._on_username)
        self.browse.clicked.connect(self._on_browse)
        self.show_steps.clicked.connect(self._on_show_steps)

    def fill(self, kept: Kept, /) -> None:
        """Show what is kept, and ask the record who has called."""
        self._username = kept.connection.web_connector.username
        self.company_file.setText(kept.connection.destination.company_file)
        self.username.setText(self._username)
        self.run_every.setValue(kept.connection.web_connector.run_every_minutes)
        place = self._place

        def ask() -> BooksFound:
            with place.opened() as installation:
                found = books_found(installation, place.connection)
                return replace(found, cause=cause_found(kit_of(installation, place.connection)))

        self._question.ask(lambda _: ask(), self._on_found, self._on_failed)

    def wanted(self) -> dict[str, object]:
        """Give what stands in the fields."""
        return {
            "destination.company_file": self.company_file.text().strip(),
            "web_connector.username": self.username.text().strip(),
            "web_connector.run_every_minutes": self.run_every.value(),
        }

    def saved(self) -> None:
        """Make the file anew where it is shown: something in it may have changed."""
        self._username = self.username.text().strip()
        if self.steps.isVisibleTo(self):
            self.steps.prepare()

    def tell_new_file(self, *, is_needed: bool) -> None:
        """Say whether the Web Connector must get a new file."""
        self.new_file.tell(Result.BAD if is_needed else Result.NOTHING, texts.NEW_FILE_NEEDED)

    def stop(self) -> None:
        """Want no answer any more."""
        self._question.drop()
        self.steps.stop()

    @Slot()
    def _on_browse(self) -> None:
        here = self.company_file.text().strip()
        chosen, _ = QFileDialog.getOpenFileName(self, texts.COMPANY_FILE_TITLE, here, texts.COMPANY_FILE_KIND)
        if chosen:
            # QuickBooks names its files with Windows' own separators, and they are compared.
            self.company_file.setText(QDir.toNativeSeparators(chosen))

    @Slot(str)
    def _on_username(self, username: str) -> None:
        self.tell_new_file(is_needed=username.strip() != self._username)

    def show_steps_because(self, note: str) -> None:
        """Show the steps, and why they are to be followed now."""
        self.why.tell(Result.BAD, note)
        self.new_file.tell(Result.NOTHING)
        self._on_show_steps()

    @Slot()
    def _on_show_steps(self) -> None:
        self.steps.show()
        self.steps.prepare()

    def _on_found(self, found: BooksFound) -> None:
        is_told = found.problem is not None or found.refused_at is not None or found.cause is not None
        if found.last_contact is None and not is_told:
            self.state.tell(Result.NOTE, texts.NEVER_CALLED)
        else:
            self.state.tell(*told(found))

    def _on_failed(self, fault: Exception) -> None:
        self.state.tell(Result.BAD, words.sentence_of(fault))
