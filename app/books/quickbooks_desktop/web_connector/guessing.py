"""How long the answer to a wrong password waits: longer with every further one, so that guessing does not pay.

No I/O. Only wrong answers wait. Whoever knows the password is answered at once, however many others are guessing: a
lock-out would let any program on this computer keep the invoices from QuickBooks.
"""

import threading
from typing import Final

_AT_ONCE: Final = 3
"""Wrong passwords in a row that wait for nothing: a person who types it anew should not wonder."""
_FIRST: Final = 0.5
_LONGEST: Final = 15.0
"""Seconds; the Web Connector gives a call up after 100 (.NET's own limit)."""
_FORGOTTEN: Final = 600.0
"""Seconds without a wrong password after which the count begins anew."""


class Guessing:
    """Counts wrong passwords, whichever user name they came with. For several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._count = 0
        self._last = 0.0

    def delay(self, now: float) -> float:
        """Note a wrong password; give the seconds its answer waits.

        Args:
            now: Seconds of a clock that only goes forward.
        """
        with self._lock:
            if now - self._last > _FORGOTTEN:
                self._count = 0
            self._count += 1
            self._last = now
            steps = self._count - _AT_ONCE
        return 0.0 if steps <= 0 else min(_FIRST * 2.0 ** min(steps - 1, 10), _LONGEST)
