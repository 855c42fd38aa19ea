"""The data is believable, repeatable, and what was planted is there."""

import time
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from app.practice.cedar import Expectation, Kind, PracticeCharge, PracticeRailroad, many_charges, short_line
from app.practice.cedar.charge import BILLING_STATUSES, BILLING_TYPES

TODAY = date(2026, 11, 22)
CENT = Decimal("0.01")
OUTSIDE_BOOKS = {Kind.VOIDED: "VOID", Kind.RESET: "RESET", Kind.DELETED: "DELETED", Kind.ARCHIVED: "ARCHIVED"}


@pytest.fixture(scope="module")
def railroad() -> PracticeRailroad:
    return short_line(invoices=200, seed=1, today=TODAY)


def _of(railroad: PracticeRailroad, kind: Kind) -> Iterable[tuple[Expectation, list[PracticeCharge]]]:
    found = [e for e in railroad.expectations.values() if e.kind is kind]
    assert found, kind
    grouped = railroad.invoices()
    return [(expectation, grouped[expectation.invoice]) for expectation in found]


def _total(charges: Iterable[PracticeCharge]) -> Decimal:
    return sum((charge.amount or Decimal(0) for charge in charges), Decimal(0))


def test_same_seed_same_data() -> None:
    again = [short_line(60, seed=4, today=TODAY) for _ in range(2)]
    assert again[0].charges == again[1].charges
    assert again[0].expectations == again[1].expectations
    assert short_line(60, seed=5, today=TODAY).charges != again[0].charges


@pytest.mark.parametrize("invoices", [1, 2, 5, 11, 12, 13, 25, 26, 100, 2000])
def test_number_of_invoices_is_what_was_asked(invoices: int) -> None:
    railroad = short_line(invoices, seed=2, today=TODAY)
    assert len(railroad.expectations) == invoices
    assert set(railroad.invoices()) == set(railroad.expectations)
    assert any(e.kind is Kind.ORDINARY for e in railroad.expectations.values())


def test_one_invoice_is_an_ordinary_one() -> None:
    railroad = short_line(1, today=TODAY)
    (expectation,) = railroad.expectations.values()
    assert expectation.kind is Kind.ORDINARY
    assert expectation.charge_ids == tuple(railroad.charges)
    assert railroad.without_invoice == ()


def test_no_invoices_is_no_railroad() -> None:
    with pytest.raises(ValueError, match="at least one"):
        short_line(0)


def test_most_kinds_from_twelve_on_and_all_from_twenty_six_on() -> None:
    for seed in range(5):
        assert len({e.kind for e in short_line(12, seed, TODAY).expectations.values()}) >= 10
        assert {e.kind for e in short_line(26, seed, TODAY).expectations.values()} == set(Kind)


def test_most_invoices_are_ordinary(railroad: PracticeRailroad) -> None:
    kinds = Counter(e.kind for e in railroad.expectations.values())
    assert kinds[Kind.ORDINARY] > 140


def test_facts_of_every_charge(railroad: PracticeRailroad) -> None:
    for charge in railroad.charges.values():
        assert charge.billing_status in BILLING_STATUSES
        assert charge.billing_type in BILLING_TYPES
        assert charge.applied_at.tzinfo is not None
        assert charge.applied_at < datetime(2026, 11, 22, tzinfo=UTC)
        assert charge.applied_at > datetime(2026, 11, 22, tzinfo=UTC) - timedelta(days=100)
        assert charge.invoice_date is None or charge.invoice_date < TODAY
        for money in (charge.amount, charge.adjustment_total):
            assert money is None or money == money.quantize(CENT)
        if charge.service_type:
            assert len(charge.service_type) <= 31
        if charge.amount is not None and charge.quantity is not None and charge.rate is not None:
            assert charge.adjustment_total is not None
            raised = charge.amount - charge.adjustment_total
            assert abs(charge.quantity * charge.rate - raised) <= CENT / 2


def test_awkward_amounts_occur(railroad: PracticeRailroad) -> None:
    charges = [c for c in railroad.charges.values() if c.billing_status == "INVOICED"]
    assert any(c.adjustment_total for c in charges)
    assert any(c.amount == 0 for c in charges)
    assert any(c.amount is not None and c.amount < 0 for c in charges)
    decimals = {-int(c.rate.as_tuple().exponent) for c in charges if c.rate is not None}
    assert {0, 2, 3, 4, 5} <= decimals
    assert max(len(service) for service in railroad.service_types()) == 31


def test_expectations_are_the_facts(railroad: PracticeRailroad) -> None:
    grouped = railroad.invoices()
    for number, expectation in railroad.expectations.items():
        charges = grouped[number]
        assert sorted(expectation.charge_ids) == [charge.charge_id for charge in charges]
        invoiced = [charge for charge in charges if charge.billing_status == "INVOICED"]
        assert sum(expectation.by_gl.values(), Decimal(0)) + expectation.without_gl == _total(invoiced)
        if expectation.kind in {Kind.ORDINARY, Kind.LONG_NUMBER, Kind.NON_ASCII}:
            ((gl, amount),) = expectation.by_gl.items()
            assert amount > 0
            assert gl in railroad.gl_numbers()
            assert gl not in railroad.missing_customers | railroad.inactive_customers
            assert expectation.without_gl == expectation.not_invoiced == 0
            assert invoiced == charges


def test_long_numbers_share_beginnings_and_ends(railroad: PracticeRailroad) -> None:
    numbers = [expectation.invoice for expectation, _ in _of(railroad, Kind.LONG_NUMBER)]
    assert all(len(number) > 11 for number in numbers)
    assert len({number[:11] for number in numbers}) < len(numbers)
    assert len({number[-11:] for number in numbers}) < len(numbers)
    assert all(len(e.invoice) <= 11 for e in railroad.expectations.values() if e.invoice not in numbers)


def test_gl_numbers_are_spread_as_planted(railroad: PracticeRailroad) -> None:
    for expectation, charges in _of(railroad, Kind.TWO_GL):
        assert len(expectation.by_gl) == 2
        assert len({charge.customer for charge in charges}) == 1
        assert all(amount > 0 for amount in expectation.by_gl.values())
    for expectation, charges in _of(railroad, Kind.PARTLY_NO_GL):
        assert sum(charge.gl_code is None for charge in charges) == 1
        assert len(expectation.by_gl) == 1
        assert expectation.without_gl > 0
    for expectation, _ in _of(railroad, Kind.NO_GL):
        assert expectation.by_gl == {}
        assert expectation.without_gl > 0


def test_statuses_are_as_planted(railroad: PracticeRailroad) -> None:
    for kind, status in OUTSIDE_BOOKS.items():
        for _, charges in _of(railroad, kind):
            assert {charge.billing_status for charge in charges} == {status}
    for expectation, charges in _of(railroad, Kind.NOT_INVOICED):
        assert not any(charge.billing_status == "INVOICED" for charge in charges)
        assert expectation.not_invoiced == _total(charges) > 0
    for _, charges in _of(railroad, Kind.PARTLY_NOT_INVOICED):
        assert Counter(charge.billing_status for charge in charges)["PENDING"] == 1
    for _, charges in _of(railroad, Kind.PARTLY_VOIDED):
        assert Counter(charge.billing_status for charge in charges)["VOID"] == 1


def test_odd_lines_are_as_planted(railroad: PracticeRailroad) -> None:
    for _, charges in _of(railroad, Kind.MIXED_CURRENCY):
        assert {charge.currency for charge in charges} == {"USD", "CAD"}
    for _, charges in _of(railroad, Kind.NEGATIVE_TOTAL):
        assert _total(charges) < 0
    for _, charges in _of(railroad, Kind.NOTHING_TO_BILL):
        assert {charge.amount for charge in charges} == {Decimal(0)}
    for _, charges in _of(railroad, Kind.NO_SERVICE_TYPE):
        assert sum(charge.service_type is None for charge in charges) == 1
    for _, charges in _of(railroad, Kind.BAD_AMOUNT):
        assert sum(charge.amount is None for charge in charges) == 1
    for expectation, _ in _of(railroad, Kind.NON_ASCII):
        assert not expectation.customer.isascii()


def test_what_the_books_must_not_know_is_used_by_its_own_kind_only(railroad: PracticeRailroad) -> None:
    charges = railroad.charges.values()
    used = {
        Kind.CUSTOMER_MISSING: {c.invoice for c in charges if c.gl_code in railroad.missing_customers},
        Kind.CUSTOMER_INACTIVE: {c.invoice for c in charges if c.gl_code in railroad.inactive_customers},
        Kind.ITEM_MISSING: {c.invoice for c in charges if c.service_type in railroad.missing_items},
    }
    for kind, invoices in used.items():
        assert invoices == {expectation.invoice for expectation, _ in _of(railroad, kind)}
    assert railroad.missing_customers | railroad.inactive_customers <= set(railroad.gl_numbers())
    assert railroad.missing_items <= set(railroad.service_types())


def test_charges_without_an_invoice_number(railroad: PracticeRailroad) -> None:
    loose = [charge for charge in railroad.charges.values() if charge.invoice is None]
    invoiced = [charge.charge_id for charge in loose if charge.billing_status == "INVOICED"]
    assert tuple(invoiced) == railroad.without_invoice
    assert len(invoiced) == 1
    assert {charge.billing_status for charge in loose} >= {"PENDING", "IN_PROGRESS", "ASSIGNED"}


def test_customers_are_many_and_gl_numbers_belong_to_one(railroad: PracticeRailroad) -> None:
    assert len(set(railroad.gl_numbers().values())) == 27
    owners: dict[str, set[str]] = {}
    for charge in railroad.charges.values():
        if charge.gl_code:
            owners.setdefault(charge.gl_code, set()).add(charge.customer)
    assert all(len(customers) == 1 for customers in owners.values())
    assert all(railroad.gl_numbers()[gl] in customers for gl, customers in owners.items())


def test_hundred_thousand_charges_are_made_quickly() -> None:
    begun = time.monotonic()
    railroad = many_charges(100_000, seed=2, today=TODAY)
    assert time.monotonic() - begun < 15
    assert len(railroad.charges) == 100_000
    assert all(charge.billing_status == "INVOICED" for charge in railroad.charges.values())
