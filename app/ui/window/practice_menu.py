"""The menu of a practice window: what can be played there, done off the main thread and told in one sentence."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMenu, QMenuBar

from app.domain.language import plural
from app.sync.service import SyncService
from app.ui.practice_port import Practice
from app.ui.tasks import OnFailure, Tasks
from app.ui.window import texts

HELP_PAGE = "practice.md"


class PracticeMenu(QObject):
    """Fills a menu before the last one of a bar."""

    said = Signal(str)
    """A sentence for the person."""

    help_wanted = Signal(str)
    """A page of the guide."""

    def __init__(
        self,
        bar: QMenuBar,
        practice: Practice,
        service: Callable[[], SyncService],
        tasks: Tasks,
        on_failure: OnFailure,
        parent: QObject,
    ) -> None:
        """Fill the menu.

        Args:
            bar: The window's bar, filled.
            practice: What can be played.
            service: Gives the facade in force.
            tasks: Where it is done.
            on_failure: Hears of what did not work.
            parent: The owner.
        """
        super().__init__(parent)
        self._practice = practice
        self._service = service
        self._tasks = tasks
        self._on_failure = on_failure
        menu = QMenu(texts.MENU_PRACTICE, bar)
        bar.insertMenu(bar.actions()[-1], menu)
        self.invoice = menu.addAction(texts.PRACTICE_INVOICE)
        self.invoice.triggered.connect(self._on_invoice)
        self.customers = menu.addAction(texts.PRACTICE_CUSTOMERS)
        self.customers.triggered.connect(self._on_customers)
        self.order = menu.addAction(texts.PRACTICE_ORDER)
        self.order.triggered.connect(self._on_order)
        menu.addSeparator()
        self.call = menu.addAction(texts.PRACTICE_CALL)
        self.call.triggered.connect(self._on_call)
        menu.addSeparator()
        menu.addAction(texts.PRACTICE_HELP).triggered.connect(self._on_help)

    @Slot()
    def _on_invoice(self) -> None:
        self._tasks.run(self._practice.make_invoice, self._made, self._on_failure)

    def _made(self, invoice: str) -> None:
        self.said.emit(texts.DONE_PRACTICE_INVOICE.format(invoice=invoice))

    @Slot()
    def _on_customers(self) -> None:
        self._tasks.run(self._practice.add_customers, self._added, self._on_failure)

    def _added(self, names: Sequence[str]) -> None:
        words = plural(texts.DONE_PRACTICE_CUSTOMERS, len(names)) if names else texts.DONE_PRACTICE_NO_CUSTOMERS
        self.said.emit(words.format(names=", ".join(names)))

    @Slot()
    def _on_order(self) -> None:
        self._tasks.run(self._change_order, self._changed, self._on_failure)

    def _change_order(self) -> str | None:
        """Change an order, and have it compared: by itself the program looks for other hands only twice a day."""
        row_id = self._practice.change_order()
        if row_id is None:
            return None
        service = self._service()
        service.resync([row_id])
        return service.detail(row_id).row.invoice

    def _changed(self, invoice: str | None) -> None:
        words = texts.DONE_PRACTICE_NO_ORDER if invoice is None else texts.DONE_PRACTICE_ORDER
        self.said.emit(words.format(invoice=invoice))

    @Slot()
    def _on_call(self) -> None:
        self.said.emit(texts.PRACTICE_CALLING)
        self._tasks.run(self._practice.call_now, self._called, self._on_failure)

    def _called(self, had_work: bool) -> None:  # noqa: FBT001 (what the operation gave)
        self.said.emit(texts.DONE_PRACTICE_CALL if had_work else texts.DONE_PRACTICE_CALL_NOTHING)

    @Slot()
    def _on_help(self) -> None:
        self.help_wanted.emit(HELP_PAGE)
