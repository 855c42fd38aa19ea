"""Why the Web Connector is silent: looked for on this computer while the window shows that it is, and not before."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QObject, Signal

from app.books.quickbooks_desktop.web_connector.diagnosis import Cause, Diagnosis
from app.books.quickbooks_desktop.web_connector.diagnosis_texts import words_of
from app.bootstrap.connection_kit import kits_of
from app.bootstrap.connector_silence import diagnose, evidence
from app.bootstrap.installation import Installation
from app.domain.books_system import BooksSystem
from app.sync.service import Snapshot
from app.ui.setup.question import Question
from app.ui.tasks import Tasks
from app.ui.window import figures, texts
from app.ui.window.books_words import silent

log = logging.getLogger(__name__)

AGAIN: Final = timedelta(seconds=50)
"""How old a look has to be before another one: somebody may be mending it right now."""

Found = tuple[str, Diagnosis]
"""A connection's name in the Web Connector's list, and a cause."""


class Silence(QObject):
    """Looks for the cause, off the main thread, as long as there is a silence to explain."""

    found = Signal()
    """There are other words now."""

    def __init__(self, installation: Installation, tasks: Tasks, parent: QObject) -> None:
        """Look at nothing yet."""
        super().__init__(parent)
        self._installation = installation
        self._question = Question(tasks, self)
        self._looked_at: datetime | None = None
        self._cause: Found | None = None

    def look(self, snapshot: Snapshot, now: datetime) -> None:
        """Look for the cause if there is a silence, and it was not looked for just now."""
        if not snapshot.overall.is_silent:
            self._looked_at = self._cause = None
            return
        if self._question.is_open or (self._looked_at is not None and now - self._looked_at < AGAIN):
            return
        self._looked_at = now
        names = [each.name for each in silent(snapshot, now) if each.system is BooksSystem.QUICKBOOKS_DESKTOP]
        if names:
            self._question.ask(lambda _: causes(self._installation, names), self._on_found, self._on_failed)
        else:
            self._cause = None

    def words(self, snapshot: Snapshot, now: datetime) -> str:
        """Say what the cause is and how it is mended; empty while none is known."""
        if self._cause is None or not snapshot.overall.is_silent:
            return ""
        application, cause = self._cause
        words = words_of(cause, application, lambda at: figures.moment(at, now))
        return texts.CAUSE.format(title=words.title, why=words.why, fix=words.fix)

    def _on_found(self, causes: Sequence[Found]) -> None:
        cause = causes[0] if causes else None
        if cause != self._cause:
            self._cause = cause
            self.found.emit()

    def _on_failed(self, fault: Exception) -> None:
        # The general steps stay; they are as true as before.
        log.warning("why the Web Connector is silent could not be looked for: %s", fault)


def causes(installation: Installation, connections: Sequence[str]) -> list[Found]:
    """Look at the Web Connector, and find what keeps it from calling these connections, the worst first."""
    seen = evidence(installation)
    kits = [kit for kit in kits_of(installation) if kit.name in connections]
    found = [(kit.connector_line.name, each) for kit in kits for each in diagnose(kit, seen)]
    order = list(Cause)
    return sorted(
        (each for each in found if not each[1].is_told_by_its_call), key=lambda each: order.index(each[1].cause)
    )
