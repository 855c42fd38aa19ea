"""The main window: the banner on top, three pages below it, the bottom line; it asks only while it is visible."""

from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QMainWindow, QTabWidget, QVBoxLayout, QWidget

from app.bootstrap import cedar_side
from app.bootstrap.connection_kit import kit_of
from app.bootstrap.installation import Installation
from app.domain.faults import RecordUnreachable
from app.domain.values import replace
from app.sync.reconcile import Reconciliation
from app.sync.service import Snapshot, SyncService
from app.ui.bridge import Bridge
from app.ui.ports import RowsFilter, WindowCommands
from app.ui.practice_port import Practice
from app.ui.screen_room import room_for
from app.ui.tasks import Tasks
from app.ui.update_view import UpdateView
from app.ui.window import banner_words, texts
from app.ui.window.banner import Banner
from app.ui.window.banner_words import BannerAction
from app.ui.window.books_words import signed_out
from app.ui.window.bottom_line import BottomLine
from app.ui.window.feed import Answer, Feed, Narrowing
from app.ui.window.invoices_page import InvoicesPage
from app.ui.window.left_out_page import LeftOutPage
from app.ui.window.memory import WindowMemory
from app.ui.window.menus import Menus
from app.ui.window.ordering import Ordering
from app.ui.window.practice_band import PracticeBand
from app.ui.window.practice_menu import PracticeMenu
from app.ui.window.reconcile_page import ReconcilePage
from app.ui.window.record_line import RecordLine
from app.ui.window.silence import Silence
from app.ui.window.update_line import UpdateLine

LOOK_AGAIN: Final = 60_000
"""Milliseconds after which a visible window looks again though nothing was told: silence is a fact, too."""

_LETTERS_WIDE: Final = 225
_LINES_HIGH: Final = 52


class MainWindow(QMainWindow):
    """Shows how things stand, and takes orders."""

    def __init__(
        self,
        service: SyncService,  # noqa: ARG002 (new settings replace it: the installation always has the one in force)
        installation: Installation,
        tasks: Tasks,
        bridge: Bridge,
        commands: WindowCommands,
        practice: Practice | None = None,
    ) -> None:
        """Build the window, hidden; it asks nothing before it is shown.

        Args:
            service: The facade at the start.
            installation: The home with its settings and its facade.
            tasks: Where the facade is called.
            bridge: Tells of changes.
            commands: What the shell does.
            practice: The practice world the program runs in, if it does.
        """
        super().__init__()
        self._installation = installation
        self._commands = commands
        self._is_first_answer = True
        self._snapshot: Snapshot | None = None
        self._answer: Answer | None = None
        self._checks_since: datetime | None = None
        """When somebody asked to read Cedar, until it was read."""
        self.setWindowTitle(texts.WINDOW_TITLE)
        self.ordering = Ordering(self._facade, tasks, self)
        self.feed = Feed(self._facade, installation.clock, tasks, self._on_unread, self)
        self.banner = Banner()
        self.silence = Silence(installation, tasks, self)
        self.update_line = UpdateLine(commands.updates)
        self.record_line = RecordLine(self.ordering.rescue_was_read)
        self.invoices = InvoicesPage(self._facade, self.feed, tasks, self.ordering)
        self.left_out = LeftOutPage(self._facade, installation.clock, tasks, self.ordering.on_failure)
        connections = [(each.name, each.cedar.lookback_days) for each in installation.settings.connections]
        today = installation.clock.now().astimezone().date()
        self.reconcile = ReconcilePage(connections, self._reconcile, today, tasks, self._on_reconcile_failed)
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.addTab(self.invoices, texts.PAGE_INVOICES)
        self.pages.addTab(self.left_out, texts.PAGE_LEFT_OUT)
        self.pages.addTab(self.reconcile, texts.PAGE_RECONCILE)
        self.bottom = BottomLine()
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        layout.addWidget(self.update_line)
        layout.addWidget(self.record_line)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.bottom)
        self.setCentralWidget(body)
        # The window's own ways of retrying and checking say what comes of it.
        here = replace(commands, retry_all=self.ordering.retry_all, check_now=self._check_now)
        self.menus = Menus(self.menuBar(), here, installation.clock, self.invoices, self)
        if practice is not None:
            self._show_practice(practice, layout, tasks)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_AGAIN)
        self._timer.timeout.connect(self.feed.refresh)
        self._connect(bridge)
        self._memory = WindowMemory(installation.home.path)
        if not self._memory.restore(self, self.invoices.table.horizontalHeader(), self.invoices.splitter):
            self.resize(room_for(self, _LETTERS_WIDE, _LINES_HIGH))

    @Slot()
    def show_and_raise(self) -> None:
        """Come to the front, also out of the task bar."""
        self.setWindowState((self.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive)
        self.show()
        self.raise_()
        self.activateWindow()

    def show_update(self, view: UpdateView) -> None:
        """Show how it stands with updates."""
        self.update_line.show_update(view)

    def show_rows(self, rows: RowsFilter) -> None:
        """Come to the front with these rows."""
        self.show_filter(rows.value)
        self.show_and_raise()

    def show_filter(self, name: str) -> None:
        """Show the rows of a filter, by its name."""
        self.pages.setCurrentWidget(self.invoices)
        self._is_first_answer = False
        self.invoices.show_filter(RowsFilter(name))

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to ask."""
        super().showEvent(event)
        self.feed.set_awake(is_awake=True)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask no more: a hidden window costs nothing."""
        super().hideEvent(event)
        self.feed.set_awake(is_awake=False)
        self._timer.stop()
        self._keep()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Accept: the program goes on in the tray, and signing out is never held up."""
        self._keep()
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Ask nothing while minimised."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange and self.isVisible():
            self.feed.set_awake(is_awake=not self.isMinimized())

    def _connect(self, bridge: Bridge) -> None:
        bridge.changed.connect(self.feed.refresh)
        self.feed.answered.connect(self._on_answered)
        self.silence.found.connect(self._show_banner)
        self.banner.wanted.connect(self._on_banner)
        self.ordering.said.connect(self.bottom.say)
        self.invoices.said.connect(self.bottom.say)
        self.invoices.help_wanted.connect(self._on_help)
        self.left_out.copy_wanted.connect(self.invoices.copy_text)
        self.left_out.row_wanted.connect(self._on_row_wanted)
        self.reconcile.copy_wanted.connect(self.invoices.copy_text)
        self.reconcile.rows_wanted.connect(self._on_rows_wanted)
        self.reconcile.exporting.said.connect(self.bottom.say)
        self.reconcile.left_out_wanted.connect(self._on_left_out_wanted)
        self.pages.currentChanged.connect(self._on_page_changed)
        self.menus.close_wanted.connect(self.close)
        self.menus.find_wanted.connect(self._on_find)
        self.menus.page_wanted.connect(self.pages.setCurrentIndex)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.activated.connect(self._on_escape)

    @Slot(object)
    def _on_answered(self, answer: Answer) -> None:
        self._snapshot = answer.snapshot
        self._end_checking(answer.snapshot)
        self._answer = answer
        self._show_banner()
        if self.isVisible():
            self.silence.look(answer.snapshot, answer.now)
        self.record_line.show_rescued(answer.snapshot.rescued, answer.now)
        self.menus.show_state(answer.snapshot)
        self.bottom.show_shown(answer.shown, answer.currency)
        self.bottom.show_contacts(answer.snapshot, answer.now)
        self.reconcile.set_currency(answer.currency)
        self._mark_news(answer)
        is_first, self._is_first_answer = self._is_first_answer, False
        if is_first and not answer.shown.rows and answer.question.filter is RowsFilter.NEEDS_YOU:
            # Nothing needs a person: show all there is instead of an empty list.
            self.invoices.show_filter(RowsFilter.ALL)
        else:
            self.invoices.show_answer(answer)
        if self.pages.currentWidget() is self.left_out:
            self.left_out.refresh()

    @Slot()
    def _show_banner(self) -> None:
        if (answer := self._answer) is not None:
            cause = self.silence.words(answer.snapshot, answer.now)
            self.banner.show_words(banner_words.words(answer.snapshot, answer.now, cause))

    @Slot(object)
    def _on_banner(self, action: BannerAction) -> None:
        match action:
            case BannerAction.SET_UP:
                self._commands.open_wizard()
            case BannerAction.SETTINGS:
                self._commands.open_settings()
            case BannerAction.RESUME:
                self._commands.resume()
            case BannerAction.RETRY_ALL:
                self.ordering.retry_all()
            case BannerAction.SHOW_PROBLEMS:
                self.show_filter(RowsFilter.NEEDS_YOU.value)
            case BannerAction.CHECK:
                self._check_now()
            case BannerAction.HELP_SILENT:
                self._open_silent_page()
            case BannerAction.SIGN_IN:
                self._sign_in()
            case BannerAction.NOTHING:
                pass

    def _open_silent_page(self) -> None:
        if (answer := self._answer) is not None and answer.snapshot.overall.is_silent:
            self._commands.open_help(banner_words.silent_page(answer.snapshot, answer.now))

    def _sign_in(self) -> None:
        """Open the settings where somebody signs in, for the first connection that needs it."""
        if self._snapshot is not None and (names := signed_out(self._snapshot)):
            self._commands.open_sign_in(names[0])

    def _check_now(self) -> None:
        """Read Cedar now, and say so at once; or say why nothing is read."""
        now = self._installation.clock.now()
        if self._snapshot is not None and (words := banner_words.unread(self._snapshot, now)):
            self.bottom.say(words)
            return
        self._checks_since = now
        self.bottom.say(texts.CHECKING)
        self._commands.check_now()

    def _end_checking(self, snapshot: Snapshot) -> None:
        """Say no longer that Cedar is being read once it was, well or not."""
        since = self._checks_since
        if since is None:
            return
        tried = [each.cedar.last_attempt for each in snapshot.connections if not each.facts.is_paused]
        is_reading = any(each.facts.is_reading for each in snapshot.connections)
        if not is_reading and all(at is not None and at >= since for at in tried):
            self._checks_since = None
            self.bottom.unsay(texts.CHECKING)

    @Slot(str)
    def _on_help(self, page: str) -> None:
        self._commands.open_help(page)

    @Slot(str)
    def _on_row_wanted(self, invoice: str) -> None:
        self.pages.setCurrentWidget(self.invoices)
        self.invoices.filters.choose(RowsFilter.ALL, invoice)

    @Slot(object)
    def _on_rows_wanted(self, narrowing: Narrowing) -> None:
        self.pages.setCurrentWidget(self.invoices)
        self._is_first_answer = False
        self.invoices.filters.narrow(narrowing)

    @Slot(object)
    def _on_left_out_wanted(self, narrowing: Narrowing) -> None:
        self.left_out.narrow(narrowing)
        self.pages.setCurrentWidget(self.left_out)

    @Slot(int)
    def _on_page_changed(self, _: int) -> None:
        self.bottom.set_page(is_invoices=self.pages.currentWidget() is self.invoices)
        if self.pages.currentWidget() is self.left_out:
            self.left_out.refresh()

    @Slot()
    def _on_find(self) -> None:
        self.pages.setCurrentWidget(self.invoices)
        self.invoices.start_search()

    @Slot()
    def _on_escape(self) -> None:
        if self.pages.currentWidget() is self.invoices and self.invoices.step_back():
            return
        self.pages.setCurrentWidget(self.invoices)

    def _show_practice(self, practice: Practice, layout: QVBoxLayout, tasks: Tasks) -> None:
        """Say that nothing here is real, and offer what can be played."""
        self.setWindowTitle(texts.PRACTICE_TITLE)
        layout.insertWidget(0, PracticeBand())
        self.menus.practice.setVisible(False)
        self.practice = PracticeMenu(self.menuBar(), practice, self._facade, tasks, self.ordering.on_failure, self)
        self.practice.said.connect(self.bottom.say)
        self.practice.help_wanted.connect(self._on_help)

    def _on_unread(self, error: Exception) -> None:
        """Let no good news stand that nobody can vouch for any more; the next answer takes its place."""
        if isinstance(error, RecordUnreachable):
            self.banner.show_words(banner_words.unreachable(error))
        else:
            self.ordering.on_failure(error)

    def _on_reconcile_failed(self, error: Exception) -> None:
        self.ordering.on_failure(error)

    def _facade(self) -> SyncService:
        return self._installation.service

    def _reconcile(self, name: str, since: date, until: date) -> Reconciliation:
        return cedar_side.reconcile(kit_of(self._installation, name), since, until, is_hurried=True)

    def _mark_news(self, answer: Answer) -> None:
        """Mark the filter of what is left out while it holds something nobody has looked at."""
        newest, seen = answer.left_out_newest, self._memory.left_out_seen
        is_new = newest is not None and (seen is None or newest > seen)
        page = self.pages.currentWidget()
        is_listed = page is self.invoices and answer.question.filter is RowsFilter.LEFT_OUT
        if newest is not None and is_new and (is_listed or page is self.left_out):
            self._memory.left_out_seen = newest
            is_new = False
        self.invoices.filters.mark(RowsFilter.LEFT_OUT if is_new else None)

    def _keep(self) -> None:
        self._memory.keep(self, self.invoices.table.horizontalHeader(), self.invoices.splitter)
