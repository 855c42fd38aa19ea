"""How to reach Cedar: four fields, asked of Cedar at once, with the answer under them."""

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.system.credentials import LONGEST, length_of
from app.system.settings import CedarSettings
from app.ui.setup import texts, words
from app.ui.setup.checks import CedarFound, ask_cedar
from app.ui.setup.flow import CedarAnswers, Missing, missing
from app.ui.setup.place import Place
from app.ui.setup.question import Question
from app.ui.setup.result_line import Result, ResultLine
from app.ui.tasks import Tasks

PAUSE = 700
"""Milliseconds without typing after which Cedar is asked."""


class CedarForm(QWidget):
    """Region, carrier, user and key."""

    tested = Signal()
    """Whether Cedar answers well is known anew: see `is_good`."""

    def __init__(self, place: Place, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Show empty fields; `fill` them."""
        super().__init__(parent)
        self._place = place
        self._question = Question(tasks, self)
        self._has_key = False
        self._tested: CedarAnswers | None = None
        self.is_good = False
        """Cedar answered well to what stands in the fields."""
        self.region = QComboBox()
        for region, name in texts.REGIONS.items():
            self.region.addItem(name, region)
        self.carrier = _line(texts.CARRIER_HINT)
        self.assume_user = _line(texts.ASSUME_USER_HINT)
        self.api_key = _line(texts.API_KEY_HINT)
        self.api_key.setEchoMode(QLineEdit.EchoMode.Password)
        self.result = ResultLine("cedar_result")
        self.again = QPushButton(texts.TRY_AGAIN)
        self.again.setVisible(False)
        self.again.setAutoDefault(False)
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.test)
        self.region.currentIndexChanged.connect(self._on_changed)
        for field in (self.carrier, self.assume_user, self.api_key):
            field.textChanged.connect(self._on_changed)
        self.again.clicked.connect(self._on_again)

    @property
    def answers(self) -> CedarAnswers:
        """What stands in the fields."""
        return CedarAnswers(
            str(self.region.currentData()),
            self.carrier.text().strip(),
            self.assume_user.text().strip(),
            self.api_key.text().strip(),
        )

    def fill(self, settings: CedarSettings, *, has_key: bool) -> None:
        """Show what is kept; the key is never shown again."""
        self._has_key = has_key
        self.stop()
        fields = (self.region, self.carrier, self.assume_user, self.api_key)
        blockers = [QSignalBlocker(field) for field in fields]
        self.region.setCurrentIndex(max(0, self.region.findData(settings.region)))
        self.carrier.setText(settings.carrier)
        self.assume_user.setText(settings.assume_user)
        self.api_key.clear()
        for blocker in blockers:
            blocker.unblock()
        self.api_key.setPlaceholderText(texts.API_KEY_IS_KEPT if has_key else texts.API_KEY_HINT)
        self._tested = None
        self.is_good = False
        self.again.setVisible(False)
        self.result.tell(Result.NOTHING)

    def key_was_kept(self) -> None:
        """Forget the typed key: it is in the credential store."""
        self._has_key = True
        with QSignalBlocker(self.api_key):
            self.api_key.clear()
        self.api_key.setPlaceholderText(texts.API_KEY_IS_KEPT)
        self._tested = self.answers

    @Slot()
    def test(self) -> None:
        """Ask Cedar with what stands in the fields, unless something is missing or it has answered already."""
        self._timer.stop()
        answers = self.answers
        if answers == self._tested:
            return
        gaps = missing(answers, has_key=self._has_key)
        if gaps:
            self._tell_gaps(gaps)
            return
        self._tested = answers
        self.again.setVisible(False)
        self.result.tell(Result.BUSY, texts.ASKING_CEDAR)
        place = self._place
        self._question.ask(lambda is_unwanted: ask_cedar(place, answers, is_unwanted), self._on_found, self._on_failed)

    def stop(self) -> None:
        """Want no answer any more."""
        self._timer.stop()
        self._question.drop()

    def _tell_gaps(self, gaps: tuple[Missing, ...]) -> None:
        if Missing.SHORTER_KEY in gaps:
            length = length_of(self.answers.api_key)
            self.result.tell(Result.BAD, texts.KEY_TOO_LONG.format(length=length, limit=LONGEST))
        else:
            self.result.tell(Result.NOTE, words.still_missing(gaps))

    @Slot()
    def _on_changed(self) -> None:
        self._question.drop()
        self._tested = None
        self.again.setVisible(False)
        if self.is_good:
            self.is_good = False
            self.tested.emit()
        gaps = missing(self.answers, has_key=self._has_key)
        if gaps:
            self._timer.stop()
            self._tell_gaps(gaps)
        else:
            self._timer.start()

    @Slot()
    def _on_again(self) -> None:
        self._tested = None
        self.test()

    def _on_found(self, found: CedarFound) -> None:
        self.is_good = True
        self.result.tell(Result.GOOD, words.found_in_cedar(found))
        self.tested.emit()

    def _on_failed(self, fault: Exception) -> None:
        self.is_good = False
        self.again.setVisible(True)
        self.result.tell(Result.BAD, words.sentence_of(fault))
        self.tested.emit()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(texts.REGION, self.region)
        form.addRow(texts.CARRIER, self.carrier)
        form.addRow(texts.ASSUME_USER, self.assume_user)
        form.addRow(texts.API_KEY, self.api_key)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        column.addWidget(self.result)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        for label, field in (
            (texts.REGION, self.region),
            (texts.CARRIER, self.carrier),
            (texts.ASSUME_USER, self.assume_user),
            (texts.API_KEY, self.api_key),
        ):
            field.setAccessibleName(label.replace("&", ""))


def _line(hint: str) -> QLineEdit:
    field = QLineEdit()
    field.setPlaceholderText(hint)
    field.setAccessibleDescription(hint)
    return field
