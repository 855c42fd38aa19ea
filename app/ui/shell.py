"""The desktop program's life: start, windows, closing, sleep, quitting. It shows what others decide."""

import logging
import sys
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app import __version__
from app.domain.faults import KnownFault, NotConfigured
from app.system.home import Home
from app.ui import texts
from app.ui.announcer import Announcer
from app.ui.commands import chosen, window_commands
from app.ui.core import Core
from app.ui.orders import Orders
from app.ui.parts import Parts
from app.ui.ports import RowsFilter, WindowPort
from app.ui.program_thread import Running
from app.ui.side_windows import SideWindows
from app.ui.standstill import Standstill, standstill_of
from app.ui.state_reader import Reading
from app.ui.stopped_window import StoppedCommands, StoppedWindow
from app.ui.tasks import Tasks
from app.ui.tray_state import Choice, describe, not_set_up, starting, stopped
from app.ui.ui_state import UiState
from app.ui.update_view import UpdateView
from app.ui.updates import Updates
from app.ui.wake_watch import WakeWatch
from app.ui.window_watch import WindowWatch

log = logging.getLogger(__name__)

HOME_UNUSABLE: Final = 6
BUG: Final = 70


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
        self.core = Core(parts, self.tasks, self)
        self.wake = WakeWatch(parts.clock, parts.power, self)
        self.updates = Updates(parts.updates, self.ui_state, parts.clock, self.tasks, self.orders.is_busy, self)
        self._announcer = Announcer(self.ui_state, parts.toasts, self._now())
        self.side = SideWindows(
            parts,
            self.tasks,
            self.updates,
            lambda: self.orders.running,
            self.orders.check_now,
            self.begin_anew,
            self._on_wizard_closed,
            self,
        )
        self.new_version = self._news()
        """The version that is new since the last start; empty if it is the same."""
        self._new_port: int | None = None
        """A port the Web Connector has to be told of as soon as the core runs."""
        self._watch = WindowWatch(self)
        self._window: WindowPort | None = None
        self._wants_window = not hidden
        self._is_set_up = True
        self._is_asking = False
        self._is_tray_awaited = sys.platform == "win32"
        """At sign-in the Windows tray may come later than we do."""
        self._exit_code: int | None = None
        self._connect()

    @property
    def is_ending(self) -> bool:
        """Tell whether the program is about to end."""
        return self._exit_code is not None

    def start(self) -> None:
        """Appear in the tray, and start the core."""
        self.parts.tray.show()
        self.wake.start()
        self.core.begin()

    def _connect(self) -> None:
        self.core.begun.connect(self._on_begun)
        self.core.started.connect(self._on_started)
        self.core.failed.connect(self._on_failed)
        self.core.arrived.connect(self._on_arrived)
        self.core.reading_failed.connect(self._on_reading_failed)
        self.core.ended.connect(self._on_core_ended)
        self.wake.ticked.connect(self._on_ticked)
        self.wake.woke.connect(self._on_woke)
        self.updates.changed.connect(self._on_update_changed)
        self.updates.started.connect(self.end_now)
        self._watch.closed.connect(self._on_window_closed)
        self._watch.visibility_changed.connect(self._on_visibility_changed)

    # The core

    @Slot()
    def begin_anew(self) -> None:
        """Take other settings: the core and its window begin from the beginning."""
        if self.is_ending:
            return
        self._wants_window = True
        self._drop_window()
        # The settings stay open: they may just be telling what there is to do now.
        self.side.close_wizard()
        self.core.begin_anew()

    @Slot()
    def _on_begun(self) -> None:
        self.parts.tray.show_state(starting())

    @Slot(object)
    def _on_started(self, running: Running) -> None:
        self._is_set_up = True
        self._drop_window()
        self.orders.running = running
        if self._must_show:
            self.open_window()
        if self._new_port is not None:
            is_one = len(running.installation.settings.connections) == 1
            note = (texts.PORT_CHANGED if is_one else texts.PORT_CHANGED_MANY).format(port=self._new_port)
            self._new_port = None
            self.side.show_connect_steps(note)

    @Slot(object)
    def _on_failed(self, fault: Exception) -> None:
        if (standstill := standstill_of(fault)) is not None:
            self._stand_still(standstill)
            return
        if isinstance(fault, NotConfigured):
            log.info("not set up: %s", fault)
            self._is_set_up = False
            self._drop_window()
            self.parts.tray.show_state(not_set_up())
            if self._must_show:
                self.side.open_wizard()
            return
        is_known = isinstance(fault, KnownFault)
        went_wrong = texts.WENT_WRONG_AT_START.format(folder=Home(self.parts.home).log.parent)
        self.parts.dialogs.show_fault(str(fault) if is_known else went_wrong)
        self.end(HOME_UNUSABLE if is_known else BUG)

    def _stand_still(self, standstill: Standstill) -> None:
        """Stay up without a core, and offer what can be done."""
        log.info("it stands still: %s", standstill.line)
        self._is_set_up = True
        self._drop_window()
        self.parts.tray.show_state(stopped(standstill.line))
        commands = StoppedCommands(self._try_again, self._on_port_kept, self.side.open_wizard, self.quit)
        self._window = StoppedWindow(self.parts.home, self.parts.credentials, self.tasks, standstill, commands)
        self._watch_window()
        if self._must_show:
            self.open_window()
        else:
            self._announcer.tell_of_standstill(standstill.line)

    def _try_again(self) -> None:
        """Begin again; the window that says what is wrong stays until it is known how that went."""
        self._wants_window = True
        self.core.begin_anew()

    def _on_port_kept(self, port: int) -> None:
        self._new_port = port
        self._try_again()

    def _watch_window(self) -> None:
        window: object = self._window
        if isinstance(window, QObject):
            window.installEventFilter(self._watch)

    @property
    def _must_show(self) -> bool:
        """Whether something has to be seen now: it was asked for, or there is no icon to ask by."""
        return self._wants_window or not (self.parts.tray.is_available or self._is_tray_awaited)

    # How things stand

    @Slot(object)
    def _on_arrived(self, reading: Reading) -> None:
        now = self._now()
        self.parts.tray.show_state(describe(reading.snapshot, now))
        self._announcer.announce(reading, now, is_window_active=self._is_window_active)
        self.updates.go_on()

    @Slot(object)
    def _on_reading_failed(self, fault: Exception) -> None:
        if isinstance(fault, KnownFault):
            log.warning("how things stand could not be read: %s", fault)
        else:
            log.error("how things stand could not be read", exc_info=fault)
        self.parts.tray.show_state(stopped(str(fault) if isinstance(fault, KnownFault) else texts.WENT_WRONG))

    @Slot()
    def _on_ticked(self) -> None:
        self.core.read()
        if (running := self.orders.running) is not None:
            self.updates.tick(is_wanted=running.installation.settings.updates.check)
        else:
            self.updates.go_on()
        self._is_tray_awaited = False
        if self.parts.tray.is_available:
            return
        # The icon is gone or never came; without it a window is the only way in.
        window = self._main_window()
        if window is not None and not window.isVisible():
            window.showMinimized()
        elif not self._is_set_up and not self.side.is_setting_up:
            self.side.open_wizard()

    @Slot()
    def _on_woke(self) -> None:
        log.info("the computer slept; both sides are looked at again")
        self._announcer.resumed(self._now())
        self.updates.woke()
        self.orders.look_after_sleep()

    @property
    def _is_window_active(self) -> bool:
        """Whether somebody has the window in front: what changes is seen there."""
        window = self._window
        return window is not None and window.isVisible() and window.isActiveWindow()

    # Windows

    def _main_window(self) -> WindowPort | None:
        """Give the window, built when it is first needed: a start at sign-in mostly never needs it."""
        running, bridge = self.core.running, self.core.bridge
        if self._window is None and running is not None and bridge is not None:
            self._window = self.parts.make_window(running, self.tasks, bridge, window_commands(self))
            self._window.show_update(self.updates.view)
            self._watch_window()
        return self._window

    @Slot()
    def open_window(self) -> None:
        """Show the window; the wizard as long as nothing is set up."""
        self._wants_window = True
        window = self._main_window()
        if window is not None:
            log.info("the window is shown")
            window.show_and_raise()
        elif not self._is_set_up:
            self.side.open_wizard()

    @Slot()
    def open_rows(self) -> None:
        """Show the rows the last toast spoke of; if it spoke of none, the window as it was left."""
        rows = self._announcer.clicked()
        window = None if rows is None or rows is RowsFilter.ALL else self._main_window()
        if window is not None and rows is not None:
            window.show_rows(rows)
        else:
            self.open_window()

    @Slot(object)
    def _on_update_changed(self, view: UpdateView) -> None:
        self.side.show_update(view)
        if self._window is not None:
            self._window.show_update(view)

    def _on_wizard_closed(self) -> None:
        """Say how to come back to a wizard that was closed too early."""
        if self._is_set_up or self.is_ending:
            return
        has_icon = self.parts.tray.is_available or self._is_tray_awaited
        self.side.tell_of_later(has_icon=has_icon, on_closed=self._on_later_closed)

    def _on_later_closed(self) -> None:
        if not self.parts.tray.is_available and not self._is_tray_awaited:
            # Nothing runs, and nothing would be left to see.
            QTimer.singleShot(0, self.end_now)

    def _news(self) -> str:
        seen = self.ui_state.seen_version
        if not seen:
            self.ui_state.seen_version = __version__
        return "" if seen in {"", __version__} else __version__

    @Slot()
    def _on_window_closed(self) -> None:
        if self._window is None:
            return
        if self.parts.practice is not None:
            self.end(0)
        elif self.ui_state.quits_on_close:
            self.quit()
        elif self.parts.tray.is_available:
            if self.orders.running is not None:
                self._announcer.tell_of_closing()
        else:
            # Without an icon a hidden window could not be found again; it stays in the task bar.
            QTimer.singleShot(0, self._keep_in_task_bar)

    @Slot()
    def _keep_in_task_bar(self) -> None:
        if self._window is not None:
            self._window.showMinimized()

    @Slot(bool)
    def _on_visibility_changed(self, is_visible: bool) -> None:  # noqa: FBT001 (Qt's signal)
        if self.core.bridge is not None:
            self.core.bridge.set_visible(is_visible=is_visible)
        if is_visible and self.orders.running is not None and self.new_version:
            # Seen once: from the next start on it is no news.
            self.ui_state.seen_version = self.new_version
        if is_visible and self.orders.running is not None:
            self.updates.seen()

    def _drop_window(self) -> None:
        self.orders.running = None
        window, self._window = self._window, None
        if window is not None:
            window.close()
            window.deleteLater()

    # Orders

    @Slot(object)
    def choose(self, choice: Choice) -> None:
        """Do what was chosen in the tray's menu."""
        chosen(self)[choice]()

    # The end

    @Slot()
    def quit(self) -> None:
        """End, after a question if QuickBooks is being updated."""
        if self.is_ending or self._is_asking:
            return
        if self.core.is_in_session:
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
        """End: windows first, then the core in its own order; ``ended`` says when it has."""
        if self.is_ending:
            return
        self._exit_code = code
        self.wake.stop()
        self.updates.stop()
        self._drop_window()
        self.side.close()
        self.parts.tray.hide()
        self.flush()
        self.core.end()

    @Slot()
    def flush(self) -> None:
        """Write what is remembered, for a system that is about to end us; the record is always written."""
        self.ui_state.flush()

    @Slot()
    def wait(self) -> None:
        """Wait until the core has ended."""
        self.core.wait()

    @Slot()
    def _on_core_ended(self) -> None:
        self.tasks.stop()
        self.ended.emit(self._exit_code or 0)

    def _now(self) -> datetime:
        return self.parts.clock.now().astimezone()
