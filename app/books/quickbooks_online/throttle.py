"""How fast QuickBooks Online may be asked, and until when not at all. Shared by all couriers of one company.

Source: Intuit's page on limits: 500 requests a minute and 10 a second for each company and app.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

A_SECOND: Final = 8
"""Requests begun in any second."""

FIRST_PAUSE: Final = timedelta(seconds=60)
LONGEST_PAUSE: Final = timedelta(minutes=10)
LONGEST_ASKED: Final = timedelta(hours=24)
"""A longer wait than this that a server asks for is a mistake."""


class Throttle:
    """Paces one company's requests. Safe for several threads."""

    def __init__(
        self,
        now: Callable[[], datetime],
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Take the clocks."""
        self._now, self._monotonic, self._sleep = now, monotonic, sleep
        self._begun: deque[float] = deque(maxlen=A_SECOND)
        self._turn, self._lock = threading.Lock(), threading.Lock()
        self._not_before: datetime | None = None
        self._pause = FIRST_PAUSE

    @property
    def not_before(self) -> datetime | None:
        """When the company may be asked again; None where that is now."""
        with self._lock:
            until = self._not_before
            if until is None or until - self._now() > LONGEST_ASKED:
                return None  # further ahead: the clock was set back
            return until if until > self._now() else None

    def wait_for_turn(self) -> None:
        """Wait the fraction of a second until one more request is within the limit."""
        with self._turn:
            if len(self._begun) == A_SECOND:
                left = self._begun[0] + 1.0 - self._monotonic()
                if left > 0:
                    self._sleep(left)
            self._begun.append(self._monotonic())

    def pause(self, asked: float | None) -> datetime:
        """Note that the company had too many requests.

        Args:
            asked: Seconds the server asks to wait; None where it did not say, so that we wait ever longer.

        Returns:
            When it may be asked again.
        """
        with self._lock:
            if asked is None:
                wait, self._pause = self._pause, min(2 * self._pause, LONGEST_PAUSE)
            else:
                wait = timedelta(seconds=min(asked, LONGEST_ASKED.total_seconds()))
            self._not_before = self._now() + wait
            return self._not_before

    def went_well(self) -> None:
        """Note that a request was taken: the next pause is a short one again."""
        with self._lock:
            self._not_before, self._pause = None, FIRST_PAUSE
