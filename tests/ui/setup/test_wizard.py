from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import books_side
from app.bootstrap.connection_kit import kit_of
from app.domain.values import replace
from app.system.autostart import AutostartState
from app.system.credentials import Secret
from app.ui.setup import texts
from app.ui.setup.checks import books_found, needs_setup, setup_state
from app.ui.setup.flow import ORDER, Page
from app.ui.setup.keeping import begin, keep_cedar, keep_draft
from app.ui.setup.listening import Listening
from app.ui.setup.result_line import Result
from app.ui.tasks import Tasks
from app.ui.window import texts as window_texts
from tests.ui.setup.office import GOOD, MemoryCredentials, Person, SetupOffice


def test_the_whole_way_ends_with_a_program_that_may_begin(qtbot: QtBot, person: Person) -> None:
    wizard = person.open()
    person.go_to(Page.QUICKBOOKS)
    person.connect()
    person.go_to(Page.START)
    with qtbot.waitSignal(wizard.finished_setup, timeout=10_000):
        wizard.forward.click()
    office = person.office
    assert not needs_setup(office.place)
    assert office.switch.now is AutostartState.ON
    assert not wizard.isVisible()


def test_nothing_is_sent_before_the_end(person: Person) -> None:
    person.open()
    person.go_to(Page.QUICKBOOKS)
    person.connect()
    for page in (Page.DRY_RUN, Page.START):
        person.go_to(page)
        password = person.office.credentials.get("main", Secret.WEB_CONNECTOR_PASSWORD)
        person.office.call(b"", password or "")
        assert person.office.orders() == 0
    assert setup_state(person.office.place).is_paused


@pytest.mark.parametrize("page", ORDER)
def test_closed_at_any_page_it_goes_on_where_it_was(person: Person, page: Page) -> None:
    wizard = person.open()
    person.go_to(page)
    wizard.reject()
    again = {Page.CEDAR: Page.CEDAR, Page.COLUMNS: Page.COLUMNS}.get(page, Page.QUICKBOOKS)
    reopened = person.open(again)
    assert needs_setup(person.office.place)
    assert person.cedar.form.api_key.text() == ""
    assert reopened.later.text().replace("&", "") == "Finish later"


def test_closed_on_the_first_page_what_was_typed_is_there_again_but_for_the_key(person: Person) -> None:
    wizard = person.open()
    form = person.cedar.form
    form.region.setCurrentIndex(1)
    form.carrier.setText(GOOD.carrier)
    form.assume_user.setText(GOOD.assume_user)
    form.api_key.setText("typed-but-not-tried")
    wizard.reject()
    person.open()
    form = person.cedar.form
    person.wait(lambda: form.carrier.text() == GOOD.carrier)
    assert (form.assume_user.text(), form.region.currentIndex(), form.api_key.text()) == (GOOD.assume_user, 1, "")
    assert person.office.credentials.kept == {}
    assert setup_state(person.office.place).is_paused


def test_a_draft_changes_nothing_that_runs_and_adds_no_connection(office: SetupOffice) -> None:
    keep_cedar(office.place, GOOD)
    begin(office.place)
    keep_draft(office.place, replace(GOOD, carrier="4711"))
    keep_draft(replace(office.place, connection="north"), GOOD)
    assert [each.cedar.carrier for each in office.place.settings().connections] == [GOOD.carrier]
    assert not setup_state(office.place).is_paused


def test_closed_on_the_second_page_the_chosen_columns_are_kept(person: Person) -> None:
    wizard = person.open()
    person.go_to(Page.COLUMNS)
    form = person.columns.form
    person.wait(lambda: form.is_good)
    chosen = dict(form.chosen)
    box = form.fields["rate"]
    box.setCurrentIndex((box.currentIndex() + 1) % box.count())
    person.wait(lambda: form.is_good and dict(form.chosen) != chosen)
    chosen = dict(form.chosen)
    wizard.reject()
    person.wait(lambda: person.office.place.connection_settings().cedar.columns.rate == chosen["rate"])


def test_after_the_company_file_answered_it_goes_on_with_the_dry_run(person: Person) -> None:
    wizard = person.open()
    person.go_to(Page.QUICKBOOKS)
    person.connect()
    wizard.reject()
    person.open(Page.DRY_RUN)


def test_back_leads_to_every_page_and_keeps_what_was_typed(person: Person) -> None:
    wizard = person.open()
    person.go_to(Page.START)
    for page in reversed(ORDER[:-1]):
        person.go_back()
        assert wizard.here is page
    assert not wizard.back.isEnabled()
    assert person.cedar.form.carrier.text() == GOOD.carrier


def test_cedar_answers_under_the_field(person: Person) -> None:
    wizard = person.open()
    assert not wizard.forward.isEnabled()
    person.fill_cedar()
    assert person.cedar.form.result.result is Result.GOOD
    assert person.cedar.form.result.words.startswith(f"Found {len(person.office.invoiced())} charges; the newest is of")
    assert wizard.forward.isEnabled()


def test_typing_alone_asks_cedar(person: Person) -> None:
    person.open()
    form = person.cedar.form
    for field, text in (
        (form.carrier, GOOD.carrier),
        (form.assume_user, GOOD.assume_user),
        (form.api_key, GOOD.api_key),
    ):
        QTest.keyClicks(field, text)
    person.wait(lambda: form.is_good)


def test_a_key_that_cannot_be_sent_is_told_without_speaking_of_settings(person: Person) -> None:
    person.open()
    person.fill_cedar(replace(GOOD, api_key="schlüssel"))
    assert person.cedar.form.result.words == (
        "There are characters in Cedar's API key that cannot be sent; enter it again."
    )


def test_a_wrong_key_is_told_and_a_good_one_goes_on(person: Person) -> None:
    wizard = person.open()
    person.fill_cedar(replace(GOOD, api_key="wrong"))
    assert "refused the key" in person.cedar.form.result.words
    assert not wizard.forward.isEnabled()
    person.fill_cedar()
    assert wizard.forward.isEnabled()


def test_a_cedar_that_is_down_is_asked_again_on_demand(person: Person) -> None:
    person.open()
    person.office.sandbox.stop()
    person.fill_cedar()
    assert "cannot be reached" in person.cedar.form.result.words
    person.office.sandbox.start()
    person.cedar.form.again.click()
    person.wait(lambda: person.cedar.form.is_good)


def test_a_key_that_is_too_long_is_refused_at_the_field(person: Person) -> None:
    wizard = person.open()
    person.fill_cedar(replace(GOOD, api_key="k" * 1281))
    assert "1281 characters" in person.cedar.form.result.words
    assert not wizard.forward.isEnabled()


def test_without_a_credential_store_there_is_a_plain_sentence(person: Person) -> None:
    person.office.credentials = MemoryCredentials(has_store=False)
    wizard = person.open()
    person.fill_cedar()
    wizard.forward.click()
    person.wait(lambda: person.cedar.trouble.words != "")
    assert "no credential store" in person.cedar.trouble.words
    assert wizard.here is Page.CEDAR


def test_the_key_is_never_shown_again(person: Person) -> None:
    person.open()
    assert person.cedar.form.api_key.echoMode() is QLineEdit.EchoMode.Password
    person.go_to(Page.COLUMNS)
    person.go_back()
    assert person.cedar.form.api_key.text() == ""
    assert "kept" in person.cedar.form.api_key.placeholderText()


def test_another_column_is_chosen_tried_and_kept(person: Person) -> None:
    person.open()
    person.go_to(Page.COLUMNS)
    form = person.columns.form
    person.wait(lambda: form.is_good)
    box = form.fields["gl_number"]
    box.setCurrentIndex(box.findData("customerLocationAccountNumber"))
    person.wait(lambda: form.is_good)
    person.go_on()
    assert person.office.place.connection_settings().cedar.columns.gl_number == "customerLocationAccountNumber"


def test_a_missing_column_keeps_the_page_closed_until_another_is_chosen(
    qtbot: QtBot, tasks: Tasks, office: SetupOffice
) -> None:
    office.stop()
    other = SetupOffice(office.home, without_column="glCode")
    other.point_at_sandbox()
    person = Person(qtbot, other, tasks)
    wizard = person.open()
    person.fill_cedar()
    assert "next question" in person.cedar.form.result.words
    person.go_on()
    form = person.columns.form
    person.wait(lambda: form.result.result is Result.BAD)
    assert "the GL number" in form.result.words
    assert not wizard.forward.isEnabled()
    box = form.fields["gl_number"]
    box.setCurrentIndex(box.findData("customerLocation"))
    person.wait(wizard.forward.isEnabled)
    wizard.reject()
    other.stop()


def test_the_password_is_shown_once_with_copy(person: Person) -> None:
    wizard = person.open()
    person.go_to(Page.QUICKBOOKS)
    box = person.quickbooks.steps.password
    person.wait(lambda: person.quickbooks.steps.is_made)
    shown = box.shown.text()
    box.copy.click()
    assert QGuiApplication.clipboard().text() == shown
    assert shown == person.office.credentials.get("main", Secret.WEB_CONNECTOR_PASSWORD)
    wizard.reject()
    person.open(Page.QUICKBOOKS)
    person.wait(lambda: person.quickbooks.steps.is_made)
    box = person.quickbooks.steps.password
    assert (box.shown.text(), box.renew.isHidden()) == ("", False)
    box.renew.click()
    person.wait(lambda: box.shown.text() != "")
    assert box.shown.text() != shown


def test_the_file_is_opened_and_saved(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []
    answers = iter([True, False])

    def open_url(url: QUrl) -> bool:
        opened.append(Path(url.toLocalFile()))
        return next(answers)

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    person.open()
    person.go_to(Page.QUICKBOOKS)
    steps = person.quickbooks.steps
    person.wait(lambda: steps.is_made)
    steps.open_file.click()
    assert opened == [steps.file]
    steps.open_file.click()
    assert "No program on this computer opens" in steps.result.words
    target = person.office.home / "elsewhere.qwc"
    steps.save_to(target)
    person.wait(target.exists)


def test_the_first_call_turns_into_a_tick_with_the_company_file(person: Person) -> None:
    wizard = person.open()
    person.go_to(Page.QUICKBOOKS)
    assert wizard.forward.text().replace("&", "") == "Connect QuickBooks later"
    person.connect()
    result = person.quickbooks.result
    assert result.result is Result.GOOD
    assert "Prairie Short Line" in result.words
    assert wizard.forward.text().replace("&", "") == "Continue to the dry run"


def test_another_password_is_told_until_the_right_one_comes(person: Person) -> None:
    person.open()
    person.go_to(Page.QUICKBOOKS)
    page, office = person.quickbooks, person.office
    person.wait(lambda: page.steps.is_made and page.is_listening)
    assert page.steps.file is not None
    qwc, password = page.steps.file.read_bytes(), page.steps.password.shown.text()

    def call(shown: str) -> None:
        thread = threading.Thread(target=office.call, args=(qwc, shown))
        thread.start()
        person.wait(lambda: not thread.is_alive())

    call("another")
    person.wait(lambda: "with another password; paste it again" in page.result.words)
    assert page.result.result is Result.BAD
    call(password)
    person.wait(lambda: page.result.result is Result.GOOD)


def test_a_new_password_forgets_what_the_old_one_refused(person: Person) -> None:
    person.open()
    person.go_to(Page.QUICKBOOKS)
    with person.office.place.opened() as installation:
        kit = kit_of(installation, "main")
        books_side.desk(kit).note_refused_sign_in()
        assert books_found(installation, "main").refused_at is not None
        kit.connector_password.to_show(is_new=True)
        assert books_found(installation, "main").refused_at is None


def test_a_port_in_use_is_changed_with_one_click(person: Person) -> None:
    person.open()
    person.go_to(Page.COLUMNS)
    with_port = SetupOffice(person.office.home.parent / "other")
    with_port.port = person.office.port
    with_port.point_at_sandbox()
    keep_cedar(with_port.place, GOOD)
    with Listening(with_port.place):
        person.go_on()
        page = person.quickbooks
        person.wait(lambda: not page.take_port.isHidden())
        assert str(person.office.port) in page.result.words
        page.take_port.click()
        person.wait(lambda: page.is_listening)
    assert person.office.place.settings().web_connector.port != person.office.port
    with_port.stop()


def test_the_dry_run_shows_sums_and_a_list_to_copy(person: Person) -> None:
    person.open()
    person.go_to(Page.QUICKBOOKS)
    person.connect()
    person.go_to(Page.DRY_RUN)
    page = person.dry_run
    person.wait(lambda: page.run is not None)
    page.names.copy.click()
    copied = QGuiApplication.clipboard().text()
    for name in (*person.office.railroad.missing_customers, *person.office.railroad.missing_items):
        assert name in copied
    assert "would go into QuickBooks" in page.lines["sent"].words
    assert "would be left out" in page.lines["left_out"].words


def test_a_customer_that_was_added_is_seen_after_looking_again(person: Person) -> None:
    person.open()
    person.go_to(Page.QUICKBOOKS)
    person.connect()
    person.go_to(Page.DRY_RUN)
    page = person.dry_run
    person.wait(lambda: page.run is not None)
    added = next(iter(person.office.railroad.missing_customers))
    person.office.company.add_customer(added)
    person.wait(page.again.isEnabled)
    page.again.click()
    person.wait(page.again.isEnabled)
    password = person.office.credentials.get("main", Secret.WEB_CONNECTOR_PASSWORD) or ""
    person.office.call(b"", password)
    person.wait(lambda: page.run is not None and added not in {each.name for each in page.run.customers})


def test_a_second_opening_shows_what_is_kept_and_changes_nothing_by_itself(qtbot: QtBot, person: Person) -> None:
    wizard = person.open()
    person.go_to(Page.START)
    with qtbot.waitSignal(wizard.finished_setup, timeout=10_000):
        wizard.forward.click()
    before = (person.office.home / "settings.toml").read_text()
    wizard = person.open(Page.CEDAR)
    person.wait(lambda: person.cedar.form.is_good)
    assert (person.cedar.form.carrier.text(), person.cedar.form.api_key.text()) == (GOOD.carrier, "")
    assert wizard.later.text().replace("&", "") == "Close"
    wizard.reject()
    assert (person.office.home / "settings.toml").read_text() == before
    assert not needs_setup(person.office.place)


def test_where_the_system_forbids_starting_at_sign_in_it_is_said(person: Person) -> None:
    person.office.switch.now = AutostartState.OFF_BY_SYSTEM
    person.open()
    person.go_to(Page.START)
    box = person.start.sign_in
    assert not box.box.isEnabled()
    assert "Task Manager" in box.result.words


def test_the_steps_say_where_one_is(person: Person) -> None:
    wizard = person.open()
    person.go_to(Page.COLUMNS)
    assert wizard.steps.labels[Page.CEDAR].accessibleName() == "Cedar, done"
    assert wizard.steps.labels[Page.COLUMNS].accessibleName() == "Columns, you are here"


def test_every_field_can_be_reached_by_a_key_and_has_a_name(person: Person) -> None:
    wizard = person.open()
    form = person.cedar.form
    fields: list[QWidget] = [form.region, form.carrier, form.assume_user, form.api_key]
    assert all(field.accessibleName() for field in fields)
    buddies = {label.buddy() for label in wizard.findChildren(QLabel) if "&" in label.text()}
    assert set(fields) <= buddies
    assert all("&" in button.text() for button in wizard.findChildren(QPushButton) if button.text())


def test_mnemonics_of_a_page_are_told_apart(person: Person) -> None:
    wizard = person.open()
    person.go_to(Page.CEDAR)
    person.fill_cedar(replace(GOOD, api_key="wrong"))
    _tell_apart(wizard)


@pytest.mark.parametrize("page", ORDER[1:])
def test_mnemonics_of_other_pages_are_told_apart(person: Person, page: Page) -> None:
    wizard = person.open()
    person.go_to(page)
    ready: dict[Page, Callable[[], bool]] = {
        Page.QUICKBOOKS: lambda: person.quickbooks.steps.is_made,
        Page.DRY_RUN: lambda: person.dry_run.run is not None,
    }
    person.wait(ready.get(page, lambda: True))
    _tell_apart(wizard)


def _tell_apart(wizard: QWidget) -> None:
    buttons: list[QAbstractButton | QLabel] = [*wizard.findChildren(QAbstractButton)]
    widgets = buttons + wizard.findChildren(QLabel)
    texts = [widget.text() for widget in widgets if widget.isVisible() and "&" in widget.text()]
    keys = [text[text.index("&") + 1].lower() for text in texts]
    assert len(keys) == len(set(keys)), sorted(texts)


def test_the_tab_key_goes_through_the_fields_and_then_the_buttons(person: Person) -> None:
    wizard = person.open()
    person.fill_cedar()
    form = person.cedar.form
    wanted = [form.region, form.carrier, form.assume_user, form.api_key, wizard.later, wizard.forward]
    chain: list[QWidget] = []
    widget: QWidget | None = wizard.nextInFocusChain()
    while widget is not None and widget is not wizard:
        chain.append(widget)
        widget = widget.nextInFocusChain()
    assert [each for each in chain if each in wanted] == wanted


def test_the_last_page_says_where_the_icon_is_and_how_to_connect_later(person: Person) -> None:
    person.open()
    person.go_to(Page.START)
    page = person.start
    assert page.icon_place.isVisible()
    page.icon_place.show_place(has_icon=True)
    assert page.icon_place.picture.isVisible()
    assert "drag the icon onto the task bar" in page.icon_place.words.text()
    # The window's menu has it there: File, Settings; and the settings' page its button.
    for words in (window_texts.MENU_FILE, window_texts.SETTINGS, texts.PAGE_BOOKS, texts.SHOW_STEPS):
        assert words.replace("&", "").rstrip("…") in page.result.words


@pytest.mark.usefixtures("large_text")
def test_large_text_on_a_small_screen_wraps_and_needs_no_scrolling_sideways(qtbot: QtBot, person: Person) -> None:
    wizard = person.open()
    # What a screen of 800 pixels has room for.
    wizard.resize(736, 736)
    person.go_to(Page.QUICKBOOKS)
    page = person.quickbooks
    person.wait(lambda: page.steps.is_made)
    (area,) = [each for each in wizard.findChildren(QScrollArea) if each.widget() is page]
    qtbot.waitUntil(lambda: area.horizontalScrollBar().maximum() == 0, timeout=2000)
    # Nothing is cut off, and what is to be clicked stays inside.
    for each in page.steps.findChildren(QAbstractButton):
        if each.isVisible():
            right = each.mapTo(page, each.rect().topRight()).x()
            assert (each.width() >= each.sizeHint().width(), right < area.viewport().width()) == (True, True)
    wizard.resize(1400, 736)
    qtbot.waitUntil(lambda: page.steps.open_file.mapTo(page, QPoint(0, 0)).x() > page.width() // 2, timeout=2000)
