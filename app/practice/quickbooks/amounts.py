"""The money of a line: how quantity, rate and amount make each other.

Rule: pure functions of Decimals. Cents are rounded half up, derived rates to five places, as on QuickBooks' forms.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from app.practice.quickbooks.faults import Refusal

CENT = Decimal("0.01")
_RATE_STEP = Decimal("0.00001")
_TOO_LARGE = Decimal(10) ** 13
_TOO_LARGE_RATE = Decimal(10) ** 10


@dataclass(frozen=True, slots=True)
class Pricing:
    """What a line charges."""

    quantity: Decimal | None
    rate: Decimal | None
    amount: Decimal | None


def to_cents(number: Decimal) -> Decimal:
    """Round to cents."""
    return number.quantize(CENT, ROUND_HALF_UP)


def to_rate(number: Decimal) -> Decimal:
    """Round to the five places a rate can hold."""
    return number.quantize(_RATE_STEP, ROUND_HALF_UP)


def price_line(
    quantity: Decimal | None, rate: Decimal | None, amount: Decimal | None, item_price: Decimal | None
) -> Pricing:
    """Complete a line from what was given of it.

    Args:
        quantity: Given quantity.
        rate: Given rate.
        amount: Given amount.
        item_price: The item's own price, for a line with neither rate nor amount.

    Returns:
        The line with rate and amount filled in; a quantity that was not given stays away and counts as one.

    Raises:
        Refusal: All three were given and do not agree, or the result cannot be held.
    """
    count = Decimal(1) if quantity is None else quantity
    if amount is None:
        rate = (item_price or Decimal(0)) if rate is None else rate
        amount = _checked(to_cents(count * rate))
    elif rate is None:
        if count == 0:
            if amount != 0:
                raise Refusal(3210, _text("Amount", amount, "A line of quantity 0 cannot have an amount."))
            rate = Decimal(0)
        else:
            rate = to_rate(amount / count)
            if abs(rate) >= _TOO_LARGE_RATE:
                raise Refusal(3110, f'The amount "{amount}" in the field "Rate" is too large.')
    elif to_cents(count * rate) != amount:
        # Which of them the real QuickBooks keeps is not established, so nobody may come to rely on either.
        raise Refusal(3210, _text("Amount", amount, "Quantity, rate and amount do not agree."))
    return Pricing(quantity, rate, to_cents(amount))


def total_of(amounts: Iterable[Decimal | None]) -> Decimal:
    """Add up the amounts of lines; a line of mere text has none."""
    return sum((amount for amount in amounts if amount is not None), Decimal("0.00"))


def check_total(total: Decimal, form: str) -> None:
    """Refuse a document whose lines add up to less than nothing.

    Raises:
        Refusal: The total is negative.
    """
    if total < 0:
        raise Refusal(3210, _text("Amount", total, f"The total of a {form} cannot be negative."))
    _checked(total)


def _checked(amount: Decimal) -> Decimal:
    if abs(amount) >= _TOO_LARGE:
        raise Refusal(3110, f'The amount "{amount}" in the field "Amount" is too large.')
    return amount


def _text(field: str, value: Decimal, why: str) -> str:
    return f'The "{field}" field has an invalid value "{value}".  QuickBooks error message: {why}'
