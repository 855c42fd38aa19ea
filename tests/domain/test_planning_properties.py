"""Whatever Cedar lists, no charge is lost, counted twice, or both sent and left out."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from app.domain.charge import LIFE_CYCLE, Charge, ChargeId
from app.domain.money import CENT, ZERO
from app.domain.planning import PlannedRow, Rules, plan_invoice

STATUSES = st.sampled_from([*LIFE_CYCLE, "INVOICED", "INVOICED", "INVOICED", "DISPUTED", ""])
CENTS = st.integers(-(10**6), 10**6).map(lambda cents: (Decimal(cents) * CENT).quantize(CENT))
FIGURES = st.none() | st.integers(-(10**6), 10**6).map(lambda digits: Decimal(digits).scaleb(-3))


@st.composite
def charges(draw: st.DrawFn, invoice: str | None = "INV-1") -> list[Charge]:
    number = draw(st.integers(0, 8))
    return [
        Charge(
            charge_id=ChargeId(str(number)),
            billing_status=draw(STATUSES),
            invoice=invoice,
            gl_number=draw(st.sampled_from(["4410", "4420", "acme", "ACME", None])),
            service_type=draw(st.sampled_from(["STORAGE", "DEMURRAGE", None])),
            quantity=draw(FIGURES),
            rate=draw(FIGURES),
            amount=draw(st.none() | CENTS | st.just(ZERO)),
            currency=draw(st.sampled_from([None, "USD", "USD", "CAD"])),
            applied_at=draw(st.none() | st.just(datetime(2026, 10, 1, tzinfo=UTC))),
        )
        for number in range(number)
    ]


RULES = st.builds(
    Rules,
    billing_statuses=st.sampled_from(
        [frozenset({"INVOICED"}), frozenset({"INVOICED", "ASSIGNED"}), frozenset({"ARCHIVED"})]
    ),
    shorten_numbers=st.booleans(),
)


def sent(rows: tuple[PlannedRow, ...]) -> list[str]:
    return [line.charge_id for row in rows if row.order for line in row.order.lines]


def left_out(rows: tuple[PlannedRow, ...]) -> list[str]:
    return [charge.charge_id for row in rows for charge in row.left_out]


def counted(found: list[Charge], rules: Rules) -> list[Charge]:
    gone = {"VOID", "DELETED", "RESET", "ARCHIVED"} - rules.billing_statuses
    return [charge for charge in found if charge.billing_status not in gone]


@given(charges(), RULES)
def test_every_counted_charge_is_exactly_once_sent_or_left_out(found: list[Charge], rules: Rules) -> None:
    rows = plan_invoice("INV-1", found, rules)
    expected = Counter(charge.charge_id for charge in counted(found, rules))
    assert Counter(chain(sent(rows), left_out(rows))) == expected


@given(charges(), RULES)
def test_the_money_adds_up(found: list[Charge], rules: Rules) -> None:
    rows = plan_invoice("INV-1", found, rules)
    planned = sum((row.left_out_amount + (row.order.subtotal if row.order else ZERO) for row in rows), ZERO)
    assert planned == sum((charge.amount or ZERO for charge in counted(found, rules)), ZERO)


@given(charges(), RULES)
def test_only_charges_in_a_wanted_status_are_sent(found: list[Charge], rules: Rules) -> None:
    statuses = {charge.charge_id: charge.billing_status for charge in found}
    rows = plan_invoice("INV-1", found, rules)
    assert {statuses[ChargeId(charge_id)] for charge_id in sent(rows)} <= rules.billing_statuses


@given(charges(), RULES)
def test_every_left_out_charge_says_why(found: list[Charge], rules: Rules) -> None:
    rows = plan_invoice("INV-1", found, rules)
    assert all(charge.reasons for row in rows for charge in row.left_out)


@given(charges(), RULES)
def test_no_two_rows_are_for_the_same_customer(found: list[Charge], rules: Rules) -> None:
    keys = [(row.gl_number or "").casefold() for row in plan_invoice("INV-1", found, rules)]
    assert len(keys) == len(set(keys))


@given(charges(), RULES)
def test_the_order_in_which_cedar_lists_charges_does_not_matter(found: list[Charge], rules: Rules) -> None:
    assert plan_invoice("INV-1", found[::-1], rules) == plan_invoice("INV-1", found, rules)


@given(charges(invoice=None), RULES)
def test_charges_on_no_invoice_are_never_sent(found: list[Charge], rules: Rules) -> None:
    assert sent(plan_invoice(None, found, rules)) == []
