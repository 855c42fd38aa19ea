"""Reasons that QuickBooks gives for one order: closed books, locks, rights, refusals, other amounts."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from app.domain.reasons import ReasonCode, Who
from app.domain.states import State
from app.practice.processor import QuickBooksSession
from app.practice.quickbooks import PracticeCompany, RequestProcessor
from app.practice.quickbooks.faults import HResult, ProcessorFault
from app.practice.quickbooks.records import ListKind
from app.practice.web_connector import PracticeQuickBooks, UpdateReport, WebConnectorStandIn
from app.practice.world import PASSWORD
from tests.reasons.office import NOON, SOON, Office, a_charge
from tests.reasons.provoking import provokes

SECOND = "main/INV-2/4410"


def list_id(company: PracticeCompany, kind: ListKind, name: str) -> str:
    """Find a list record by its name."""
    return next(entry.list_id for entry in company.list_entries(kind) if entry.name == name)


@provokes(ReasonCode.CLOSED_PERIOD)
def test_a_closed_period_fails_the_invoice_until_the_closing_date_moves_and_retry_is_pressed(tmp_path: Path) -> None:
    old, new = a_charge(1), a_charge(2, invoice="INV-2")
    old.invoice_date, new.invoice_date = date(2026, 10, 31), date(2026, 11, 20)
    with Office(tmp_path, old, new) as office:
        office.company.closing_date = date(2026, 10, 31)
        office.run()
        shown = office.expect_row(
            State.FAILED, ReasonCode.CLOSED_PERIOD, Who.BOOKKEEPER, "2026-10-31", "Preferences, Accounting"
        )
        assert shown["reasons"][0]["raw"].startswith("3171")
        office.expect_healed(SECOND)

        office.company.closing_date = date(2026, 9, 30)
        office.retry()
        office.run()
        office.expect_healed()


@provokes(ReasonCode.CLOSED_PERIOD)
def test_a_moved_closing_date_is_noticed_the_next_time_quickbooks_is_open(tmp_path: Path) -> None:
    old = a_charge(1)
    old.invoice_date = date(2026, 10, 15)
    with Office(tmp_path, old) as office:
        office.company.closing_date = date(2026, 10, 31)
        office.run()
        office.expect_row(State.FAILED, ReasonCode.CLOSED_PERIOD, Who.BOOKKEEPER, "2026-10-15", "2026-10-31")

        office.company.closing_date = None
        office.railroad.add(2, invoice="INV-2", gl_code="4410")
        office.run()
        office.expect_healed()
        office.expect_healed(SECOND)


@provokes(ReasonCode.CLOSED_PERIOD)
def test_an_invoice_redated_in_cedar_leaves_the_closed_period_by_itself(tmp_path: Path) -> None:
    old = a_charge(1)
    old.invoice_date = date(2026, 10, 15)
    with Office(tmp_path, old) as office:
        office.company.closing_date = date(2026, 10, 31)
        office.run()
        office.expect_row(State.FAILED, ReasonCode.CLOSED_PERIOD, Who.BOOKKEEPER, "2026-10-15", "2026-10-31")

        office.railroad.amend(1, invoice_date=date(2026, 11, 2))
        office.run()
        assert office.expect_healed().txn_date == date(2026, 11, 2)


@provokes(ReasonCode.CLOSED_PERIOD)
def test_an_order_in_a_closed_period_cannot_be_taken_back_until_the_closing_date_moves(tmp_path: Path) -> None:
    old = a_charge(1)
    old.invoice_date = date(2026, 10, 15)
    with Office(tmp_path, old, settings={"destination.on_void": "delete"}) as office:
        office.run()
        office.company.closing_date = date(2026, 10, 31)
        office.railroad.void_invoice("INV-1")
        office.run()
        office.expect_row(State.FAILED, ReasonCode.CLOSED_PERIOD, Who.BOOKKEEPER, "2026-10-15", "2026-10-31")
        assert len(office.company.orders()) == 1

        office.company.closing_date = None
        office.retry()
        office.run()
        assert (office.show()["state"], office.company.orders()) == (State.REMOVED, [])


@provokes(ReasonCode.RECORD_LOCKED)
def test_a_locked_customer_makes_the_order_wait_and_go_in_once(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        locked = list_id(office.company, ListKind.CUSTOMER, "4410")
        office.company.lock(locked)
        office.run()
        shown = office.expect_row(State.WAITING, ReasonCode.RECORD_LOCKED, Who.NOBODY, "customer 4410")
        assert _moment(shown["next_attempt_at"]) - NOON <= SOON

        office.wait(SOON)
        office.run()
        assert office.states() == {"main/INV-1/4410": "waiting"}, "still open in QuickBooks"
        assert office.show()["attempts"] == 2

        office.company.unlock(locked)
        office.wait(timedelta(minutes=5))
        office.run()
        office.expect_healed()


@provokes(ReasonCode.RECORD_LOCKED)
def test_a_locked_order_makes_its_change_wait_and_go_in_once(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.run()
        (order,) = office.company.orders()
        office.company.lock(order.txn_id)
        office.railroad.amend(1, amount=Decimal(140), rate=Decimal(140))
        office.run()
        shown = office.expect_row(State.WAITING, ReasonCode.RECORD_LOCKED, Who.NOBODY, "order INV-1")
        assert shown["reasons"][0]["raw"].startswith("3175")

        office.company.unlock(order.txn_id)
        office.retry()
        office.run()
        office.expect_healed(amount="140.00")


@provokes(ReasonCode.RECORD_LOCKED)
def test_a_wait_grows_no_longer_than_half_an_hour(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.company.lock(list_id(office.company, ListKind.CUSTOMER, "4410"))
        waits = []
        for _ in range(10):
            office.run()
            shown = office.expect_row(State.WAITING, ReasonCode.RECORD_LOCKED, Who.NOBODY)
            wait = _moment(shown["next_attempt_at"]) - office.hand_clock.now()
            waits.append(wait)
            office.wait(wait)
        assert waits == sorted(waits)
        assert waits[0] <= SOON
        assert waits[-1] == timedelta(minutes=30)


@pytest.mark.parametrize("right", ["read_only_app", "user_may_not_write", "app_not_authorized"])
@provokes(ReasonCode.PERMISSION_DENIED)
def test_a_missing_right_to_write_is_one_problem_and_not_a_failure_for_each_invoice(tmp_path: Path, right: str) -> None:
    charges = [a_charge(number, invoice=f"INV-{number}") for number in range(1, 8)]
    with Office(tmp_path, *charges) as office:
        setattr(office.company, right, True)
        office.run()
        names = ("Cedar Sync", "Integrated Applications")
        problem = office.expect_books_problem(ReasonCode.PERMISSION_DENIED, Who.QUICKBOOKS_ADMIN, *names)
        assert problem.next_attempt_at is not None
        states = list(office.states().values())
        assert sorted(set(states)) == ["failed", "queued"]
        assert states.count("failed") == 1
        assert office.update().outcome == "none", "QuickBooks is left alone until somebody mended it"

        setattr(office.company, right, False)
        office.wait(timedelta(minutes=31))
        office.pull()
        office.update_until_quiet()
        for number in range(1, 8):
            office.expect_healed(f"main/INV-{number}/4410")


@provokes(ReasonCode.PERMISSION_DENIED)
def test_retry_after_permission_was_granted_does_not_wait_for_the_next_look(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.company.read_only_app = True
        office.run()
        office.expect_row(State.FAILED, ReasonCode.PERMISSION_DENIED, Who.QUICKBOOKS_ADMIN, "Integrated Applications")

        office.company.read_only_app = False
        office.retry()
        office.run()
        office.expect_healed()


@provokes(ReasonCode.PERMISSION_DENIED)
def test_the_only_invoice_that_was_denied_goes_in_by_itself_once_permission_is_granted(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.company.read_only_app = True
        office.run()
        office.expect_row(State.FAILED, ReasonCode.PERMISSION_DENIED, Who.QUICKBOOKS_ADMIN)

        office.company.read_only_app = False
        office.wait(timedelta(minutes=31))
        office.pull()
        office.update_until_quiet()
        office.expect_healed()


@provokes(ReasonCode.REFUSED_BY_QUICKBOOKS)
def test_an_unknown_refusal_is_told_in_quickbooks_words_and_retried_by_a_person(tmp_path: Path) -> None:
    said = "The Sales Rep field of this form is required."
    with Office(tmp_path, a_charge(1), a_charge(2, invoice="INV-2")) as office:
        office.company.hooks.answer_with("SalesOrderAdd", 3599, said)
        office.pull()
        office.update_until_quiet()
        shown = office.expect_row(State.FAILED, ReasonCode.REFUSED_BY_QUICKBOOKS, Who.BOOKKEEPER, said)
        assert shown["reasons"][0]["raw"] == f"3599 {said}"
        office.expect_healed(SECOND)

        office.wait(timedelta(days=1))
        office.run()
        assert office.show()["state"] == State.FAILED, "only a person sends it again"
        office.retry()
        office.run()
        office.expect_healed()


@provokes(ReasonCode.REFUSED_BY_QUICKBOOKS)
def test_an_internal_error_of_quickbooks_is_tried_again_before_a_person_is_asked(tmp_path: Path) -> None:
    said = "There was an internal error."
    with Office(tmp_path) as office:
        office.company.hooks.answer_with("SalesOrderAdd", 1000, said, times=4)
        states = []
        for _ in range(4):
            office.run()
            states.append(office.show()["state"])
            office.wait(timedelta(minutes=31))
        assert states == ["waiting", "waiting", "waiting", "failed"]
        office.expect_row(State.FAILED, ReasonCode.REFUSED_BY_QUICKBOOKS, Who.BOOKKEEPER, said)

        office.retry()
        office.run()
        office.expect_healed()


class ChoosyQuickBooks(PracticeQuickBooks):
    """A QuickBooks that cannot read requests with a certain text in them, and says so of the whole message set."""

    def __init__(self, processor: RequestProcessor, unreadable: str) -> None:
        super().__init__(processor)
        self._unreadable = unreadable

    def begin_session(self, company_file: str) -> QuickBooksSession:
        """Open a session."""
        return _ChoosySession(super().begin_session(company_file), self._unreadable)


class _ChoosySession:
    def __init__(self, inner: QuickBooksSession, unreadable: str) -> None:
        self._inner = inner
        self._unreadable = unreadable

    def process(self, text: str) -> str:
        if "SalesOrderAddRq" in text and self._unreadable in text:
            raise ProcessorFault(HResult.NOT_UNDERSTOOD)
        return self._inner.process(text)

    def end(self) -> None:
        self._inner.end()


def update_with(office: Office, quickbooks: PracticeQuickBooks) -> UpdateReport:
    """Let the Web Connector call once, with another QuickBooks behind it."""
    return WebConnectorStandIn(office.program.endpoint.url, "cedar-sync", PASSWORD, quickbooks).update()


@provokes(ReasonCode.REQUEST_NOT_UNDERSTOOD)
def test_one_order_that_cannot_be_read_is_found_and_the_others_go_in(tmp_path: Path) -> None:
    charges = [a_charge(number, invoice=f"INV-{number}") for number in range(1, 30)]
    guilty = "main/INV-17/4410"
    with Office(tmp_path, *charges) as office:
        choosy = ChoosyQuickBooks(office.processor, "Cedar invoice INV-17<")
        office.pull()
        for _ in range(20):
            if update_with(office, choosy).outcome == "none":
                break
        shown = office.expect_row(State.FAILED, ReasonCode.REQUEST_NOT_UNDERSTOOD, Who.SUPPORT, row_id=guilty)
        assert shown["reasons"][0]["raw"].startswith("0x80040400")
        for number in range(1, 30):
            if number != 17:
                office.expect_healed(f"main/INV-{number}/4410")

        office.retry(guilty)
        office.run()
        office.expect_healed(guilty)


@provokes(ReasonCode.REQUEST_NOT_UNDERSTOOD)
def test_a_request_quickbooks_calls_wrong_is_our_mistake(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.company.hooks.answer_with("SalesOrderAdd", 1030, "The request is unsupported.")
        office.run()
        office.expect_row(State.FAILED, ReasonCode.REQUEST_NOT_UNDERSTOOD, Who.SUPPORT, "support file")
        assert office.company.orders() == []


@provokes(ReasonCode.AMOUNT_MISMATCH)
def test_amounts_a_price_level_changed_fail_until_it_is_gone_and_the_same_order_is_mended(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.company.hooks.price_level(Decimal(-10))
        office.run()
        shown = office.expect_row(
            State.FAILED, ReasonCode.AMOUNT_MISMATCH, Who.BOOKKEEPER, "90.00", "100.00", "order INV-1"
        )
        assert shown["document"]["txn_id"] == office.company.orders()[0].txn_id
        office.wait(timedelta(days=1))
        office.run()
        assert len(office.company.orders()) == 1, "no second one is made, however long it takes"

        office.company.hooks.price_level(None)
        office.retry()
        office.run()
        office.expect_healed()


@provokes(ReasonCode.AMOUNT_MISMATCH)
def test_amounts_a_bookkeeper_mends_by_hand_are_in_step_after_retry(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.company.hooks.price_level(Decimal(-10))
        office.run()
        office.expect_row(State.FAILED, ReasonCode.AMOUNT_MISMATCH, Who.BOOKKEEPER, "90.00", "100.00")

        office.company.edit_line(office.company.orders()[0].txn_id, 0, rate=Decimal(100))
        office.retry()
        office.run()
        office.expect_healed()


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
