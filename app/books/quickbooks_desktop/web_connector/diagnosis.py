"""Why the Web Connector does not call, or QuickBooks does not answer it: from what was seen to causes.

A pure function. Nothing is claimed beyond the evidence: what could not be looked at gives no cause, an entry of the log
counts only while nothing later contradicts it, and where the Web Connector gets through, nothing is said at all.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from app.books.quickbooks_desktop import faults
from app.books.quickbooks_desktop.web_connector.connector_evidence import Evidence
from app.books.quickbooks_desktop.web_connector.connector_log import LogEvent, Refused
from app.books.quickbooks_desktop.web_connector.connector_settings import RegisteredApplication, same_guid
from app.domain.facts import BooksProblem


class Cause(StrEnum):
    """What is amiss; from what stops everything to what is least likely to be it."""

    NOT_INSTALLED = "not_installed"
    ADDED_BEFORE = "added_before"
    """The company file carries the pair of ids already (QBWC1039)."""
    NOT_ALLOWED = "not_allowed"
    """QuickBooks' administrator was not there when the file was added (QBWC1039)."""
    NOT_TAKEN = "not_taken"
    """The file was not added, and the log does not say why (QBWC1039, 1026, 1027, 1080)."""
    NOT_ADDED = "not_added"
    NOT_RUNNING = "not_running"
    ANOTHER_COPY = "another_copy"
    """The line in its list was made by another installation."""
    ADDED_TWICE = "added_twice"
    OTHER_ADDRESS = "other_address"
    OTHER_USER = "other_user"
    PASSWORD_MISSING = "password_missing"  # noqa: S105 (a word for it)
    PASSWORD_WRONG = "password_wrong"  # noqa: S105 (a word for it)
    AUTO_RUN_OFF = "auto_run_off"
    NO_ANSWER = "no_answer"
    """It called, and nobody answered (QBWC1012 and the like)."""
    OTHER_RIGHTS = "other_rights"
    """One of QuickBooks and the Web Connector runs as administrator, the other does not."""
    ANOTHER_FILE = "another_file"
    WINDOW_OPEN = "window_open"
    FILE_IN_USE = "file_in_use"
    NO_PERMISSION = "no_permission"
    QUICKBOOKS_SHUT = "quickbooks_shut"
    LOG_UNREADABLE = "log_unreadable"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A cause, and what its words name."""

    cause: Cause
    facts: Mapping[str, str | datetime] = field(default_factory=dict)

    @property
    def is_told_by_its_call(self) -> bool:
        """Tell whether this is known from a call to us, so that whoever tells of the calls has said it already."""
        return self.cause is Cause.PASSWORD_WRONG and "code" not in self.facts


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A connection of ours as its line in the Web Connector's list should be."""

    name: str
    url: str
    user_name: str
    owner_id: str = ""
    """Empty while no file for the Web Connector was ever made."""
    file_id: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What our own record knows of the Web Connector."""

    last_contact: datetime | None
    refused_at: datetime | None
    """When it last showed another password; None if it has got through since."""
    problem: BooksProblem | None
    """What keeps QuickBooks from taking orders. Its own words tell of it."""
    patience: timedelta
    """How long it may be silent before that means anything."""

    @property
    def last_reached_us(self) -> datetime | None:
        """When it last called, let in or not."""
        return max((at for at in (self.last_contact, self.refused_at) if at is not None), default=None)


FRESH: Final = timedelta(days=7)
"""How long an entry of the log is a reason for anything."""
_TOGETHER: Final = timedelta(minutes=2)
"""Entries so close to the last one are about the same update."""

_NOT_ADDED: Final = frozenset({1026, 1027, 1039, 1080})
_PASSWORD_MISSING: Final = frozenset({1028, 1029, 1030, 1038})
_PASSWORD_WRONG: Final = frozenset({1040})
_NO_ANSWER: Final = frozenset({1012, 1036, 2012})
"""Failed before anything was exchanged; those of a call in the middle say nothing about why it is silent."""
_NO_QUICKBOOKS: Final = frozenset({1007, 1008, 1009, 1013, 1022, 1023, 1024, 1025})

_OF_HRESULT: Final = {
    faults.ANOTHER_FILE_OPEN: Cause.ANOTHER_FILE,
    0x80040414: Cause.WINDOW_OPEN,
    0x80040410: Cause.FILE_IN_USE,
    0x80040422: Cause.FILE_IN_USE,
    0x8004041A: Cause.NO_PERMISSION,
    0x8004041B: Cause.NO_PERMISSION,
    0x80040420: Cause.NO_PERMISSION,
    0x80040421: Cause.NO_PERMISSION,
    0x80040401: Cause.QUICKBOOKS_SHUT,
    0x80040402: Cause.QUICKBOOKS_SHUT,
    0x80040408: Cause.QUICKBOOKS_SHUT,
    0x8004040D: Cause.QUICKBOOKS_SHUT,
    0x80040416: Cause.QUICKBOOKS_SHUT,
    0x80040417: Cause.QUICKBOOKS_SHUT,
    0x80004005: Cause.QUICKBOOKS_SHUT,
}
_CODE: Final = "QBWC{number}"
_OF_REFUSED: Final = {
    Refused.PAIR_TAKEN: Cause.ADDED_BEFORE,
    Refused.NOT_ADMIN: Cause.NOT_ALLOWED,
    Refused.UNTOLD: Cause.NOT_TAKEN,
}


def diagnose(evidence: Evidence, ours: OwnLine, heard: Heard, now: datetime) -> tuple[Diagnosis, ...]:
    """Find what is amiss, the worst and most probable first.

    Args:
        evidence: What was seen of the Web Connector.
        ours: This connection as the Web Connector should know it.
        heard: What our own record knows.
        now: The time, aware.
    """
    reached = heard.last_reached_us
    is_silent = reached is None or now - reached > heard.patience
    found: list[Diagnosis] = []
    if heard.refused_at is not None:
        found.append(Diagnosis(Cause.PASSWORD_WRONG, {"at": heard.refused_at}))
    if is_silent:
        found += _of_the_connector(evidence, ours, heard, now)
    if is_silent or heard.problem is not None:
        found += _of_rights(evidence)
    order = list(Cause)
    known: dict[Cause, Diagnosis] = {}
    for each in found:
        known.setdefault(each.cause, each)
    return tuple(sorted(known.values(), key=lambda each: order.index(each.cause)))


def matching(applications: Iterable[RegisteredApplication], ours: OwnLine) -> list[RegisteredApplication]:
    """List the lines of the Web Connector's list that are this connection, or claim to be.

    An address does not tell one from another: all connections of an installation share theirs.
    """
    return [each for each in applications if same_guid(each.file_id, ours.file_id) or _same_name(each.name, ours.name)]


def names_of(evidence: Evidence, ours: OwnLine) -> frozenset[str]:
    """Give the names this connection has in the log: its own, and those its lines in the list were given."""
    lines = () if evidence.settings is None else evidence.settings.applications
    own = [each.name for each in lines if same_guid(each.file_id, ours.file_id)]
    return frozenset(name.strip().casefold() for name in (ours.name, *own))


def is_named(event: LogEvent, names: frozenset[str]) -> bool:
    """Tell whether an entry of the log is about an application of one of these names."""
    return event.app_name.strip().casefold() in names


def _of_the_connector(evidence: Evidence, ours: OwnLine, heard: Heard, now: datetime) -> Iterator[Diagnosis]:
    if evidence.is_installed is False:
        yield Diagnosis(Cause.NOT_INSTALLED)
        return
    since = now - FRESH if heard.last_contact is None else max(heard.last_contact, now - FRESH)
    fresh = [each for each in evidence.events if since < each.at <= now + _TOGETHER]
    names = names_of(evidence, ours)
    yield from _of_the_list(evidence, ours, heard, [each for each in fresh if is_named(each, names) or _is_open(each)])
    # Whatever its program is called: what has written its log just now runs.
    is_writing = bool(evidence.events) and now - evidence.events[-1].at <= heard.patience
    if evidence.is_running is False and not is_writing:
        yield Diagnosis(Cause.NOT_RUNNING)
    yield from _of_the_last_update(_last_update([each for each in fresh if is_named(each, names)]), heard)
    if evidence.log_trouble:
        yield Diagnosis(Cause.LOG_UNREADABLE, {"trouble": evidence.log_trouble})


def _is_open(event: LogEvent) -> bool:
    """Tell whether an entry names no application: while one is being added, the log may not say which."""
    return not (event.app_name or event.app_url)


def _of_the_list(evidence: Evidence, ours: OwnLine, heard: Heard, fresh: list[LogEvent]) -> Iterator[Diagnosis]:
    """Look for this connection in the Web Connector's list."""
    settings = evidence.settings
    if settings is None:
        return
    lines = matching(settings.applications, ours)
    if lines:
        yield from _of_the_lines(lines, ours)
        return
    refused = _latest(fresh, lambda each: each.code in _NOT_ADDED)
    if refused is not None:
        yield Diagnosis(_OF_REFUSED[refused.refused], {"at": refused.at, "code": _CODE.format(number=refused.code)})
    elif settings.mentions_any(ours.name, ours.file_id, ours.file_id.strip("{}")):
        # It is in there, in a shape nobody has described: nothing is known of it.
        return
    elif heard.last_contact is None or settings.applications:
        # A list that is empty to us, from which it has called before, is one we cannot read.
        yield Diagnosis(Cause.NOT_ADDED)


def _of_the_lines(lines: list[RegisteredApplication], ours: OwnLine) -> Iterator[Diagnosis]:
    own = [each for each in lines if not each.file_id or same_guid(each.file_id, ours.file_id)]
    if not own:
        yield Diagnosis(Cause.ANOTHER_COPY, {"line": lines[0].name})
        return
    if len(lines) > 1:
        yield Diagnosis(Cause.ADDED_TWICE, {"lines": ", ".join(each.name for each in lines)})
    line = own[0]
    if line.url and not _same_address(line.url, ours.url):
        yield Diagnosis(Cause.OTHER_ADDRESS, {"theirs": line.url, "own": ours.url})
    if line.user_name and line.user_name != ours.user_name:
        yield Diagnosis(Cause.OTHER_USER, {"theirs": line.user_name, "own": ours.user_name})
    if line.has_password is False:
        yield Diagnosis(Cause.PASSWORD_MISSING)
    if line.is_auto_run is False:
        yield Diagnosis(Cause.AUTO_RUN_OFF)


def _last_update(events: list[LogEvent]) -> list[LogEvent]:
    """Give what the log tells of the last update: an earlier one that failed means nothing once one went well."""
    if not events:
        return []
    begun = next((each.at for each in reversed(events) if each.is_call), None)
    last = events[-1].at
    return [each for each in events if last - each.at <= _TOGETHER and (begun is None or each.at >= begun)]


def _of_the_last_update(events: list[LogEvent], heard: Heard) -> Iterator[Diagnosis]:
    told: tuple[tuple[frozenset[int], Cause], ...] = (
        (_PASSWORD_MISSING, Cause.PASSWORD_MISSING),
        (_PASSWORD_WRONG, Cause.PASSWORD_WRONG),
        (_NO_ANSWER, Cause.NO_ANSWER),
    )
    for codes, cause in told:
        for seen in [each for each in reversed(events) if each.code in codes][:1]:
            yield Diagnosis(cause, {"at": seen.at, "code": _CODE.format(number=seen.code)})
    if heard.problem is not None:
        return
    reported = _latest(events, lambda each: each.hresult in _OF_HRESULT)
    if reported is not None:
        yield Diagnosis(_OF_HRESULT[reported.hresult], {"at": reported.at})
        return
    failed = _latest(events, lambda each: each.code in _NO_QUICKBOOKS)
    if failed is not None:
        yield Diagnosis(Cause.QUICKBOOKS_SHUT, {"at": failed.at})


def _latest(events: list[LogEvent], is_wanted: Callable[[LogEvent], bool]) -> LogEvent | None:
    return next((each for each in reversed(events) if is_wanted(each)), None)


def _of_rights(evidence: Evidence) -> Iterator[Diagnosis]:
    own, books = evidence.is_elevated, evidence.is_quickbooks_elevated
    if own is not None and books is not None and own != books:
        yield Diagnosis(Cause.OTHER_RIGHTS, {"higher": "connector" if own else "quickbooks"})


def _same_name(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def _same_address(one: str, other: str) -> bool:
    try:
        first, second = urlsplit(one.strip()), urlsplit(other.strip())
        return bool(first.netloc) and (first.scheme, first.hostname, first.port, first.path.rstrip("/")) == (
            second.scheme,
            second.hostname,
            second.port,
            second.path.rstrip("/"),
        )
    except ValueError:
        return False
