"""A railroad office with the main window open, for pictures: the clock stands still, and everything is believable."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize

from app.bootstrap.installation import Installation
from app.domain.states import State
from app.practice.cedar import PracticeCharge, short_line
from app.practice.sign_in import PracticeAutostart
from app.ui.bridge import Bridge
from app.ui.ports import RowsFilter
from app.ui.practice_port import Practice
from app.ui.tasks import Tasks
from app.ui.window.main_window import MainWindow
from tests.reasons.office import NOON, Office
from tests.screenshots.album import settle, wait_until
from tests.ui.window.practice import Shell

SIZE = QSize(1280, 760)
"""Pixels: an ordinary laptop's screen, with room for its bars."""


class WindowScene:
    """A window over a program."""

    def __init__(self, installation: Installation, window: MainWindow) -> None:
        self._installation, self.window = installation, window

    def refresh(self) -> None:
        """Show how things stand now."""
        # The first answer may be to a question asked before.
        for _ in range(2):
            answers: list[object] = []
            self.window.feed.answered.connect(answers.append)
            self.window.feed.refresh()
            wait_until(partial(len, answers))
            self.window.feed.answered.disconnect(answers.append)
        settle()

    def filter(self, wanted: RowsFilter) -> None:
        """Show the rows of a filter."""
        self.window.show_filter(wanted.value)
        self.refresh()

    def select(self, row_id: str) -> None:
        """Show a row in detail."""
        wait_until(lambda: self.window.invoices.table.select_row(row_id))
        wait_until(lambda: self.window.invoices.detail.row_id == row_id)
        settle()

    def first(self, state: State, code: str = "") -> str:
        """Give a row in some state, for some reason."""
        rows = self._installation.service.rows([state])
        return next(str(row.id) for row in rows if not code or any(each.code == code for each in row.reasons))


class Scene(WindowScene):
    """An office and its window."""

    def __init__(self, office: Office, window: MainWindow) -> None:
        super().__init__(office.installation, window)
        self.office = office


@contextmanager
def a_scene(charges: Sequence[PracticeCharge] = (), *, is_practice: bool = False) -> Iterator[Scene]:
    """Open an office with its window; without charges, one with invoices of every kind."""
    held = charges or list(short_line(invoices=40, today=NOON.date()).charges.values())
    with tempfile.TemporaryDirectory(prefix="cedar-sync-pictures-") as folder, Office(Path(folder), *held) as office:
        installation, tasks = office.installation, Tasks()
        bridge = Bridge(installation.events)
        practice = _practice(Path(folder)) if is_practice else None
        window = MainWindow(installation.service, installation, tasks, bridge, Shell().commands(), practice)
        window.resize(SIZE)
        window.show()
        settle()
        try:
            yield Scene(office, window)
        finally:
            bridge.stop()
            window.close()
            tasks.stop()
            window.deleteLater()
            settle()


def _practice(home: Path) -> Practice:
    from app.practice.credentials import PracticeCredentials

    return Practice(home, PracticeCredentials(), PracticeAutostart(), str, list, lambda: None, bool)
