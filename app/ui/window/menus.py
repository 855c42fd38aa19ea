"""The menu bar: everything the tray can do, so that the program needs no tray."""

from datetime import timedelta
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QPushButton

from app.domain.status import Overall
from app.sync.clock import Clock
from app.sync.service import Snapshot
from app.ui import texts as shell_texts
from app.ui.orders import next_morning
from app.ui.ports import WindowCommands
from app.ui.window import texts
from app.ui.window.invoices_page import InvoicesPage

_HOUR: Final = timedelta(hours=1)


class Menus(QObject):
    """Fills a menu bar, and keeps what it offers in step with how things stand."""

    close_wanted = Signal()
    find_wanted = Signal()
    page_wanted = Signal(int)

    def __init__(
        self, bar: QMenuBar, commands: WindowCommands, clock: Clock, invoices: InvoicesPage, parent: QObject
    ) -> None:
        """Fill the bar."""
        super().__init__(parent)
        self._commands = commands
        self._clock = clock
        self._fill_file(bar.addMenu(texts.MENU_FILE), invoices)
        self._fill_invoice(bar.addMenu(texts.MENU_INVOICE), invoices)
        self._fill_view(bar.addMenu(texts.MENU_VIEW), invoices)
        self._fill_help(bar.addMenu(texts.MENU_HELP))
        self.news = QPushButton(shell_texts.NEWS_LINE.format(version=commands.new_version))
        self.news.setFlat(True)
        self.news.setVisible(bool(commands.new_version))
        self.news.clicked.connect(self._on_news)
        bar.setCornerWidget(self.news)

    def show_state(self, snapshot: Snapshot) -> None:
        """Offer what means something now."""
        is_paused = snapshot.overall.state is Overall.PAUSED
        self.resume.setVisible(is_paused)
        self.pause.menuAction().setVisible(not is_paused)
        is_set_up = snapshot.overall.state is not Overall.NOT_SET_UP
        for action in (self.check, self.retry_all):
            action.setEnabled(is_set_up)

    def _fill_file(self, menu: QMenu, invoices: InvoicesPage) -> None:
        self.check = _action(menu, texts.CHECK_NOW, QKeySequence("F5"))
        self.check.triggered.connect(self._on_check)
        self.pause = menu.addMenu(texts.PAUSE)
        for words, slot in (
            (texts.PAUSE_HOUR, self._on_pause_hour),
            (texts.PAUSE_TOMORROW, self._on_pause_until_tomorrow),
            (texts.PAUSE_OPEN, self._on_pause),
        ):
            _action(self.pause, words).triggered.connect(slot)
        self.resume = _action(menu, texts.RESUME)
        self.resume.setVisible(False)
        self.resume.triggered.connect(self._on_resume)
        menu.addSeparator()
        menu.addAction(invoices.row_actions.export)
        menu.addSeparator()
        _action(menu, texts.SETTINGS, QKeySequence("Ctrl+,")).triggered.connect(self._on_settings)
        menu.addSeparator()
        _action(menu, texts.CLOSE, QKeySequence("Ctrl+W")).triggered.connect(self.close_wanted)
        _action(menu, texts.QUIT, QKeySequence("Ctrl+Q")).triggered.connect(self._on_quit)

    def _fill_invoice(self, menu: QMenu, invoices: InvoicesPage) -> None:
        menu.addActions(
            [*invoices.row_actions.orders.values(), invoices.row_actions.settling, invoices.row_actions.retry_reason]
        )
        menu.addSeparator()
        self.retry_all = _action(menu, texts.RETRY_ALL)
        self.retry_all.triggered.connect(self._on_retry_all)
        menu.addSeparator()
        menu.addAction(invoices.row_actions.copy)

    def _fill_view(self, menu: QMenu, invoices: InvoicesPage) -> None:
        _action(menu, texts.FIND, QKeySequence.StandardKey.Find).triggered.connect(self.find_wanted)
        _action(menu, texts.DETAILS, QKeySequence("Ctrl+D")).triggered.connect(invoices.open_details)
        menu.addSeparator()
        for number, words in enumerate((texts.VIEW_INVOICES, texts.VIEW_LEFT_OUT, texts.VIEW_RECONCILE)):
            action = _action(menu, words, QKeySequence(f"Alt+{number + 1}"))
            action.setData(number)
            action.triggered.connect(self._on_page)

    def _fill_help(self, menu: QMenu) -> None:
        _action(menu, texts.HELP_GUIDE, QKeySequence("F1")).triggered.connect(self._on_help)
        _action(menu, texts.HELP_LOGS).triggered.connect(self._on_logs)
        _action(menu, shell_texts.SAVE_SUPPORT_FILE).triggered.connect(self._on_support)
        _action(menu, texts.HELP_WIZARD).triggered.connect(self._on_wizard)
        self.practice = _action(menu, texts.HELP_PRACTICE)
        self.practice.triggered.connect(self._on_practice)
        menu.addSeparator()
        _action(menu, shell_texts.NEWS).triggered.connect(self._on_news)
        _action(menu, texts.HELP_ABOUT).triggered.connect(self._on_about)

    @Slot()
    def _on_check(self) -> None:
        self._commands.check_now()

    @Slot()
    def _on_pause_hour(self) -> None:
        self._commands.pause(self._clock.now() + _HOUR)

    @Slot()
    def _on_pause_until_tomorrow(self) -> None:
        self._commands.pause(next_morning(self._clock.now().astimezone()))

    @Slot()
    def _on_pause(self) -> None:
        self._commands.pause(None)

    @Slot()
    def _on_resume(self) -> None:
        self._commands.resume()

    @Slot()
    def _on_retry_all(self) -> None:
        self._commands.retry_all()

    @Slot()
    def _on_settings(self) -> None:
        self._commands.open_settings()

    @Slot()
    def _on_wizard(self) -> None:
        self._commands.open_wizard()

    @Slot()
    def _on_logs(self) -> None:
        self._commands.open_logs()

    @Slot()
    def _on_support(self) -> None:
        self._commands.save_support_file()

    @Slot()
    def _on_news(self) -> None:
        self.news.hide()
        self._commands.open_news()

    @Slot()
    def _on_help(self) -> None:
        self._commands.open_help()

    @Slot()
    def _on_practice(self) -> None:
        self._commands.open_practice()

    @Slot()
    def _on_about(self) -> None:
        self._commands.open_about()

    @Slot()
    def _on_quit(self) -> None:
        self._commands.quit()

    @Slot()
    def _on_page(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.page_wanted.emit(action.data())


def _action(menu: QMenu, words: str, key: QKeySequence | QKeySequence.StandardKey | None = None) -> QAction:
    action = menu.addAction(words)
    if key is not None:
        action.setShortcut(key)
    return action
