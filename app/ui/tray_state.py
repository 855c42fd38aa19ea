"""Icon, tooltip and menu of the tray, decided from a snapshot alone. Pure: no widget, no clock of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from app import PRODUCT
from app.domain.states import NEEDS_PERSON, ON_THE_WAY, State
from app.domain.status import Overall, kept_elsewhere, unsaid
from app.sync.service import Snapshot
from app.ui import texts
from app.ui.window.books_words import last_contact, systems
from app.ui.window.figures import moment
from app.ui.window.texts_books import BOOKS

LONGEST_TOOLTIP: Final = 127
"""Characters Windows shows, counted as UTF-16 does."""


class Icon(StrEnum):
    """The shapes; each is a file in the icons' folder."""

    NOT_SET_UP = "not_set_up"
    OK = "ok"
    WORKING = "working"
    WAITING = "waiting"
    SILENT = "silent"
    """Waiting, and QuickBooks does not ask for work: the clock with an exclamation mark."""
    ATTENTION = "attention"
    STOPPED = "stopped"
    PAUSED = "paused"


class Choice(StrEnum):
    """What can be chosen in the menu."""

    OPEN = "open"
    FINISH_SETUP = "finish_setup"
    RETRY_ALL = "retry_all"
    CHECK_NOW = "check_now"
    PAUSE_HOUR = "pause_hour"
    PAUSE_TOMORROW = "pause_tomorrow"
    PAUSE_OPEN = "pause_open"
    RESUME = "resume"
    SETTINGS = "settings"
    GUIDE = "guide"
    LOGS = "logs"
    SUPPORT = "support"
    PRACTICE = "practice"
    ABOUT = "about"
    QUIT = "quit"


@dataclass(frozen=True, slots=True)
class Item:
    """One entry; without a choice and without items below it, it is a line to read."""

    text: str
    choice: Choice | None = None
    below: tuple["Item", ...] = ()
    is_default: bool = False


SEPARATOR: Final = Item("")
"""A line between two groups."""


@dataclass(frozen=True, slots=True)
class TrayState:
    """Everything the tray shows."""

    icon: Icon
    tooltip: str
    menu: tuple[Item, ...]


def starting() -> TrayState:
    """Describe a program that is about to start: at work, never fine."""
    line = texts.TRAY_STARTING
    return TrayState(Icon.WORKING, _named(line), (Item(line), SEPARATOR, _open(), SEPARATOR, *_end()))


def not_set_up() -> TrayState:
    """Describe a program that has no settings it could work with."""
    line, first = Item(texts.TRAY_FINISH_LINE), Item(texts.TRAY_FINISH, Choice.FINISH_SETUP, is_default=True)
    return TrayState(Icon.NOT_SET_UP, _named(texts.TRAY_NOT_SET_UP), (line, SEPARATOR, first, SEPARATOR, *_end()))


def stopped(sentence: str) -> TrayState:
    """Describe a program that cannot read its own record."""
    tooltip = _shortened(_named(sentence), LONGEST_TOOLTIP)
    return TrayState(Icon.STOPPED, tooltip, (Item(_shortened(sentence, 60)), SEPARATOR, _open(), SEPARATOR, *_end()))


def describe(snapshot: Snapshot, now: datetime) -> TrayState:
    """Describe the running program.

    Args:
        snapshot: How things stand.
        now: The time, aware; its zone is the one times are shown in.
    """
    if snapshot.overall.state is Overall.NOT_SET_UP:
        return not_set_up()
    line = snapshot.overall.written(lambda at: moment(at, now))
    return TrayState(_icon(snapshot), _tooltip(snapshot, line, now), _menu(snapshot, line))


def count(snapshot: Snapshot, states: Iterable[State]) -> int:
    """Count the rows in some states, over all connections."""
    wanted = frozenset(states)
    return sum(
        number for each in snapshot.connections for state, number in each.facts.counts.items() if state in wanted
    )


def _icon(snapshot: Snapshot) -> Icon:
    return Icon.SILENT if snapshot.overall.is_silent else Icon(snapshot.overall.state.value)


def _tooltip(snapshot: Snapshot, line: str, now: datetime) -> str:
    line = _named(line)
    counts = _counts(snapshot)
    long, short = (_contacts(snapshot, now, words) for words in (_contact_words(snapshot), texts.TRAY_CONTACTS_SHORT))
    trouble = _trouble(snapshot, now) or next(iter(kept_elsewhere(each.facts for each in snapshot.connections)), "")
    # That a side is out of reach says more than when it was reached.
    troubled = [(counts, trouble, long), (counts, trouble, short), (counts, trouble)] if trouble else []
    tooltip = line
    for parts in (*troubled, (counts, long), (counts, short)):
        below = [part for part in parts if part]
        room = LONGEST_TOOLTIP - sum(_length(part) + 1 for part in below)
        tooltip = "\n".join([_shortened(line, room), *below])
        if _length(line) <= room:
            break
    return tooltip


def _counts(snapshot: Snapshot) -> str:
    needing = count(snapshot, NEEDS_PERSON)
    named = (
        # The line says it already.
        (0 if snapshot.overall.state is Overall.ATTENTION else needing, texts.TRAY_NEED_YOU),
        (count(snapshot, ON_THE_WAY), texts.TRAY_WAITING),
        (count(snapshot, [State.SKIPPED, State.HELD]), texts.TRAY_LEFT_OUT),
    )
    return " · ".join(words.format(number=number) for number, words in named if number)


def _trouble(snapshot: Snapshot, now: datetime) -> str:
    """Name the first side that is out of reach where the line does not; silence shows in the contacts anyway."""
    found = unsaid([each.facts for each in snapshot.connections], snapshot.overall, now)
    return next((each.written(lambda at: moment(at, now)) for each in found if not each.is_silent), "")


def _contacts(snapshot: Snapshot, now: datetime, words: str) -> str:
    read = [each.cedar.last_success for each in snapshot.connections]
    books = [last_contact(each) for each in snapshot.connections]
    return words.format(cedar=_when(read, now), books=_when(books, now))


def _contact_words(snapshot: Snapshot) -> str:
    """Choose the words for the last contacts: of different accounting systems only what is true of all is said."""
    found = systems(snapshot)
    return BOOKS[found[0]].contact_in_tray if len(found) == 1 else texts.TRAY_CONTACTS_SHORT


def _when(moments: list[datetime | None], now: datetime) -> str:
    """Say when the side was last reached whose last time is the longest ago."""
    reached = [at for at in moments if at is not None]
    return moment(min(reached), now) if reached and len(reached) == len(moments) else texts.TRAY_NEVER


def _menu(snapshot: Snapshot, line: str) -> tuple[Item, ...]:
    failed = count(snapshot, [State.FAILED])
    retry = (Item(texts.TRAY_RETRY.format(number=failed), Choice.RETRY_ALL),) if failed else ()
    return (
        Item(line),
        SEPARATOR,
        _open(),
        *retry,
        Item(texts.TRAY_CHECK, Choice.CHECK_NOW),
        _pause(snapshot),
        SEPARATOR,
        Item(texts.TRAY_SETTINGS, Choice.SETTINGS),
        *_end(),
    )


def _pause(snapshot: Snapshot) -> Item:
    if snapshot.connections and all(each.facts.is_paused for each in snapshot.connections):
        return Item(texts.TRAY_RESUME, Choice.RESUME)
    choices: tuple[Item, ...] = (
        Item(texts.TRAY_PAUSE_HOUR, Choice.PAUSE_HOUR),
        Item(texts.TRAY_PAUSE_TOMORROW, Choice.PAUSE_TOMORROW),
        Item(texts.TRAY_PAUSE_OPEN, Choice.PAUSE_OPEN),
    )
    if any(each.facts.is_paused for each in snapshot.connections):
        choices = (*choices, Item(texts.TRAY_RESUME, Choice.RESUME))
    return Item(texts.TRAY_PAUSE, below=choices)


def _named(line: str) -> str:
    return texts.TRAY_TOOLTIP.format(product=PRODUCT, line=line)


def _open() -> Item:
    return Item(texts.TRAY_OPEN.format(product=PRODUCT), Choice.OPEN, is_default=True)


def _end() -> tuple[Item, ...]:
    return (
        Item(
            texts.TRAY_HELP,
            below=(
                Item(texts.TRAY_GUIDE, Choice.GUIDE),
                Item(texts.TRAY_LOGS, Choice.LOGS),
                Item(texts.SAVE_SUPPORT_FILE, Choice.SUPPORT),
                Item(texts.TRAY_PRACTICE, Choice.PRACTICE),
            ),
        ),
        Item(texts.TRAY_ABOUT.format(product=PRODUCT), Choice.ABOUT),
        SEPARATOR,
        Item(texts.TRAY_QUIT, Choice.QUIT),
    )


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _shortened(text: str, room: int) -> str:
    if _length(text) <= room:
        return text
    while text and _length(text) >= room:
        text = text[:-1]
    return text.rstrip() + "…"
