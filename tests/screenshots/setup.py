"""Pictures of the wizard's pages and of the settings; the practice office gives them their content."""

from __future__ import annotations

import tempfile
from pathlib import Path
from unittest import mock

from PySide6.QtGui import QDesktopServices

from app.bootstrap.installation import Installation
from app.practice.quickbooks_online import PracticeQuickBooksOnline, stocked_online
from app.system.settings_file import change
from app.ui.setup.flow import Page
from app.ui.setup.settings_cedar import CedarSettingsPage
from app.ui.setup.settings_dialog import SettingsDialog
from app.ui.tasks import Tasks
from tests.screenshots.album import Album, Waiter
from tests.ui.setup.office import GOOD, Person, SetupOffice
from tests.ui.setup.online_office import Browser, fill, online_page


def take_setup(album: Album) -> None:
    """Take a picture of every page."""
    tasks = Tasks()
    with tempfile.TemporaryDirectory(prefix="cedar-sync-pictures-") as home:
        office = SetupOffice(Path(home))
        office.point_at_sandbox()
        try:
            _wizard(Person(Waiter(), office, tasks), album)
            _settings(office, tasks, album)
        finally:
            tasks.stop()
            office.stop()


def take_online_setup(album: Album) -> None:
    """Take pictures of setting up books in QuickBooks Online."""
    tasks = Tasks()
    with tempfile.TemporaryDirectory(prefix="cedar-sync-pictures-") as home:
        office = SetupOffice(Path(home))
        office.point_at_sandbox()
        service = PracticeQuickBooksOnline(stocked_online(office.railroad))
        try:
            with service, mock.patch.object(QDesktopServices, "openUrl", Browser().open):
                service.sign_in.redirect_uris.add(f"http://localhost:{office.port + 1}/qbo/callback")
                addresses: dict[str, object] = {
                    f"destination.{name}_url": service.base_url for name in ("api", "oauth")
                }
                change(office.home, "main", addresses, None)
                person = Person(Waiter(), office, tasks)
                page = online_page(person)
                album.picture(person.wizard, "online-1-nothing-chosen")
                fill(page)
                page.form.sign_in.click()
                person.wait(lambda: page.form.state.is_signed_in)
                album.picture(person.wizard, "online-2-signed-in")
                person.go_to(Page.DRY_RUN)
                person.wait(lambda: person.dry_run.run is not None)
                album.picture(person.wizard, "online-3-dry-run")
                person.go_to(Page.START)
                album.picture(person.wizard, "online-4-start")
                person.wizard.reject()
                _online_settings(office, tasks, album)
        finally:
            tasks.stop()
            office.stop()


def _online_settings(office: SetupOffice, tasks: Tasks, album: Album) -> None:
    with Installation(office.home, credentials=office.credentials) as installation:
        dialog = SettingsDialog(installation, tasks, autostart=office.switch)
        dialog.show()
        for row, name in ((1, "quickbooks"), (2, "rules")):
            dialog.list.setCurrentRow(row)
            album.picture(dialog, f"online-settings-{name}")
        dialog.reject()


def _wizard(person: Person, album: Album) -> None:
    wizard = person.open()
    person.fill_cedar()
    album.picture(wizard, "wizard-1-cedar")
    person.go_to(Page.COLUMNS)
    person.wait(wizard.forward.isEnabled)
    album.picture(wizard, "wizard-2-columns")
    person.go_to(Page.QUICKBOOKS)
    person.wait(lambda: person.quickbooks.is_listening)
    album.picture(wizard, "wizard-3-quickbooks")
    person.connect()
    album.picture(wizard, "wizard-4-answered")
    person.go_to(Page.DRY_RUN)
    person.wait(lambda: person.dry_run.run is not None)
    album.picture(wizard, "wizard-5-dry-run")
    person.go_to(Page.START)
    album.picture(wizard, "wizard-6-start")
    wizard.reject()


def _settings(office: SetupOffice, tasks: Tasks, album: Album) -> None:
    with Installation(office.home, credentials=office.credentials) as installation:
        dialog = SettingsDialog(installation, tasks, autostart=office.switch)
        dialog.show()
        cedar = next(page for page in dialog.pages if isinstance(page, CedarSettingsPage))
        assert cedar.cedar.answers.carrier == GOOD.carrier
        for row, page in enumerate(dialog.pages):
            dialog.list.setCurrentRow(row)
            album.picture(dialog, f"settings-{row + 1}-{page.title.lower()}")
        dialog.reject()
