from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel, QMessageBox, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import books_side
from app.bootstrap.connection_kit import kit_of
from app.bootstrap.installation import Installation
from app.practice.world import API_KEY, CARRIER, free_port
from app.store import charges
from app.system.autostart import AutostartState
from app.system.credentials import Secret
from app.system.listening import listen
from app.system.settings_file import NAME, change, load
from app.ui.ports import Level
from app.ui.setup import texts
from app.ui.setup.add_connection import AddConnectionDialog
from app.ui.setup.keeping import begin, keep_cedar
from app.ui.setup.result_line import Result
from app.ui.setup.settings_advanced import AdvancedSettingsPage
from app.ui.setup.settings_cedar import CedarSettingsPage
from app.ui.setup.settings_choices import RulesSettingsPage
from app.ui.setup.settings_dialog import SettingsDialog
from app.ui.setup.settings_notifications import NotificationSettingsPage
from app.ui.setup.settings_page import SettingsPage
from app.ui.setup.settings_quickbooks import QuickBooksSettingsPage
from app.ui.setup.settings_startup import StartupSettingsPage
from app.ui.setup.sign_in_box import SignInBox
from app.ui.tasks import Tasks
from app.ui.ui_state import UiState
from app.updates.feed import VARIABLE, Feed
from tests.builders import a_charge
from tests.ui.setup.office import GOOD, SetupOffice
from tests.updates.makers import put_into


class SettingsUser:
    """Sits before the settings window."""

    def __init__(self, qtbot: QtBot, office: SetupOffice, dialog: SettingsDialog) -> None:
        self.qtbot, self.office, self.dialog = qtbot, office, dialog

    def wait(self, is_so: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(is_so, timeout=20_000)

    def save(self) -> None:
        """Press Save, and wait until it is done."""
        self.dialog.save.click()
        self.wait(lambda: self.dialog.outcome.result is not Result.BUSY)

    def _page(self, kind: type[SettingsPage]) -> SettingsPage:
        return next(page for page in self.dialog.pages if isinstance(page, kind))

    @property
    def cedar(self) -> CedarSettingsPage:
        found = self._page(CedarSettingsPage)
        assert isinstance(found, CedarSettingsPage)
        return found

    @property
    def quickbooks(self) -> QuickBooksSettingsPage:
        found = self._page(QuickBooksSettingsPage)
        assert isinstance(found, QuickBooksSettingsPage)
        return found

    @property
    def rules(self) -> RulesSettingsPage:
        found = self._page(RulesSettingsPage)
        assert isinstance(found, RulesSettingsPage)
        return found

    @property
    def notifications(self) -> NotificationSettingsPage:
        found = self._page(NotificationSettingsPage)
        assert isinstance(found, NotificationSettingsPage)
        return found

    @property
    def startup(self) -> StartupSettingsPage:
        found = self._page(StartupSettingsPage)
        assert isinstance(found, StartupSettingsPage)
        return found

    @property
    def advanced(self) -> AdvancedSettingsPage:
        found = self._page(AdvancedSettingsPage)
        assert isinstance(found, AdvancedSettingsPage)
        return found


@pytest.fixture
def user(qtbot: QtBot, office: SetupOffice, tasks: Tasks) -> Iterator[SettingsUser]:
    """Open the settings of a connection that is set up."""
    keep_cedar(office.place, GOOD)
    begin(office.place)
    with Installation(office.home, credentials=office.credentials) as installation:
        dialog = SettingsDialog(installation, tasks, autostart=office.switch)
        qtbot.addWidget(dialog)
        dialog.show()
        yield SettingsUser(qtbot, office, dialog)
        dialog.reject()


def test_what_is_changed_on_every_page_comes_back(user: SettingsUser) -> None:
    user.cedar.poll.setValue(7)
    user.cedar.lookback.setValue(30)
    user.cedar.zone.setEditText("America/Chicago")
    user.quickbooks.company_file.setText("C:\\books\\railroad.qbw")
    user.quickbooks.run_every.setValue(3)
    user.rules.statuses["ARCHIVED"].setChecked(True)
    user.rules.choices["destination.document"].choose("estimate")
    user.rules.choices["destination.missing_customers"].choose("create")
    user.rules.choices["destination.on_void"].choose("close")
    user.rules.shorten.setChecked(False)
    user.notifications.levels[Level.NONE].setChecked(True)
    user.startup.sign_in.box.setChecked(True)
    user.save()
    kept = load(user.office.home).settings.connections[0]
    assert (kept.cedar.poll_minutes, kept.cedar.lookback_days, kept.cedar.time_zone) == (7, 30, "America/Chicago")
    assert (kept.destination.company_file, kept.web_connector.run_every_minutes) == ("C:\\books\\railroad.qbw", 3)
    assert kept.cedar.billing_statuses == ["INVOICED", "ARCHIVED"]
    assert (kept.destination.document, kept.destination.on_void) == ("estimate", "close")
    assert (kept.destination.missing_customers, kept.destination.shorten_numbers) == ("create", False)
    assert UiState(user.office.home).notifications is Level.NONE
    assert user.office.switch.now is AutostartState.ON


def test_the_daily_look_for_updates_is_a_choice(
    qtbot: QtBot, office: SetupOffice, tasks: Tasks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_into(tmp_path / "build", Feed("https://updates.example/", b"{}"))
    monkeypatch.setenv(VARIABLE, str(tmp_path / "build"))
    keep_cedar(office.place, GOOD)
    with Installation(office.home, credentials=office.credentials) as installation:
        dialog = SettingsDialog(installation, tasks, autostart=office.switch)
        qtbot.addWidget(dialog)
        dialog.show()
        user = SettingsUser(qtbot, office, dialog)
        assert user.advanced.updates.isChecked()
        for wanted in (False, True):
            user.advanced.updates.setChecked(wanted)
            user.save()
            assert load(office.home).settings.updates.check is wanted
            assert load(office.home).unknown == ()
        dialog.reject()


def test_a_build_without_a_feed_says_so_and_writes_nothing(user: SettingsUser) -> None:
    box = user.advanced.updates
    assert (box.isEnabled(), box.isChecked()) == (False, False)
    assert texts.NO_UPDATES in [label.text() for label in user.advanced.findChildren(QLabel)]
    user.cedar.poll.setValue(9)
    user.save()
    assert "updates" not in (user.office.home / NAME).read_text()


def test_comments_and_unknown_keys_stay(user: SettingsUser) -> None:
    file = user.office.home / NAME
    file.write_text("# ours\n" + file.read_text() + '\n[connections.extra]\nmine = "yes"\n')
    user.cedar.poll.setValue(9)
    user.save()
    text = file.read_text()
    assert "# ours" in text
    assert 'mine = "yes"' in text


def test_saving_without_a_change_leaves_the_file_as_it_is(user: SettingsUser) -> None:
    before = (user.office.home / NAME).read_text()
    user.save()
    assert (user.office.home / NAME).read_text() == before


def test_a_change_is_signalled(user: SettingsUser) -> None:
    user.cedar.poll.setValue(9)
    with user.qtbot.waitSignal(user.dialog.settings_changed, timeout=10_000):
        user.save()


def test_wrong_values_are_refused_at_their_fields(user: SettingsUser) -> None:
    before = (user.office.home / NAME).read_text()
    user.quickbooks.username.setText("x" * 41)
    user.cedar.zone.setEditText("Mars/Olympus")
    user.cedar.cedar.carrier.setText("")
    for box in user.rules.statuses.values():
        box.setChecked(False)
    user.save()
    assert "1 to 40" in user.quickbooks.refusals["web_connector.username"].words
    assert "America/Chicago" in user.cedar.refusals["cedar.time_zone"].words
    assert user.cedar.refusals["cedar.carrier"].words
    assert "at least one" in user.rules.refusals["cedar.billing_statuses"].words
    assert (user.office.home / NAME).read_text() == before


def test_a_user_name_of_another_connection_is_refused(user: SettingsUser) -> None:
    change(user.office.home, "branch", {"web_connector.username": "branch"}, None)
    user.quickbooks.username.setText("branch")
    user.save()
    assert "branch" in user.quickbooks.refusals["web_connector.username"].words


def test_another_carrier_is_refused_once_there_are_invoices_of_the_first(user: SettingsUser) -> None:
    user.cedar.cedar.carrier.setText("5555")
    user.save()
    user.cedar.cedar.carrier.setText(CARRIER)
    user.save()
    with user.office.place.opened() as installation, installation.record.write() as tx:
        charges.save_changed(tx, "main", [a_charge("1")])
    user.cedar.cedar.carrier.setText("5555")
    user.cedar.cedar.api_key.setText("another key")
    user.save()
    assert user.dialog.outcome.result is Result.BAD
    said = " ".join(label.text() for label in user.dialog.findChildren(QLabel))
    assert f"Put carrier {CARRIER}" in said
    assert load(user.office.home).settings.connections[0].cedar.carrier == CARRIER
    assert user.office.credentials.get("main", Secret.CEDAR_API_KEY) == API_KEY, "the key is the first carrier's still"


def test_a_refusal_goes_when_the_value_is_right(user: SettingsUser) -> None:
    user.cedar.zone.setEditText("Mars/Olympus")
    user.save()
    user.cedar.zone.setEditText("")
    user.save()
    assert user.cedar.refusals["cedar.time_zone"].result is Result.NOTHING


def test_a_refused_sign_in_is_told(user: SettingsUser) -> None:
    with Installation(user.office.home, credentials=user.office.credentials) as installation:
        books_side.desk(kit_of(installation, "main")).note_refused_sign_in()
    user.dialog.show_connect_steps("")
    user.wait(lambda: user.quickbooks.state.result is Result.BAD)
    assert "with another password" in user.quickbooks.state.words


def test_another_user_name_needs_a_new_file_and_says_so(user: SettingsUser) -> None:
    user.quickbooks.username.setText("books")
    assert user.quickbooks.new_file.result is Result.BAD
    assert "Remove" in user.quickbooks.new_file.words
    user.save()
    user.quickbooks.show_steps.click()
    steps = user.quickbooks.steps
    user.wait(lambda: steps.is_made)
    assert steps.file is not None
    assert "<UserName>books</UserName>" in steps.file.read_text()


def test_another_port_needs_a_new_file_and_a_new_start(user: SettingsUser) -> None:
    user.advanced.port.setValue(free_port())
    assert "Web Connector" in user.advanced.new_file.words
    with user.qtbot.waitSignal(user.dialog.restart_wanted, timeout=10_000):
        user.save()


def test_a_port_in_use_is_refused_with_a_free_one(user: SettingsUser) -> None:
    port = free_port()
    listeners = listen(port)
    user.advanced.port.setValue(port)
    user.save()
    for listener in listeners:
        listener.close()
    assert f"port {port}" in user.advanced.refusals["port"].words
    assert load(user.office.home).settings.web_connector.port == user.office.port


def test_a_new_key_is_kept_and_not_shown_again(user: SettingsUser) -> None:
    user.cedar.cedar.api_key.setText("another-key")
    user.save()
    assert user.office.credentials.get("main", Secret.CEDAR_API_KEY) == "another-key"
    assert user.cedar.cedar.api_key.text() == ""
    assert "another-key" not in (user.office.home / NAME).read_text()


def test_a_key_that_cedar_refuses_is_not_called_good(user: SettingsUser) -> None:
    form = user.cedar.cedar
    form.api_key.setText("another-key")
    form.test()
    user.wait(lambda: form.again.isVisibleTo(form))
    user.save()
    assert (user.dialog.outcome.result, user.dialog.outcome.words) == (Result.BAD, texts.SAVED_REFUSED)
    assert not form.again.isVisibleTo(form)
    form.api_key.setText(GOOD.api_key)
    user.save()
    assert (user.dialog.outcome.result, user.dialog.outcome.words) == (Result.GOOD, texts.SAVED)


def test_a_cedar_that_is_down_takes_nothing_from_what_was_saved(user: SettingsUser) -> None:
    user.office.sandbox.stop()
    user.cedar.cedar.carrier.setText("4711")
    user.save()
    assert (user.dialog.outcome.result, user.dialog.outcome.words) == (Result.GOOD, texts.SAVED)


def test_a_refusal_goes_when_its_field_is_edited(user: SettingsUser) -> None:
    form = user.cedar.cedar
    form.carrier.clear()
    form.assume_user.clear()
    form.api_key.setText("k" * 1281)
    user.save()
    paths = ("cedar.carrier", "cedar.assume_user", "api_key")
    fields = (form.carrier, form.assume_user, form.api_key)
    for number, field in enumerate(fields):
        shown = [user.cedar.refusals[path].result is Result.BAD for path in paths]
        assert shown == [each >= number for each in range(3)]
        field.setText("1")
    assert all(user.cedar.refusals[path].result is Result.NOTHING for path in paths)


def test_a_key_that_is_too_long_is_refused_at_its_field(user: SettingsUser) -> None:
    user.cedar.cedar.api_key.setText("k" * 1281)
    user.save()
    assert "1281" in user.cedar.refusals["api_key"].words


def test_the_columns_are_shown_on_demand_and_changed(user: SettingsUser) -> None:
    user.cedar.show_columns.click()
    form = user.cedar.columns
    user.wait(lambda: form.is_good)
    box = form.fields["rate"]
    box.setCurrentIndex(box.findData("rate"))
    user.wait(lambda: form.is_good)
    user.save()
    assert load(user.office.home).settings.connections[0].cedar.columns.rate == "rate"


def test_a_new_pair_makes_a_new_file(user: SettingsUser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Yes)
    user.advanced.pair.click()
    user.wait(lambda: user.advanced.result.result is Result.GOOD)
    assert "Remove" in user.advanced.result.words


def test_a_new_password_is_shown_once(user: SettingsUser) -> None:
    user.advanced.password.renew.click()
    user.wait(lambda: user.advanced.password.shown.text() != "")
    shown = user.advanced.password.shown.text()
    assert shown == user.office.credentials.get("main", Secret.WEB_CONNECTOR_PASSWORD)


def test_starting_at_sign_in_shows_the_true_state(qtbot: QtBot, office: SetupOffice, tasks: Tasks) -> None:
    office.switch.now = AutostartState.OFF_BY_SYSTEM
    with Installation(office.home, credentials=office.credentials) as installation:
        dialog = SettingsDialog(installation, tasks, autostart=office.switch)
        qtbot.addWidget(dialog)
        assert not dialog.startup.sign_in.box.isChecked()
        assert "Task Manager" in dialog.startup.sign_in.result.words
        dialog.reject()


def test_windows_own_page_is_opened_only_where_it_switched_the_start_off(
    qtbot: QtBot, office: SetupOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    answers = [True, False]

    def open_url(url: QUrl) -> bool:
        opened.append(url.toString())
        return answers.pop(0)

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    box = SignInBox(office.switch)
    qtbot.addWidget(box)
    box.show()
    box.show_state()
    assert not box.open_system.isVisible()
    office.switch.now = AutostartState.OFF_BY_SYSTEM
    box.show_state()
    assert box.open_system.isVisible()
    box.open_system.click()
    assert opened == ["ms-settings:startupapps"]
    assert box.result.result is Result.NOTE
    box.open_system.click()
    assert "Ctrl+Shift+Esc" in box.result.words


def test_coming_back_from_windows_own_page_the_state_is_looked_at_again(qtbot: QtBot, office: SetupOffice) -> None:
    office.switch.now = AutostartState.OFF_BY_SYSTEM
    box, other = SignInBox(office.switch), QWidget()
    for each in (box, other):
        qtbot.addWidget(each)
    box.show()
    box.show_state()
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    office.switch.now = AutostartState.ON
    box.activateWindow()
    qtbot.waitUntil(box.box.isChecked)
    assert not box.open_system.isVisible()


def test_the_company_file_is_found_by_browsing(user: SettingsUser, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []

    def choose(_: QWidget, title: str, here: str, kind: str) -> tuple[str, str]:
        asked.append((here, kind))
        return ("/books/railroad.qbw", kind) if len(asked) == 1 else ("", "")

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    user.dialog.show_page(QuickBooksSettingsPage)
    assert user.quickbooks.browse.isVisible()
    user.quickbooks.browse.click()
    user.quickbooks.browse.click()
    chosen = str(Path("/books/railroad.qbw"))
    assert asked == [("", texts.COMPANY_FILE_KIND), (chosen, texts.COMPANY_FILE_KIND)]
    user.save()
    assert load(user.office.home).settings.connections[0].destination.company_file == chosen


def test_the_data_folder_is_shown_whole(user: SettingsUser) -> None:
    user.dialog.show_page(AdvancedSettingsPage)
    folder = user.advanced.folder
    folder.show_words("C:\\Users\\somebody\\AppData\\Local\\" + "a long name of a folder\\" * 12 + "Cedar Sync")
    user.wait(lambda: folder.height() >= folder.heightForWidth(folder.width()) > 2 * folder.fontMetrics().height())
    assert folder.width() > user.advanced.width() / 2


def test_after_another_port_was_taken_the_steps_are_there_at_once(user: SettingsUser) -> None:
    user.dialog.show_connect_steps("The Web Connector has to be told.")
    page = user.quickbooks
    assert page.why.words == "The Web Connector has to be told."
    assert page.steps.isVisible()
    user.wait(lambda: page.steps.is_made)


def test_several_connections_are_shown_one_at_a_time(qtbot: QtBot, office: SetupOffice, tasks: Tasks) -> None:
    change(office.home, "branch", {"cedar.carrier": "77", "web_connector.username": "branch"}, None)
    with Installation(office.home, credentials=office.credentials) as installation:
        dialog = SettingsDialog(installation, tasks, autostart=office.switch)
        qtbot.addWidget(dialog)
        user = SettingsUser(qtbot, office, dialog)
        user.cedar.poll.setValue(9)
        dialog.connection.setCurrentText("branch")
        assert (dialog.connection.currentText(), "Save" in dialog.outcome.words) == ("main", True)
        user.cedar.poll.setValue(5)
        dialog.connection.setCurrentText("branch")
        assert user.cedar.cedar.carrier.text() == "77"
        user.cedar.poll.setValue(11)
        user.cedar.cedar.assume_user.setText("b@branch.example")
        user.save()
        dialog.reject()
    polls = {each.name: each.cedar.poll_minutes for each in load(office.home).settings.connections}
    assert polls == {"main": 5, "branch": 11}


@pytest.mark.parametrize(
    ("name", "is_good"), [("branch", True), ("Main", False), ("a b", False), ("", False), ("x" * 26, False)]
)
def test_the_name_of_a_connection_is_checked_at_once(qtbot: QtBot, name: str, is_good: bool) -> None:  # noqa: FBT001
    dialog = AddConnectionDialog(["main"])
    qtbot.addWidget(dialog)
    dialog.name.setText("?")
    dialog.name.setText(name)
    assert dialog.ok.isEnabled() is is_good
    assert (dialog.outcome.result is Result.BAD) is not is_good


def test_a_new_connection_goes_through_the_wizard(user: SettingsUser) -> None:
    wizard = user.dialog.set_up("branch")
    user.wait(lambda: wizard.here is not None)
    assert "branch" in wizard.windowTitle()
    wizard.reject()
    assert [each.name for each in load(user.office.home).settings.connections] == ["main"]


def test_mnemonics_of_every_page_are_told_apart(user: SettingsUser) -> None:
    user.cedar.show_columns.click()
    user.quickbooks.show_steps.click()
    user.wait(lambda: user.cedar.columns.is_good and user.quickbooks.steps.is_made)
    for row in range(len(user.dialog.pages)):
        user.dialog.list.setCurrentRow(row)
        buttons: list[QAbstractButton | QLabel] = [*user.dialog.findChildren(QAbstractButton)]
        words = [each.text() for each in buttons + user.dialog.findChildren(QLabel) if each.isVisible()]
        keys = [each[each.index("&") + 1].lower() for each in words if "&" in each]
        assert len(keys) == len(set(keys)), sorted(each for each in words if "&" in each)


@pytest.mark.usefixtures("large_text")
def test_no_page_scrolls_sideways_with_large_text_and_long_words_break(user: SettingsUser) -> None:
    dialog = user.dialog
    # Narrower than a screen of 1366 pixels, as translations are longer.
    dialog.resize(900, 600)
    for row in range(len(dialog.pages)):
        dialog.list.setCurrentRow(row)
        (area,) = [each for each in dialog.findChildren(QScrollArea) if each.widget() is dialog.pages[row]]
        assert area.isVisible()
        assert (dialog.pages[row].title, area.horizontalScrollBar().maximum()) == (dialog.pages[row].title, 0)
    box = user.advanced.updates
    assert "\n" in box.text()
    assert box.text().replace("\n", " ") == texts.UPDATES
    assert box.accessibleName() == texts.UPDATES.replace("&", "")
    user.wait(lambda: box.height() >= 2 * box.fontMetrics().height())
    dialog.resize(3000, 600)
    user.wait(lambda: box.text() == texts.UPDATES)
