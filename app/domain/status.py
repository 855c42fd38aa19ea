"""The overall state: a pure function of facts, never better than the worst of them. No I/O."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from app.domain.books_system import BooksSystem
from app.domain.facts import Problem
from app.domain.language import _, n_, plural
from app.domain.reason_texts import explain
from app.domain.reasons import SETTINGS_OF_ANOTHER, ReasonCode
from app.domain.states import NEEDS_PERSON, ON_THE_WAY, State
from app.domain.values import Struct, field


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

REMIND_BEFORE: Final = timedelta(days=14)
"""How long before a sign-in ends a person is reminded to sign in anew."""

LEAST_SILENCE: Final = timedelta(minutes=30)
"""How long a side may not have been heard of, at the least, before that is a matter of its own."""

_STOPPING: Final = frozenset(
    {
        ReasonCode.CEDAR_KEY_REFUSED,
        ReasonCode.CEDAR_PERMISSION,
        ReasonCode.CEDAR_COLUMNS_MISSING,
        ReasonCode.SIGN_IN_LOST,
        *SETTINGS_OF_ANOTHER,
    }
)
"""Nothing goes on before a person has done one thing: a grace would only hide it."""


NEED_YOU: Final = n_("{count} invoice needs you", "{count} invoices need you")

KEPT_ELSEWHERE: Final = _("{holder} keeps QuickBooks in step")

_LEFT_OUT: Final = (State.SKIPPED, State.HELD)

WriteTime = Callable[[datetime], str]
"""Writes a moment for people."""


class ConnectionFacts(Struct, frozen=True):
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
    cedar_interval: timedelta = timedelta(minutes=5)
    """How often Cedar is read."""
    is_reading: bool = False
    """Cedar is being read at this moment: what is known of it may be old."""
    sign_in_refused_at: datetime | None = None
    """When the Web Connector last showed another password; None if it has got through since."""
    awake_since: datetime | None = None
    """When the program started, or the computer woke from sleep; None where nobody listens for the Web Connector."""
    system: BooksSystem = BooksSystem.QUICKBOOKS_DESKTOP
    """QuickBooks Desktop's Web Connector asks us for work; what is in the cloud is reached by us."""
    sign_in_ends_at: datetime | None = None
    """When the sign-in to an accounting system in the cloud ends; None where it does not, or that is not known."""
    kept_by: str | None = None
    """The program on another computer that keeps the books in step; None where it is this one, or none."""


class OverallStatus(Struct, frozen=True):
    """The state and its one line."""

    state: Overall
    text: str
    """The line, with named places for figures and times."""
    fields: Mapping[str, int | str | datetime] = field(default_factory=dict)
    is_silent: bool = False
    """Work waits, and the Web Connector does not ask for it."""
    is_refused: bool = False
    """It is silent because it shows another password."""

    @property
    def line(self) -> str:
        """The line as people read it, with times of this computer's zone."""
        return self.written(day_and_time)

    def written(self, write_time: WriteTime) -> str:
        """Write the line with times written as somebody wishes."""
        return self.text.format_map(
            {name: write_time(value) if isinstance(value, datetime) else value for name, value in self.fields.items()}
        )


def overall(connections: Mapping[str, ConnectionFacts], now: datetime) -> OverallStatus:
    """Compute the overall state of all connections; the worst one's line is shown, with the counts of all."""
    if not connections:
        return OverallStatus(Overall.NOT_SET_UP, _("Finish setting up Cedar Sync"))
    everything = _together(connections.values())
    return min((_of_connection(facts, everything, now) for facts in connections.values()), key=_rank)


def unsaid(connections: Iterable[ConnectionFacts], said: OverallStatus, now: datetime) -> tuple[OverallStatus, ...]:
    """Tell which sides are out of reach besides what the one line says: work for a person hides them there.

    Args:
        connections: The facts of all.
        said: What the one line says.
        now: The time, aware.

    Returns:
        Each trouble once, since it began; none of connections that are paused, for those ask nobody.
    """
    awake = [facts for facts in connections if not facts.is_paused]
    since: dict[str, datetime] = {}
    for problem in (problem for facts in awake for problem in (facts.cedar_problem, facts.books_problem)):
        if problem is not None and now - problem.since > GRACE:
            title = explain(problem.reason).title
            since[title] = min(problem.since, since.get(title, problem.since))
    found = [
        OverallStatus(Overall.ATTENTION, _("{problem} since {since}"), {"problem": title, "since": began})
        for title, began in since.items()
        if title != said.fields.get("problem")
    ]
    silent = [facts for facts in awake if waits_in_vain(facts, now)]
    if silent and not said.is_silent:
        longest = min(silent, key=lambda facts: (facts.books_last_contact is not None, facts.books_last_contact or now))
        found.append(_silent(longest))
    return tuple(found)


def kept_elsewhere(connections: Iterable[ConnectionFacts]) -> tuple[str, ...]:
    """Say which programs on other computers keep the books in step, each once."""
    holders = dict.fromkeys(facts.kept_by for facts in connections if facts.kept_by is not None)
    return tuple(KEPT_ELSEWHERE.format(holder=holder) for holder in holders)


def is_silent(facts: ConnectionFacts, now: datetime) -> bool:
    """Tell whether the Web Connector has not called for longer than it should; who just woke gives it a moment."""
    if facts.awake_since is not None and now - facts.awake_since <= max(2 * facts.books_interval, GRACE):
        return False
    patience = max(2 * facts.books_interval, LEAST_SILENCE)
    return facts.books_last_contact is None or now - facts.books_last_contact > patience


def is_stale(facts: ConnectionFacts, now: datetime) -> bool:
    """Tell whether Cedar should have been read again long ago; who just woke gives it a moment."""
    if facts.awake_since is not None and now - facts.awake_since <= GRACE:
        return False
    read = facts.cedar_last_success
    return read is not None and not facts.is_reading and now - read > max(3 * facts.cedar_interval, LEAST_SILENCE)


def _rank(status: OverallStatus) -> int:
    """Place a state among the others: work that waits in vain is worse than work under way, any other is not."""
    order = list(Overall)
    if status.state is Overall.WAITING and not status.is_silent:
        return order.index(Overall.WORKING) * 2 + 1
    return order.index(status.state) * 2


def _together(connections: Iterable[ConnectionFacts]) -> Mapping[State, int]:
    sums: Counter[State] = Counter()
    for facts in connections:
        sums.update(facts.counts)
    return sums


def _of_connection(facts: ConnectionFacts, everything: Mapping[State, int], now: datetime) -> OverallStatus:
    """Find the first fact that matters.

    Args:
        facts: Of the connection.
        everything: The counts of all connections, for the words.
        now: The time, aware.
    """
    waiting = _count(facts.counts, ON_THE_WAY)
    cedar, books = facts.cedar_problem, facts.books_problem
    for problem in (cedar, books):
        if problem is not None and problem.reason.code in _STOPPING:
            return OverallStatus(Overall.STOPPED, "{problem}", {"problem": explain(problem.reason).title})
    if facts.is_paused:
        return _paused(facts, waiting)
    if _count(facts.counts, NEEDS_PERSON):
        in_need = _count(everything, NEEDS_PERSON)
        return OverallStatus(Overall.ATTENTION, plural(NEED_YOU, in_need))
    for problem in (cedar, books):
        if problem is not None and now - problem.since > GRACE:
            return _troubled(problem, now)
    if is_stale(facts, now):
        return OverallStatus(
            Overall.ATTENTION, _("Cedar has not been read since {since}"), {"since": facts.cedar_last_success or now}
        )
    if facts.sign_in_ends_at is not None and facts.sign_in_ends_at - now < REMIND_BEFORE:
        return OverallStatus(
            Overall.ATTENTION, _("Sign in to QuickBooks Online anew before {end}"), {"end": facts.sign_in_ends_at}
        )
    if facts.is_in_session:
        return OverallStatus(Overall.WORKING, _("Sending to QuickBooks, {number} to go"), {"number": waiting})
    if waits_in_vain(facts, now):
        return _silent(facts)
    return _looking(facts) or _in_step(everything)


def waits_in_vain(facts: ConnectionFacts, now: datetime) -> bool:
    """Tell whether there is work, and nobody asks for it."""
    is_work = facts.cedar_last_success is not None and _count(facts.counts, ON_THE_WAY) > 0
    return is_work and not facts.is_in_session and is_silent(facts, now)


def _looking(facts: ConnectionFacts) -> OverallStatus | None:
    """Say what is being looked at: until that has ended, nothing is known to be fine."""
    if facts.cedar_problem is not None:
        return OverallStatus(Overall.WORKING, _("Trying to reach Cedar"))
    if facts.books_problem is not None:
        return OverallStatus(Overall.WORKING, _("Trying to reach QuickBooks"))
    is_first = facts.cedar_last_success is None
    if facts.is_reading:
        return OverallStatus(
            Overall.WORKING, _("Reading Cedar for the first time") if is_first else _("Checking Cedar")
        )
    return OverallStatus(Overall.WORKING, _("Cedar has not been read yet")) if is_first else None


def _paused(facts: ConnectionFacts, waiting: int) -> OverallStatus:
    if facts.paused_until is None:
        text = _("Paused until you resume · {number} waiting") if waiting else _("Paused until you resume")
        return OverallStatus(Overall.PAUSED, text, {"number": waiting})
    text = _("Paused until {until} · {number} waiting") if waiting else _("Paused until {until}")
    return OverallStatus(Overall.PAUSED, text, {"until": facts.paused_until, "number": waiting})


def _troubled(problem: Problem, now: datetime) -> OverallStatus:
    known: dict[str, int | str | datetime] = {"problem": explain(problem.reason).title, "since": problem.since}
    again = problem.next_attempt_at
    if again is None or again <= now:
        return OverallStatus(Overall.ATTENTION, _("{problem} since {since}"), known)
    return OverallStatus(
        Overall.ATTENTION, _("{problem} since {since}, trying again at {again}"), known | {"again": again}
    )


def _silent(facts: ConnectionFacts) -> OverallStatus:
    if facts.sign_in_refused_at is not None:
        return OverallStatus(
            Overall.WAITING,
            _("The Web Connector called with another password at {refused}"),
            {"refused": facts.sign_in_refused_at},
            is_silent=True,
            is_refused=True,
        )
    if facts.system is not BooksSystem.QUICKBOOKS_DESKTOP:
        return _unreached(facts)
    if facts.books_last_contact is None:
        return OverallStatus(Overall.WAITING, _("QuickBooks has not asked for work yet"), is_silent=True)
    return OverallStatus(
        Overall.WAITING,
        _("QuickBooks has not asked for work since {since}"),
        {"since": facts.books_last_contact},
        is_silent=True,
    )


def _unreached(facts: ConnectionFacts) -> OverallStatus:
    """Say that what is in the cloud has not been looked at for long: nobody pushes."""
    if facts.books_last_contact is None:
        return OverallStatus(Overall.WAITING, _("Nothing was sent to QuickBooks Online yet"), is_silent=True)
    return OverallStatus(
        Overall.WAITING,
        _("QuickBooks Online has not been reached since {since}"),
        {"since": facts.books_last_contact},
        is_silent=True,
    )


def _in_step(everything: Mapping[State, int]) -> OverallStatus:
    """Say how things stand when nobody is needed and nothing is being looked at: "all" only if it is all."""
    waiting, left_out = _count(everything, ON_THE_WAY), _count(everything, _LEFT_OUT)
    if waiting:
        return OverallStatus(Overall.WAITING, _("{number} ready for QuickBooks"), {"number": waiting})
    if not any(everything.values()):
        return OverallStatus(Overall.OK, _("No invoices in Cedar yet"))
    if not left_out:
        is_any = bool(everything.get(State.SYNCED, 0))
        return OverallStatus(
            Overall.OK, _("All invoices are in QuickBooks") if is_any else _("Nothing is due in QuickBooks")
        )
    if everything.get(State.SYNCED, 0):
        text = _("All other invoices are in QuickBooks · {number} left out")
    else:
        text = _("Nothing is due in QuickBooks · {number} left out")
    return OverallStatus(Overall.OK, text, {"number": left_out})


def _count(counts: Mapping[State, int], states: Iterable[State]) -> int:
    return sum(counts.get(state, 0) for state in states)


def day_and_time(moment: datetime) -> str:
    """Write a moment in this computer's zone, short."""
    return moment.astimezone().strftime("%d %b %H:%M")
