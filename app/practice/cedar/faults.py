"""The faults a test or a trainer can order: refusals, dropped connections, slowness, nonsense.

Rule: an ordered fault hits the next requests it fits, then it is used up; switches stay until they are turned back.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from threading import Event, Lock
from typing import Literal, TypeAlias

Where: TypeAlias = Literal["def", "rows", "summary", "customers", "any"]
"""Which requests a fault is meant for."""


class FaultKind(StrEnum):
    """What goes wrong."""

    STATUS = "status"
    """The service answers with an error."""
    DROP = "drop"
    """The connection is reset without an answer."""
    HTML = "html"
    """A proxy's HTML page with status 200 in place of the answer."""
    TRUNCATED = "truncated"
    """The first half of the JSON document."""
    SILENT = "silent"
    """The connection stays open and nothing comes."""
    STALLED = "stalled"
    """The connection stays open and nothing comes after the first half of the JSON document."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One request's fault."""

    kind: FaultKind
    """What goes wrong."""
    where: Where
    """Which request it hits."""
    status: int = 503
    """HTTP status of a `STATUS` fault."""
    retry_after: int | str | None = None
    """Its Retry-After header: seconds or an HTTP date."""


class Switches:
    """What of the service is broken at the moment; safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._ordered: deque[Fault] = deque()
        self.healed = Event()
        """Set when what holds back an answer now is put right; the next to hold one back needs a new one."""
        self.delay = 0.0
        """Seconds every answer takes longer."""
        self.repeats_token = False
        """Whether the next token of a listing is the same for ever."""
        self.is_key_revoked = False
        """Whether the key has been withdrawn."""
        self.is_forbidden = False
        """Whether the user lacks the permission."""

    def order(self, number: int, make: Callable[[int], Fault]) -> None:
        """Order faults for coming requests.

        Args:
            number: How many.
            make: Makes the fault with a running number from 0.
        """
        with self._lock:
            self._ordered.extend(make(index) for index in range(number))

    def take(self, where: Where) -> Fault | None:
        """Return the fault for a request that came in, if one was ordered, and use it up."""
        with self._lock:
            for fault in self._ordered:
                if fault.where in {where, "any"}:
                    self._ordered.remove(fault)
                    return fault
        return None

    def clear(self) -> None:
        """Put everything right again."""
        with self._lock:
            self._ordered.clear()
            self.healed.set()
            self.healed = Event()
        self.delay = 0.0
        self.repeats_token = self.is_key_revoked = self.is_forbidden = False
