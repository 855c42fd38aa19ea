"""What goes wrong around requests, on order: refusals, cut connections, late and broken answers, people in between.

Rule: a mishap hits the next requests it is meant for, as often as it was ordered, and then it is used up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from threading import Lock

from app.practice.quickbooks_online.exchange import Ask, Where, anything, api
from app.practice.quickbooks_online.refusals import Refusal


class MishapKind(Enum):
    """What goes wrong."""

    UNAUTHORIZED = auto()
    """401 with the lower-case body, as for an access token that has expired."""
    THROTTLED = auto()
    """429."""
    UNAVAILABLE = auto()
    """503 with a page of HTML."""
    CUT_BEFORE = auto()
    """The connection is cut and nothing was done."""
    ANSWER_LOST = auto()
    """Everything is done, then the connection is cut."""
    LATE = auto()
    """Everything is done, and the answer takes its time."""
    FAULT_IN_200 = auto()
    """Nothing is done, and the answer is a fault with HTTP 200."""
    TRUNCATED = auto()
    """Everything is done, and half of the answer arrives."""


@dataclass(slots=True)
class Mishap:
    """A mishap that was ordered."""

    kind: MishapKind
    where: Where
    times: int
    retry_after: int | None = None
    seconds: float = 0.0
    refusal: Refusal | None = None


@dataclass(slots=True)
class _Visit:
    """Something a person does beside a request."""

    action: Callable[[], object]
    where: Where
    times: int
    is_before: bool


class Mishaps:
    """The switches a test or a trainer turns; every method may be called from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._mishaps: list[Mishap] = []
        self._visits: list[_Visit] = []

    def unauthorized(self, *, times: int = 1, where: Where = api) -> None:
        """Refuse the access token, as if it had just expired."""
        self._order(Mishap(MishapKind.UNAUTHORIZED, where, times))

    def throttled(self, *, times: int = 1, retry_after: int | None = None, where: Where = api) -> None:
        """Answer 429, with a Retry-After header in seconds if one is given."""
        self._order(Mishap(MishapKind.THROTTLED, where, times, retry_after=retry_after))

    def unavailable(self, *, times: int = 1, where: Where = anything) -> None:
        """Answer 503 with a page of HTML."""
        self._order(Mishap(MishapKind.UNAVAILABLE, where, times))

    def cut_before(self, *, times: int = 1, where: Where = anything) -> None:
        """Cut the connection before anything is done."""
        self._order(Mishap(MishapKind.CUT_BEFORE, where, times))

    def lose_answer(self, *, times: int = 1, where: Where = anything) -> None:
        """Do what is asked, then cut the connection."""
        self._order(Mishap(MishapKind.ANSWER_LOST, where, times))

    def late(self, seconds: float, *, times: int = 1, where: Where = anything) -> None:
        """Do what is asked at once, and answer that much later."""
        self._order(Mishap(MishapKind.LATE, where, times, seconds=seconds))

    def fault_in_200(self, refusal: Refusal, *, times: int = 1, where: Where = api) -> None:
        """Do nothing, and answer a fault with HTTP 200."""
        self._order(Mishap(MishapKind.FAULT_IN_200, where, times, refusal=refusal))

    def truncated(self, *, times: int = 1, where: Where = anything) -> None:
        """Do what is asked, and send half of the answer as if it were all."""
        self._order(Mishap(MishapKind.TRUNCATED, where, times))

    def before(self, action: Callable[[], object], *, times: int = 1, where: Where = anything) -> None:
        """Let a person do something just before a request is looked at."""
        self._visit(_Visit(action, where, times, is_before=True))

    def after(self, action: Callable[[], object], *, times: int = 1, where: Where = anything) -> None:
        """Let a person do something when a request has been served, before its answer leaves."""
        self._visit(_Visit(action, where, times, is_before=False))

    def heal(self) -> None:
        """Take everything back that was ordered."""
        with self._lock:
            self._mishaps.clear()
            self._visits.clear()

    def take(self, ask: Ask) -> Mishap | None:
        """Give the mishap that hits a request, and count it."""
        with self._lock:
            for mishap in self._mishaps:
                if mishap.where(ask):
                    mishap.times -= 1
                    if mishap.times <= 0:
                        self._mishaps.remove(mishap)
                    return mishap
        return None

    def let_people_in(self, ask: Ask, *, is_before: bool) -> None:
        """Carry out what people do beside a request."""
        due: list[_Visit] = []
        with self._lock:
            for visit in list(self._visits):
                if visit.is_before is is_before and visit.where(ask):
                    visit.times -= 1
                    if visit.times <= 0:
                        self._visits.remove(visit)
                    due.append(visit)
        for visit in due:
            visit.action()

    def _order(self, mishap: Mishap) -> None:
        with self._lock:
            self._mishaps.append(mishap)

    def _visit(self, visit: _Visit) -> None:
        with self._lock:
            self._visits.append(visit)
