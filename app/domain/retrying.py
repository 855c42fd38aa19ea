"""When a fault that heals is tried again: soon at first, then less often, never less than every half hour. No I/O."""

from datetime import timedelta
from typing import Final

STEPS: Final = tuple(timedelta(seconds=seconds) for seconds in (30, 60, 120, 300, 600, 1200, 1800))
"""The wait after each attempt in turn; the last one repeats."""


def delay(attempts: int) -> timedelta:
    """Give the wait after so many attempts, the first of which is 1."""
    return STEPS[min(max(attempts, 1), len(STEPS)) - 1]
