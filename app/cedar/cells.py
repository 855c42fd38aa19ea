"""What one cell says: text, a number, money or a time, whichever kind of value it arrived in. No I/O.

Rule: a cell never raises. What cannot be read as what is asked for is None, and the domain says what that means.
"""

import re
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import Final

from app.cedar.wire import Cell
from app.domain.money import MAX_AMOUNT, decimal_from, to_cents

_PLAIN_NUMBER: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)
"""Decimal() alone would also take ``1_000``, ``NaN`` and digits of other scripts."""

_FINEST: Final = -30
"""Exponent of the smallest digit kept; what is finer is noise, and would be written out digit by digit."""

_ISO_TIME: Final = re.compile(r"\d{4}-\d\d-\d\d([Tt ].+)?", re.ASCII)
"""fromisoformat alone would also take weeks and ``20261031``, which in a cell is a plain number."""

_EARLIEST_YEAR: Final = 1900
"""Go's zero time, year 1, stands for "no time"."""

_UNWRITABLE: Final = re.compile("[\x00-\x1f\x7f]+")
_HALF_CHARACTER: Final = re.compile("[\ud800-\udfff]")


def text(cell: Cell | None) -> str | None:
    """Read a cell as text, without blanks around it; None where nothing is left."""
    if cell is None:
        return None
    if cell.string_val:
        return clean(cell.string_val)
    if cell.int_val is not None:
        return clean(str(cell.int_val))
    if cell.decimal_val is not None or cell.real_val is not None:
        value = number(cell)
        return None if value is None else _digits(value)
    if cell.ts_val:
        return clean(cell.ts_val)
    return None if cell.bool_val is None else str(cell.bool_val).lower()


def clean(value: str) -> str | None:
    """Strip text, and replace what neither a document nor the record can hold; None where nothing is left."""
    stripped = value.strip()
    if not stripped.isprintable():
        stripped = _HALF_CHARACTER.sub("\ufffd", _UNWRITABLE.sub(" ", stripped)).strip()
    return stripped or None


def number(cell: Cell | None) -> Decimal | None:
    """Read a cell as a number of sane size; a float counts as its shortest decimal form."""
    value = _written_number(cell)
    if value is None:
        return None
    try:
        result = decimal_from(value)
    except ValueError:
        return None
    exponent = result.as_tuple().exponent
    if abs(result) > MAX_AMOUNT or not isinstance(exponent, int) or exponent < _FINEST:
        return None
    return result


def cents(cell: Cell | None) -> Decimal | None:
    """Read a cell as money, rounded to cents once and for all."""
    value = number(cell)
    return None if value is None else to_cents(value)


def moment(cell: Cell | None, zone: tzinfo) -> datetime | None:
    """Read a cell as a point in time, in UTC.

    Args:
        cell: The cell.
        zone: The zone of a time written without one.
    """
    when = _written_time(cell)
    if when is None:
        return None
    try:
        return (when if when.tzinfo is not None else when.replace(tzinfo=zone)).astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def day(cell: Cell | None, zone: tzinfo) -> date | None:
    """Read a cell as a date: one written as a date stays as it is, a point in time is its day in the zone."""
    when = _written_time(cell)
    if when is None:
        return None
    if when.tzinfo is None:
        return when.date()
    try:
        return when.astimezone(zone).date()
    except (OverflowError, ValueError):
        return None


def _written_number(cell: Cell | None) -> str | int | float | None:
    if cell is None:
        return None
    value: str | int | float | None = None
    if cell.decimal_val is not None:
        value = cell.decimal_val.value
    elif cell.real_val is not None:
        value = cell.real_val
    elif cell.int_val is not None:
        value = cell.int_val
    elif cell.string_val is not None:
        value = cell.string_val
    if isinstance(value, str):
        value = value.strip()
        return value if _PLAIN_NUMBER.fullmatch(value) else None
    return value


def _written_time(cell: Cell | None) -> datetime | None:
    return None if cell is None else _parsed_time((cell.ts_val or cell.string_val or "").strip())


@lru_cache(maxsize=1024)  # the rows of an invoice share their dates
def _parsed_time(written: str) -> datetime | None:
    if not _ISO_TIME.fullmatch(written):
        return None
    try:
        when = datetime.fromisoformat(written.upper())
    except ValueError:
        return None
    return when if when.year >= _EARLIEST_YEAR else None


def _digits(value: Decimal) -> str:
    """Write a number the way people do: an account kept as a float is ``4410``, not ``4410.0``."""
    written = format(value, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written
