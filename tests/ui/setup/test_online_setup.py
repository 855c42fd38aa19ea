"""Books in QuickBooks Online: chosen, explained, signed in to and changed in the windows, as a person does it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QTableWidgetItem
from pytestqt.qtbot import QtBot

from app.books.quickbooks_online import throttle
from app.bootstrap.connection_kit import kit_of
from app.bootstrap.installation import Installation
from app.domain.books_system import BooksSystem
from app.practice.quickbooks_online import (
    CLIENT_ID,
    CLIENT_SECRET,
    Desk,
    OnlineCompany,
    PracticeQuickBooksOnline,
    stocked_online,
)
from app.system.credentials import Secret
from app.system.settings import DestinationSettings
from app.system.settings_file import change, load
from app.ui.setup import texts as common_texts
from app.ui.setup import texts_online as texts
from app.ui.setup.flow import Page
from app.ui.setup.result_line import Result
from app.ui.setup.settings_dialog import SettingsDialog
from app.ui.setup.settings_online import OnlineSettingsPage
from app.ui.tasks import Tasks
from tests.ui.setup.office import Person, SetupOffice
from tests.ui.setup.online_office import Browser, fill, online_page


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    made = Browser()
    monkeypatch.setattr(QDesktopServices, "openUrl", made.open)
    monkeypatch.setattr(throttle, "A_SECOND", 10_000)
    return made


@pytest.fixture
def service(office: SetupOffice) -> Iterator[PracticeQuickBooksOnline]:
    company: OnlineCompany = stocked_online(office.railroad)
    with PracticeQuickBooksOnline(company) as made:
        made.sign_in.redirect_uris.add(f"http://localhost:{office.port + 1}/qbo/callback")
        addresses: dict[str, object] = {
            "destination.api_url": made.base_url,
            "destination.oauth_url": made.base_url,
        }
        change(office.home, "main", addresses, None)
        yield made


def destination(office: SetupOffice) -> DestinationSettings:
    return load(office.home).settings.connections[0].destination


def missing_customers(person: Person) -> set[str]:
    """Give the GL numbers the dry run found no customer for."""
    run = person.dry_run.run
    return {each.name for each in run.customers} if run is not None else set()


def test_nothing_is_chosen_silently(person: Person, service: PracticeQuickBooksOnline) -> None:
    page = online_page(person)
    assert not any(button.isChecked() for button in page.form.documents.values())
    page.form.client_id.setText(CLIENT_ID)
    page.form.client_secret.setText(CLIENT_SECRET)
    assert not page.form.sign_in.isEnabled()
    assert not person.wizard.forward.isEnabled()
    page.form.documents["invoice"].click()
    assert page.form.sign_in.isEnabled()
    assert not person.wizard.forward.isEnabled()


def test_a_person_signs_in_and_goes_through_to_the_end(
    person: Person, service: PracticeQuickBooksOnline, browser: Browser
) -> None:
    page = online_page(person)
    fill(page)
    page.form.sign_in.click()
    person.wait(lambda: page.form.state.is_signed_in)
    assert page.form.result.words == texts.SIGNED_IN.format(company=service.company.name)
    kept = destination(person.office)
    assert (kept.kind, kept.document, kept.realm_id) == ("quickbooks_online", "estimate", service.company.realm_id)
    assert CLIENT_SECRET not in (person.office.home / "settings.toml").read_text()
    assert person.office.credentials.kept["main", Secret.QBO_CLIENT_SECRET] == CLIENT_SECRET
    person.go_to(Page.DRY_RUN)
    person.wait(lambda: person.dry_run.run is not None)
    assert "49110" in missing_customers(person)
    Desk(service.company).add_customer("49110")
    person.dry_run.again.click()
    person.wait(lambda: "49110" not in missing_customers(person))
    person.go_to(Page.START)
    assert "QuickBooks Online has answered" in person.start.result.words
    assert "Web Connector" not in person.start.intro.text()
    # Customers and items were read, and nothing was written.
    assert not [each for each in service.requests if each.operation in {"batch", "create", "update"}]


def test_the_address_the_browser_ended_on_can_be_pasted(
    person: Person, service: PracticeQuickBooksOnline, browser: Browser
) -> None:
    browser.comes_back = False
    page = online_page(person)
    fill(page, "invoice")
    page.form.sign_in.click()
    person.wait(lambda: browser.ended_on != "" and page.form.pasted.isVisible())
    page.form.pasted.setText("not an address")
    page.form.use.click()
    person.wait(lambda: page.form.result.result is Result.BAD)
    assert "no web address" in page.form.result.words
    page.form.pasted.setText(browser.ended_on)
    page.form.use.click()
    person.wait(lambda: page.form.state.is_signed_in)
    assert destination(person.office).document == "invoice"


def test_the_window_sees_that_another_program_finished_the_sign_in(
    person: Person, service: PracticeQuickBooksOnline, browser: Browser
) -> None:
    browser.comes_back = False
    page = online_page(person)
    fill(page)
    page.form.sign_in.click()
    person.wait(lambda: browser.ended_on != "")
    with Installation(person.office.home, credentials=person.office.credentials) as elsewhere:
        kit = kit_of(elsewhere, "main")
        kit.sign_in.finish(kit.sign_in.begin(is_resumed=True).take(browser.ended_on))
    person.wait(lambda: page.form.state.is_signed_in)
    assert page.form.result.words == texts.SIGNED_IN.format(company=service.company.name)


def test_who_declines_reads_so_and_may_try_again(
    person: Person, service: PracticeQuickBooksOnline, browser: Browser
) -> None:
    service.sign_in.person_agrees = False
    page = online_page(person)
    fill(page)
    page.form.sign_in.click()
    person.wait(lambda: page.form.result.result is Result.BAD)
    assert "did not let Cedar Sync" in page.form.result.words
    assert page.form.sign_in.isEnabled()
    service.sign_in.person_agrees = True
    page.form.sign_in.click()
    person.wait(lambda: page.form.state.is_signed_in)


def test_somebody_changes_back_to_the_desktop(person: Person, service: PracticeQuickBooksOnline) -> None:
    page = online_page(person)
    page.system.buttons[BooksSystem.QUICKBOOKS_DESKTOP].click()
    person.wait(lambda: person.wizard.pages[Page.QUICKBOOKS] is person.wizard.books[BooksSystem.QUICKBOOKS_DESKTOP])
    person.go_on()
    assert destination(person.office).kind == "quickbooks_desktop"


def test_other_books_than_the_program_works_with_are_said_and_taken_by_saving(
    qtbot: QtBot, office: SetupOffice, service: PracticeQuickBooksOnline, tasks: Tasks
) -> None:
    cedar: dict[str, object] = {"cedar.carrier": "1234", "cedar.assume_user": "books@prairie.example"}
    change(office.home, "main", cedar, None)
    online = {"destination.kind": "quickbooks_online", "destination.document": "invoice"}
    with Installation(office.home, credentials=office.credentials) as installation:
        # The wizard did that, and was closed before its end.
        change(office.home, "main", online | {"destination.client_id": CLIENT_ID}, None)
        assert not installation.reloads()
        dialog = SettingsDialog(installation, tasks, autostart=office.switch)
        qtbot.addWidget(dialog)
        assert isinstance(dialog.quickbooks, OnlineSettingsPage)
        assert (dialog.outcome.result, dialog.outcome.words) == (Result.NOTE, common_texts.OTHER_SYSTEM)
        with qtbot.waitSignal(dialog.restart_wanted, timeout=20_000):
            dialog.save.click()
        assert dialog.outcome.words == common_texts.SAVED_SYSTEM
        # It has begun anew by now: the next time there is nothing to say.
        with qtbot.assertNotEmitted(dialog.restart_wanted):
            dialog.save.click()
            qtbot.waitUntil(lambda: dialog.outcome.words == common_texts.SAVED, timeout=20_000)
        dialog.reject()


class TestSettings:
    @pytest.fixture
    def page(
        self, qtbot: QtBot, office: SetupOffice, service: PracticeQuickBooksOnline, tasks: Tasks, browser: Browser
    ) -> Iterator[OnlineSettingsPage]:
        changes: dict[str, object] = {
            "destination.kind": "quickbooks_online",
            "destination.document": "invoice",
            "destination.client_id": CLIENT_ID,
            "cedar.carrier": "1234",
            "cedar.assume_user": "books@prairie.example",
        }
        change(office.home, "main", changes, None)
        office.credentials.put("main", Secret.QBO_CLIENT_SECRET, CLIENT_SECRET)
        with Installation(office.home, credentials=office.credentials) as installation:
            dialog = SettingsDialog(installation, tasks, autostart=office.switch)
            qtbot.addWidget(dialog)
            dialog.show()
            self.dialog, self.wait = dialog, lambda is_so: qtbot.waitUntil(is_so, timeout=20_000)
            found = dialog.quickbooks
            assert isinstance(found, OnlineSettingsPage)
            yield found
            dialog.reject()

    dialog: SettingsDialog
    wait: Callable[[Callable[[], bool]], None]

    def test_names_that_differ_are_kept(self, page: OnlineSettingsPage, office: SetupOffice) -> None:
        page.customers.add.click()
        for column, text in enumerate(("4410", "Acme Grain LLC")):
            page.customers.table.setItem(0, column, QTableWidgetItem(text))
        page.push_every.setValue(5)
        self.dialog.save.click()
        self.wait(lambda: self.dialog.outcome.result is Result.GOOD)
        kept = destination(office)
        assert (kept.customers, kept.push_minutes) == ({"4410": "Acme Grain LLC"}, 5)

    def test_who_is_brought_here_reads_why_until_it_is_done(self, page: OnlineSettingsPage) -> None:
        self.dialog.list.setCurrentRow(0)
        self.dialog.show_connect_steps("Sign in again here.", "main")
        assert self.dialog.pages[self.dialog.list.currentRow()] is page
        assert (page.why.result, page.why.words) == (Result.BAD, "Sign in again here.")
        self.wait(page.online.sign_in.isEnabled)
        page.online.sign_in.click()
        self.wait(lambda: page.why.result is Result.NOTHING)

    def test_signing_in_and_out(
        self, page: OnlineSettingsPage, office: SetupOffice, service: PracticeQuickBooksOnline
    ) -> None:
        self.wait(page.online.sign_in.isEnabled)
        assert not page.sign_out.isEnabled()
        page.online.sign_in.click()
        self.wait(lambda: page.online.state.is_signed_in)
        self.wait(page.sign_out.isEnabled)
        page.sign_out.click()
        self.wait(lambda: page.online.result.words == texts.SIGNED_OUT)
        assert any(each.operation == "revoke" for each in service.requests)

    def test_rules_speak_of_what_is_there(self, page: OnlineSettingsPage) -> None:
        rules = self.dialog.pages[2]
        assert "destination.document" not in rules.refusals
