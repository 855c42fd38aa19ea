from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import MAX_AMOUNT, amount_from_cents, cents_of, money_text, product_rounds_to, to_cents

AMTTYPE = re.compile(r"[+-]?\d{1,13}(\.\d\d)?")

FLOATS = st.floats(min_value=-9e12, max_value=9e12)
DECIMALS = st.decimals(min_value=-MAX_AMOUNT, max_value=MAX_AMOUNT, allow_nan=False, allow_infinity=False)
NUMBERS = FLOATS | DECIMALS | st.integers(-(10**12), 10**12).map(Decimal)


@given(NUMBERS)
def test_cents_are_whole_cents(value: float | Decimal) -> None:
    assert to_cents(value).as_tuple().exponent == -2


@given(NUMBERS)
def test_rounding_twice_changes_nothing(value: float | Decimal) -> None:
    once = to_cents(value)
    assert str(to_cents(once)) == str(once)


@given(NUMBERS)
def test_cents_are_at_most_half_a_cent_away(value: float | Decimal) -> None:
    exact = Decimal(repr(value)) if isinstance(value, float) else value
    assert abs(to_cents(value) - exact) <= Decimal("0.005")


@given(st.floats())
def test_any_float_is_cents_or_refused_as_no_amount(value: float) -> None:
    try:
        cents = to_cents(value)
    except ValueError:
        return
    assert AMTTYPE.fullmatch(money_text(cents))


@pytest.mark.parametrize(
    ("value", "cents"),
    [
        (0.005, "0.00"),
        (0.015, "0.02"),
        (0.025, "0.02"),
        (1.005, "1.00"),
        (2.675, "2.68"),
        (0.1 + 0.2, "0.30"),
        (-0.015, "-0.02"),
        ("12.5", "12.50"),
        ("1e2", "100.00"),
        ("0.0250000000000000000000000000000000000001", "0.03"),
        (Decimal("9999999999999.99"), "9999999999999.99"),
    ],
)
def test_half_a_cent_goes_to_the_even_one(value: float | str | Decimal, cents: str) -> None:
    assert str(to_cents(value)) == cents


@pytest.mark.parametrize("value", [-0.0, -0.004, "-0.005", Decimal("-0.00")])
def test_nothing_has_no_sign(value: float | str | Decimal) -> None:
    assert money_text(to_cents(value)) == "0.00"


@pytest.mark.parametrize(
    "value", ["", "abc", "1,000.00", "NaN", "Infinity", float("nan"), float("-inf"), "10000000000000.00", 1e300]
)
def test_what_is_no_amount_is_refused(value: float | str) -> None:
    with pytest.raises(ValueError, match=r"amount|number"):
        to_cents(value)


def test_an_absurd_exponent_is_refused_like_any_other_number() -> None:
    with pytest.raises(ValueError, match="too large"):
        to_cents("1E1000000")


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_the_record_gives_back_the_cents_it_was_given(cents: int) -> None:
    assert cents_of(amount_from_cents(cents)) == cents


@given(DECIMALS.map(to_cents))
def test_money_text_is_what_qbxml_takes(amount: Decimal) -> None:
    assert AMTTYPE.fullmatch(money_text(amount))


@given(DECIMALS.map(to_cents))
def test_money_text_reads_back_as_the_same_amount(amount: Decimal) -> None:
    assert Decimal(money_text(amount)) == amount


@pytest.mark.parametrize(
    ("rate", "amount", "is_certain"),
    [
        ("10.00", "10.00", True),
        ("10.004", "10.00", True),
        ("10.005", "10.00", False),
        ("10.005", "10.01", False),
        ("10.0050000000000000000000000000000001", "10.01", True),
    ],
)
def test_half_a_cent_is_never_certain(rate: str, amount: str, is_certain: bool) -> None:  # noqa: FBT001
    assert product_rounds_to(Decimal(1), Decimal(rate), Decimal(amount)) is is_certain
