"""Reasons why QuickBooks takes no orders at all: one problem of the connection, and not one failed invoice for it."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from app.domain.facts import QbxmlCeiling
from app.domain.reasons import ReasonCode, Who
from app.domain.states import State
from app.practice.cedar import PracticeCharge
from app.practice.mishaps import Fate, at_operation
from app.practice.processor import QuickBooksSession
from app.practice.quickbooks import Edition, RequestProcessor
from app.practice.quickbooks.faults import HResult, ProcessorFault
from app.practice.soap import SoapClient
from app.practice.web_connector import PracticeQuickBooks, UpdateReport, WebConnectorStandIn
from app.practice.world import COMPANY_PATH, PASSWORD
from app.store import facts
from tests.reasons.office import HALF_AN_HOUR, ROW, Office, a_charge, another_company
from tests.reasons.provoking import provokes

COUSIN = r"D:\Books\cousin.qbw"
MANY = 8
SECOND = "main/INV-2/4410"


def many_charges() -> list[PracticeCharge]:
    """Make several invoices."""
    return [a_charge(number, invoice=f"INV-{number}") for number in range(1, MANY + 1)]


def all_states(office: Office) -> set[str]:
    """Give the states there are."""
    return set(office.states().values())


def expect_all_healed(office: Office) -> None:
    """Check that every invoice is in the books exactly once."""
    for row_id in office.states():
        office.expect_healed(row_id)


class OneFault(PracticeQuickBooks):
    """A QuickBooks that lets nobody in."""

    def __init__(self, processor: RequestProcessor, fault: ProcessorFault) -> None:
        super().__init__(processor)
        self._fault = fault

    def begin_session(self, company_file: str) -> QuickBooksSession:
        """Refuse."""
        raise self._fault


def update_with(office: Office, quickbooks: PracticeQuickBooks) -> UpdateReport:
    """Let the Web Connector call once, with another QuickBooks behind it."""
    return WebConnectorStandIn(office.program.endpoint.url, "cedar-sync", PASSWORD, quickbooks).update()


# QuickBooks does not answer


@pytest.mark.parametrize(
    ("knob", "words"), [("dialog_open", "a message window is open"), ("cannot_start", "could not be started")]
)
@provokes(ReasonCode.QUICKBOOKS_UNREACHABLE)
def test_a_quickbooks_that_lets_nobody_in_leaves_the_invoices_queued(tmp_path: Path, knob: str, words: str) -> None:
    with Office(tmp_path, *many_charges()) as office:
        setattr(office.company, knob, True)
        assert office.run().outcome == "connection_error"
        problem = office.expect_books_problem(ReasonCode.QUICKBOOKS_UNREACHABLE, Who.BOOKKEEPER, words)
        assert all_states(office) == {"queued"}
        office.wait(timedelta(minutes=2))
        office.run()
        again = office.expect_books_problem(ReasonCode.QUICKBOOKS_UNREACHABLE, Who.BOOKKEEPER, words)
        assert again.since == problem.since, "it has been so since the first time"
        assert office.status()["overall"]["state"] == "attention"

        setattr(office.company, knob, False)
        office.run()
        expect_all_healed(office)
        assert office.status()["overall"]["state"] == "ok"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (HResult.UNEXPECTED, "unexpected error"),
        (HResult.SESSION_LOST, "closed in the middle"),
        (HResult.OTHER_FILE_MODE, "single-user or multi-user"),
        (HResult.NO_COMPANY_OPEN, "not running"),
    ],
)
@provokes(ReasonCode.QUICKBOOKS_UNREACHABLE)
def test_every_way_of_not_answering_says_what_it_is(tmp_path: Path, fault: HResult, words: str) -> None:
    with Office(tmp_path) as office:
        office.pull()
        report = update_with(office, OneFault(office.processor, ProcessorFault(fault)))
        assert report.outcome == "connection_error"
        office.expect_books_problem(ReasonCode.QUICKBOOKS_UNREACHABLE, Who.BOOKKEEPER, words)
        assert all_states(office) == {"queued"}

        office.run()
        office.expect_healed()


def test_the_web_connectors_status_column_says_why_quickbooks_could_not_be_reached(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.pull()
        with SoapClient(office.program.endpoint.url, keep_alive=True, expect_continue=False, timeout=10) as connector:
            login = (("strUserName", "cedar-sync"), ("strPassword", PASSWORD))
            ticket = ("ticket", connector.texts("authenticate", login)[0])
            said = (("hresult", "0x80040414"), ("message", "A modal dialog box is showing."))
            assert connector.text("connectionError", (ticket, *said)) == "done"
            error = connector.text("getLastError", (ticket,))
            assert "a message window is open" in error
            assert connector.text("closeConnection", (ticket,)) == error


def _ceiling(office: Office) -> QbxmlCeiling | None:
    with office.installation.record.read() as tx:
        return facts.get(tx, "main", QbxmlCeiling)


def test_a_version_that_was_refused_is_tried_again_after_quickbooks_was_upgraded(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.run()
        with office.installation.record.write() as tx:
            facts.put(tx, "main", QbxmlCeiling("6.0"))
        office.railroad.add(2, invoice="INV-2", gl_code="4410")
        office.run()
        assert _ceiling(office) == QbxmlCeiling("6.0"), "it is the same QuickBooks"

        office.company.product_name = "QuickBooks Enterprise Solutions 25.0"
        office.railroad.add(3, invoice="INV-3", gl_code="4410")
        office.run()
        assert _ceiling(office) is None
        expect_all_healed(office)


@provokes(ReasonCode.QUICKBOOKS_UNREACHABLE)
def test_a_quickbooks_that_is_closed_in_the_middle_is_asked_before_anything_is_sent_again(tmp_path: Path) -> None:
    with Office(tmp_path, *many_charges()) as office:
        office.company.hooks.lose_answer(containing="SalesOrderAdd")
        assert office.run().outcome == "error"
        office.expect_books_problem(ReasonCode.QUICKBOOKS_UNREACHABLE, Who.BOOKKEEPER, "closed in the middle")
        assert len(office.company.orders()) == 1

        office.update_until_quiet()
        expect_all_healed(office)
        assert len(office.company.orders()) == MANY


@provokes(ReasonCode.QUICKBOOKS_UNREACHABLE)
def test_a_passing_fault_of_one_order_makes_it_wait(tmp_path: Path) -> None:
    said = "The object could not be modified because QuickBooks is busy."
    with Office(tmp_path) as office:
        office.company.hooks.answer_with("SalesOrderAdd", 3240, said)
        office.run()
        shown = office.expect_row(State.WAITING, ReasonCode.QUICKBOOKS_UNREACHABLE, Who.BOOKKEEPER, said)
        assert shown["next_attempt_at"] is not None

        office.wait(timedelta(minutes=1))
        office.run()
        office.expect_healed()


# An answer that cannot be read


FORBIDDEN = pytest.mark.parametrize("character", ["\x0b", "\x01", "\uffff"])


@FORBIDDEN
def test_a_character_pasted_into_a_name_or_a_memo_holds_up_nothing(tmp_path: Path, character: str) -> None:
    with Office(tmp_path, *many_charges()) as office:
        office.company.add_customer(f"Pasted{character}Name")
        office.run()
        expect_all_healed(office)

        for order in office.company.orders():
            office.company.edit_order(order.txn_id, memo=f"{order.memo} pasted{character}note")
        office.railroad.amend(1, amount=Decimal(140), rate=Decimal(140))
        office.railroad.add(99, invoice="INV-99", gl_code="4410")
        office.run()
        office.expect_healed(amount="140.00")
        office.expect_healed("main/INV-99/4410")


class Garbled(PracticeQuickBooks):
    """A QuickBooks whose answers to one kind of question cannot be read."""

    def __init__(self, processor: RequestProcessor, question: str, answer: str) -> None:
        super().__init__(processor)
        self._question = question
        self._answer = answer

    def begin_session(self, company_file: str) -> QuickBooksSession:
        return GarbledSession(super().begin_session(company_file), self._question, self._answer)

    def host_company_preferences(self) -> str:
        return self._answer if self._question == "HostQuery" else super().host_company_preferences()


class GarbledSession:
    """Its session."""

    def __init__(self, inner: QuickBooksSession, question: str, answer: str) -> None:
        self._inner = inner
        self._question = question
        self._answer = answer

    def process(self, text: str) -> str:
        answer = self._inner.process(text)
        return self._answer if self._question in text else answer

    def end(self) -> None:
        self._inner.end()


@pytest.mark.parametrize("question", ["CustomerQuery", "SalesOrderAdd", "HostQuery"])
@provokes(ReasonCode.REQUEST_NOT_UNDERSTOOD)
def test_an_answer_nobody_can_read_is_our_mistake_and_closing_windows_does_not_help(
    tmp_path: Path, question: str
) -> None:
    with Office(tmp_path) as office:
        office.pull()
        report = update_with(office, Garbled(office.processor, question, "<QBXML><QBXMLMsgsRs>"))
        problem = office.expect_books_problem(
            ReasonCode.REQUEST_NOT_UNDERSTOOD, Who.SUPPORT, "could not read what QuickBooks answered", "support file"
        )
        assert "window" not in report.last_error
        assert (problem.reason.raw or "").startswith("not XML")

        office.run()
        office.expect_healed()


# Another company file


@pytest.mark.parametrize("is_added", [True, False], ids=["of another installation", "of nobody"])
@provokes(ReasonCode.WRONG_COMPANY_FILE)
def test_another_company_file_is_refused_before_anything_is_written_and_both_are_named(
    tmp_path: Path,
    is_added: bool,  # noqa: FBT001
) -> None:
    cousin = another_company(COUSIN)
    with Office(tmp_path) as office:
        office.run()
        office.railroad.add(2, invoice="INV-2", gl_code="4410")
        office.open_company(cousin, is_added=is_added)
        report = office.run()
        assert report.outcome == "error"
        assert COUSIN in report.last_error
        assert COMPANY_PATH in report.last_error
        office.expect_books_problem(ReasonCode.WRONG_COMPANY_FILE, Who.BOOKKEEPER, COUSIN, COMPANY_PATH)
        assert cousin.orders() == []
        assert office.states() == {ROW: "synced", SECOND: "queued"}

        office.open_own_company()
        office.run()
        expect_all_healed(office)


@provokes(ReasonCode.WRONG_COMPANY_FILE)
def test_a_file_of_another_installation_is_refused_at_the_first_contact_already(tmp_path: Path) -> None:
    cousin = another_company(COUSIN)
    with Office(tmp_path) as office:
        office.open_company(cousin, is_added=True)
        office.run()
        office.expect_books_problem(ReasonCode.WRONG_COMPANY_FILE, Who.BOOKKEEPER, COUSIN)
        assert cousin.orders() == []

        office.open_own_company()
        office.run()
        office.expect_healed()


@provokes(ReasonCode.WRONG_COMPANY_FILE)
def test_the_file_named_in_the_settings_counts_at_the_first_contact_already(tmp_path: Path) -> None:
    with Office(tmp_path, settings={"destination.company_file": COUSIN}) as office:
        assert office.run().outcome == "connection_error"
        office.expect_books_problem(ReasonCode.WRONG_COMPANY_FILE, Who.BOOKKEEPER, COUSIN)
        assert office.company.orders() == []

        office.configure(destination__company_file=COMPANY_PATH)
        office.run()
        office.expect_healed()


@provokes(ReasonCode.WRONG_COMPANY_FILE)
def test_quickbooks_itself_says_that_another_file_is_open(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.run()
        office.railroad.add(2, invoice="INV-2", gl_code="4410")
        office.company.other_company_open = True
        assert office.run().outcome == "connection_error"
        office.expect_books_problem(ReasonCode.WRONG_COMPANY_FILE, Who.BOOKKEEPER, COMPANY_PATH)
        assert office.states() == {ROW: "synced", SECOND: "queued"}

        office.company.other_company_open = False
        office.run()
        expect_all_healed(office)


# No sales orders


@provokes(ReasonCode.SALES_ORDERS_UNAVAILABLE)
def test_quickbooks_pro_is_recognised_by_its_name_and_nothing_is_tried(tmp_path: Path) -> None:
    office = Office(tmp_path, *many_charges())
    office.company.edition = Edition.PRO
    with office:
        report = office.run()
        office.expect_books_problem(ReasonCode.SALES_ORDERS_UNAVAILABLE, Who.BOOKKEEPER, "QuickBooks Pro 2024")
        assert all_states(office) == {"queued"}
        assert "QuickBooks Pro 2024" in report.last_error
        assert office.update().outcome == "none", "QuickBooks is not opened every minute for it"

        office.configure(destination__document="estimate")
        office.wait(HALF_AN_HOUR)
        office.pull()
        office.update_until_quiet()
        assert all_states(office) == {"synced"}
        assert sorted(each.ref_number for each in office.company.orders("Estimate")) == sorted(
            f"INV-{number}" for number in range(1, MANY + 1)
        )
        office.expect_no_books_problem()


@provokes(ReasonCode.SALES_ORDERS_UNAVAILABLE)
def test_choosing_estimates_need_not_wait_for_the_next_look(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.company.edition = Edition.PRO
    with office:
        office.run()
        office.expect_books_problem(ReasonCode.SALES_ORDERS_UNAVAILABLE, Who.BOOKKEEPER, "QuickBooks Pro 2024")

        office.configure(destination__document="estimate")
        office.run()
        assert office.states() == {ROW: "synced"}


@provokes(ReasonCode.SALES_ORDERS_UNAVAILABLE)
def test_sales_orders_switched_off_are_one_problem_until_they_are_switched_on(tmp_path: Path) -> None:
    with Office(tmp_path, *many_charges()) as office:
        office.company.sales_orders_enabled = False
        office.run()
        problem = office.expect_books_problem(
            ReasonCode.SALES_ORDERS_UNAVAILABLE, Who.BOOKKEEPER, "QuickBooks Enterprise", "Enable Sales Orders"
        )
        assert problem.reason.raw is not None
        assert problem.reason.raw.startswith("3250")
        assert all_states(office) == {"queued"}
        assert office.update().outcome == "none"

        office.company.sales_orders_enabled = True
        office.wait(HALF_AN_HOUR)
        office.pull()
        office.update_until_quiet()
        expect_all_healed(office)


@provokes(ReasonCode.SALES_ORDERS_UNAVAILABLE)
def test_sales_orders_switched_on_are_used_at_once_after_retry(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.company.sales_orders_enabled = False
        office.run()
        office.expect_books_problem(ReasonCode.SALES_ORDERS_UNAVAILABLE, Who.BOOKKEEPER)

        office.company.sales_orders_enabled = True
        office.retry()
        office.run()
        office.expect_healed()


@pytest.mark.parametrize("edition", [Edition.PREMIER, Edition.ACCOUNTANT, Edition.ENTERPRISE])
def test_editions_that_have_sales_orders_are_not_taken_for_pro(tmp_path: Path, edition: Edition) -> None:
    office = Office(tmp_path)
    office.company.edition = edition
    with office:
        office.run()
        office.expect_healed()


# Permission


@provokes(ReasonCode.PERMISSION_DENIED)
def test_an_administrator_who_has_not_allowed_access_yet_is_asked_for_it(tmp_path: Path) -> None:
    with Office(tmp_path, *many_charges()) as office:
        office.company.access_denied = True
        assert office.run().outcome == "connection_error"
        office.expect_books_problem(
            ReasonCode.PERMISSION_DENIED, Who.QUICKBOOKS_ADMIN, "Admin", "Integrated Applications", "Cedar Sync"
        )
        assert all_states(office) == {"queued"}

        office.company.access_denied = False
        office.run()
        expect_all_healed(office)


# The answer is lost


LOST = at_operation("receiveResponseXML", Fate.VANISH_BEFORE, occurrence=6)
"""The sixth answer is the order's: customers, items, what was changed, what was deleted and the number come first."""


@provokes(ReasonCode.OUTCOME_UNKNOWN)
def test_a_row_whose_answer_was_lost_says_that_it_is_being_looked_for(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.pull()
        office.update(LOST)
        office.company.dialog_open = True
        assert office.update().outcome == "connection_error"
        office.expect_row(State.SENDING, ReasonCode.OUTCOME_UNKNOWN, Who.NOBODY)
        assert len(office.company.orders()) == 1
        office.retry()
        assert office.states() == {ROW: "sending"}, "Retry never sends what may be there"

        office.company.dialog_open = False
        office.run()
        order = office.expect_healed()
        assert office.company.orders() == [order]


def test_a_lost_answer_is_looked_for_before_anything_is_sent_again(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.pull()
        office.update(LOST)
        assert (office.states(), len(office.company.orders())) == ({ROW: "sending"}, 1)

        office.run()
        order = office.expect_healed()
        assert office.company.orders() == [order]
        notes = [entry["note"] for entry in office.show()["history"]]
        assert any(note.startswith("It did get in") for note in notes)


@pytest.mark.parametrize("written", [0, 1])
def test_an_outcome_quickbooks_itself_lost_is_looked_for_in_the_books(tmp_path: Path, written: int) -> None:
    with Office(tmp_path) as office:
        # QuickBooks dies before or after it wrote the order, and remembers only that it was asked.
        office.company.hooks.crash_after_requests(written, containing="SalesOrderAdd")
        office.run()
        assert (office.states(), len(office.company.orders())) == ({ROW: "sending"}, written)

        office.update_until_quiet()
        office.expect_healed()
