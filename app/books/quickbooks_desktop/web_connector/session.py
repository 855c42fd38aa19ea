"""The state of one session with the Web Connector, and which call may come when. Pure: no I/O.

Source: QBWC Programmer's Guide, chapters 5 and 8. A session is known by its ticket, never by the TCP connection.
"""

from datetime import datetime
from enum import StrEnum
from typing import Final, Self

from app.domain.values import Struct, replace


class Phase(StrEnum):
    """Where a session stands."""

    READY = "ready"
    """The next call asks for a request."""
    AWAITING_ANSWER = "awaiting_answer"
    """A request was handed out; its answer is owed."""
    ERROR_PENDING = "error_pending"
    """The next call asks for the error's text."""
    DONE = "done"
    """Nothing more is handed out."""
    REPLACED = "replaced"
    """A newer session took over; an answer that is still owed is taken all the same."""
    CLOSED = "closed"


LIVE: Final = frozenset({Phase.READY, Phase.AWAITING_ANSWER, Phase.ERROR_PENDING, Phase.DONE})
FINISHED_PERCENT: Final = 100
ERROR_PERCENT: Final = -1
"""A negative percent makes the Web Connector ask for the error's text and end the session."""


class Session(Struct, frozen=True):
    """One session."""

    ticket: str
    connection: str
    phase: Phase
    started_at: datetime
    last_call_at: datetime
    message_set_id: str | None = None
    """The written-down message set whose answer is owed; None when a question's answer is owed, or none."""
    last_percent: int = 0
    last_error: str = ""

    @property
    def may_ask(self) -> bool:
        """Tell whether the session may have another request."""
        return self.phase in {Phase.READY, Phase.AWAITING_ANSWER}

    @property
    def lost_its_answer(self) -> bool:
        """Tell whether a request for more work means that the last answer never arrived."""
        return self.phase is Phase.AWAITING_ANSWER

    def handed_out(self, message_set_id: str | None, at: datetime) -> Self:
        """Give the session after a request went out."""
        return replace(self, phase=Phase.AWAITING_ANSWER, message_set_id=message_set_id, last_call_at=at)

    def answered(self, percent: int, at: datetime) -> Self:
        """Give the session after an answer was taken."""
        phase = Phase.DONE if percent >= FINISHED_PERCENT else Phase.READY
        return replace(self, phase=phase, message_set_id=None, last_percent=percent, last_call_at=at)

    def gave_up(self, error: str, at: datetime) -> Self:
        """Give the session after QuickBooks could not be reached: nothing more comes but the goodbye."""
        return replace(self.answered(FINISHED_PERCENT, at), last_error=error)

    def failed(self, error: str, at: datetime) -> Self:
        """Give the session after something made it end early."""
        return replace(
            self,
            phase=Phase.ERROR_PENDING,
            message_set_id=None,
            last_percent=ERROR_PERCENT,
            last_error=error,
            last_call_at=at,
        )

    def replaced(self) -> Self:
        """Give the session after a newer one took over; what it owes, it still owes."""
        return replace(self, phase=Phase.REPLACED)

    def closed(self, at: datetime) -> Self:
        """Give the session after the Web Connector said goodbye."""
        return replace(self, phase=Phase.CLOSED, last_call_at=at)
