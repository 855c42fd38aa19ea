"""Starts and ends the desktop program: one a home, in the tray, ended cleanly by whoever may end it."""

import logging
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app import PRODUCT, __version__
from app.diagnostics import logs
from app.domain.faults import HomeUnusable, KnownFault
from app.system.home import Home
from app.ui import texts
from app.ui.dialogs import Dialogs
from app.ui.garbage import MainThreadCollector
from app.ui.icons import program_icon
from app.ui.parts import Parts, practice_parts, real_parts
from app.ui.posix_signals import SignalWatch
from app.ui.practice_guard import PracticeGuard
from app.ui.practice_port import Practice
from app.ui.shell import HOME_UNUSABLE, Shell
from app.ui.single_instance import LOCK, Claim, Doorman, Order, claim_or_tell, tell_the_first
from app.ui.tray import Tray
from app.ui.window.texts import PRACTICE_TITLE
from app.ui.windows_desktop import introduce

log = logging.getLogger(__name__)

ENDING_TAKES: Final = 30.0
"""Seconds a program that was told to quit may take before that counts as a fault."""


StartPractice = Callable[[Path], AbstractContextManager[Practice]]
"""Builds a practice world in a folder, and takes it down at the end."""


def run_desktop(
    home: Path, *, hidden: bool = False, replaces: bool = False, practice: StartPractice | None = None
) -> int:
    """Run the desktop program, or show the window of the one that runs already.

    Args:
        home: The home folder; for a practice world the folder its own home is made in.
        hidden: Whether to start without a window, as at sign-in.
        replaces: Whether to end the one that runs already and take its place, as after an update.
        practice: Builds the practice world to run in.

    Returns:
        The exit code: 0; 6 if home or port cannot be used; 70 for a bug.
    """
    try:
        home = Home(home).path
        if practice is None:
            logs.to_file(Home(home).log)
        claim = Claim(home)
        if replaces:
            _take_over(claim, home)
        elif not claim_or_tell(claim, home, Order.HIDDEN if hidden else Order.OPEN):
            log.info("it runs already; its window was asked for")
            return 0
    except HomeUnusable as fault:
        return _refuse(fault)
    try:
        if practice is None:
            return _run(home, lambda tray: real_parts(home, tray), hidden=hidden)
        with practice(home) as world:
            return _run(home, lambda _: practice_parts(world), name=PRACTICE_TITLE)
    except HomeUnusable as fault:
        return _refuse(fault)
    finally:
        claim.give_back()


def can_start() -> bool:
    """Make what every start makes, and show nothing; tell whether Qt found all it needs for that."""
    introduce()
    # On Windows the real thing: a part of it that was not installed stops us here.
    platform = () if sys.platform == "win32" else ("-platform", "offscreen")
    application = QApplication([*sys.argv[:1], *platform])
    is_drawn = not program_icon().isNull()
    application.shutdown()
    return is_drawn


def end_desktop(home: Path) -> int:
    """End the desktop program of a home, and wait until it has ended.

    Returns:
        The exit code, 0; also if none was running.

    Raises:
        HomeUnusable: If it does not end.
    """
    if not (home / LOCK).exists():
        return 0
    claim = Claim(home)
    _take_over(claim, home)
    claim.give_back()
    return 0


def _take_over(claim: Claim, home: Path) -> None:
    """End whoever has the claim, and take it.

    Raises:
        HomeUnusable: If it does not end.
    """
    deadline = time.monotonic() + ENDING_TAKES
    was_told = False
    while not claim.take():
        was_told = was_told or tell_the_first(home, Order.QUIT)
        if time.monotonic() > deadline:
            raise HomeUnusable(texts.DOES_NOT_END)
        time.sleep(0.1)


def let_the_system_end_it(application: QGuiApplication, shell: Shell) -> None:
    """Signing out is never refused; what is remembered is written before the system may end us."""
    application.commitDataRequest.connect(shell.flush, Qt.ConnectionType.DirectConnection)
    application.aboutToQuit.connect(shell.wait, Qt.ConnectionType.DirectConnection)


def _run(home: Path, make_parts: Callable[[Tray], Parts], *, hidden: bool = False, name: str = PRODUCT) -> int:
    application = _application(name)
    sys.excepthook = _log_bug
    collector = MainThreadCollector()
    collector.start()
    tray = Tray()
    shell = Shell(make_parts(tray), hidden=hidden)
    guard = None if shell.parts.practice is None else PracticeGuard(shell.parts.dialogs)
    doorman = Doorman(home)
    if not doorman.is_listening:
        log.warning("later starts cannot reach this one")
    signals = SignalWatch()
    tray.opened.connect(shell.open_window)
    tray.toast_clicked.connect(shell.open_rows)
    tray.menu.chosen.connect(shell.choose)
    doorman.open_asked.connect(shell.open_window)
    doorman.quit_asked.connect(shell.end_now)
    signals.asked_to_end.connect(shell.end_now)
    let_the_system_end_it(application, shell)
    shell.ended.connect(application.exit)
    shell.start()
    try:
        return application.exec()
    finally:
        doorman.stop()
        if guard is not None:
            guard.stop()
        signals.stop()
        collector.stop()
        sys.excepthook = sys.__excepthook__


def _application(name: str = PRODUCT) -> QApplication:
    introduce()
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName(PRODUCT)
    application.setApplicationDisplayName(name)
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("cedar-sync")
    application.setWindowIcon(program_icon())
    # The window closes, the program stays.
    application.setQuitOnLastWindowClosed(False)
    return application


def _refuse(fault: KnownFault) -> int:
    """Say in one message why nothing starts."""
    log.warning("%s", fault)
    _application()
    Dialogs().show_fault(str(fault))
    return HOME_UNUSABLE


def _log_bug(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    """Log what a handler raised: the program goes on, since its record is safe."""
    log.error("a bug in the window", exc_info=(kind, fault, trace))
