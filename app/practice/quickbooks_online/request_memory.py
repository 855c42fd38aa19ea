"""The service's memory of request ids: a write that comes again gets the answer it got, and nothing is written.

Whatever the second body says: the id alone decides. Refusals are remembered as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from app.practice.quickbooks_online.exchange import Reply

LONGEST_ID: Final = 50
"""Characters an id may have."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """An answer that was given."""

    reply: Reply
    given: datetime


class RequestMemory:
    """The answers to the writes of each company, by request id; its user sees to it that one thread asks at a time."""

    def __init__(self, span: timedelta) -> None:
        """Make a memory.

        Args:
            span: How long an answer is remembered, in practice time.
        """
        self.span = span
        self._answers: dict[tuple[str, str], Remembered] = {}

    def recall(self, realm_id: str, request_id: str, now: datetime) -> Remembered | None:
        """Give the answer to an id; None if it is new, or forgotten."""
        found = self._answers.get((realm_id, request_id))
        return None if found is None or now - found.given > self.span else found

    def remember(self, realm_id: str, request_id: str, answer: Remembered) -> None:
        """Keep an answer."""
        self._answers[realm_id, request_id] = answer

    def forget(self) -> None:
        """Forget everything, as after the span."""
        self._answers.clear()
