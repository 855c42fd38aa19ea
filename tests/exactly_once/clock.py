"""A clock that stands still until it is moved."""

from datetime import UTC, datetime, timedelta
from typing import Final

MORNING: Final = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


class StandingClock:
    """Tells the time it was given, the same for the program and for QuickBooks."""

    def __init__(self, at: datetime = MORNING) -> None:
        self._now = at

    def now(self) -> datetime:
        """Give the time."""
        return self._now

    def advance(self, **step: float) -> None:
        """Let time pass; the arguments are those of `timedelta`."""
        self._now += timedelta(**step)
