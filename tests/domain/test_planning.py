from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from app.domain.charge import Charge
from app.domain.planning import PlannedRow, Rules, plan_invoice
from app.domain.reasons import ReasonCode
from tests.builders import a_charge

RULES = Rules()
GONE = ["VOID", "DELETED", "RESET"]
EARLIER = ["IN_PROGRESS", "PENDING", "ASSIGNED"]


def plan(*charges: Charge, rules: Rules = RULES) -> tuple[PlannedRow, ...]:
    return plan_invoice("INV-1001", charges, rules)


def the_row(*charges: Charge, rules: Rules = RULES) -> PlannedRow:
    (row,) = plan(*charges, rules=rules)
    return row


def line_ids(row: PlannedRow) -> list[str]:
    return [] if row.order is None else [line.charge_id for line in row.order.lines]


def left_out_ids(row: PlannedRow) -> list[str]:
    return [charge.charge_id for charge in row.left_out]


def codes(row: PlannedRow) -> list[ReasonCode]:
    return [reason.code for charge in row.left_out for reason in charge.reasons]


def refusals(row: PlannedRow) -> list[ReasonCode]:
    return [reason.code for reason in row.refusals]


# Which charges go where


def test_an_invoice_becomes_one_order_for_its_gl_number() -> None:
    row = the_row(a_charge("1", amount="10.00"), a_charge("2", amount="2.50"))
    assert row.order is not None
    assert (row.gl_number, row.order.subtotal) == ("4410", Decimal("12.50"))


def test_two_gl_numbers_become_two_rows() -> None:
    rows = plan(a_charge("1", gl_number="4420"), a_charge("2", gl_number="4410"))
    assert [row.gl_number for row in rows] == ["4410", "4420"]


def test_gl_numbers_that_differ_in_case_only_are_one_customer() -> None:
    assert len(plan(a_charge("1", gl_number="acme"), a_charge("2", gl_number="ACME"))) == 1


def test_a_charge_without_gl_number_is_left_out_and_the_rest_goes() -> None:
    row = the_row(a_charge("1"), a_charge("2", gl_number=None))
    assert (line_ids(row), left_out_ids(row), codes(row)) == (["1"], ["2"], [ReasonCode.NO_GL_NUMBER])


def test_a_charge_without_gl_number_counts_on_the_row_whose_number_sorts_first() -> None:
    rows = plan(a_charge("1", gl_number=None), a_charge("2", gl_number="4420"), a_charge("3", gl_number="4410"))
    assert [left_out_ids(row) for row in rows] == [["1"], []]


def test_charges_without_any_gl_number_get_a_row_of_their_own() -> None:
    row = the_row(a_charge("1", gl_number=None, amount="10.00"), a_charge("2", gl_number=None, amount="5.00"))
    assert (row.gl_number, row.order, row.left_out_amount) == (None, None, Decimal("15.00"))


@pytest.mark.parametrize("status", GONE)
def test_a_charge_that_is_gone_counts_nowhere(status: str) -> None:
    row = the_row(a_charge("1"), a_charge("2", status=status))
    assert (line_ids(row), left_out_ids(row)) == (["1"], [])


@pytest.mark.parametrize("status", [*GONE, "ARCHIVED"])
def test_an_invoice_of_charges_that_are_gone_has_no_row(status: str) -> None:
    assert plan(a_charge("1", status=status)) == ()


@pytest.mark.parametrize("status", [*EARLIER, "DISPUTED"])
def test_a_charge_in_an_earlier_status_is_left_out_until_it_is_invoiced(status: str) -> None:
    row = the_row(a_charge("1"), a_charge("2", status=status))
    assert (line_ids(row), codes(row)) == (["1"], [ReasonCode.NOT_INVOICED_YET])


def test_an_earlier_status_syncs_if_the_carrier_wants_it() -> None:
    row = the_row(a_charge("1", status="ASSIGNED"), rules=Rules(frozenset({"INVOICED", "ASSIGNED"})))
    assert line_ids(row) == ["1"]


def test_an_archived_charge_syncs_only_if_the_carrier_wants_it() -> None:
    row = the_row(a_charge("1", status="ARCHIVED"), rules=Rules(frozenset({"ARCHIVED"})))
    assert line_ids(row) == ["1"]


def test_an_invoice_of_which_nothing_is_invoiced_yet_is_wholly_left_out() -> None:
    row = the_row(a_charge("1", status="PENDING", amount="70.00"))
    assert (row.order, row.left_out_amount, row.gl_number) == (None, Decimal("70.00"), "4410")


def test_a_charge_without_service_type_is_left_out() -> None:
    row = the_row(a_charge("1"), a_charge("2", service_type=None))
    assert (line_ids(row), codes(row)) == (["1"], [ReasonCode.NO_SERVICE_TYPE])


def test_a_charge_without_a_usable_amount_is_left_out_as_worth_nothing() -> None:
    row = the_row(a_charge("1"), a_charge("2", amount=None))
    assert (codes(row), row.left_out_amount) == ([ReasonCode.BAD_AMOUNT], Decimal("0.00"))


def test_a_charge_with_several_faults_tells_them_all() -> None:
    row = the_row(a_charge("1"), a_charge("2", gl_number=None, service_type=None, amount=None))
    assert codes(row) == [ReasonCode.NO_GL_NUMBER, ReasonCode.NO_SERVICE_TYPE, ReasonCode.BAD_AMOUNT]


def test_invoiced_charges_on_no_invoice_are_left_out() -> None:
    (row,) = plan_invoice(None, [a_charge("1", invoice=None)], RULES)
    assert (row.invoice, row.gl_number, row.order, codes(row)) == (None, None, None, [ReasonCode.NO_INVOICE_NUMBER])


@pytest.mark.parametrize("status", [*EARLIER, *GONE, "ARCHIVED"])
def test_charges_that_are_on_no_invoice_yet_are_no_ones_business(status: str) -> None:
    assert plan_invoice(None, [a_charge("1", invoice=None, status=status)], RULES) == ()


# What is refused


def test_mixed_currencies_are_refused() -> None:
    row = the_row(a_charge("1", currency="USD"), a_charge("2", currency="CAD"))
    assert refusals(row) == [ReasonCode.MIXED_CURRENCY]


def test_a_left_out_charge_does_not_mix_currencies() -> None:
    row = the_row(a_charge("1", currency="USD"), a_charge("2", currency="CAD", service_type=None))
    assert (refusals(row), row.currency) == ([], "USD")


def test_one_currency_is_the_orders_currency() -> None:
    row = the_row(a_charge("1", currency="CAD"), a_charge("2", currency=None))
    assert row.order is not None
    assert row.order.currency == "CAD"


def test_a_total_below_zero_is_refused() -> None:
    row = the_row(a_charge("1", amount="10.00"), a_charge("2", amount="-10.01"))
    assert refusals(row) == [ReasonCode.NEGATIVE_TOTAL]


def test_a_credit_within_a_positive_total_goes() -> None:
    row = the_row(a_charge("1", amount="10.00"), a_charge("2", amount="-9.99"))
    assert (refusals(row), line_ids(row)) == ([], ["1", "2"])


def test_an_order_of_zero_lines_is_left_out() -> None:
    row = the_row(a_charge("1", amount="0.00"), a_charge("2", amount="0.00"))
    assert (row.order, codes(row)) == (None, [ReasonCode.NOTHING_TO_BILL] * 2)


def test_a_zero_line_among_others_goes() -> None:
    assert line_ids(the_row(a_charge("1", amount="0.00"), a_charge("2"))) == ["1", "2"]


def test_lines_that_cancel_each_other_are_no_zero_lines() -> None:
    assert line_ids(the_row(a_charge("1", amount="5.00"), a_charge("2", amount="-5.00"))) == ["1", "2"]


def test_a_long_number_is_refused_only_if_shortening_is_forbidden() -> None:
    charge = a_charge(invoice="INV-10012345")
    strict, plain = (
        plan_invoice("INV-10012345", [charge], Rules(shorten_numbers=shorten))[0] for shorten in (False, True)
    )
    assert (refusals(strict), refusals(plain)) == ([ReasonCode.REF_NUMBER_TOO_LONG], [])


# The date


def test_the_invoice_date_is_the_orders_date() -> None:
    row = the_row(a_charge(invoice_date=date(2026, 10, 31)))
    assert row.order is not None
    assert row.order.date == date(2026, 10, 31)


@pytest.mark.parametrize(
    ("zone", "day"), [("America/Chicago", date(2026, 10, 31)), ("Europe/Stockholm", date(2026, 11, 1))]
)
def test_without_invoice_date_it_is_the_day_of_the_latest_charge_where_the_carrier_is(zone: str, day: date) -> None:
    row = the_row(
        a_charge("1", applied_at=datetime(2026, 10, 1, tzinfo=UTC)),
        a_charge("2", applied_at=datetime(2026, 11, 1, 3, 0, tzinfo=UTC)),
        rules=Rules(time_zone=ZoneInfo(zone)),
    )
    assert row.date == day


def test_a_charge_not_invoiced_yet_does_not_date_the_order() -> None:
    row = the_row(
        a_charge("1", applied_at=datetime(2026, 10, 1, tzinfo=UTC)),
        a_charge("2", status="PENDING", applied_at=datetime(2026, 11, 1, tzinfo=UTC)),
    )
    assert row.date == date(2026, 10, 1)


def test_all_invoices_of_an_invoice_have_the_same_date() -> None:
    rows = plan(
        a_charge("1", gl_number="4410", applied_at=datetime(2026, 10, 1, tzinfo=UTC)),
        a_charge("2", gl_number="4420", applied_at=datetime(2026, 10, 5, tzinfo=UTC)),
    )
    assert {row.date for row in rows} == {date(2026, 10, 5)}


def test_the_end_of_time_east_of_greenwich_breaks_nothing() -> None:
    never = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert plan(a_charge(applied_at=never), rules=Rules(time_zone=ZoneInfo("Europe/Stockholm")))


# The lines


def test_lines_stand_in_the_order_of_their_charge_numbers() -> None:
    assert line_ids(the_row(a_charge("10"), a_charge("9"), a_charge("100"))) == ["9", "10", "100"]


def test_the_description_says_each_thing_once() -> None:
    row = the_row(a_charge(rate_description="Storage", billing_type="STORAGE", location="North Yard", car="ABCX 1234"))
    assert row.order is not None
    assert row.order.lines[0].description == "Storage, North Yard, car ABCX 1234"


def test_figures_that_do_not_fit_stand_in_the_description() -> None:
    row = the_row(a_charge(rate_description="Fuel", quantity="1.1234567", rate="89.01", amount="100.00"))
    assert row.order is not None
    assert row.order.lines[0].description == "Fuel (quantity 1.1234567, rate 89.01)"


def test_the_memo_begins_with_the_full_invoice_number() -> None:
    row = plan_invoice("CEDAR-2026-001234", [a_charge(invoice="CEDAR-2026-001234")], RULES)[0]
    assert row.order is not None
    assert row.order.memo.startswith("Cedar invoice CEDAR-2026-001234")


def test_an_order_without_a_customer_name_is_named_by_its_gl_number() -> None:
    row = the_row(a_charge(customer=None))
    assert row.order is not None
    assert row.order.customer == "4410"


def test_a_row_knows_the_cars_of_all_its_charges() -> None:
    row = the_row(a_charge("1", car="ABCX 2"), a_charge("2", car="ABCX 1", service_type=None))
    assert row.cars == ("ABCX 1", "ABCX 2")
