"""How one charge's quantity, rate and amount are written so that the line is worth exactly Cedar's cents. No I/O.

QuickBooks computes Amount from Quantity and Rate when Amount is left out, and derives the rate when Rate is left
out. So the pair is sent that cannot come out at another amount (qbXML types QUANTYPE, PRICETYPE: at most ten digits
before the point and five after it).
"""

from decimal import Decimal
from typing import Final

from app.domain.money import WIDE, product_rounds_to
from app.domain.values import Struct

ONE: Final = Decimal(1)
FRACTION_DIGITS: Final = 5
WHOLE_LIMIT: Final = Decimal(10) ** 10


class LineFigures(Struct, frozen=True):
    """The figures of one line."""

    quantity: Decimal
    rate: Decimal | None
    """Sent instead of the amount; None where the amount is sent."""
    amount: Decimal
    """What the line is worth, in cents, either way."""
    note: str = ""
    """Cedar's own figures in words, where they could not be kept as figures."""


def line_figures(quantity: Decimal | None, rate: Decimal | None, amount: Decimal) -> LineFigures:
    """Choose the figures for a line worth ``amount``.

    Quantity and rate where their product is the amount beyond doubt; else quantity and amount; else one and the
    amount, with Cedar's figures in `LineFigures.note`.
    """
    if quantity is None and rate is None:
        return LineFigures(ONE, amount if fits(amount) else None, amount)
    units = ONE if quantity is None else quantity
    if rate is not None and fits(units) and fits(rate) and product_rounds_to(units, rate, amount):
        return LineFigures(units, rate, amount)
    if quantity is not None and fits(quantity) and _derives_a_rate(quantity, amount):
        return LineFigures(quantity, None, amount)
    return LineFigures(ONE, None, amount, note=_words(quantity, rate))


def fits(number: Decimal) -> bool:
    """Tell whether a number can stand as a qbXML quantity or rate without losing a digit."""
    exponent = number.normalize(WIDE).as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -FRACTION_DIGITS and abs(number) < WHOLE_LIMIT


def figure_text(number: Decimal) -> str:
    """Write a quantity or rate without exponent and without idle zeros."""
    text = format(number.normalize(WIDE), "f")
    return "0" if text == "-0" else text


def _derives_a_rate(quantity: Decimal, amount: Decimal) -> bool:
    return quantity != 0 and abs(amount / quantity) < WHOLE_LIMIT


def _words(quantity: Decimal | None, rate: Decimal | None) -> str:
    parts = [] if quantity is None else [f"quantity {figure_text(quantity)}"]
    if rate is not None:
        parts.append(f"rate {figure_text(rate)}")
    return ", ".join(parts)
