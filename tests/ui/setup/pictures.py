"""Pictures of the wizard's pages and of the settings, to be looked at: the practice office gives them their content."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from app.bootstrap import Installation
from app.ui.setup.flow import Page
from app.ui.setup.settings_cedar import CedarSettingsPage
from app.ui.setup.settings_dialog import SettingsDialog
from app.ui.tasks import Tasks
from tests.ui.setup.office import GOOD, Person, SetupOffice

_ROUND = 20
"""Milliseconds between two looks."""


class Waiter:
    """Waits as a test's bot does, outside of a test."""

    def addWidget(self, widget: QWidget) -> None:
        """Leave closing to who opened it."""

    def waitUntil(self, callback: Callable[[], bool], *, timeout: int) -> None:
        deadline = QDeadlineTimer(timeout)
        while not callback():
            if deadline.hasExpired():
                raise TimeoutError("what was waited for did not come")
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, _ROUND)


def take(folder: Path, prefix: str = "") -> list[Path]:
    """Take a picture of every page; a QApplication has to be there, with the font and palette that are wanted.

    Args:
        folder: Where the pictures go.
        prefix: Before every file's name.

    Returns:
        The pictures.
    """
    taken: list[Path] = []

    def picture(widget: QWidget, name: str) -> None:
        QApplication.processEvents()
        taken.append(folder / f"{prefix}{name}.png")
        widget.grab().save(str(taken[-1]))

    tasks = Tasks()
    with tempfile.TemporaryDirectory(prefix="cedar-sync-pictures-") as home:
        office = SetupOffice(Path(home))
        office.point_at_sandbox()
        try:
            _wizard(Person(Waiter(), office, tasks), picture)
            _settings(office, tasks, picture)
        finally:
            tasks.stop()
            office.stop()
    return taken


def _wizard(person: Person, picture: Callable[[QWidget, str], None]) -> None:
    wizard = person.open()
    person.fill_cedar()
    picture(wizard, "wizard-1-cedar")
    person.go_to(Page.COLUMNS)
    person.wait(wizard.forward.isEnabled)
    picture(wizard, "wizard-2-columns")
    person.go_to(Page.QUICKBOOKS)
    person.wait(lambda: person.quickbooks.is_listening)
    picture(wizard, "wizard-3-quickbooks")
    person.connect()
    picture(wizard, "wizard-4-answered")
    person.go_to(Page.DRY_RUN)
    person.wait(lambda: person.dry_run.run is not None)
    picture(wizard, "wizard-5-dry-run")
    person.go_to(Page.START)
    picture(wizard, "wizard-6-start")
    wizard.reject()


def _settings(office: SetupOffice, tasks: Tasks, picture: Callable[[QWidget, str], None]) -> None:
    with Installation(office.home, credentials=office.credentials) as installation:
        dialog = SettingsDialog(installation, tasks, autostart=office.switch)
        dialog.show()
        cedar = next(page for page in dialog.pages if isinstance(page, CedarSettingsPage))
        assert cedar.cedar.answers.carrier == GOOD.carrier
        for row, page in enumerate(dialog.pages):
            dialog.list.setCurrentRow(row)
            picture(dialog, f"settings-{row + 1}-{page.title.lower()}")
        dialog.reject()
