"""Runs the core beside Qt: opened, started, stopped and closed in one thread of its own."""

import logging
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from sqlalchemy.exc import DBAPIError

from app.bootstrap.cedar_side import not_set_up
from app.bootstrap.connection_kit import kits_of
from app.bootstrap.installation import Installation
from app.bootstrap.running_program import RunningProgram
from app.domain.faults import KnownFault, NotConfigured, RecordUnreachable, StoreUnusable
from app.store.sqlite import SqliteFile
from app.system.credentials import Credentials, is_store_usable
from app.system.home import Home
from app.ui import texts
from app.ui.setup.checks import is_anything_set_up

log = logging.getLogger(__name__)

AGAIN: Final = 20.0
"""Seconds between two tries to reach the server with the record."""

PATIENCE: Final = 20.0
"""Seconds the core may take to end: a reading of Cedar that is under way breaks off sooner."""


@dataclass(frozen=True, slots=True)
class Running:
    """The core, once it runs."""

    installation: Installation
    program: RunningProgram


class ProgramThread(QObject):
    """Starts once; ``ended`` comes always, and last."""

    started = Signal(object)
    """The core runs: a ``Running``."""

    failed = Signal(object)
    """It could not start: the exception that says why."""

    damaged = Signal()
    """Damage was met in the record: it is looked over by whoever begins anew."""

    ended = Signal()

    def __init__(self, home: Path, credentials: Credentials | None = None, parent: QObject | None = None) -> None:
        """Take the home; nothing is started yet."""
        super().__init__(parent)
        self._home = home
        self._credentials = credentials
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="program", daemon=True)

    def start(self) -> None:
        """Begin to open and start everything; returns at once."""
        self._thread.start()

    def end(self) -> None:
        """Ask it to end; returns at once."""
        self._ending.set()

    def wait(self, seconds: float = PATIENCE) -> None:
        """Wait until it has ended; harmless if it never began."""
        self._ending.set()
        if self._thread.ident is not None:
            self._thread.join(seconds)

    def _run(self) -> None:
        try:
            self._run_once_reached()
        except DBAPIError as exc:
            log.exception("the record cannot be used")
            self.failed.emit(SqliteFile(Home(self._home).record).unusable(exc))
        except KnownFault as exc:
            # Expected, as a start before setting up is; people are told.
            log.info("the program does not run: %s", exc)
            self.failed.emit(exc)
        except Exception as exc:
            log.exception("the program could not run")
            self.failed.emit(exc)
        finally:
            self.ended.emit()

    def _run_once_reached(self) -> None:
        """Run, as soon as the server with the record answers: in the morning it may come up after this computer."""
        said = ""
        while not self._ending.is_set():
            try:
                self._open_and_run()
            except RecordUnreachable as fault:
                if str(fault) != said:
                    log.warning("the program waits for the record: %s", fault)
                    self.failed.emit(fault)
                said = str(fault)
                self._ending.wait(AGAIN)
            else:
                return

    def _open_and_run(self) -> None:
        with Installation(self._home, credentials=self._credentials) as installation:
            if missing := not_set_up(installation):
                if _lacks_secrets_alone(installation) and not is_store_usable():
                    raise StoreUnusable(texts.STORE_LINE)
                raise NotConfigured(missing)
            # Before anything is read of it.
            installation.home_record.mend()
            is_another = any(kit.belonging.mismatch() is not None for kit in kits_of(installation))
            if not is_another and not is_anything_set_up(installation):
                # Its pause is the wizard's own: nobody may resume it before the wizard's end.
                raise NotConfigured(texts.SETUP_OPEN)
            program = RunningProgram(installation)
            installation.home_record.on_damage = self.damaged.emit
            program.start()
            try:
                self.started.emit(Running(installation, program))
                self._ending.wait()
            finally:
                program.stop()


def _lacks_secrets_alone(installation: Installation) -> bool:
    """Tell whether the settings name all that Cedar needs, so that only a key can be missing."""
    cedars = [each.cedar for each in installation.settings.connections]
    return all(cedar.carrier.strip() and cedar.assume_user.strip() for cedar in cedars)
