from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.figures import LineFigures, figure_text, fits, line_figures
from app.domain.money import CENT, money_text

QUANTYPE = PRICETYPE = re.compile(r"[+-]?\d{1,10}(\.\d{1,5})?")
AMTTYPE = re.compile(r"[+-]?\d{1,13}(\.\d\d)?")
EXACT = Context(prec=200)

AMOUNTS = st.integers(-(10**12) + 1, 10**12 - 1).map(lambda cents: (Decimal(cents) * CENT).quantize(CENT))
NUMBERS = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places), st.integers(-(10**13), 10**13), st.integers(0, 9)
)
OPTIONAL = st.none() | NUMBERS


@st.composite
def matching(draw: st.DrawFn) -> tuple[Decimal, Decimal, Decimal]:
    """Quantity, rate, and an amount that is their product give or take a cent."""
    quantity = Decimal(draw(st.integers(-(10**5), 10**5))).scaleb(-draw(st.integers(0, 5)))
    rate = Decimal(draw(st.integers(-(10**7), 10**7))).scaleb(-draw(st.integers(0, 5)))
    amount = (quantity * rate).quantize(CENT, rounding=draw(st.sampled_from([ROUND_HALF_EVEN, ROUND_HALF_UP])))
    return quantity, rate, amount + draw(st.sampled_from([0, 0, 0, 1, -1])) * CENT


CASES = st.tuples(OPTIONAL, OPTIONAL, AMOUNTS) | matching()


def worth(figures: LineFigures) -> set[Decimal]:
    """Give every amount QuickBooks could make of what is sent."""
    if figures.rate is None:
        return {Decimal(money_text(figures.amount))}
    product = EXACT.multiply(Decimal(figure_text(figures.quantity)), Decimal(figure_text(figures.rate)))
    return {product.quantize(CENT, rounding=way, context=EXACT) for way in (ROUND_HALF_UP, ROUND_HALF_EVEN)}


@given(CASES)
@example((Decimal(2), Decimal("75.125"), Decimal("150.25")))
@example((Decimal(3), Decimal("0.335"), Decimal("1.00")))
def test_a_line_can_only_come_out_at_the_amount(case: tuple[Decimal | None, Decimal | None, Decimal]) -> None:
    assert worth(line_figures(*case)) == {case[2]}


@given(CASES)
def test_the_quantity_fits_qbxml(case: tuple[Decimal | None, Decimal | None, Decimal]) -> None:
    assert QUANTYPE.fullmatch(figure_text(line_figures(*case).quantity))


@given(CASES)
def test_the_rate_fits_qbxml(case: tuple[Decimal | None, Decimal | None, Decimal]) -> None:
    rate = line_figures(*case).rate
    assert rate is None or PRICETYPE.fullmatch(figure_text(rate))


@given(CASES)
def test_the_amount_fits_qbxml(case: tuple[Decimal | None, Decimal | None, Decimal]) -> None:
    assert AMTTYPE.fullmatch(money_text(line_figures(*case).amount))


@given(CASES)
def test_figures_that_could_not_be_kept_are_told_in_words(
    case: tuple[Decimal | None, Decimal | None, Decimal],
) -> None:
    quantity, _, _ = case
    figures = line_figures(*case)
    lost = quantity is not None and figures.quantity != quantity
    assert not lost or "quantity" in figures.note


@pytest.mark.parametrize(
    ("quantity", "rate", "amount", "expected"),
    [
        ("2", "75.125", "150.25", ("2", "75.125")),
        ("3", "0.335", "1.00", ("3", None)),  # 1.005 may be rounded either way
        ("3", "33.33", "100.00", ("3", None)),  # a flat price
        (None, "99.50", "99.50", ("1", "99.50")),
        (None, "12.00", "99.50", ("1", None)),
        ("4", None, "100.00", ("4", None)),
        (None, None, "100.00", ("1", "100.00")),
        ("0", "5.00", "100.00", ("1", None)),  # no rate makes anything of zero units
        ("0", "5.00", "0.00", ("0", "5.00")),
        ("1.123456", "10.00", "11.23", ("1", None)),  # six decimals do not fit
        ("-2", "10.00", "-20.00", ("-2", "10.00")),
    ],
)
def test_the_best_pair_is_chosen(
    quantity: str | None, rate: str | None, amount: str, expected: tuple[str, str | None]
) -> None:
    figures = line_figures(quantity and Decimal(quantity), rate and Decimal(rate), Decimal(amount))  # type: ignore[arg-type]
    assert (str(figures.quantity), None if figures.rate is None else str(figures.rate)) == expected


def test_an_amount_too_long_for_a_rate_is_sent_as_the_amount() -> None:
    assert line_figures(None, None, Decimal("12345678901.00")).rate is None


def test_a_number_of_more_than_28_digits_does_not_fit() -> None:
    assert not fits(Decimal("1.0000000000000000000000000004"))


@pytest.mark.parametrize(
    ("number", "text"), [("1E3", "1000"), ("2.50000", "2.5"), ("-0", "0"), ("-0.00", "0"), ("1E-5", "0.00001")]
)
def test_figures_are_written_plainly(number: str, text: str) -> None:
    assert figure_text(Decimal(number)) == text
