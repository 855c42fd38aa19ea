"""Reasons that are somebody's hand in the books: changed, deleted, invoiced, closed, numbered, left out."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from app.domain.reasons import ReasonCode, Who
from app.domain.states import State
from app.practice.quickbooks import PracticeCompany
from app.practice.quickbooks.desk import NewLine
from app.practice.world import COMPANY_PATH
from app.sync.orders_by_hand import Resolution
from tests.reasons.office import HALF_A_DAY, ROW, Office
from tests.reasons.provoking import check_words, provokes

KEEP, SEND, STOP = Resolution.KEEP_THEIRS, Resolution.SEND_OURS, Resolution.STOP_TRACKING


def only_order(office: Office) -> str:
    """Give the TxnID of the one order in the books."""
    (order,) = office.company.orders()
    return order.txn_id


def change_in_cedar(office: Office, amount: int = 140) -> None:
    """Let Cedar bill another amount."""
    office.railroad.amend(1, amount=Decimal(amount), rate=Decimal(amount))


def held_with(office: Office, *names: str) -> None:
    """Check that the row was left out by a person's choice, and says which."""
    shown = office.show()
    assert shown["state"] == State.HELD
    check_words(shown["reasons"][0], ReasonCode.HELD_BY_USER, Who.BOOKKEEPER, *names)


@provokes(ReasonCode.HELD_BY_USER)
def test_what_a_person_left_out_stays_out_until_it_is_brought_back(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.pull()
        office.installation.service.hold([ROW], "the customer disputes it")
        office.run()
        office.expect_row(State.HELD, ReasonCode.HELD_BY_USER, Who.BOOKKEEPER, "the customer disputes it")
        change_in_cedar(office)
        office.run()
        assert office.company.orders() == []

        office.installation.service.release([ROW])
        office.run()
        office.expect_healed(amount="140.00")


@provokes(ReasonCode.HELD_BY_USER)
def test_leaving_out_needs_no_note(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.pull()
        office.installation.service.hold([ROW])
        office.expect_row(State.HELD, ReasonCode.HELD_BY_USER, Who.BOOKKEEPER)


@provokes(ReasonCode.EDITED_IN_QUICKBOOKS)
def test_an_edited_line_is_noticed_and_ours_goes_in_by_choice(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.run()
        txn_id = only_order(office)
        office.wait(HALF_A_DAY)
        office.company.edit_line(txn_id, 0, rate=Decimal(75))
        office.run()
        shown = office.expect_row(State.CONFLICT, ReasonCode.EDITED_IN_QUICKBOOKS, Who.BOOKKEEPER, "line 1 and total")
        assert shown["seen_in_books"]["subtotal"] == "75.00"
        office.retry()
        office.run()
        assert office.states() == {ROW: "conflict"}, "Retry never chooses for a person"

        office.installation.service.resolve([ROW], SEND)
        office.run()
        assert office.expect_healed().txn_id == txn_id


@provokes(ReasonCode.EDITED_IN_QUICKBOOKS)
def test_an_edited_order_may_stay_as_it_is_and_come_back_later(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.run()
        office.company.edit_order(only_order(office), txn_date=date(2026, 11, 5))
        change_in_cedar(office)
        office.run()
        office.expect_row(State.CONFLICT, ReasonCode.EDITED_IN_QUICKBOOKS, Who.BOOKKEEPER, "date")

        office.installation.service.resolve([ROW], KEEP)
        office.run()
        held_with(office, "it stays as it is in QuickBooks")
        (order,) = office.company.orders()
        assert (order.txn_date, order.subtotal) == (date(2026, 11, 5), Decimal(100))


@provokes(ReasonCode.EDITED_IN_QUICKBOOKS)
def test_an_edit_that_was_taken_back_is_in_step_once_compared_again(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.run()
        txn_id = only_order(office)
        office.company.edit_line(txn_id, 0, rate=Decimal(75))
        office.wait(HALF_A_DAY)
        office.run()
        office.expect_row(State.CONFLICT, ReasonCode.EDITED_IN_QUICKBOOKS, Who.BOOKKEEPER, "line 1")

        office.company.edit_line(txn_id, 0, rate=Decimal(100))
        office.installation.service.resync([ROW])
        office.run()
        office.expect_healed()


@provokes(ReasonCode.DELETED_IN_QUICKBOOKS)
def test_a_deleted_order_is_noticed_and_made_again_once_by_choice(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.run()
        office.wait(HALF_A_DAY)
        office.company.delete_order(only_order(office))
        office.run()
        office.expect_row(State.CONFLICT, ReasonCode.DELETED_IN_QUICKBOOKS, Who.BOOKKEEPER, "order INV-1")
        change_in_cedar(office)
        office.retry()
        office.run()
        assert office.company.orders() == [], "it is never made again without asking"

        office.installation.service.resolve([ROW], SEND)
        office.run()
        office.expect_healed(amount="140.00")


@provokes(ReasonCode.DELETED_IN_QUICKBOOKS)
def test_a_deleted_order_need_not_be_followed_any_more(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.run()
        office.company.delete_order(only_order(office))
        change_in_cedar(office)
        office.run()
        office.expect_row(State.CONFLICT, ReasonCode.DELETED_IN_QUICKBOOKS, Who.BOOKKEEPER, "order INV-1")

        office.installation.service.resolve([ROW], STOP)
        office.run()
        held_with(office, "it is not followed any more")
        assert office.company.orders() == []


@provokes(ReasonCode.ALREADY_INVOICED_IN_QUICKBOOKS)
def test_an_invoiced_order_is_left_alone_when_cedar_changes(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.run()
        office.company.make_invoice_from(only_order(office))
        office.installation.service.resync([ROW])
        office.run()
        assert office.states() == {ROW: "synced"}, "invoicing alone is no conflict"

        change_in_cedar(office)
        office.run()
        shown = office.expect_row(
            State.CONFLICT, ReasonCode.ALREADY_INVOICED_IN_QUICKBOOKS, Who.BOOKKEEPER, "order INV-1"
        )
        assert shown["seen_in_books"]["is_invoiced"] is True
        (order,) = office.company.orders()
        assert order.subtotal == Decimal(100)

        office.installation.service.resolve([ROW], KEEP)
        held_with(office, "it stays as it is in QuickBooks")


@provokes(ReasonCode.ALREADY_INVOICED_IN_QUICKBOOKS)
def test_an_invoiced_order_of_a_voided_invoice_is_asked_about(tmp_path: Path) -> None:
    with Office(tmp_path, settings={"destination.on_void": "delete"}) as office:
        office.run()
        office.company.make_invoice_from(only_order(office))
        office.railroad.void_invoice("INV-1")
        office.run()
        office.expect_row(State.CONFLICT, ReasonCode.ALREADY_INVOICED_IN_QUICKBOOKS, Who.BOOKKEEPER, "order INV-1")
        assert len(office.company.orders()) == 1


@provokes(ReasonCode.ALREADY_INVOICED_IN_QUICKBOOKS)
def test_an_invoice_deleted_in_quickbooks_frees_its_order_once_compared_again(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.run()
        invoice = office.company.make_invoice_from(only_order(office))
        change_in_cedar(office)
        office.run()
        office.expect_row(State.CONFLICT, ReasonCode.ALREADY_INVOICED_IN_QUICKBOOKS, Who.BOOKKEEPER, "order INV-1")

        office.company.delete_order(invoice)
        office.installation.service.resync([ROW])
        office.run()
        office.expect_healed(amount="140.00")


@provokes(ReasonCode.CLOSED_IN_QUICKBOOKS)
def test_an_order_closed_by_hand_is_left_alone_until_a_person_sends_ours(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.run()
        office.company.close_order(only_order(office))
        change_in_cedar(office)
        office.run()
        office.expect_row(State.CONFLICT, ReasonCode.CLOSED_IN_QUICKBOOKS, Who.BOOKKEEPER, "order INV-1")
        assert office.company.orders()[0].is_manually_closed

        office.installation.service.resolve([ROW], SEND)
        office.run()
        assert not office.expect_healed(amount="140.00").is_manually_closed


@provokes(ReasonCode.CLOSED_IN_QUICKBOOKS)
def test_an_order_opened_again_by_hand_takes_the_change_once_compared_again(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.run()
        txn_id = only_order(office)
        office.company.close_order(txn_id)
        change_in_cedar(office)
        office.run()
        office.expect_row(State.CONFLICT, ReasonCode.CLOSED_IN_QUICKBOOKS, Who.BOOKKEEPER, "order INV-1")

        office.company.close_order(txn_id, is_closed=False)
        office.installation.service.resync([ROW])
        office.run()
        office.expect_healed(amount="140.00")


def a_company_with(customer: str, amount: int) -> PracticeCompany:
    """Stock a company file in which a person already wrote an order INV-1."""
    company = PracticeCompany(COMPANY_PATH, "Prairie Short Line")
    company.add_account("Freight Income", type="Income")
    company.add_customer("4410")
    company.add_customer("4420")
    company.add_item("SWITCHING")
    line = NewLine("SWITCHING", Decimal(1), Decimal(amount))
    company.create_order(customer, [line], ref_number="INV-1", txn_date=date(2026, 11, 3), memo="by hand")
    return company


@provokes(ReasonCode.NUMBER_IN_USE)
def test_a_number_that_a_persons_order_has_is_asked_about_and_ours_gets_another(tmp_path: Path) -> None:
    company = a_company_with("4420", 77)
    theirs = company.orders()[0]
    with Office(tmp_path, company=company) as office:
        office.run()
        office.expect_row(State.CONFLICT, ReasonCode.NUMBER_IN_USE, Who.BOOKKEEPER, "INV-1", "4420")
        assert office.company.orders() == [theirs]

        office.installation.service.resolve([ROW], SEND)
        office.run()
        assert office.expect_healed().ref_number != "INV-1"
        assert office.company.order(theirs.txn_id) == theirs, "theirs is never written to"


@provokes(ReasonCode.NUMBER_IN_USE)
def test_a_persons_order_for_the_same_invoice_may_be_kept_in_its_place(tmp_path: Path) -> None:
    company = a_company_with("4410", 77)
    theirs = company.orders()[0]
    with Office(tmp_path, company=company) as office:
        office.run()
        office.expect_row(State.CONFLICT, ReasonCode.NUMBER_IN_USE, Who.BOOKKEEPER, "INV-1", "4410")

        office.installation.service.resolve([ROW], KEEP)
        office.run()
        held_with(office, "it stays as it is in QuickBooks")
        assert office.company.orders() == [theirs]


@provokes(ReasonCode.NUMBER_IN_USE)
def test_a_number_is_free_once_the_person_gave_their_order_another(tmp_path: Path) -> None:
    company = a_company_with("4420", 77)
    theirs = company.orders()[0].txn_id
    with Office(tmp_path, company=company) as office:
        office.run()
        office.expect_row(State.CONFLICT, ReasonCode.NUMBER_IN_USE, Who.BOOKKEEPER, "INV-1", "4420")

        office.company.edit_order(theirs, ref_number="H-1")
        office.installation.service.resync([ROW])
        office.run()
        assert office.expect_healed().ref_number == "INV-1"
