"""What a connection to QuickBooks Online needs: the Intuit app, the kind of document, and a person who signs in."""

from PySide6.QtCore import Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QButtonGroup,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.faults import KnownFault
from app.system.settings import DestinationSettings
from app.ui.setup import texts_online as texts
from app.ui.setup import words
from app.ui.setup.choice_box import ChoiceBox
from app.ui.setup.online_signing import OnlineAnswers, OnlineState, Signing
from app.ui.setup.place import Place
from app.ui.setup.question import Question
from app.ui.setup.quiet_label import QuietLabel
from app.ui.setup.result_line import Result, ResultLine
from app.ui.tasks import Tasks

LOOK_EVERY = 500
"""Milliseconds between two looks at whether the browser has come back."""


class OnlineForm(QWidget):
    """Fields, two documents to choose from, and the sign-in."""

    changed = Signal()
    """Whether somebody is signed in, or what stands in the fields, has changed."""

    def __init__(self, place: Place, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Show empty fields; `fill` them."""
        super().__init__(parent)
        self._question = Question(tasks, self)
        self._signing = Signing(place)
        self.state = OnlineState()
        self.environment = ChoiceBox(texts.ENVIRONMENTS)
        self.client_id = _line(texts.CLIENT_ID_HINT)
        self.client_secret = _line(texts.CLIENT_SECRET_HINT)
        self.client_secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.redirect_url = _line(texts.REDIRECT_HINT)
        self.documents: dict[str, QRadioButton] = {}
        self._documents = QButtonGroup(self)
        self.sign_in = QPushButton(texts.SIGN_IN)
        self.result = ResultLine("online_result")
        self.pasted = QLineEdit()
        self.use = QPushButton(texts.PASTE_USE)
        self._paste = QWidget()
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self._look)
        for field in (self.client_id, self.client_secret, self.redirect_url):
            field.textChanged.connect(self._on_changed)
        self._documents.buttonClicked.connect(self._on_changed)
        self.environment.currentIndexChanged.connect(self._on_changed)
        self.sign_in.clicked.connect(self._on_sign_in)
        self.use.clicked.connect(self._on_use)
        self.pasted.returnPressed.connect(self._on_use)

    @property
    def answers(self) -> OnlineAnswers:
        """What stands in the fields."""
        document = next((value for value, button in self.documents.items() if button.isChecked()), "")
        return OnlineAnswers(
            document,
            self.environment.value,
            self.client_id.text().strip(),
            self.client_secret.text().strip(),
            self.redirect_url.text().strip(),
        )

    @property
    def is_enough(self) -> bool:
        """Tell whether somebody could sign in with what stands in the fields."""
        return self.answers.is_enough(has_secret=self.state.has_secret)

    def fill(self, destination: DestinationSettings, state: OnlineState, *, is_online: bool) -> None:
        """Show what is kept; the secret is never shown again, and no document is chosen for anybody."""
        self.state = state
        self.environment.choose(destination.environment)
        self.client_id.setText(destination.client_id)
        self.client_secret.clear()
        self.client_secret.setPlaceholderText(
            texts.CLIENT_SECRET_KEPT if state.has_secret else texts.CLIENT_SECRET_HINT
        )
        self.redirect_url.setText(destination.redirect_url)
        if is_online and destination.document in self.documents:
            self.documents[destination.document].setChecked(True)
        self._show_state()

    def stop(self) -> None:
        """Wait for no browser, and want no answer any more."""
        self._timer.stop()
        self._question.drop()
        self._signing.stop()

    def _show_state(self) -> None:
        self._paste.hide()
        if self.state.is_lost:
            self.result.tell(Result.BAD, texts.IS_LOST)
        elif self.state.is_signed_in:
            self.result.tell(Result.GOOD, texts.SIGNED_IN.format(company=self.state.company))
        else:
            self.result.tell(Result.NOTE, texts.READY if self.is_enough else texts.NOT_YET)
        self._show_button()

    def _show_button(self) -> None:
        self.sign_in.setText(texts.SIGN_IN_AGAIN if self.state.is_signed_in else texts.SIGN_IN)
        self.sign_in.setEnabled(self.is_enough and not self._question.is_open)

    @Slot()
    def _on_changed(self) -> None:
        if not self._timer.isActive() and not self.state.is_signed_in:
            self._show_state()
        self._show_button()
        self.changed.emit()

    @Slot()
    def _on_sign_in(self) -> None:
        answers, signing = self.answers, self._signing
        self.result.tell(Result.BUSY, texts.BEGINNING)
        self._question.ask(lambda _: signing.begin(answers), self._on_begun, self._on_failed)
        self._show_button()

    def _on_begun(self, address: str) -> None:
        self.client_secret.clear()
        self.client_secret.setPlaceholderText(texts.CLIENT_SECRET_KEPT)
        self.state = OnlineState(self.state.company, has_secret=True)
        self.result.tell(Result.BUSY, texts.IN_BROWSER)
        self.pasted.clear()
        self._paste.show()
        QDesktopServices.openUrl(QUrl(address))
        self._timer.start()
        self._show_button()
        self.changed.emit()

    @Slot()
    def _look(self) -> None:
        outcome = self._signing.outcome
        if isinstance(outcome, KnownFault):
            self._timer.stop()
            self.result.tell(Result.BAD, words.sentence_of(outcome))
            self._show_button()
        elif outcome is not None and not self._question.is_open:
            self._on_signed_in(outcome)

    @Slot()
    def _on_use(self) -> None:
        pasted, signing = self.pasted.text(), self._signing
        self._question.ask(lambda _: signing.take(pasted), self._on_signed_in, self._on_failed)

    def _on_signed_in(self, company: str) -> None:
        self._timer.stop()
        self._signing.stop()
        self.state = OnlineState(company, is_signed_in=True, has_secret=True)
        self._show_state()
        self.changed.emit()

    def _on_failed(self, fault: Exception) -> None:
        self.result.tell(Result.BAD, words.sentence_of(fault))
        self._show_button()
        self.changed.emit()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for label, field in (
            (texts.ENVIRONMENT, self.environment),
            (texts.CLIENT_ID, self.client_id),
            (texts.CLIENT_SECRET, self.client_secret),
            (texts.REDIRECT, self.redirect_url),
        ):
            form.addRow(label, field)
            field.setAccessibleName(label.replace("&", ""))
        group = QGroupBox(texts.DOCUMENT)
        choices = QVBoxLayout(group)
        choices.addWidget(QuietLabel(texts.DOCUMENT_NOTE))
        for value, name in texts.DOCUMENTS.items():
            choice = self.documents[value] = QRadioButton(name)
            choice.setAccessibleDescription(texts.DOCUMENTS_WHY[value])
            self._documents.addButton(choice)
            why = QLabel(texts.DOCUMENTS_WHY[value])
            why.setWordWrap(True)
            why.setIndent(2 * self.fontMetrics().height())
            choices.addWidget(choice)
            choices.addWidget(why)
        paste_label = QLabel(texts.PASTE)
        paste_label.setWordWrap(True)
        paste_label.setBuddy(self.pasted)
        self.pasted.setAccessibleName(texts.PASTE.replace("&", ""))
        row = QHBoxLayout()
        row.addWidget(self.pasted, 1)
        row.addWidget(self.use)
        paste = QVBoxLayout(self._paste)
        paste.setContentsMargins(0, 0, 0, 0)
        paste.addWidget(paste_label)
        paste.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        column.addWidget(group)
        column.addWidget(self.sign_in, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.result)
        column.addWidget(self._paste)
        for button in (self.sign_in, self.use):
            button.setAutoDefault(False)


def _line(hint: str) -> QLineEdit:
    field = QLineEdit()
    field.setPlaceholderText(hint)
    field.setAccessibleDescription(hint)
    return field
