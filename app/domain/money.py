"""Money and figures as ``Decimal``: cents are decided once, at the edge, and never by floats. No I/O."""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, DecimalException
from typing import Final

CENT: Final = Decimal("0.01")
ZERO: Final = Decimal("0.00")

WIDE: Final = Context(prec=100)
"""Room for every digit of what services send; Python's own context rounds to 28 digits without a word."""

MAX_AMOUNT: Final = Decimal("9999999999999.99")
"""The largest amount qbXML's AMTTYPE can hold (13 digits before the point)."""


def decimal_from(value: float | str | Decimal) -> Decimal:
    """Turn a number as a service wrote it into a ``Decimal``.

    A float counts as its shortest decimal form, so ``0.1`` is exactly one tenth.

    Raises:
        ValueError: If it is not a finite number.
    """
    try:
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    except (DecimalException, TypeError) as exc:
        raise ValueError(f"not a number: {value!r}") from exc
    if not number.is_finite():
        raise ValueError(f"not a finite number: {value!r}")
    return number


def to_cents(value: float | str | Decimal) -> Decimal:
    """Round half-even to whole cents.

    Raises:
        ValueError: If it is not a finite number, or too large for any accounting system we write to.
    """
    number = decimal_from(value)
    if number.copy_abs().compare(MAX_AMOUNT) > 0:
        raise ValueError(f"too large an amount: {value!r}")
    return _rounded(number)


def money_text(amount: Decimal) -> str:
    """Write an amount with exactly two decimals and no separators, as JSON and qbXML want it."""
    return f"{_rounded(amount):.2f}"


def amount_from_cents(cents: int) -> Decimal:
    """Read an amount kept as a whole number of cents."""
    return (Decimal(cents) * CENT).quantize(CENT)


def cents_of(amount: Decimal) -> int:
    """Give an amount as a whole number of cents, the form the record keeps."""
    return int(_rounded(amount).scaleb(2))


def _rounded(number: Decimal) -> Decimal:
    cents = number.quantize(CENT, rounding=ROUND_HALF_EVEN, context=WIDE)
    return ZERO if cents == 0 else cents


def product_rounds_to(quantity: Decimal, rate: Decimal, amount: Decimal) -> bool:
    """Tell whether quantity times rate is this amount whichever way a half cent is rounded."""
    product = WIDE.multiply(quantity, rate)
    roundings = (ROUND_HALF_UP, ROUND_HALF_EVEN)
    return all(product.quantize(CENT, rounding=rounding, context=WIDE) == amount for rounding in roundings)
