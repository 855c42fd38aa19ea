"""What window, icon and toasts say of books in QuickBooks Online: its own words, none of the desktop's."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from app.domain.books_system import BooksSystem
from app.domain.facts import BooksContact, OnlineCompany, Problem
from app.domain.reason_texts_online import ONLINE
from app.domain.reasons import BOOKS, Reason, ReasonCode
from app.domain.states import State
from app.domain.status import Overall
from app.domain.values import replace
from app.sync.service import ConnectionSnapshot, RowDetail, Snapshot
from app.ui.notifications import troubles_of
from app.ui.tray_state import Icon, describe
from app.ui.window import banner_words, texts, texts_books
from app.ui.window.banner_words import BannerAction
from app.ui.window.bottom_line import BottomLine
from app.ui.window.detail_pane import DetailPane
from app.ui.window.texts_books import BOOKS as WORDS
from app.ui.window.wording import explained
from tests.builders import a_row, an_order
from tests.ui.plain_words import is_plain, texts_of
from tests.ui.shell.standing import MONDAY, a_connection, a_problem, a_snapshot

ONLINE_BOOKS = BooksSystem.QUICKBOOKS_ONLINE
AN_HOUR = timedelta(hours=1)
DESKTOP_ONLY = ("Web Connector", "company file", "sales order", "called", "Auto-Run")


def online(counts: dict[State, int] | None = None, **known: object) -> ConnectionSnapshot:
    made = a_connection(counts, system=ONLINE_BOOKS, **known)  # type: ignore[arg-type]
    return replace(made, online=OnlineCompany("9130", "Prairie Railroad", "US", MONDAY))


def signed_out(name: str = "main", since: timedelta = timedelta(0)) -> ConnectionSnapshot:
    lost = a_problem(ReasonCode.SIGN_IN_LOST, MONDAY - since)
    return online({State.QUEUED: 2, State.FAILED: 1}, name=name, books_problem=lost)


def speaks_of_the_desktop(said: str) -> list[str]:
    return [words for words in DESKTOP_ONLY if words.casefold() in said.casefold()]


@pytest.mark.parametrize("system", BooksSystem)
def test_every_accounting_system_has_plain_words(system: BooksSystem) -> None:
    words = [getattr(WORDS[system], each.name) for each in fields(WORDS[system])]
    assert all(words)
    assert all(is_plain(each) for each in (*words, *texts_of(texts_books)))
    if system is ONLINE_BOOKS:
        assert not speaks_of_the_desktop(" ".join(words))


@pytest.mark.parametrize("code", ONLINE)
def test_no_reason_sends_a_person_to_the_desktop(code: ReasonCode) -> None:
    words = explained(Reason(code, {BOOKS: ONLINE_BOOKS.value, "ref_number": "INV-1"}))
    assert not speaks_of_the_desktop(" ".join((words.title, words.why, words.fix)))
    assert " order" not in " ".join((words.title, words.why, words.fix))


class TestBanner:
    def test_all_well_names_the_company(self) -> None:
        words = banner_words.words(a_snapshot(online()), MONDAY)
        assert words.below == "Nothing is on its way. Last run 10:00, Prairie Railroad."

    def test_before_the_first_run(self) -> None:
        words = banner_words.words(a_snapshot(online({State.QUEUED: 1}, books_at=None)), MONDAY)
        assert words.line == "Nothing was sent to QuickBooks Online yet"
        assert "No run yet, Prairie Railroad." in words.below
        assert not speaks_of_the_desktop(words.below)

    def test_silence_has_help_of_its_own(self) -> None:
        silent = a_snapshot(online({State.QUEUED: 1}, books_at=MONDAY - 5 * AN_HOUR))
        words = banner_words.words(silent, MONDAY)
        assert (words.is_silent, words.action) == (True, BannerAction.HELP_SILENT)
        assert words.line.startswith("QuickBooks Online has not been reached since")
        assert WORDS[ONLINE_BOOKS].silent_help in words.below
        assert banner_words.silent_page(silent, MONDAY) == "quickbooks-online.md"
        assert not speaks_of_the_desktop(words.below)

    def test_beside_a_silent_desktop_the_help_is_the_desktops(self) -> None:
        desktop = a_connection({State.QUEUED: 1}, name="north", books_at=MONDAY - 5 * AN_HOUR)
        both = a_snapshot(online({State.QUEUED: 1}), desktop)
        assert texts.SILENT_HELP in banner_words.words(both, MONDAY).below
        assert banner_words.silent_page(both, MONDAY) == "troubles.md"

    def test_a_lost_sign_in_stops_at_once_with_one_action(self) -> None:
        snapshot = a_snapshot(signed_out())
        words = banner_words.words(snapshot, MONDAY)
        assert (snapshot.overall.state, words.line) == (Overall.STOPPED, "Signed out of QuickBooks Online")
        assert (words.action, words.label) == (BannerAction.SIGN_IN, texts_books.SIGN_IN)
        assert words.below.endswith(texts_books.SIGN_IN_LOST)

    def test_of_several_connections_it_says_which(self) -> None:
        both = a_snapshot(a_connection(name="north"), signed_out("south"))
        words = banner_words.words(both, MONDAY)
        assert words.action is BannerAction.SIGN_IN
        assert "for south" in words.below

    def test_settings_of_another_say_what_to_put_back(self) -> None:
        known = {"connection": "north", "system": "QuickBooks Online", "known_system": "QuickBooks Desktop"}
        wrong = Problem(Reason(ReasonCode.OTHER_ACCOUNTING_SYSTEM, known), MONDAY)
        snapshot = a_snapshot(a_connection({State.QUEUED: 1}), online(name="north", books_problem=wrong))
        words = banner_words.words(snapshot, MONDAY)
        assert (snapshot.overall.state, words.action) == (Overall.STOPPED, BannerAction.SETTINGS)
        assert "connection north" in words.below
        assert "Choose QuickBooks Desktop again" in words.below

    def test_a_refused_key_of_cedar_keeps_its_own_action(self) -> None:
        refused = a_connection(name="a", cedar_problem=a_problem(ReasonCode.CEDAR_KEY_REFUSED))
        both = a_snapshot(refused, signed_out("b", since=AN_HOUR))
        words = banner_words.words(both, MONDAY)
        assert (words.action, words.label) == (BannerAction.SETTINGS, texts.BANNER_KEY)
        assert "Signed out of QuickBooks Online since" in words.below


class TestBottomLine:
    @staticmethod
    def contacts(qtbot: QtBot, snapshot: Snapshot) -> str:
        line = BottomLine()
        qtbot.addWidget(line)
        line.show_contacts(snapshot, MONDAY)
        return line.contacts

    def test_the_last_success_and_the_next_push(self, qtbot: QtBot) -> None:
        tried, reached = MONDAY - timedelta(seconds=20), MONDAY - AN_HOUR
        known = replace(online(), books=BooksContact(tried, reached))
        assert self.contacts(qtbot, a_snapshot(known)) == (
            "Cedar checked 10:00 · QuickBooks Online reached 09:00 · next about 10:00"
        )

    def test_after_a_fault_the_next_try_is_the_faults(self, qtbot: QtBot) -> None:
        fault = Problem(Reason(ReasonCode.QUICKBOOKS_UNREACHABLE), MONDAY, MONDAY + AN_HOUR)
        assert self.contacts(qtbot, a_snapshot(online(books_problem=fault))).endswith("next about 11:00")

    def test_each_accounting_system_has_its_part(self, qtbot: QtBot) -> None:
        both = a_snapshot(a_connection(name="north"), online(name="south", books_at=None))
        said = self.contacts(qtbot, both)
        assert "Web Connector called 10:00 · QuickBooks Online not reached yet" in said


class TestIcon:
    def test_the_tool_tip(self) -> None:
        assert describe(a_snapshot(online()), MONDAY).tooltip.endswith("QuickBooks Online reached 10:00")
        both = a_snapshot(online(), a_connection(name="north"))
        assert describe(both, MONDAY).tooltip.endswith("Cedar 10:00 · QuickBooks 10:00")

    def test_a_lost_sign_in_is_a_cross(self) -> None:
        state = describe(a_snapshot(signed_out()), MONDAY)
        assert state.icon is Icon.STOPPED
        assert "Signed out of QuickBooks Online" in state.tooltip

    def test_the_toast(self) -> None:
        silent = a_snapshot(online({State.QUEUED: 1}, books_at=MONDAY - 5 * AN_HOUR))
        assert [each.title for each in troubles_of(silent, (), MONDAY)] == ["Nothing is sent to QuickBooks Online"]


def test_the_details_of_a_row_speak_of_its_own_books(qtbot: QtBot) -> None:
    row = a_row(order=an_order())
    row = replace(row, document=replace(row.document, txn_id="145", edit_sequence="3"))
    pane = DetailPane()
    qtbot.addWidget(pane)
    pane.show_detail(RowDetail(row, ()), MONDAY, ONLINE_BOOKS)
    assert WORDS[ONLINE_BOOKS].next_run in pane.state_line.text()
    assert "Id 145, SyncToken 3" in pane.raw.text.toPlainText()
    assert not speaks_of_the_desktop(pane.state_line.text())
