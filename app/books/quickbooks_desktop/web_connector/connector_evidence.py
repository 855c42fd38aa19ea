"""What was seen of the Web Connector, read: the raw registry, log and processes as facts. No I/O."""

from dataclasses import dataclass
from datetime import UTC, tzinfo

from app.books.quickbooks_desktop.web_connector.connector_log import LogEvent, decoded, log_events
from app.books.quickbooks_desktop.web_connector.connector_settings import ConnectorSettings, connector_settings
from app.system.web_connector_install import ConnectorLook
from app.system.windows_processes import CONNECTOR, is_quickbooks


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known from looking; None stands for what could not be looked at."""

    is_installed: bool | None = None
    is_running: bool | None = None
    """Under this Windows sign-in."""
    is_quickbooks_running: bool | None = None
    is_elevated: bool | None = None
    """Whether the Web Connector runs as administrator."""
    is_quickbooks_elevated: bool | None = None
    settings: ConnectorSettings | None = None
    events: tuple[LogEvent, ...] = ()
    """What its log tells, oldest first."""
    log_trouble: str = ""
    """Why its log cannot be read."""


def evidence_of(look: ConnectorLook, local: tzinfo = UTC) -> Evidence:
    """Read what was seen.

    Args:
        look: What was seen.
        local: The zone of times in the log that name none.
    """
    is_running = is_quickbooks_running = None
    elevated: list[bool | None] = []
    books_elevated: list[bool | None] = []
    if look.processes is not None:
        elevated = [each.is_elevated for each in look.processes if each.name == CONNECTOR]
        books_elevated = [each.is_elevated for each in look.processes if is_quickbooks(each.name)]
        is_running, is_quickbooks_running = bool(elevated), bool(books_elevated)
    return Evidence(
        is_installed=True if is_running else look.is_installed,
        is_running=is_running,
        is_quickbooks_running=is_quickbooks_running,
        is_elevated=_agreed(elevated),
        is_quickbooks_elevated=_agreed(books_elevated),
        settings=None if look.settings is None else connector_settings(look.settings),
        events=() if look.log is None else log_events(decoded(look.log), local),
        log_trouble=look.log_trouble,
    )


def _agreed(elevated: list[bool | None]) -> bool | None:
    """Give what all programs of a kind have in common; None if they differ, or it is not known of one."""
    kinds = set(elevated)
    return kinds.pop() if len(kinds) == 1 else None
