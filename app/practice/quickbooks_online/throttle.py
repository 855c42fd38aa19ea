"""The limits on how often a program may call (Intuit: limits and throttles), off unless a test turns them on."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta
from typing import Final

_MINUTE: Final = timedelta(minutes=1)
_LIMITS: Final = ((False, 500, _MINUTE), (False, 10, timedelta(seconds=1)), (True, 40, _MINUTE))
"""Whether a limit is about batches alone, how many calls it allows, and in how long."""


class Throttle:
    """Counts the calls of each company; its user sees to it that one thread asks at a time."""

    def __init__(self) -> None:
        self.is_on = False
        """Whether calls over the limit are refused."""
        self._calls: dict[str, deque[tuple[datetime, bool]]] = {}

    def refuses(self, realm_id: str, now: datetime, *, is_batch: bool) -> bool:
        """Count a call, and tell whether it is over a limit; a refused call is not counted."""
        if not self.is_on:
            return False
        calls = self._calls.setdefault(realm_id, deque())
        while calls and now - calls[0][0] >= _MINUTE:
            calls.popleft()
        for is_about_batches, most, span in _LIMITS:
            counted = sum(1 for at, batch in calls if now - at < span and (batch or not is_about_batches))
            if counted >= most and (is_batch or not is_about_batches):
                return True
        calls.append((now, is_batch))
        return False
