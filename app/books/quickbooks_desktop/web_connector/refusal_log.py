"""Refusals in the log: the first few of a minute, then how many there were more.

Whoever can reach the port can be refused thousands of times a second; what the log tells of everything else must not be
rotated away by that.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Final

_logger = logging.getLogger(__name__)

_A_MINUTE: Final = 60.0
_LINES: Final = 20
"""Lines a minute."""


class RefusalLog:
    """Writes refusals at warning level. For several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Take a clock that only goes forward, in seconds."""
        self._clock = clock
        self._lock = threading.Lock()
        self._began = clock()
        self._count = 0

    def note(self, message: str, *values: object) -> None:
        """Write a refusal, or count it."""
        now = self._clock()
        with self._lock:
            left_out = 0
            if now - self._began >= _A_MINUTE:
                left_out = max(0, self._count - _LINES)
                self._began, self._count = now, 0
            self._count += 1
            is_written = self._count <= _LINES
        if left_out:
            _logger.warning("%d more were refused before that", left_out)
        if is_written:
            _logger.warning(message, *values)


refusals: Final = RefusalLog()
"""The one of this process."""
