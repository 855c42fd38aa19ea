"""The scalar formats of qbXML: what text each may hold and how it becomes a value.

Rule: pure functions of text. A text outside its format raises `Malformed` (Intuit SDK: data types).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from types import MappingProxyType

from app.practice.quickbooks.faults import Malformed

Check = Callable[[str], None]

EARLIEST_DATE = date(1970, 1, 1)
LATEST_DATE = date(2038, 1, 18)

_AMOUNT = re.compile(r"[+-]?[0-9]{1,13}(\.[0-9]{2})?")
_FIVE_PLACES = re.compile(r"[+-]?[0-9]{1,10}(\.[0-9]{1,5})?")
_DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_INTEGER = re.compile(r"[+-]?[0-9]{1,10}")
_GUID = re.compile(r"0|\{[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DATE_TIME = re.compile(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
    r"(?:T([0-9]{1,2})(?::([0-9]{1,2})(?::([0-9]{1,2})([+-][0-9]{1,2}:[0-9]{1,2})?)?)?)?"
)
_IDENTIFIER_LIMIT = 36


def _matching(pattern: re.Pattern[str], what: str) -> Check:
    def check(text: str) -> None:
        if text and not pattern.fullmatch(text):
            raise Malformed(f"{text!r} is not {what}")

    return check


def _check_identifier(text: str) -> None:
    if len(text) > _IDENTIFIER_LIMIT:
        raise Malformed(f"the id {text!r} is longer than {_IDENTIFIER_LIMIT} characters")


def _check_bool(text: str) -> None:
    if text not in ("true", "false", "1", "0", ""):
        raise Malformed(f"{text!r} is not a boolean")


def _check_date(text: str) -> None:
    if text:
        to_date(text)


def _check_date_time(text: str) -> None:
    if text:
        to_moment(text, late=False)


def _check_guid(text: str) -> None:
    if not _GUID.fullmatch(text):
        raise Malformed(f"{text!r} is not a GUID with braces, nor 0")


def _check_integer(text: str) -> None:
    if not _INTEGER.fullmatch(text):
        raise Malformed(f"{text!r} is not a whole number")


def _check_nothing(text: str) -> None:
    del text


CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "text": _check_nothing,
        "id": _check_identifier,
        "bool": _check_bool,
        "date": _check_date,
        "datetime": _check_date_time,
        "amount": _matching(_AMOUNT, "an amount with two decimals or none"),
        "price": _matching(_FIVE_PLACES, "a price"),
        "quantity": _matching(_FIVE_PLACES, "a quantity"),
        "percent": _matching(_FIVE_PLACES, "a percentage"),
        "float": _matching(_DECIMAL, "a decimal number"),
        "guid": _check_guid,
        "integer": _check_integer,
    }
)
"""How each scalar format is checked, by its short name."""


def to_bool(text: str) -> bool:
    """Read a boolean that passed its check; empty means no."""
    return text in ("true", "1")


def to_date(text: str) -> date:
    """Read `yyyy-mm-dd`.

    Raises:
        Malformed: It is no date, or outside the years QuickBooks takes.
    """
    match = _DATE.fullmatch(text)
    if match is None:
        raise Malformed(f"{text!r} is not a date")
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError as error:
        raise Malformed(f"{text!r} is not in the calendar") from error
    if not EARLIEST_DATE <= day <= LATEST_DATE:
        raise Malformed(f"{text!r} is outside {EARLIEST_DATE} to {LATEST_DATE}")
    return day


def to_moment(text: str, *, late: bool, zone: tzinfo | None = None) -> datetime:
    """Read a date with an optional time; without an offset it is local time of the QuickBooks computer.

    Args:
        text: `yyyy-mm-dd`, then `Thh`, `:mm`, `:ss` and an offset, each optional.
        late: Whether a missing time means the end of the day instead of its beginning.
        zone: The zone of the QuickBooks computer.

    Raises:
        Malformed: It is no such text.
    """
    match = _DATE_TIME.fullmatch(text)
    if match is None:
        raise Malformed(f"{text!r} is not a date with a time")
    year, month, day, hour, minute, second, offset = match.groups()
    try:
        if hour is None:
            clock = time(23, 59, 59, 999999) if late else time()
        else:
            clock = time(int(hour), int(minute or 0), int(second or 0))
        moment = datetime.combine(date(int(year), int(month), int(day)), clock, zone)
        if offset is not None:
            hours, _, minutes = offset[1:].partition(":")
            written = f"{moment:%Y-%m-%dT%H:%M:%S}{offset[0]}{int(hours):02}:{int(minutes):02}"
            moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise Malformed(f"{text!r} is not in the calendar") from error
    return moment


def moment_text(moment: datetime) -> str:
    """Write a moment as QuickBooks does, to the second and with its offset."""
    return moment.isoformat(timespec="seconds")


def number_text(number: Decimal) -> str:
    """Write a rate or a quantity without needless zeros and never with an exponent."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def bool_text(value: bool) -> str:  # noqa: FBT001 - the value is the whole argument
    """Write a boolean."""
    return "true" if value else "false"
