"""The overall state: a pure function of facts, never better than the worst of them. No I/O."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from app.domain.facts import Problem
from app.domain.reason_texts import explain
from app.domain.reasons import ReasonCode
from app.domain.states import State


class Overall(StrEnum):
    """What icon, banner, menu and command line show; from the worst to the best."""

    NOT_SET_UP = "not_set_up"
    STOPPED = "stopped"
    PAUSED = "paused"
    ATTENTION = "attention"
    WAITING = "waiting"
    WORKING = "working"
    OK = "ok"


GRACE: Final = timedelta(seconds=60)
"""How long a fault that heals is no one's business."""

LEAST_SILENCE: Final = timedelta(minutes=30)
"""How long the Web Connector may be silent, at the least, before that is a matter of its own."""

_STOPPING: Final = frozenset(
    {ReasonCode.CEDAR_KEY_REFUSED, ReasonCode.CEDAR_PERMISSION, ReasonCode.CEDAR_COLUMNS_MISSING}
)


@dataclass(frozen=True, slots=True)
class ConnectionFacts:
    """What the overall state is made of, for one connection."""

    counts: Mapping[State, int]
    cedar_last_success: datetime | None
    cedar_problem: Problem | None
    books_problem: Problem | None
    books_last_contact: datetime | None
    books_interval: timedelta
    is_in_session: bool
    paused_until: datetime | None = None
    is_paused: bool = False


@dataclass(frozen=True, slots=True)
class OverallStatus:
    """The state and its one line."""

    state: Overall
    line: str


def overall(connections: Mapping[str, ConnectionFacts], now: datetime) -> OverallStatus:
    """Compute the overall state of all connections; the worst one's line is shown."""
    if not connections:
        return OverallStatus(Overall.NOT_SET_UP, "Finish setting up Cedar Sync")
    order = list(Overall)
    found = [_of_connection(facts, now) for facts in connections.values()]
    worst = min(found, key=lambda status: order.index(status.state))
    if worst.state is Overall.ATTENTION:
        in_need = sum(_needing(facts) for facts in connections.values())
        if in_need:
            return OverallStatus(worst.state, _needs_words(in_need))
    return worst


def is_silent(facts: ConnectionFacts, now: datetime) -> bool:
    """Tell whether the Web Connector has not called for longer than it should."""
    patience = max(2 * facts.books_interval, LEAST_SILENCE)
    return facts.books_last_contact is None or now - facts.books_last_contact > patience


def _of_connection(facts: ConnectionFacts, now: datetime) -> OverallStatus:
    waiting = sum(facts.counts.get(state, 0) for state in (State.QUEUED, State.SENDING, State.WAITING))
    cedar, books = facts.cedar_problem, facts.books_problem
    if cedar is not None and cedar.reason.code in _STOPPING:
        return OverallStatus(Overall.STOPPED, explain(cedar.reason).title)
    if facts.is_paused:
        until = "until you resume" if facts.paused_until is None else f"until {_time(facts.paused_until)}"
        return OverallStatus(Overall.PAUSED, f"Paused {until}" + (f" · {waiting} waiting" if waiting else ""))
    if in_need := _needing(facts):
        return OverallStatus(Overall.ATTENTION, _needs_words(in_need))
    for problem in (cedar, books):
        if problem is not None and now - problem.since > GRACE:
            words = explain(problem.reason).title
            return OverallStatus(Overall.ATTENTION, f"{words} since {_time(problem.since)}")
    if facts.cedar_last_success is None:
        return OverallStatus(Overall.WORKING, "Reading Cedar for the first time")
    if facts.is_in_session:
        return OverallStatus(Overall.WORKING, f"Sending to QuickBooks, {waiting} to go")
    if waiting and is_silent(facts, now):
        since = "yet" if facts.books_last_contact is None else f"since {_time(facts.books_last_contact)}"
        return OverallStatus(Overall.WAITING, f"QuickBooks has not asked for work {since}")
    if waiting:
        return OverallStatus(Overall.WAITING, f"{waiting} ready for QuickBooks")
    if not any(facts.counts.values()):
        return OverallStatus(Overall.OK, "No invoices in Cedar yet")
    return OverallStatus(Overall.OK, "All invoices are in QuickBooks")


def _needing(facts: ConnectionFacts) -> int:
    return facts.counts.get(State.FAILED, 0) + facts.counts.get(State.CONFLICT, 0)


def _needs_words(number: int) -> str:
    return "1 invoice needs you" if number == 1 else f"{number} invoices need you"


def _time(moment: datetime) -> str:
    return moment.astimezone().strftime("%a %H:%M")
