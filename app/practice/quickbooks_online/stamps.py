"""Points in time as the service writes them: in Pacific time, with its offset."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

_PACIFIC: Final = ZoneInfo("America/Los_Angeles")


def stamp(moment: datetime) -> str:
    """Write a point in time to the second, as in MetaData."""
    return moment.astimezone(_PACIFIC).isoformat(timespec="seconds")


def precise_stamp(moment: datetime) -> str:
    """Write a point in time to the millisecond, as in `time`."""
    return moment.astimezone(_PACIFIC).isoformat(timespec="milliseconds")


def today(moment: datetime) -> date:
    """Tell which day it is where the company is."""
    return moment.astimezone(_PACIFIC).date()


def read_moment(text: str) -> datetime:
    """Read a point in time; a date is its midnight, and without an offset Pacific time is meant.

    Raises:
        ValueError: It is none.
    """
    try:
        moment = datetime.combine(date.fromisoformat(text), time())
    except ValueError:
        moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=_PACIFIC)
