"""The settings window: one list of pages, one connection at a time, Save and Cancel."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.bootstrap.installation import Installation
from app.domain.books_system import BooksSystem
from app.domain.faults import CedarRefused, KnownFault
from app.system.autostart import Autostart, system_autostart
from app.system.home import usual_home
from app.ui.screen_room import room_for
from app.ui.setup import texts, words
from app.ui.setup.add_connection import AddConnectionDialog
from app.ui.setup.checks import ask_cedar, kept_answers
from app.ui.setup.listening import PortInUse
from app.ui.setup.place import Place
from app.ui.setup.question import Question
from app.ui.setup.result_line import Result, ResultLine
from app.ui.setup.settings_advanced import AdvancedSettingsPage
from app.ui.setup.settings_cedar import CedarSettingsPage
from app.ui.setup.settings_choices import RulesSettingsPage
from app.ui.setup.settings_notifications import NotificationSettingsPage
from app.ui.setup.settings_online import OnlineSettingsPage
from app.ui.setup.settings_page import BooksSettingsPage, Kept, SettingsPage
from app.ui.setup.settings_quickbooks import QuickBooksSettingsPage
from app.ui.setup.settings_rules import API_KEY, ASKED_OF_CEDAR, PORT, differing, keep, needs_new_file, refusals
from app.ui.setup.settings_startup import StartupSettingsPage
from app.ui.setup.sign_in_box import Switching
from app.ui.setup.wizard import SetupWizard
from app.ui.tasks import Tasks
from app.ui.ui_state import UiState

_BOOKS_PAGES: Final[dict[BooksSystem, Callable[[Place, Tasks], BooksSettingsPage]]] = {
    BooksSystem.QUICKBOOKS_DESKTOP: QuickBooksSettingsPage,
    BooksSystem.QUICKBOOKS_ONLINE: OnlineSettingsPage,
}
"""By accounting system: the page about it."""


class SettingsDialog(QDialog):
    """Shows and changes the settings; what the file refuses is refused at its field."""

    settings_changed = Signal()
    """Other settings are in the file; a running program takes them by itself."""

    restart_wanted = Signal()
    """Another port, connection or accounting system counts only once the program starts again."""

    setup_wanted = Signal(str)
    """A person wants to go through the wizard again, for the connection of this name."""

    def __init__(
        self,
        installation: Installation,
        tasks: Tasks,
        parent: QWidget | None = None,
        *,
        autostart: Autostart | None = None,
    ) -> None:
        """Show the first connection.

        Args:
            installation: The home, and where secrets are kept.
            tasks: Who runs what takes time.
            parent: The window it belongs to.
            autostart: The switch for starting at sign-in; this computer's by default.
        """
        super().__init__(parent)
        self.setWindowTitle(texts.SETTINGS_TITLE)
        self._home, self._credentials, self._tasks = installation.home.path, installation.credentials, tasks
        self._autostart = autostart or system_autostart(None if self._home == usual_home() else self._home)
        self._question = Question(tasks, self)
        self._in_force = {each.name: each.destination.kind for each in installation.settings.connections}
        """By connection: the accounting system the program works with."""
        self._names = [each.name for each in installation.settings.connections]
        self._place = Place(self._home, self._credentials, self._names[0])
        self.pages: list[SettingsPage] = []
        self._areas: list[QScrollArea] = []
        self.connection = QComboBox()
        self.connection.addItems(self._names)
        self.connection.setAccessibleName(texts.CONNECTION.replace("&", ""))
        self.add = QPushButton(texts.ADD_CONNECTION)
        self.list = QListWidget()
        self.list.setAccessibleName(texts.PAGES_NAME)
        self._stack = QStackedWidget()
        self.outcome = ResultLine("settings_result")
        self.save = QPushButton(texts.SAVE)
        self.cancel = QPushButton(texts.CANCEL)
        self._lay_out()
        self._build()
        self.resize(self.sizeHint())
        self.list.currentRowChanged.connect(self._stack.setCurrentIndex)
        self.connection.currentTextChanged.connect(self._on_connection)
        self.add.clicked.connect(self._on_add)
        self.save.clicked.connect(self._on_save)
        self.cancel.clicked.connect(self.reject)

    def sizeHint(self) -> QSize:
        """Ask for a size that grows with the text, and stays on the screen."""
        return room_for(self, letters=125, lines=38)

    def show_page(self, page: type[SettingsPage]) -> None:
        """Open at a page."""
        self.list.setCurrentRow(next(row for row, each in enumerate(self.pages) if isinstance(each, page)))

    def show_connect_steps(self, note: str, connection: str = "") -> None:
        """Open at the steps to connect QuickBooks, with a sentence that says why; by default for the one shown."""
        if connection:
            self.connection.setCurrentText(connection)
        self._fill()
        self.show_page(BooksSettingsPage)
        self.quickbooks.show_steps_because(note)

    def done(self, result: int) -> None:
        """Close, and want no answer any more."""
        self._question.drop()
        for page in self.pages:
            page.stop()
        super().done(result)

    def _build(self) -> None:
        """Make the pages for the connection that is chosen."""
        row = max(0, self.list.currentRow())
        for page in self.pages:
            page.stop()
        for area in self._areas:
            self._stack.removeWidget(area)
            area.deleteLater()
        self._areas.clear()
        advanced = AdvancedSettingsPage(self._place, self._tasks)
        advanced.setup_wanted.connect(self._on_setup_wanted)
        self.notifications = NotificationSettingsPage(UiState(self._home))
        self.startup = StartupSettingsPage(self._autostart)
        system = self._system
        self.quickbooks = _BOOKS_PAGES[system](self._place, self._tasks)
        self.pages = [
            CedarSettingsPage(self._place, self._tasks),
            self.quickbooks,
            RulesSettingsPage(system),
            self.notifications,
            self.startup,
            advanced,
        ]
        for page in self.pages:
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setWidget(page)
            self._stack.addWidget(area)
            self._areas.append(area)
        self._fill()
        if self._is_other_system:
            self.outcome.tell(Result.NOTE, texts.OTHER_SYSTEM)
        self._stack.setCurrentIndex(row)
        self.list.setCurrentRow(row)

    @property
    def _system(self) -> BooksSystem:
        try:
            return BooksSystem(self._place.connection_settings().destination.kind)
        except KnownFault:
            # The pages say what is amiss with the settings.
            return BooksSystem.QUICKBOOKS_DESKTOP

    @property
    def _is_other_system(self) -> bool:
        """Tell whether the settings name another accounting system than the program works with: the wizard did that."""
        name = self._place.connection
        return self._in_force.get(name, self._system.value) != self._system.value

    def _fill(self) -> None:
        try:
            kept = Kept(self._place.settings(), self._place.connection_settings())
        except KnownFault as fault:
            self.outcome.tell(Result.BAD, words.sentence_of(fault))
            self.save.setEnabled(False)
            return
        for page in self.pages:
            page.fill(kept)

    def _changes(self) -> dict[str, object]:
        wanted: dict[str, object] = {}
        for page in self.pages:
            wanted |= page.wanted()
        return differing(wanted, self._place.settings(), self._place.connection_settings())

    @Slot()
    def _on_save(self) -> None:
        try:
            changes = self._changes()
            refused = refusals(changes, self._place.settings(), self._place.connection)
        except KnownFault as fault:
            self.outcome.tell(Result.BAD, words.sentence_of(fault))
            return
        if self._show_refusals(refused):
            return
        place, switching = self._place, self.startup.sign_in.switching()
        self.notifications.keep()
        self.save.setEnabled(False)
        self.outcome.tell(Result.BUSY, texts.SAVING)
        self._question.ask(
            lambda _: _keep(place, changes, switching), lambda _: self._on_saved(changes), self._on_not_saved
        )

    def _show_refusals(self, refused: dict[str, str]) -> bool:
        """Show refusals at their fields, and the first page that has one."""
        pages = [page for page in self.pages if page.refuse(refused)]
        if pages:
            self.list.setCurrentRow(self.pages.index(pages[0]))
            self.outcome.tell(Result.BAD, texts.LOOK_AT_PAGE.format(page=pages[0].title))
        return bool(refused)

    def _on_saved(self, changes: dict[str, object]) -> None:
        self.save.setEnabled(True)
        for page in self.pages:
            page.saved()
        self._fill()
        self.quickbooks.tell_new_file(is_needed=needs_new_file(changes))
        is_other_system = self._is_other_system
        saved = texts.SAVED_SYSTEM if is_other_system else texts.SAVED_PORT if PORT in changes else texts.SAVED
        if ASKED_OF_CEDAR.isdisjoint(changes):
            self.outcome.tell(Result.GOOD, saved)
        else:
            self._ask_cedar(saved)
        if changes:
            self.settings_changed.emit()
        if PORT in changes or is_other_system:
            self._in_force[self._place.connection] = self._system.value
            self.restart_wanted.emit()

    def _ask_cedar(self, saved: str) -> None:
        """Say that all was saved only once Cedar has not refused what was."""
        place = self._place

        def asked(_: object) -> None:
            if self._place is place:
                self.outcome.tell(Result.GOOD, saved)

        def failed(fault: Exception) -> None:
            if self._place is place and isinstance(fault, CedarRefused):
                self.outcome.tell(Result.BAD, texts.SAVED_REFUSED)
            else:
                # Whether Cedar can be reached just now is no matter of what was saved.
                asked(None)

        self.outcome.tell(Result.BUSY, texts.SAVED_ASKING)
        self._question.ask(lambda is_unwanted: ask_cedar(place, kept_answers(place), is_unwanted), asked, failed)

    def _on_not_saved(self, fault: Exception) -> None:
        self.save.setEnabled(True)
        if isinstance(fault, PortInUse):
            self._show_refusals({PORT: texts.PORT_TAKEN.format(port=fault.port, free=fault.free)})
            return
        sentence = words.sentence_of(fault)
        # A refusal by the file names its field.
        known = [path for page in self.pages for path in page.refusals]
        path = next((path for path in known if f"{path.rpartition('.')[2]} is " in sentence), None)
        if path is None and API_KEY in self._changes():
            path = API_KEY
        if path is None:
            self.outcome.tell(Result.BAD, sentence)
        else:
            self._show_refusals({path: sentence})

    @Slot(str)
    def _on_connection(self, name: str) -> None:
        if name == self._place.connection:
            return
        if self._changes():
            self.connection.setCurrentText(self._place.connection)
            self.outcome.tell(Result.BAD, texts.SAVE_FIRST)
            return
        self._place = Place(self._home, self._credentials, name)
        self.outcome.tell(Result.NOTHING)
        self._build()

    @Slot()
    def _on_add(self) -> None:
        asking = AddConnectionDialog(self._names, self)
        if asking.exec():
            self.set_up(asking.name.text())

    def set_up(self, name: str) -> SetupWizard:
        """Open the wizard for a new connection."""
        wizard = SetupWizard(
            self._home, self._credentials, self._tasks, self, connection=name, autostart=self._autostart
        )

        def finished() -> None:
            self._names.append(name)
            self.connection.addItem(name)
            self.outcome.tell(Result.GOOD, texts.ADDED.format(name=name))
            self.restart_wanted.emit()

        wizard.finished_setup.connect(finished)
        wizard.open()
        return wizard

    @Slot()
    def _on_setup_wanted(self) -> None:
        self.setup_wanted.emit(self._place.connection)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        label = QLabel(texts.CONNECTION)
        label.setBuddy(self.connection)
        top.addWidget(label)
        top.addWidget(self.connection)
        top.addWidget(self.add)
        top.addStretch(1)
        middle = QHBoxLayout()
        middle.addWidget(self.list)
        middle.addWidget(self._stack, 1)
        for name in texts.PAGES:
            self.list.addItem(name)
        self.list.setFixedWidth(self.list.sizeHintForColumn(0) + 4 * self.fontMetrics().averageCharWidth())
        buttons = QHBoxLayout()
        buttons.addWidget(self.outcome, 1)
        buttons.addStretch(0)
        buttons.addWidget(self.save)
        buttons.addWidget(self.cancel)
        self.save.setDefault(True)
        for button in (self.add, self.cancel):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.addLayout(top)
        column.addLayout(middle, 1)
        column.addLayout(buttons)


def _keep(place: Place, changes: dict[str, object], switching: Switching) -> None:
    keep(place, changes)
    switching.apply()
