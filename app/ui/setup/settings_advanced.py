"""The settings' page for rare cases: the port, new ids, a new password, the data folder, the set-up, updates."""

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QSpinBox, QWidget

from app.ui.setup import texts, words
from app.ui.setup.keeping import FileMade, make_file, new_pair
from app.ui.setup.password_box import PasswordBox
from app.ui.setup.path_label import PathLabel
from app.ui.setup.place import Place
from app.ui.setup.question import Question
from app.ui.setup.quiet_label import QuietLabel
from app.ui.setup.result_line import Result, ResultLine
from app.ui.setup.settings_page import Kept, SettingsPage
from app.ui.setup.settings_rules import PORT, UPDATES
from app.ui.setup.wrapped_box import WrappedCheckBox
from app.ui.tasks import Tasks
from app.updates.feed import has_feed


class AdvancedSettingsPage(SettingsPage):
    """What one rarely needs."""

    setup_wanted = Signal()
    """A person wants to go through the wizard again."""

    def __init__(self, place: Place, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Make the fields."""
        super().__init__(texts.PAGE_ADVANCED, parent)
        self._place = place
        self._question = Question(tasks, self)
        self._port = 0
        self.port = QSpinBox()
        self.port.setRange(1, 65535)
        self.port.setGroupSeparatorShown(False)
        self.new_file = ResultLine("new_file_for_port")
        self.pair = QPushButton(texts.NEW_PAIR)
        self.password = PasswordBox()
        self.result = ResultLine("advanced_result")
        self.folder = PathLabel(str(place.home))
        self.open_folder = QPushButton(texts.OPEN_FOLDER)
        self.set_up_again = QPushButton(texts.SET_UP_AGAIN)
        self._has_feed = has_feed()
        self.updates = WrappedCheckBox(texts.UPDATES)
        self.add_field(PORT, texts.PORT, self.port)
        self.form.addRow(self.new_file)
        self.add_buttons(self.pair)
        self.form.addRow(QuietLabel(texts.NEW_PAIR_WHY))
        self.form.addRow(self.password)
        self.form.addRow(self.result)
        # Beside its label a wrapped line would be given one line's height.
        self.form.addRow(QLabel(texts.DATA_FOLDER))
        self.form.addRow(self.folder)
        self.add_buttons(self.open_folder, self.set_up_again)
        self.form.addRow(self.updates)
        if not self._has_feed:
            self.updates.setEnabled(False)
            self.form.addRow(QuietLabel(texts.NO_UPDATES))
        self.body.addStretch(1)
        self.port.valueChanged.connect(self._on_port)
        self.pair.clicked.connect(self._on_pair)
        self.password.new_wanted.connect(self._on_new_password)
        self.open_folder.clicked.connect(self._on_open_folder)
        self.set_up_again.clicked.connect(self.setup_wanted)

    def fill(self, kept: Kept, /) -> None:
        """Show what is kept."""
        self._port = kept.settings.web_connector.port
        self.port.setValue(self._port)
        self.updates.setChecked(self._has_feed and kept.settings.updates.check)

    def wanted(self) -> dict[str, object]:
        """Give what stands in the fields."""
        wanted: dict[str, object] = {PORT: self.port.value()}
        # Without a feed the tick is off because nothing is looked for, not because a person wants that.
        return wanted | {UPDATES: self.updates.isChecked()} if self._has_feed else wanted

    def stop(self) -> None:
        """Want no answer any more."""
        self._question.drop()

    @Slot(int)
    def _on_port(self, port: int) -> None:
        self.new_file.tell(Result.BAD if port != self._port else Result.NOTHING, texts.NEW_FILE_NEEDED)

    @Slot()
    def _on_pair(self) -> None:
        answer = QMessageBox.question(self, texts.PAGE_ADVANCED, texts.NEW_PAIR_QUESTION)
        if answer is QMessageBox.StandardButton.Yes:
            self.make_pair()

    def make_pair(self) -> None:
        """Make new ids, and the file with them."""
        place = self._place
        self._question.ask(lambda _: new_pair(place), self._on_pair_made, self._on_failed)

    def _on_pair_made(self, made: FileMade) -> None:
        self.result.tell(Result.GOOD, texts.PAIR_MADE.format(path=made.path))

    @Slot()
    def _on_new_password(self) -> None:
        place = self._place
        self._question.ask(lambda _: make_file(place, new_password=True), self._on_password_made, self._on_failed)

    def _on_password_made(self, made: FileMade) -> None:
        self.password.show_password(made.password)

    @Slot()
    def _on_open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._place.home)))

    def _on_failed(self, fault: Exception) -> None:
        self.result.tell(Result.BAD, words.sentence_of(fault))
