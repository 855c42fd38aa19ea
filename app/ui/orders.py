"""What a person orders from tray and window, handed to the core; each returns at once."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from app.domain.faults import KnownFault
from app.sync.clock import Clock
from app.ui import texts
from app.ui.ports import DialogsPort
from app.ui.practice_start import start_practice
from app.ui.program_thread import Running
from app.ui.tasks import Tasks

MORNING: Final = time(6)
"""When a pause until tomorrow ends."""


class Orders:
    """Carries out orders while the core runs; without it they are dropped, since nothing offers them then."""

    def __init__(self, home: Path, tasks: Tasks, clock: Clock, dialogs: DialogsPort) -> None:
        """Take the thread to work in, and where to say what failed."""
        self._home = home
        self._tasks = tasks
        self._clock = clock
        self._dialogs = dialogs
        self.running: Running | None = None

    def is_busy(self) -> bool:
        """Tell whether QuickBooks is being updated or Cedar read; takes a moment, and any thread may ask."""
        running = self.running
        if running is None:
            return False
        facts = [each.facts for each in running.installation.service.snapshot().connections]
        return any(each.is_in_session or each.is_reading for each in facts)

    def check_now(self) -> None:
        """Read Cedar now."""
        if self.running is not None:
            self.running.program.scheduler.check_now()

    def look_after_sleep(self) -> None:
        """Look at both sides again, after the computer slept."""
        if (running := self.running) is not None:
            self._order(running.program.resumed)

    def retry_all(self) -> None:
        """Send all failed and waiting rows back."""
        if (running := self.running) is not None:
            self._order(lambda: running.installation.service.retry_all())

    def pause(self, until: datetime | None) -> None:
        """Pause all connections until a time, or until resumed."""
        if (running := self.running) is not None:
            self._order(lambda: running.installation.service.pause(until))

    def pause_hour(self) -> None:
        """Pause for an hour."""
        self.pause(self._clock.now() + timedelta(hours=1))

    def pause_until_tomorrow(self) -> None:
        """Pause until the next morning."""
        self.pause(next_morning(self._clock.now().astimezone()))

    def pause_until_resumed(self) -> None:
        """Pause without an end."""
        self.pause(None)

    def resume(self) -> None:
        """End the pause, and see what is new."""
        if (running := self.running) is not None:
            self._order(lambda: running.installation.service.resume())
            self.check_now()

    def open_logs(self) -> None:
        """Open the folder of the logs."""
        folder = self._home / "logs"
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder if folder.is_dir() else self._home))):
            self._dialogs.tell(texts.FOLDER_NOT_OPENED.format(folder=folder))

    def open_practice(self) -> None:
        """Start the practice company beside this program; one that runs already shows its window."""
        if not start_practice():
            self._dialogs.tell(texts.PRACTICE_NOT_STARTED)

    def _order(self, order: Callable[[], object]) -> None:
        self._tasks.run(order, self._on_done, self._on_failed)

    def _on_done(self, _: object) -> None:
        """Nothing to do: the core tells of the change itself."""

    def _on_failed(self, fault: Exception) -> None:
        self._dialogs.tell(str(fault) if isinstance(fault, KnownFault) else texts.WENT_WRONG)


def next_morning(now: datetime) -> datetime:
    """Give the morning after a local time, in the zone's own hours."""
    tomorrow = now.date() + timedelta(days=1)
    return datetime.combine(tomorrow, MORNING).astimezone()
