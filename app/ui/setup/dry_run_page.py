"""The wizard's fourth page: what would be sent and what left out, before anything is."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget

from app.domain.books_system import BooksSystem
from app.ui.setup import texts, texts_online, words
from app.ui.setup.checks import BooksFound, dry_run
from app.ui.setup.dry_run import DryRun
from app.ui.setup.flow import Page, SetupState
from app.ui.setup.listening import Listening
from app.ui.setup.names_list import NamesList
from app.ui.setup.online_signing import ask_again
from app.ui.setup.page import SetupPage
from app.ui.setup.place import Place
from app.ui.setup.question import Question
from app.ui.setup.quickbooks_page import LOOK_EVERY
from app.ui.setup.result_line import Result, ResultLine
from app.ui.tasks import Tasks


class DryRunPage(SetupPage):
    """Shows the sums, and the names QuickBooks lacks as a list."""

    page = Page.DRY_RUN

    def __init__(self, place: Place, tasks: Tasks, listening: Listening, parent: QWidget | None = None) -> None:
        """Take who answers the Web Connector meanwhile."""
        super().__init__(place, tasks, texts.DRY_TITLE, texts.DRY_INTRO, parent)
        self._listening = listening
        self._question = Question(tasks, self)
        self._looking = Question(tasks, self)
        self._lists_read_at: datetime | None = None
        self.run: DryRun | None = None
        """What was found last."""
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setAccessibleName(texts.DRY_READING)
        self.lines = {name: ResultLine(name) for name in ("reading", "sent", "stopped", "settled", "left_out", "names")}
        self.names = NamesList()
        self.names.hide()
        self.again = QPushButton(texts.LOOK_AGAIN)
        self.again.setAutoDefault(False)
        for line in self.lines.values():
            self.body.addWidget(line)
        self.body.addWidget(self.busy)
        self.body.addWidget(self.names, 1)
        self.names.buttons.insertWidget(0, self.again)
        self.body.addStretch(0)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self._look)
        self.again.clicked.connect(self._on_again)

    @property
    def is_ready(self) -> bool:
        """Tell whether the result is there."""
        return self.run is not None

    def enter(self, state: SetupState) -> None:
        """Read Cedar into a scratch copy."""
        super().enter(state)
        self._timer.start()
        self._read(texts.DRY_READING)

    def leave(self) -> None:
        """Want no answer any more."""
        self._timer.stop()
        self._question.drop()
        self._looking.drop()

    def _read(self, words_meanwhile: str, before: Callable[[Place], None] = lambda _: None) -> None:
        self.busy.setVisible(True)
        self.again.setEnabled(False)
        self.lines["reading"].tell(Result.BUSY, words_meanwhile)
        place = self.place

        def run() -> DryRun:
            before(place)
            return dry_run(place)

        self._question.ask(lambda _: run(), self._on_read, self._on_failed)

    @Slot()
    def _on_again(self) -> None:
        if self.state is not None and self.state.system is not BooksSystem.QUICKBOOKS_DESKTOP:
            # Who is asked by us answers before Cedar is read.
            self._read(texts_online.ASKED_AGAIN, ask_again)
            return
        listening = self._listening
        self._looking.ask(lambda _: listening.ask_again(), lambda _: None, self._on_failed)
        self._read(texts.ASKED_AGAIN)

    @Slot()
    def _look(self) -> None:
        """See whether QuickBooks has told its lists anew."""
        if not self._looking.is_open and not self._question.is_open:
            listening = self._listening
            self._looking.ask(lambda _: listening.found(), self._on_looked, lambda _: None)

    def _on_looked(self, found: BooksFound | None) -> None:
        if found is not None and found.lists_read_at not in {None, self._lists_read_at} and self.run is not None:
            self._read(texts.DRY_READING)

    def _on_failed(self, fault: Exception) -> None:
        self._end_reading()
        self.lines["reading"].tell(Result.BAD, words.sentence_of(fault))
        self.names.setVisible(True)

    def _on_read(self, run: DryRun) -> None:
        self._end_reading()
        self.run = run
        self._lists_read_at = run.lists_read_at
        lines = self.lines
        lines["reading"].tell(Result.NOTHING)
        if run.sent.count:
            sent = texts.WOULD_SEND.format(invoices=words.invoices_of(run.sent), money=words.money_of(run.sent))
            lines["sent"].tell(Result.GOOD, sent)
        else:
            lines["sent"].tell(Result.NOTE, texts.WOULD_SEND_NONE)
        stopped = texts.WOULD_STOP.format(invoices=words.invoices_of(run.stopped), money=words.money_of(run.stopped))
        lines["stopped"].tell(Result.BAD if run.stopped.count else Result.NOTHING, stopped)
        settled = texts.WOULD_STAY.format(invoices=words.invoices_of(run.settled))
        lines["settled"].tell(Result.NOTE if run.settled.count else Result.NOTHING, settled)
        left_out = texts.WOULD_LEAVE_OUT_NONE
        if run.left_out.count:
            money = words.money_of(run.left_out)
            left_out = texts.WOULD_LEAVE_OUT.format(charges=words.charges_of(run.left_out), money=money)
        lines["left_out"].tell(Result.NOTE, left_out)
        lines["names"].tell(*_names(run))
        self.names.show_run(run)
        self.names.setVisible(True)
        self.changed.emit()

    def _end_reading(self) -> None:
        self.busy.setVisible(False)
        self.again.setEnabled(True)


def _names(run: DryRun) -> tuple[Result, str]:
    if run.lists_read_at is None:
        return Result.NOTE, texts.NAMES_UNKNOWN
    time = words.time_of(run.lists_read_at)
    if run.customers or run.items:
        return Result.BAD, texts.NAMES_MISSING.format(time=time)
    return Result.GOOD, texts.NAMES_COMPLETE.format(time=time)
