"""The wizard's third page: adding Cedar Sync to the Web Connector, and waiting for its first call."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from app.books.quickbooks_desktop.editions import can_hold_sales_orders
from app.domain.books_system import BooksSystem
from app.domain.facts import CompanyFile
from app.ui.setup import texts, words
from app.ui.setup.checks import BooksFound
from app.ui.setup.connect_steps import ConnectSteps
from app.ui.setup.flow import Page, SetupState
from app.ui.setup.keeping import keep_port
from app.ui.setup.listening import Listening, PortInUse
from app.ui.setup.online_signing import keep_desktop
from app.ui.setup.page import SetupPage
from app.ui.setup.place import Place
from app.ui.setup.question import Question
from app.ui.setup.result_line import Result, ResultLine
from app.ui.setup.system_choice import SystemChoice
from app.ui.tasks import Tasks

LOOK_EVERY = 2000
"""Milliseconds between two looks at whether the Web Connector has called, while the page is shown."""


class QuickBooksPage(SetupPage):
    """Tells each click, waits, and says which company file answered; may be passed by."""

    page = Page.QUICKBOOKS

    def __init__(self, place: Place, tasks: Tasks, listening: Listening, parent: QWidget | None = None) -> None:
        """Take who answers the Web Connector meanwhile."""
        super().__init__(place, tasks, texts.BOOKS_TITLE, texts.BOOKS_INTRO, parent)
        self._listening = listening
        self._question = Question(tasks, self)
        self.company: CompanyFile | None = None
        """The company file that answered."""
        self.steps = ConnectSteps(place, tasks)
        self.result = ResultLine("books_result")
        self.take_port = QPushButton()
        self.take_port.setAutoDefault(False)
        self.take_port.setVisible(False)
        self._free_port = 0
        self.system = SystemChoice(BooksSystem.QUICKBOOKS_DESKTOP)
        self.body.addWidget(self.system)
        self.body.addWidget(self.steps)
        self.body.addWidget(self.result)
        self.body.addWidget(self.take_port)
        self.body.addStretch(1)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self._look)
        self.steps.made.connect(self._on_made)
        self.take_port.clicked.connect(self._on_take_port)

    @property
    def continue_words(self) -> str:
        """Say that QuickBooks is passed by for now, while it has not answered."""
        return texts.CONNECT_LATER if self.company is None else super().continue_words

    @property
    def is_listening(self) -> bool:
        """Tell whether calls are answered and looked for."""
        return self._timer.isActive()

    def enter(self, state: SetupState) -> None:
        """Make the file and the password, then answer the Web Connector."""
        super().enter(state)
        self.system.reset()
        self.company = state.company
        self.result.tell(Result.BUSY, texts.WAITING_FOR_CALL)
        self.steps.prepare()

    def keep(self, kept: Callable[[], None]) -> None:
        """Have the connection go to QuickBooks Desktop, if it was to go elsewhere before."""
        place = self.place
        self.run_to_keep(lambda: keep_desktop(place), kept)

    def leave(self) -> None:
        """Look no more; calls are still answered until the wizard is closed."""
        self._timer.stop()
        self._question.drop()
        self.steps.stop()

    @Slot()
    def _on_made(self) -> None:
        if self.steps.is_made:
            self._listen(self._listening.start)

    def _listen(self, listen: Callable[[], None]) -> None:
        def begun(_: None) -> None:
            self.take_port.setVisible(False)
            self._timer.start()
            self._look()

        self._question.ask(lambda _: listen(), begun, self._on_not_listening)

    def _on_not_listening(self, fault: Exception) -> None:
        if isinstance(fault, PortInUse):
            self._free_port = fault.free
            self.take_port.setText(texts.TAKE_PORT.format(port=fault.free))
            self.take_port.setVisible(True)
            self.result.tell(Result.BAD, texts.PORT_IN_USE.format(port=fault.port))
        else:
            self.result.tell(Result.BAD, words.sentence_of(fault))

    @Slot()
    def _on_take_port(self) -> None:
        place, port = self.place, self._free_port
        self.run_to_keep(lambda: keep_port(place, port), self.steps.prepare)

    @Slot()
    def _look(self) -> None:
        if not self._question.is_open:
            self._question.ask(lambda _: self._listening.found(), self._on_looked, self._on_not_listening)

    def _on_looked(self, found: BooksFound | None) -> None:
        if found is None:
            return
        before, self.company = self.company, found.company
        if found.last_contact is None and self._listening.waits_for_start:
            self.result.tell(Result.NOTE, texts.WAITS_FOR_START)
        else:
            self.result.tell(*told(found))
        if before != self.company:
            self.changed.emit()


def told(found: BooksFound) -> tuple[Result, str]:
    """Say what is known of the Web Connector and the company file."""
    if found.refused_at is not None:
        return Result.BAD, texts.CALLED_WITH_ANOTHER.format(time=words.time_of(found.refused_at))
    if found.problem is not None:
        return Result.BAD, words.problem_of(found.problem)
    if found.cause is not None:
        return Result.BAD, words.cause_of(found.cause)
    if found.last_contact is None:
        return Result.BUSY, texts.WAITING_FOR_CALL
    time = words.time_of(found.last_contact)
    if found.company is None:
        return Result.BUSY, texts.CALLED_WITHOUT_COMPANY.format(time=time)
    company, product = words.company_of(found.company), found.company.product
    if can_hold_sales_orders(product) is False:
        return Result.BAD, texts.WITHOUT_SALES_ORDERS.format(time=time, company=company, product=product)
    return Result.GOOD, texts.CALLED.format(time=time, company=company, product=product)
