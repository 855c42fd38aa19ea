"""The one gate all toasts pass: only a change to worse that needs a person, once a problem and run. Pure.

A problem that stays unsolved is told again at most once a working day. While QuickBooks is being updated nothing is
told of rows: the number is known when the update has ended.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from app import PRODUCT
from app.domain.language import plural
from app.domain.reason_texts import explain
from app.domain.row import RowSummary
from app.domain.states import NEEDS_PERSON, ON_THE_WAY
from app.domain.status import GRACE, NEED_YOU, Overall, is_silent
from app.sync.service import Snapshot
from app.ui import texts
from app.ui.ports import Level, Notice, RowsFilter
from app.ui.tray_state import count
from app.ui.window.texts_books import BOOKS

FORGOTTEN_AFTER: Final = timedelta(hours=1)
"""A problem that was solved for so long is a new one when it comes back; until then it only wavers."""

WORK_BEGINS: Final = time(8)
"""Nobody is reminded before this hour."""

_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class Trouble:
    """One problem that needs a person."""

    title: str
    """Also its identity: the same words are the same problem."""
    is_of_rows: bool
    number: int = 1


class Gate:
    """Decides about each toast; keeps what it told, and what it showed last."""

    def __init__(self, started_at: datetime, told: Mapping[str, str] | None = None) -> None:
        """Begin with the grace of a start.

        Args:
            started_at: The time, aware.
            told: What an earlier run of the program told, as ``told`` gave it.
        """
        self._quiet_until = started_at + GRACE
        self._told = _read(told or {})
        self._seen: dict[str, datetime] = dict.fromkeys(self._told, started_at)
        self._was_worse = False
        self._shown: Notice | None = None

    @property
    def told(self) -> dict[str, str]:
        """When each problem was last told, for the next run of the program."""
        return {title: moment.isoformat() for title, moment in self._told.items()}

    def resumed(self, now: datetime) -> None:
        """Begin a new grace: after sleep both sides are found out of reach for a moment."""
        self._quiet_until = now + GRACE

    def consider(self, snapshot: Snapshot, needing: Iterable[RowSummary], level: Level, now: datetime) -> Notice | None:
        """Decide whether how things stand is worth a toast.

        Args:
            snapshot: How things stand.
            needing: The rows that need a person.
            level: Which toasts are wanted.
            now: The time, aware, in the person's zone.
        """
        if now < self._quiet_until or snapshot.overall.state is Overall.PAUSED:
            return None
        troubles = {trouble.title: trouble for trouble in troubles_of(snapshot, needing, now)}
        if any(each.facts.is_in_session for each in snapshot.connections):
            troubles = {title: trouble for title, trouble in troubles.items() if not trouble.is_of_rows}
            self._keep_of_rows(now)
        else:
            self._forget(troubles, now)
        fresh = [trouble for title, trouble in troubles.items() if self._is_due(title, now)]
        self._seen |= dict.fromkeys(troubles, now)
        notice = self._notice(snapshot, fresh, level)
        self._was_worse = bool(troubles) or (self._was_worse and snapshot.overall.state is not Overall.OK)
        if fresh:
            # Also what is not wanted counts as told: another level later brings no flood.
            self._told |= {trouble.title: now for trouble in fresh}
        if notice is not None:
            self._shown = notice
        return notice

    def hint(self, notice: Notice, level: Level) -> Notice | None:
        """Let a message through that is no problem, unless none at all are wanted."""
        if level is Level.NONE:
            return None
        self._shown = notice
        return notice

    def clicked(self) -> RowsFilter | None:
        """Give the rows the last toast spoke of, once; None for a click that comes too late."""
        shown, self._shown = self._shown, None
        return None if shown is None else shown.rows

    def _is_due(self, title: str, now: datetime) -> bool:
        told = self._told.get(title)
        if told is None:
            return True
        is_working_time = now.weekday() < _SATURDAY and now.time() >= WORK_BEGINS
        return is_working_time and told.astimezone(now.tzinfo).date() < now.date()

    def _keep_of_rows(self, now: datetime) -> None:
        """During an update rows are between their states: what was seen before it counts as still there."""
        self._seen |= dict.fromkeys(self._seen, now)

    def _forget(self, troubles: Mapping[str, Trouble], now: datetime) -> None:
        for title, seen in list(self._seen.items()):
            if title not in troubles and now - seen > FORGOTTEN_AFTER:
                del self._seen[title]
                self._told.pop(title, None)

    def _notice(self, snapshot: Snapshot, fresh: list[Trouble], level: Level) -> Notice | None:
        if level is Level.NONE:
            return None
        if fresh:
            return _of_troubles(snapshot, fresh)
        if level is Level.ALL and self._was_worse and snapshot.overall.state is Overall.OK:
            return Notice(PRODUCT, snapshot.overall.line, RowsFilter.IN_QUICKBOOKS, is_warning=False)
        return None


def troubles_of(snapshot: Snapshot, needing: Iterable[RowSummary], now: datetime) -> list[Trouble]:
    """List what needs a person, sides before rows, each problem once."""
    if snapshot.lack is not None:
        # Whatever else stands still may do so because of that.
        return [Trouble(snapshot.lack.line, is_of_rows=False)]
    found: list[Trouble] = []
    for each in snapshot.connections:
        known = (each.facts.cedar_problem, each.facts.books_problem)
        found += [
            Trouble(explain(problem.reason).title, is_of_rows=False)
            for problem in known
            if problem is not None and now - problem.since > GRACE
        ]
        waiting = sum(each.facts.counts.get(state, 0) for state in ON_THE_WAY)
        if waiting and each.facts.books_last_contact is not None and is_silent(each.facts, now):
            found.append(Trouble(BOOKS[each.system].silent_toast, is_of_rows=False, number=waiting))
    numbers: dict[str, int] = {}
    for row in needing:
        title = explain(row.reasons[0]).title if row.reasons else texts.TOAST_NEEDS_YOU
        numbers[title] = numbers.get(title, 0) + 1
    return found + [Trouble(title, is_of_rows=True, number=number) for title, number in numbers.items()]


def _of_troubles(snapshot: Snapshot, fresh: list[Trouble]) -> Notice:
    of_rows = [trouble for trouble in fresh if trouble.is_of_rows]
    number = count(snapshot, NEEDS_PERSON)
    title = plural(NEED_YOU, number) if of_rows and number else fresh[0].title
    words = [trouble.title for trouble in fresh if trouble.title != title]
    listed, rest = texts.TOAST_BETWEEN.join(words[:3]), len(words) - 3
    said = plural(texts.TOAST_MORE, rest) if rest > 0 else texts.TOAST_LIST
    text = said.format(problems=listed) if words else texts.TOAST_CLICK
    return Notice(title, text, RowsFilter.NEEDS_YOU if of_rows else RowsFilter.ALL)


def _read(told: Mapping[str, str]) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for title, text in told.items():
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            continue
        if moment.tzinfo is not None:
            found[title] = moment
    return found
