"""Reasons that lie in Cedar's charges: what is left out, what our own rules refuse, what was voided."""

from decimal import Decimal
from pathlib import Path

from app.domain.reasons import ReasonCode, Who
from app.domain.states import State
from app.sync.orders_by_hand import Resolution
from tests.reasons.office import ROW, Office, a_charge
from tests.reasons.provoking import check_words, provokes

ON_NOTHING = "main/-/-"


@provokes(ReasonCode.NO_GL_NUMBER)
def test_a_charge_without_gl_number_is_left_out_and_joins_its_order_once_it_has_one(tmp_path: Path) -> None:
    bare = a_charge(2, gl_code=None, amount="40")
    bare.customer_location = "Acme Grain Eston"
    with Office(tmp_path, a_charge(1), bare) as office:
        office.run()
        shown = office.expect_left_out(ReasonCode.NO_GL_NUMBER, Who.CEDAR_ADMIN, "Acme Grain Eston")
        assert (shown["state"], shown["skipped_lines"], shown["skipped_amount"]) == (State.SYNCED, 1, "40.00")
        office.expect_healed()

        office.railroad.set_gl("Acme Grain Eston", "4410")
        office.run()
        office.expect_healed(amount="140.00")
        assert office.show()["skipped_lines"] == 0


@provokes(ReasonCode.NO_GL_NUMBER)
def test_an_invoice_without_any_gl_number_is_a_row_of_its_own_and_never_in_the_books(tmp_path: Path) -> None:
    with Office(tmp_path, a_charge(1, gl_code=None)) as office:
        office.run()
        shown = office.expect_row(
            State.SKIPPED, ReasonCode.NO_GL_NUMBER, Who.CEDAR_ADMIN, "Acme Grain Rosetown", row_id="main/INV-1/-"
        )
        assert (shown["gl_number"], shown["amount"], shown["skipped_amount"]) == (None, "0.00", "100.00")
        assert office.company.orders() == []

        office.railroad.set_gl([1], "4410")
        office.run()
        office.expect_healed()
        assert office.states() == {ROW: "synced"}


@provokes(ReasonCode.NOT_INVOICED_YET)
def test_a_charge_that_is_not_invoiced_yet_follows_by_itself(tmp_path: Path) -> None:
    pending = a_charge(1)
    pending.billing_status = "IN_PROGRESS"
    with Office(tmp_path, pending) as office:
        office.run()
        office.expect_row(State.SKIPPED, ReasonCode.NOT_INVOICED_YET, Who.NOBODY, "In progress", "Invoiced")
        assert office.company.orders() == []

        office.railroad.amend(1, billing_status="INVOICED")
        office.run()
        office.expect_healed()


@provokes(ReasonCode.NO_SERVICE_TYPE)
def test_a_charge_without_service_type_is_left_out_until_it_has_one(tmp_path: Path) -> None:
    odd = a_charge(2, amount="40")
    odd.service_type = None
    with Office(tmp_path, a_charge(1), odd) as office:
        office.run()
        shown = office.expect_left_out(ReasonCode.NO_SERVICE_TYPE, Who.CEDAR_ADMIN, "Charge 2", "Acme Grain Rosetown")
        assert (shown["state"], shown["skipped_amount"]) == (State.SYNCED, "40.00")

        office.railroad.amend(2, service_type="SWITCHING")
        office.run()
        office.expect_healed(amount="140.00")


@provokes(ReasonCode.NO_INVOICE_NUMBER)
def test_a_charge_that_is_invoiced_but_on_no_invoice_is_left_out_until_it_is_on_one(tmp_path: Path) -> None:
    with Office(tmp_path, a_charge(1, invoice=None)) as office:
        office.run()
        office.expect_row(State.SKIPPED, ReasonCode.NO_INVOICE_NUMBER, Who.CEDAR_ADMIN, "Invoiced", row_id=ON_NOTHING)
        assert office.company.orders() == []

        office.railroad.amend(1, invoice="INV-1")
        office.run()
        office.expect_healed()
        assert office.states() == {ROW: "synced"}


@provokes(ReasonCode.BAD_AMOUNT)
def test_a_charge_without_amount_is_left_out_until_it_has_one(tmp_path: Path) -> None:
    odd = a_charge(2)
    odd.amount = None
    with Office(tmp_path, a_charge(1), odd) as office:
        office.run()
        shown = office.expect_left_out(ReasonCode.BAD_AMOUNT, Who.CEDAR_ADMIN, "Charge 2", "Acme Grain Rosetown")
        assert (shown["state"], shown["skipped_lines"], shown["skipped_amount"]) == (State.SYNCED, 1, "0.00")

        office.railroad.amend(2, amount=Decimal(40), rate=Decimal(40))
        office.run()
        office.expect_healed(amount="140.00")


@provokes(ReasonCode.MIXED_CURRENCY)
def test_mixed_currencies_fail_and_go_out_once_the_invoice_is_split(tmp_path: Path) -> None:
    other = a_charge(2, amount="40")
    other.currency = "CAD"
    with Office(tmp_path, a_charge(1), other) as office:
        office.run()
        office.expect_row(State.FAILED, ReasonCode.MIXED_CURRENCY, Who.CEDAR_ADMIN, "CAD and USD")
        office.retry()
        assert office.states() == {ROW: "failed"}, "pressing Retry changes nothing about the invoice"

        office.railroad.amend(2, currency="USD")
        office.run()
        office.expect_healed(amount="140.00")


@provokes(ReasonCode.NEGATIVE_TOTAL)
def test_a_total_below_zero_fails_and_goes_out_once_cedar_corrects_it(tmp_path: Path) -> None:
    with Office(tmp_path, a_charge(1), a_charge(2, amount="-184.20")) as office:
        office.run()
        office.expect_row(State.FAILED, ReasonCode.NEGATIVE_TOTAL, Who.BOOKKEEPER, "-84.20")
        assert office.company.orders() == []

        office.railroad.amend(2, amount=Decimal(-20), rate=Decimal(-20))
        office.run()
        office.expect_healed(amount="80.00")


@provokes(ReasonCode.NEGATIVE_TOTAL)
def test_an_order_in_the_books_stays_as_it_is_while_its_total_is_below_zero(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.run()
        office.railroad.add(2, invoice="INV-1", gl_code="4410", rate=Decimal(-250), amount=Decimal(-250))
        office.run()
        office.expect_row(State.FAILED, ReasonCode.NEGATIVE_TOTAL, Who.BOOKKEEPER, "-150.00")
        assert [order.subtotal for order in office.company.orders()] == [Decimal(100)]

        office.railroad.amend(2, rate=Decimal(-30), amount=Decimal(-30))
        office.run()
        office.expect_healed(amount="70.00")


@provokes(ReasonCode.VOIDED_IN_CEDAR)
def test_an_order_in_the_books_whose_lines_became_zero_is_asked_about(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.run()
        office.railroad.amend(1, rate=Decimal(0), amount=Decimal(0))
        office.run()
        shown = office.expect_row(State.CONFLICT, ReasonCode.VOIDED_IN_CEDAR, Who.BOOKKEEPER, "INV-1", "4410")
        check_words(shown["skipped"][0]["reasons"][0], ReasonCode.NOTHING_TO_BILL, Who.NOBODY)

        office.railroad.amend(1, rate=Decimal(100), amount=Decimal(100))
        office.run()
        office.expect_healed()


@provokes(ReasonCode.NO_GL_NUMBER)
def test_an_order_in_the_books_whose_gl_number_was_taken_away_is_asked_about(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.run()
        office.railroad.set_gl([1], None)
        office.run()
        office.expect_row(State.SKIPPED, ReasonCode.NO_GL_NUMBER, Who.CEDAR_ADMIN, row_id="main/INV-1/-")
        office.expect_row(State.CONFLICT, ReasonCode.VOIDED_IN_CEDAR, Who.BOOKKEEPER, "INV-1", "4410")
        assert len(office.company.orders()) == 1

        office.railroad.set_gl([1], "4410")
        office.run()
        office.expect_healed()
        assert office.states() == {ROW: "synced"}


@provokes(ReasonCode.NOTHING_TO_BILL)
def test_an_order_of_zero_lines_is_left_out_until_there_is_something_to_bill(tmp_path: Path) -> None:
    with Office(tmp_path, a_charge(1, amount="0")) as office:
        office.run()
        office.expect_row(State.SKIPPED, ReasonCode.NOTHING_TO_BILL, Who.NOBODY)
        assert office.company.orders() == []

        office.railroad.amend(1, amount=Decimal(100), rate=Decimal(100))
        office.run()
        office.expect_healed()


@provokes(ReasonCode.REF_NUMBER_TOO_LONG)
def test_a_number_too_long_fails_only_where_shortening_is_forbidden(tmp_path: Path) -> None:
    row_id = "main/PSL-2026-10-000482/4410"
    with Office(
        tmp_path, a_charge(1, invoice="PSL-2026-10-000482"), settings={"destination.shorten_numbers": False}
    ) as office:
        office.run()
        office.expect_row(
            State.FAILED, ReasonCode.REF_NUMBER_TOO_LONG, Who.BOOKKEEPER, "PSL-2026-10-000482", row_id=row_id
        )
        assert office.company.orders() == []

        office.configure(destination__shorten_numbers=True)
        office.run()
        order = office.expect_healed(row_id)
        assert len(order.ref_number) <= 11


@provokes(ReasonCode.VOIDED_IN_CEDAR)
def test_what_is_voided_before_it_was_sent_is_left_out_and_comes_back_to_life(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.pull()
        office.railroad.void_invoice("INV-1")
        office.run()
        office.expect_row(State.SKIPPED, ReasonCode.VOIDED_IN_CEDAR, Who.BOOKKEEPER, "INV-1", "4410")
        assert office.company.orders() == []

        office.railroad.set_status("INV-1", "INVOICED")
        office.run()
        office.expect_healed()


@provokes(ReasonCode.VOIDED_IN_CEDAR)
def test_what_is_voided_in_cedar_and_in_the_books_is_asked_about_and_taken_back(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.run()
        office.railroad.void_invoice("INV-1")
        office.run()
        office.expect_row(State.CONFLICT, ReasonCode.VOIDED_IN_CEDAR, Who.BOOKKEEPER, "INV-1", "4410")
        assert not office.company.orders()[0].is_manually_closed, "nothing is taken back without asking"

        office.installation.service.resolve([ROW], Resolution.SEND_OURS)
        office.run()
        assert office.show()["state"] == State.REMOVED
        (order,) = office.company.orders()
        assert order.is_manually_closed

        office.railroad.set_status("INV-1", "INVOICED")
        office.run()
        office.expect_healed()


@provokes(ReasonCode.VOIDED_IN_CEDAR)
def test_a_voided_invoice_may_stay_in_the_books_by_choice(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.run()
        office.railroad.void_invoice("INV-1")
        office.run()
        office.expect_row(State.CONFLICT, ReasonCode.VOIDED_IN_CEDAR, Who.BOOKKEEPER, "INV-1", "4410")

        office.installation.service.resolve([ROW], Resolution.KEEP_THEIRS)
        office.run()
        shown = office.show()
        assert shown["state"] == State.HELD
        check_words(shown["reasons"][0], ReasonCode.HELD_BY_USER, Who.BOOKKEEPER, "it stays as it is in QuickBooks")
        (order,) = office.company.orders()
        assert not order.is_manually_closed


@provokes(ReasonCode.VOIDED_IN_CEDAR)
def test_a_voided_invoice_that_comes_back_before_anybody_chose_needs_nobody(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.run()
        office.railroad.void_invoice("INV-1")
        office.run()
        office.expect_row(State.CONFLICT, ReasonCode.VOIDED_IN_CEDAR, Who.BOOKKEEPER, "INV-1", "4410")

        office.railroad.set_status("INV-1", "INVOICED")
        office.run()
        office.expect_healed()
