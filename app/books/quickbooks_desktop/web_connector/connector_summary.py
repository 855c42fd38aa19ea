"""What support is told of the Web Connector: how it is set up, and the numbers in its log. No I/O.

No password, no path and no text of the log is in it, and nothing that tells which other applications there are.
"""

from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import urlsplit

from app.books.quickbooks_desktop.web_connector.connector_evidence import Evidence
from app.books.quickbooks_desktop.web_connector.connector_log import LogEvent
from app.books.quickbooks_desktop.web_connector.connector_settings import RegisteredApplication, same_guid
from app.books.quickbooks_desktop.web_connector.diagnosis import OwnLine, is_named, matching, names_of

MOST_EVENTS: Final = 200


def connector_summary(evidence: Evidence, ours: Sequence[OwnLine]) -> str:
    """Write what was seen, for support.

    Args:
        evidence: What was seen.
        ours: The connections as the Web Connector should know them.
    """
    lines = [
        f"installed: {_known(evidence.is_installed)}",
        f"running: {_known(evidence.is_running)}, as administrator: {_known(evidence.is_elevated)}",
        f"QuickBooks running: {_known(evidence.is_quickbooks_running)}, "
        f"as administrator: {_known(evidence.is_quickbooks_elevated)}",
        *_settings(evidence, ours),
        *_events(evidence, ours),
    ]
    return "\n".join(lines) + "\n"


def _settings(evidence: Evidence, ours: Sequence[OwnLine]) -> Iterable[str]:
    if evidence.settings is None:
        yield "list: not looked at"
        return
    applications = evidence.settings.applications
    yield f"list: {len(applications)} applications, update lock: {_known(evidence.settings.is_locked)}"
    for own in ours:
        for each in matching(applications, own):
            yield f"  {own.name}: {_line(each, own)}"


def _line(line: RegisteredApplication, own: OwnLine) -> str:
    return ", ".join(
        (
            f"address as expected: {_known(_host(line.url) == _host(own.url) if line.url else None)}",
            f"user as expected: {_known(line.user_name == own.user_name if line.user_name else None)}",
            f"FileID as expected: {_known(same_guid(line.file_id, own.file_id) if line.file_id else None)}",
            f"OwnerID as expected: {_known(same_guid(line.owner_id, own.owner_id) if line.owner_id else None)}",
            f"password kept: {_known(line.has_password)}",
            f"Auto-Run: {_known(line.is_auto_run)}",
            f"every: {line.run_every if line.run_every is not None else 'unknown'}",
        )
    )


def _events(evidence: Evidence, ours: Sequence[OwnLine]) -> Iterable[str]:
    if evidence.log_trouble:
        yield f"log: cannot be read, {evidence.log_trouble}"
        return
    yield f"log: {len(evidence.events)} events at its end"
    for event in evidence.events[-MOST_EVENTS:]:
        yield f"  {event.at:%Y-%m-%d %H:%M:%S} UTC {_whose(event, evidence, ours)}: {', '.join(_what(event))}"


def _what(event: LogEvent) -> Iterable[str]:
    if event.is_call:
        yield "called"
    if event.code:
        yield f"QBWC{event.code}"
    if event.hresult:
        yield f"0x{event.hresult:08X}"


def _whose(event: LogEvent, evidence: Evidence, ours: Sequence[OwnLine]) -> str:
    if not event.app_name:
        return "no application named"
    found = (own.name for own in ours if is_named(event, names_of(evidence, own)))
    return next(found, "another application")


def _host(url: str) -> str:
    try:
        return urlsplit(url.strip()).netloc.casefold()
    except ValueError:
        return ""


def _known(answer: bool | None) -> str:  # noqa: FBT001 (an answer, not a switch)
    return "unknown" if answer is None else "yes" if answer else "no"
