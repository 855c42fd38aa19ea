"""The desktop program's life: start, window and wizard, closing, sleep, quitting. Shows states; decides none."""

import logging
from datetime import datetime
from typing import Final, assert_never

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from app import PRODUCT
from app.domain.faults import KnownFault, NotConfigured
from app.ui.bridge import Bridge
from app.ui.help_window import HelpWindow
from app.ui.notifications import Gate
from app.ui.orders import WENT_WRONG, Orders
from app.ui.parts import Parts
from app.ui.ports import Notice, RowsFilter, WindowCommands, WindowPort, WizardPort
from app.ui.program_thread import ProgramThread, Running
from app.ui.state_reader import Reading, StateReader
from app.ui.tasks import Tasks
from app.ui.tray_state import Choice, describe, not_set_up, starting, stopped
from app.ui.ui_state import UiState
from app.ui.wake_watch import WakeWatch
from app.ui.window_watch import WindowWatch

log = logging.getLogger(__name__)

HOME_UNUSABLE: Final = 6
BUG: Final = 70

_CLOSED: Final = Notice(
    f"{PRODUCT} keeps working",
    "It stays near the clock. To end it, right-click its icon and choose Quit.",
    RowsFilter.ALL,
    is_warning=False,
)


class Shell(QObject):
    """One desktop program in one home."""

    ended = Signal(int)
    """Everything has ended; the exit code."""

    def __init__(self, parts: Parts, *, hidden: bool = False, parent: QObject | None = None) -> None:
        """Take the parts; ``start`` begins."""
        super().__init__(parent)
        self.parts = parts
        self.tasks = Tasks(self)
        self.orders = Orders(parts.home, self.tasks, parts.clock, parts.dialogs)
        self.ui_state = UiState(parts.home)
        self._gate = Gate(self._now(), self.ui_state.told_problems)
        self._wake = WakeWatch(parts.clock, self)
        self._wake.ticked.connect(self._on_ticked)
        self._wake.woke.connect(self._on_woke)
        self._watch = WindowWatch(self)
        self._watch.closed.connect(self._on_window_closed)
        self._watch.visibility_changed.connect(self._on_visibility_changed)
        self._wants_window = not hidden
        self._program: ProgramThread | None = None
        self._bridge: Bridge | None = None
        self._reader: StateReader | None = None
        self._reading: Reading | None = None
        self._window: WindowPort | None = None
        self._wizard: WizardPort | None = None
        self._help: HelpWindow | None = None
        self._is_set_up = True
        self._is_beginning_anew = False
        self._is_asking = False
        self._exit_code: int | None = None

    @property
    def is_ending(self) -> bool:
        """Tell whether the program is about to end."""
        return self._exit_code is not None

    def start(self) -> None:
        """Appear in the tray, and start the core."""
        self.parts.tray.show()
        self._wake.start()
        self._begin()

    # The core

    def _begin(self) -> None:
        self.parts.tray.show_state(starting())
        self._program = ProgramThread(self.parts.home, None, self)
        self._program.started.connect(self._on_started, Qt.ConnectionType.QueuedConnection)
        self._program.failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)
        self._program.ended.connect(self._on_program_ended, Qt.ConnectionType.QueuedConnection)
        self._program.start()

    @Slot(object)
    def _on_started(self, running: Running) -> None:
        if self.is_ending:
            return
        self._is_set_up = True
        self.orders.running = running
        self._bridge = Bridge(running.installation.events, self)
        self._reader = StateReader(running.installation, self.tasks, self.parts.clock, self)
        self._reader.arrived.connect(self._on_read)
        self._reader.failed.connect(self._on_reading_failed)
        self._bridge.changed.connect(self._reader.read)
        self._bridge.set_visible(is_visible=False)
        self._window = self.parts.make_window(running, self.tasks, self._bridge, self._commands())
        if isinstance(self._window, QObject):
            self._window.installEventFilter(self._watch)
        self._reader.read()
        if self._wants_window or not self.parts.tray.is_available:
            self.open_window()

    @Slot(object)
    def _on_failed(self, fault: Exception) -> None:
        if self.is_ending:
            return
        if isinstance(fault, NotConfigured):
            log.info("not set up: %s", fault)
            self._is_set_up = False
            self.parts.tray.show_state(not_set_up())
            if self._wants_window or not self.parts.tray.is_available:
                self.open_wizard()
            return
        is_known = isinstance(fault, KnownFault)
        self.parts.dialogs.show_fault(str(fault) if is_known else WENT_WRONG)
        self.end(HOME_UNUSABLE if is_known else BUG)

    @Slot()
    def _on_program_ended(self) -> None:
        if self._program is not None:
            self._program.wait()
            self._program.deleteLater()
            self._program = None
        if self._exit_code is not None:
            self._leave(self._exit_code)
        elif self._is_beginning_anew:
            self._is_beginning_anew = False
            self._begin()

    @Slot()
    def begin_anew(self) -> None:
        """Take other settings: everything is closed, and started from the beginning."""
        if self.is_ending:
            return
        self._wants_window = True
        self._close_windows()
        if self._program is None:
            self._begin()
        else:
            self._is_beginning_anew = True
            self._program.end()

    # How things stand

    @Slot(object)
    def _on_read(self, reading: Reading) -> None:
        self._reading = reading
        now = self._now()
        self.parts.tray.show_state(describe(reading.snapshot, now))
        notice = self._gate.consider(reading.snapshot, reading.needing, self.ui_state.notifications, now)
        told = self._gate.told
        if told != self.ui_state.told_problems:
            self.ui_state.told_problems = told
        if notice is not None:
            self.parts.toasts.show_notice(notice)

    @Slot(object)
    def _on_reading_failed(self, fault: Exception) -> None:
        log.error("how things stand could not be read", exc_info=fault)
        self.parts.tray.show_state(stopped(str(fault) if isinstance(fault, KnownFault) else WENT_WRONG))

    @Slot()
    def _on_ticked(self) -> None:
        if self._reader is not None:
            self._reader.read()

    @Slot()
    def _on_woke(self) -> None:
        log.info("the computer slept; both sides are looked at again")
        self._gate.resumed(self._now())
        self.orders.check_now()

    # Windows

    @Slot()
    def open_window(self) -> None:
        """Show the window; the wizard as long as nothing is set up."""
        self._wants_window = True
        if self._window is not None:
            self._window.show_and_raise()
        elif not self._is_set_up:
            self.open_wizard()

    @Slot()
    def open_rows(self) -> None:
        """Show the rows the last toast spoke of."""
        rows = self._gate.clicked()
        if self._window is not None and rows is not None:
            self._window.show_rows(rows)
        else:
            self.open_window()

    def open_wizard(self) -> None:
        """Show the wizard, the open one if there is one."""
        if self._wizard is None:
            parts = self.parts
            self._wizard = parts.make_wizard(parts.home, parts.credentials, self.tasks, self._on_set_up)
        self._wizard.show()
        self._wizard.raise_()
        self._wizard.activateWindow()

    def open_help(self, page: str = "") -> None:
        """Show the guide."""
        if self._help is None:
            self._help = HelpWindow()
        self._help.open(page)

    @Slot()
    def _on_set_up(self) -> None:
        self.begin_anew()

    @Slot()
    def _on_window_closed(self) -> None:
        if self.is_ending or self._is_beginning_anew:
            return
        if self.ui_state.quits_on_close:
            self.quit()
        elif not self.parts.tray.is_available:
            # Without an icon a hidden window could not be found again; it stays in the task bar.
            QTimer.singleShot(0, self._keep_in_task_bar)
        elif not self.ui_state.was_told_of_closing:
            self.ui_state.closing_was_told()
            notice = self._gate.hint(_CLOSED, self.ui_state.notifications)
            if notice is not None:
                self.parts.toasts.show_notice(notice)

    @Slot()
    def _keep_in_task_bar(self) -> None:
        if self._window is not None and not self.is_ending:
            self._window.showMinimized()

    @Slot(bool)
    def _on_visibility_changed(self, is_visible: bool) -> None:  # noqa: FBT001 (Qt's signal)
        if self._bridge is not None:
            self._bridge.set_visible(is_visible=is_visible)

    # Orders

    @Slot(object)
    def choose(self, choice: Choice) -> None:
        """Do what was chosen in the tray's menu."""
        match choice:
            case Choice.OPEN:
                self.open_window()
            case Choice.FINISH_SETUP:
                self.open_wizard()
            case Choice.RETRY_ALL:
                self.orders.retry_all()
            case Choice.CHECK_NOW:
                self.orders.check_now()
            case Choice.PAUSE_HOUR:
                self.orders.pause_hour()
            case Choice.PAUSE_TOMORROW:
                self.orders.pause_until_tomorrow()
            case Choice.PAUSE_OPEN:
                self.orders.pause(None)
            case Choice.RESUME:
                self.orders.resume()
            case Choice.SETTINGS:
                self.open_settings()
            case Choice.GUIDE:
                self.open_help()
            case Choice.LOGS:
                self.orders.open_logs()
            case Choice.ABOUT:
                self.parts.dialogs.show_about()
            case Choice.QUIT:
                self.quit()
            case _:
                assert_never(choice)

    @Slot()
    def quit(self) -> None:
        """End, after a question if QuickBooks is being updated."""
        if self.is_ending or self._is_asking:
            return
        if self._is_in_session():
            self._is_asking = True
            try:
                if not self.parts.dialogs.asks_to_quit():
                    return
            finally:
                self._is_asking = False
        self.end(0)

    @Slot()
    def end_now(self) -> None:
        """End without a question: the system or a script asks, and nothing is lost by it."""
        self.end(0)

    def end(self, code: int) -> None:
        """End: windows, then the core in its own order; ``ended`` says when it has."""
        if self.is_ending:
            return
        self._exit_code = code
        self._wake.stop()
        self._close_windows()
        self.parts.tray.hide()
        self.flush()
        if self._program is None:
            QTimer.singleShot(0, self._leave_now)
        else:
            self._program.end()

    @Slot()
    def flush(self) -> None:
        """Write what is remembered, for a system that is about to end us; the record is always written."""
        self.ui_state.flush()

    def wait(self) -> None:
        """Wait until the core has ended, for a system that does not let the event loop run on."""
        if self._program is not None:
            self._program.wait()

    @Slot()
    def _leave_now(self) -> None:
        self._leave(self._exit_code or 0)

    def _leave(self, code: int) -> None:
        self.tasks.stop()
        self.ended.emit(code)

    def _close_windows(self) -> None:
        self.orders.running = None
        if self._reader is not None:
            self._reader.stop()
            self._reader = None
        if self._bridge is not None:
            self._bridge.stop()
            self._bridge = None
        self._reading = None
        for window in (self._window, self._wizard, self._help):
            if window is not None:
                window.close()
                window.deleteLater()
        self._window = self._wizard = self._help = None

    def _is_in_session(self) -> bool:
        return self._reading is not None and any(
            each.facts.is_in_session for each in self._reading.snapshot.connections
        )

    def _commands(self) -> WindowCommands:
        return WindowCommands(
            check_now=self.orders.check_now,
            pause=self.orders.pause,
            resume=self.orders.resume,
            retry_all=self.orders.retry_all,
            open_settings=self.open_settings,
            open_wizard=self.open_wizard,
            open_logs=self.orders.open_logs,
            open_help=self.open_help,
            open_about=self.parts.dialogs.show_about,
            quit=self.quit,
        )

    def _now(self) -> datetime:
        return self.parts.clock.now().astimezone()
