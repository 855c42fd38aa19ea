"""The doctor's findings: each says what was looked at, whether it is well, and what to do if it is not. No I/O here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from app.books.quickbooks_desktop.web_connector.diagnosis import Cause, Diagnosis
from app.books.quickbooks_desktop.web_connector.diagnosis_texts import COMMANDS, words_of
from app.domain.facts import BooksContact, BooksProblem, RecordRescued, SignInRefused, standing_refusal
from app.domain.language import _
from app.domain.reason_texts import explain
from app.domain.reasons import Reason
from app.domain.rescue_words import words
from app.domain.status import LEAST_SILENCE
from app.sync.belonging import way_on

LEAST_FREE_BYTES = 500_000_000
"""Room for the record, its copies and the logs."""


_CHECKS: Final = {
    Cause.NOT_INSTALLED: "web_connector_installed",
    Cause.NOT_RUNNING: "web_connector_running",
    Cause.OTHER_ADDRESS: "web_connector_address",
    Cause.OTHER_USER: "web_connector_address",
    Cause.PASSWORD_MISSING: "web_connector_password",
    Cause.PASSWORD_WRONG: "web_connector_password",
    Cause.AUTO_RUN_OFF: "web_connector_auto_run",
    Cause.NO_ANSWER: "web_connector_answered",
    Cause.OTHER_RIGHTS: "web_connector_rights",
    Cause.ANOTHER_FILE: "web_connector_quickbooks",
    Cause.WINDOW_OPEN: "web_connector_quickbooks",
    Cause.FILE_IN_USE: "web_connector_quickbooks",
    Cause.NO_PERMISSION: "web_connector_quickbooks",
    Cause.QUICKBOOKS_SHUT: "web_connector_quickbooks",
    Cause.LOG_UNREADABLE: "web_connector_log",
}
_IN_THE_LIST: Final = "web_connector_app"
"""All other causes are about the line in the Web Connector's list."""

_TYPE_AGAIN: Final = _(
    "In the Web Connector click into the Password box of Cedar Sync, paste the password again and press Enter. {where}"
)
_IF_LOST: Final = _("If it is lost, cedar-sync qwc --connection {connection} --new-password makes another.")
_IN_VARIABLE: Final = _("It is the one in the variable {variable}.")
_NOT_ASKED: Final = _("QuickBooks Online has not been asked anything yet")
_ASK: Final = _("Once somebody has signed in, cedar-sync push --connection {connection} asks it.")

_ONE_COMPANY: Final = _("The connections {one} and {other} write into one company")
_TELL_APART: Final = _(
    "Cedar Sync tells their documents apart by what it keeps of both railroads. Should that be lost, an invoice of one "
    "may be taken for the other's of the same number for the same customer: let each railroad have a company file or "
    "GL numbers of its own."
)


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


def sound_record(rescued: RecordRescued | None) -> Finding:
    """Tell that the record is sound, and whether it once was not."""
    said = "The record is sound"
    return Finding("record", True, said if rescued is None else f"{said}. {words(rescued, _time)}")


def damaged_record(complaint: str) -> Finding:
    """Tell what is wrong with the record."""
    fix = (
        "End Cedar Sync and start it again: it sets the file aside, takes the newest good copy, and finds in Cedar and "
        "in QuickBooks what that does not know."
    )
    return Finding("record", False, f"The record is damaged: {complaint}", fix)


def web_connector(
    contact: BooksContact | None,
    refused: SignInRefused | None,
    every: timedelta,
    now: datetime,
    connection: str,
    variable: str | None = None,
) -> Finding:
    """Judge the Web Connector's silence, and its password; `variable` is the one the password comes from, if any."""
    check = f"web_connector:{connection}"
    refused_at = standing_refusal(refused, contact)
    if refused_at is not None:
        where = _IF_LOST.format(connection=connection) if variable is None else _IN_VARIABLE.format(variable=variable)
        fix = _TYPE_AGAIN.format(where=where)
        return Finding(check, False, f"The Web Connector called {_time(refused_at)} with another password", fix)
    patience = max(2 * every, LEAST_SILENCE)
    last = contact.last_contact if contact else None
    if last is not None and now - last <= patience:
        return Finding(check, True, f"The Web Connector called {_time(last)}")
    title = "The Web Connector has never called" if last is None else f"The Web Connector is silent since {_time(last)}"
    fix = (
        "On the QuickBooks computer open the Web Connector, see that Cedar Sync is in its list with the password typed "
        "in and Auto-Run ticked, and press Update Selected. If it is not there, "
        f"cedar-sync qwc --connection {connection} makes the file to add."
    )
    return Finding(check, False, title, fix)


def pushed(contact: BooksContact | None, every: timedelta, now: datetime, connection: str) -> Finding:
    """Judge how long nothing has been pushed to the cloud."""
    check = f"push:{connection}"
    last = contact.last_session_end if contact else None
    if last is not None and now - last <= max(2 * every, LEAST_SILENCE):
        return Finding(check, True, f"QuickBooks Online was reached {_time(last)}")
    title = (
        "QuickBooks Online has never been reached"
        if last is None
        else f"QuickBooks Online has not been reached since {_time(last)}"
    )
    fix = f"See that Cedar Sync is running (cedar-sync serve); cedar-sync push --connection {connection} tells more."
    return Finding(check, False, title, fix)


def books(problem: BooksProblem | None, connection: str, *, was_pushed: bool = True) -> Finding:
    """Judge what QuickBooks said last; where nothing was ever pushed to the cloud, it has said nothing."""
    check = f"quickbooks:{connection}"
    if problem is None and not was_pushed:
        return Finding(check, False, _NOT_ASKED, _ASK.format(connection=connection))
    if problem is None:
        return Finding(check, True, "QuickBooks has no complaint")
    reason = explain(problem.problem.reason)
    return Finding(check, False, f"{reason.title}: {reason.why}", reason.fix)


def another(reason: Reason, connection: str) -> Finding:
    """Tell that the settings would make the connection another one."""
    words = explain(reason)
    return Finding(f"connection:{connection}", False, f"{words.title}: {words.why}", f"{words.fix} {way_on(reason)}")


def one_company(one: str, other: str) -> Finding:
    """Warn of two connections that write into one company."""
    return Finding(f"company:{one}", False, _ONE_COMPANY.format(one=one, other=other), _TELL_APART)


def connector(
    causes: Iterable[Diagnosis], application: str, connection: str, variable: str | None = None
) -> list[Finding]:
    """Tell what is amiss in the Web Connector itself, the worst first; nothing where nothing was seen to be.

    Each check stands there once, with the worst of its causes.

    Args:
        causes: What was found, the worst first.
        application: The connection's name in the Web Connector's list.
        connection: The connection.
        variable: The variable the password comes from; None if a new one can be made.
    """
    found: dict[str, Finding] = {}
    for each in causes:
        if each.is_told_by_its_call:
            continue
        cause = words_of(each, application, _time)
        command = COMMANDS.get(each.cause, "").format(connection=connection)
        if variable is not None and each.cause in {Cause.PASSWORD_MISSING, Cause.PASSWORD_WRONG}:
            command = _IN_VARIABLE.format(variable=variable)
        fix = " ".join(filter(None, (cause.fix, command)))
        check = f"{_CHECKS.get(each.cause, _IN_THE_LIST)}:{connection}"
        found.setdefault(check, Finding(check, False, f"{cause.title}: {cause.why}", fix))
    return list(found.values())


def database_password(*, is_in_file: bool) -> Finding:
    """Judge where the shared record's password is kept."""
    if not is_in_file:
        return Finding("database_password", True, "The database's password is not in the settings")
    fix = (
        "cedar-sync configure --database-password-stdin puts it into the credential store; then take it out of the "
        "setting store.url."
    )
    return Finding("database_password", False, "The database's password can be read in settings.toml", fix)


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
