"""The settings' page about QuickBooks Online: the Intuit app, the sign-in, the pace, and names that differ."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton, QSpinBox, QWidget

from app.ui.setup import texts as common
from app.ui.setup import texts_online as texts
from app.ui.setup import words
from app.ui.setup.name_table import NameTable
from app.ui.setup.online_form import OnlineForm
from app.ui.setup.online_signing import OnlineState, online_state, sign_out
from app.ui.setup.place import Place
from app.ui.setup.question import Question
from app.ui.setup.quiet_label import QuietLabel
from app.ui.setup.result_line import Result, ResultLine
from app.ui.setup.settings_page import BooksSettingsPage, Kept
from app.ui.setup.settings_rules import CLIENT_SECRET
from app.ui.tasks import Tasks


class OnlineSettingsPage(BooksSettingsPage):
    """How a connection gets into QuickBooks Online."""

    def __init__(self, place: Place, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Make the fields."""
        super().__init__(common.PAGE_BOOKS, parent)
        self._place = place
        self._question = Question(tasks, self)
        self.why = ResultLine("online_why")
        self.online = OnlineForm(place, tasks)
        self.sign_out = QPushButton(texts.SIGN_OUT)
        self.push_every = QSpinBox()
        self.push_every.setRange(1, 1440)
        self.push_every.setSuffix(common.CEDAR_POLL_UNIT)
        self.customers = NameTable(texts.CUSTOMERS, texts.CUSTOMERS_KEY)
        self.items = NameTable(texts.ITEMS, texts.ITEMS_KEY)
        self.form.addRow(self.why)
        self.form.addRow(self.online)
        for path in ("client_id", "redirect_url", "document"):
            self.add_refusal(f"destination.{path}")
        self.add_refusal(CLIENT_SECRET)
        self.add_buttons(self.sign_out)
        self.add_field("destination.push_minutes", texts.PUSH_EVERY, self.push_every)
        self.add_field("destination.customers", texts.CUSTOMERS, self.customers)
        self.add_field("destination.items", texts.ITEMS, self.items)
        self.form.addRow(QuietLabel(texts.NAMES_NOTE))
        self.body.addStretch(1)
        self.sign_out.clicked.connect(self._on_sign_out)
        self.online.changed.connect(self._on_changed)

    def fill(self, kept: Kept, /) -> None:
        """Show what is kept, and look how the sign-in stands."""
        destination = kept.connection.destination
        self.push_every.setValue(destination.push_minutes)
        self.customers.fill(destination.customers)
        self.items.fill(destination.items)
        self.online.fill(destination, OnlineState(), is_online=True)
        place = self._place

        def show(found: OnlineState) -> None:
            self.online.fill(destination, found, is_online=True)
            self._on_changed()

        self._question.ask(lambda _: online_state(place), show, self._on_failed)

    def wanted(self) -> dict[str, object]:
        """Give what stands in the fields."""
        answers = self.online.answers
        return {
            "destination.document": answers.document,
            "destination.environment": answers.environment,
            "destination.client_id": answers.client_id,
            "destination.redirect_url": answers.redirect_url,
            "destination.push_minutes": self.push_every.value(),
            "destination.customers": self.customers.names,
            "destination.items": self.items.names,
            CLIENT_SECRET: answers.client_secret,
        }

    def stop(self) -> None:
        """Want no answer any more."""
        self._question.drop()
        self.online.stop()

    def show_steps_because(self, note: str) -> None:
        """Say why somebody is brought here: to sign in."""
        self.why.tell(Result.BAD, note)

    @Slot()
    def _on_changed(self) -> None:
        self.sign_out.setEnabled(self.online.state.is_signed_in)
        if self.online.state.is_signed_in:
            self.why.tell(Result.NOTHING)

    @Slot()
    def _on_sign_out(self) -> None:
        place = self._place

        def done(is_told: bool) -> None:  # noqa: FBT001 (what the task gives)
            state = self.online.state
            self.online.state = OnlineState(state.company, has_secret=state.has_secret)
            self.online.result.tell(
                Result.NOTE if is_told else Result.BAD, texts.SIGNED_OUT if is_told else texts.NOT_TOLD
            )
            self._on_changed()

        self.sign_out.setEnabled(False)
        self._question.ask(lambda _: sign_out(place), done, self._on_failed)

    def _on_failed(self, fault: Exception) -> None:
        self.online.result.tell(Result.BAD, words.sentence_of(fault))
        self._on_changed()
