"""When a fault that heals is tried again: soon at first, then less often, never less than every half hour. No I/O."""

from datetime import datetime, timedelta
from typing import Final

STEPS: Final = tuple(timedelta(seconds=seconds) for seconds in (30, 60, 120, 300, 600, 1200, 1800))
"""The wait after each attempt in turn; the last one repeats."""

LONGEST: Final = STEPS[-1]
"""A time further ahead than this was set before the clock was set back."""


def has_come(at: datetime, now: datetime) -> bool:
    """Tell whether the time to try again has come; also after the clock was set back."""
    return at <= now or at - now > LONGEST


def is_recent(at: datetime, span: timedelta, now: datetime) -> bool:
    """Tell whether something was done within a span of time; of what lies in the future nobody knows when it was."""
    return timedelta(0) <= now - at < span


def delay(attempts: int) -> timedelta:
    """Give the wait after so many attempts, the first of which is 1."""
    return STEPS[min(max(attempts, 1), len(STEPS)) - 1]
