"""When and how often Cedar is asked again after a fault that heals.

Rule: stamina counts the attempts, watches the time and grows the back-off; we do the waiting ourselves, in short
steps, because its sleep cannot be interrupted and a program that is being closed must not wait for Cedar.
"""

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

import stamina

from app.cedar.faults import Cancelled, PassingFault

logger = logging.getLogger(__name__)
logging.getLogger("stamina").setLevel(logging.ERROR)  # its warnings tell less than our own line, and not what failed

Answer = TypeVar("Answer")

STEP: Final = 0.2
"""Seconds between two looks at whether somebody asked us to stop."""


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How patient we are. Times are seconds."""

    attempts: int = 5
    time_limit: float = 120.0
    """No new attempt after this time, whatever is left of the attempts."""
    wait_initial: float = 0.5
    wait_max: float = 15.0
    jitter: float = 0.5
    """By how much of itself a wait is lengthened at most, so that many PCs do not come back together."""
    longest_asked_wait: float = 300.0
    """A longer wait that Cedar asks for is left to the next reading."""
    sleep: Callable[[float], None] = time.sleep


class Retrier:
    """Repeats a call while its fault is one that heals."""

    def __init__(self, policy: RetryPolicy, cancelled: Callable[[], bool]) -> None:
        self._policy = policy
        self._cancelled = cancelled

    def __call__(self, call: Callable[[], Answer]) -> Answer:
        """Give the call's answer.

        Raises:
            Cancelled: If somebody asked us to stop.
            CedarFault: The call's last fault.
        """
        policy = self._policy
        wait = 0.0
        for attempt in stamina.retry_context(
            on=self._again,
            attempts=policy.attempts,
            timeout=policy.time_limit,
            wait_initial=policy.wait_initial,
            wait_max=policy.wait_max,
        ):
            with attempt:
                self._pause(wait)
                try:
                    return call()
                except PassingFault as fault:
                    backoff = attempt.next_wait * (1 + random.uniform(0, policy.jitter))  # noqa: S311 (no secret)
                    wait = max(backoff, fault.retry_after or 0.0)
                    logger.info("Cedar cannot be read (attempt %d): %s", attempt.num, fault.reason.raw)
                    raise
        raise AssertionError("stamina gives at least one attempt")

    def _again(self, exc: Exception) -> bool | float:
        """Tell stamina whether to go on: zero means go on, and the waiting is done here."""
        if not isinstance(exc, PassingFault) or (exc.retry_after or 0.0) > self._policy.longest_asked_wait:
            return False
        return 0.0

    def _pause(self, seconds: float) -> None:
        left = seconds
        while True:
            if self._cancelled():
                raise Cancelled
            if left <= 0:
                return
            step = min(left, STEP)
            self._policy.sleep(step)
            left -= step
