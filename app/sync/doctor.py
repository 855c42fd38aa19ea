"""The doctor's findings: each says what was looked at, whether it is well, and what to do if it is not. No I/O here."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.facts import BooksContact, BooksProblem, SignInRefused, standing_refusal
from app.domain.reason_texts import explain
from app.domain.status import LEAST_SILENCE

LEAST_FREE_BYTES = 500_000_000
"""Room for the record, its copies and the logs."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    check: str
    """A stable word for scripts."""
    is_well: bool
    title: str
    fix: str = ""
    """What to do; empty where all is well."""


def disk(free: int, folder: str) -> Finding:
    """Judge the room on the disk."""
    if free >= LEAST_FREE_BYTES:
        return Finding("disk", True, f"{free // 1_000_000:,} MB are free")
    fix = f"Free some space on the disk with {folder}; nothing is lost meanwhile."
    return Finding("disk", False, f"Only {free // 1_000_000:,} MB are free", fix)


def web_connector(
    contact: BooksContact | None, refused: SignInRefused | None, every: timedelta, now: datetime, connection: str
) -> Finding:
    """Judge the Web Connector's silence, and its password."""
    check = f"web_connector:{connection}"
    refused_at = standing_refusal(refused, contact)
    if refused_at is not None:
        fix = (
            "In the Web Connector click into the Password box of Cedar Sync, paste the password again and press Enter. "
            "If it is lost, cedar-sync qwc --new-password makes another."
        )
        return Finding(check, False, f"The Web Connector called {_time(refused_at)} with another password", fix)
    patience = max(2 * every, LEAST_SILENCE)
    last = contact.last_contact if contact else None
    if last is not None and now - last <= patience:
        return Finding(check, True, f"The Web Connector called {_time(last)}")
    title = "The Web Connector has never called" if last is None else f"The Web Connector is silent since {_time(last)}"
    fix = (
        "On the QuickBooks computer open the Web Connector, see that Cedar Sync is in its list with the password typed "
        "in and Auto-Run ticked, and press Update Selected. If it is not there, cedar-sync qwc makes the file to add."
    )
    return Finding(check, False, title, fix)


def books(problem: BooksProblem | None, connection: str) -> Finding:
    """Judge what QuickBooks said last."""
    check = f"quickbooks:{connection}"
    if problem is None:
        return Finding(check, True, "QuickBooks has no complaint")
    words = explain(problem.problem.reason)
    return Finding(check, False, f"{words.title}: {words.why}", words.fix)


def port(number: int, *, is_ours: bool, is_taken: bool) -> Finding:
    """Judge the port the Web Connector calls."""
    if is_ours:
        return Finding("port", True, f"Cedar Sync answers on port {number}")
    if is_taken:
        fix = (
            "End the other program, or choose another port (cedar-sync configure --port) and add the new .QWC file to "
            "the Web Connector."
        )
        return Finding("port", False, f"Another program uses port {number}", fix)
    fix = "Start Cedar Sync (cedar-sync serve), and have it started at sign-in."
    return Finding("port", False, "Cedar Sync is not running", fix)


def _time(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")
