"""The values of cells inside the service: their types, their order, their text in search terms and page tokens.

Rule: text that is not exactly a value of its type is refused, above all several values written as one.
"""

import re
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from app.practice.cedar.errors import malformed

Value: TypeAlias = str | int | Decimal | bool | datetime | None
"""A cell's value; None is null."""

_INT = re.compile(r"[+-]?[0-9]{1,19}", re.ASCII)
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?", re.ASCII)
_TIMESTAMP = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}:[0-9]{2}:[0-9]{2})(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})",
    re.ASCII,
)


class ColumnType(StrEnum):
    """The types a column may have."""

    STRING = "STRING"
    """Text."""
    INT = "INT"
    """A whole number of 64 bits."""
    REAL = "REAL"
    """A binary floating-point number."""
    TIMESTAMP = "TIMESTAMP"
    """An instant."""
    DECIMAL = "DECIMAL"
    """A decimal number."""
    BOOLEAN = "BOOLEAN"
    """True or false."""
    TIME = "TIME"
    """A time of day; delivered as text."""


NUMERIC = frozenset({ColumnType.INT, ColumnType.REAL, ColumnType.DECIMAL})
"""Types that can be added up."""

TEXTUAL = frozenset({ColumnType.STRING, ColumnType.TIME})
"""Types whose values are text."""


def write_timestamp(moment: datetime) -> str:
    """Write an instant in RFC 3339, in UTC, with a fraction only where there is one."""
    utc = moment.astimezone(UTC)
    timespec = "microseconds" if utc.microsecond else "seconds"
    return utc.replace(tzinfo=None).isoformat(timespec=timespec) + "Z"


def read_timestamp(text: str) -> datetime:
    """Read an instant in RFC 3339; digits beyond microseconds are cut.

    Raises:
        RefusedError: It is something else, for example a date without a time or a time without a zone.
    """
    match = _TIMESTAMP.fullmatch(text)
    if match is None:
        raise malformed(f"{text!r} is no RFC 3339 timestamp")
    day, time, fraction, zone = match.groups()
    try:
        return datetime.fromisoformat(f"{day}T{time}{(fraction or '.0')[:7]:0<7}{zone.upper()}")
    except ValueError as exc:
        raise malformed(f"{text!r} is no RFC 3339 timestamp") from exc


def to_text(value: Value) -> str | None:
    """Write a value so that `from_text` gives it back."""
    match value:
        case None | str():
            return value
        case bool():
            return "true" if value else "false"
        case datetime():
            return write_timestamp(value)
        case Decimal():
            return format(value, "f")
        case int():
            return str(value)


def from_text(kind: ColumnType, text: str) -> Value:
    """Read a value of a type.

    Raises:
        RefusedError: The text is not exactly one value of that type.
    """
    match kind:
        case ColumnType.STRING | ColumnType.TIME:
            return text
        case ColumnType.INT if _INT.fullmatch(text):
            return int(text)
        case ColumnType.REAL | ColumnType.DECIMAL if _NUMBER.fullmatch(text):
            return Decimal(text)
        case ColumnType.BOOLEAN if text in {"true", "false"}:
            return text == "true"
        case ColumnType.TIMESTAMP:
            return read_timestamp(text)
    raise malformed(f"{text!r} is not one value of type {kind}")


def is_less(left: Value, right: Value) -> bool:
    """Tell whether one value comes before another of the same column.

    Raises:
        TypeError: The values are not of one kind, or one is null.
    """
    if isinstance(left, str) and isinstance(right, str):
        return left < right
    if isinstance(left, datetime) and isinstance(right, datetime):
        return left < right
    if isinstance(left, int | Decimal) and isinstance(right, int | Decimal):
        return left < right
    raise TypeError(f"cannot compare {left!r} with {right!r}")
