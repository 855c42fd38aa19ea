"""The words for what keeps the Web Connector from calling: what it is, how that is known, how it is mended. No I/O.

Rule: second person, present tense, what was seen and when, never more than that, and the names on the Web Connector's
own buttons.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.books.quickbooks_desktop.web_connector.diagnosis import Cause, Diagnosis
from app.domain.language import _


@dataclass(frozen=True, slots=True)
class Words:
    """A cause in words."""

    title: str
    why: str
    """What was seen."""
    fix: str


NEW_FILE: Final = _(
    "Under Settings, QuickBooks, show the steps to connect and open the file again; the Web Connector adds it."
)
REMOVE_AND_ADD: Final = _(
    "In the Web Connector choose that line and click Remove. Then, under Settings, QuickBooks, show the steps to "
    "connect and open the file."
)
PASSWORD_AGAIN: Final = _(
    "In the Web Connector click into the Password box of {application}, paste the password and press Enter. If it is "
    "lost, make a new one under Settings, QuickBooks."
)

TEXTS: Final[Mapping[Cause, Words]] = {
    Cause.NOT_INSTALLED: Words(
        _("No Web Connector was found on this computer"),
        _("Neither the program nor anything it leaves behind is where Intuit puts it."),
        _(
            "Install the QuickBooks Web Connector from Intuit on the computer that runs QuickBooks, where Cedar Sync "
            "belongs too; most versions of QuickBooks bring it along. Then add Cedar Sync to it."
        ),
    ),
    Cause.ADDED_BEFORE: Words(
        _("The Web Connector refused the last file it was given: the company file has it already"),
        _(
            "Its log says at {at} that this company file, or a copy of it, was added before ({code}), and Cedar Sync "
            "is not in its list."
        ),
        _(
            "If Cedar Sync is still in the list of a Web Connector you use, use that one. If not, see “QBWC1039 when "
            "you add the file” in the guide before you make a new file."
        ),
    ),
    Cause.NOT_ALLOWED: Words(
        _("The Web Connector refused the last file it was given: QuickBooks' administrator has to allow it"),
        _("Its log says so at {at} ({code}), and Cedar Sync is not in its list."),
        _(
            "Open QuickBooks with your company file, signed in as Admin, in single-user mode. Then open the file for "
            "the Web Connector again and answer “Yes, always”."
        ),
    ),
    Cause.NOT_TAKEN: Words(
        _("The Web Connector refused the last file it was given"),
        _("Its log shows {code} at {at}, and Cedar Sync is not in its list."),
        _(
            "Open QuickBooks with your company file, signed in as Admin, in single-user mode, and open the file for "
            "the Web Connector again. If it is refused again, click View Log in the Web Connector: its last lines "
            "say why."
        ),
    ),
    Cause.NOT_ADDED: Words(
        _("Cedar Sync is not in the Web Connector's list"),
        _("There is no line for {application} in what the Web Connector keeps for your Windows sign-in."),
        NEW_FILE,
    ),
    Cause.NOT_RUNNING: Words(
        _("The Web Connector is not running"),
        _("No Web Connector runs under your Windows sign-in at the moment."),
        _(
            "Open it from the Windows Start menu, under QuickBooks, and leave it open: closing its window with the X "
            "ends it. To have it open after each start of Windows, put it into the Startup folder."
        ),
    ),
    Cause.ANOTHER_COPY: Words(
        _("The line in the Web Connector belongs to another copy of Cedar Sync"),
        _("The line “{line}” was made by another installation, or before the record of this one was made."),
        REMOVE_AND_ADD,
    ),
    Cause.ADDED_TWICE: Words(
        _("Cedar Sync is in the Web Connector more than once"),
        _("These lines are the same connection: {lines}."),
        _("In the Web Connector keep the line that works, and click Remove on the others."),
    ),
    Cause.OTHER_ADDRESS: Words(
        _("The Web Connector calls another address"),
        _("It was told {theirs}, and Cedar Sync answers at {own}."),
        REMOVE_AND_ADD,
    ),
    Cause.OTHER_USER: Words(
        _("The Web Connector calls under another user name"),
        _("It says “{theirs}”, and this connection is “{own}”."),
        REMOVE_AND_ADD,
    ),
    Cause.PASSWORD_MISSING: Words(
        _("The Web Connector has no password for Cedar Sync"),
        _("None is kept in its settings, so it does not call at all."),
        PASSWORD_AGAIN,
    ),
    Cause.PASSWORD_WRONG: Words(
        _("The Web Connector has another password"),
        _("It called at {at}, and what it showed is not the password kept here."),
        PASSWORD_AGAIN,
    ),
    Cause.AUTO_RUN_OFF: Words(
        _("Auto-Run is off in the Web Connector"),
        _("Its settings say that {application} is called only when somebody clicks Update Selected."),
        _("In the Web Connector tick Auto-Run in the line of {application}, and see that minutes stand beside it."),
    ),
    Cause.NO_ANSWER: Words(
        _("The Web Connector called, and Cedar Sync did not answer"),
        _("Its log shows {code} at {at}."),
        _(
            "Cedar Sync has to run while the Web Connector calls: have it start when you sign in (Settings, Startup). "
            "If it did run, ask your IT whether a firewall or a virus scanner holds the call back."
        ),
    ),
    Cause.OTHER_RIGHTS: Words(
        _("QuickBooks and the Web Connector run with different rights"),
        _("QuickBooks seems to run as administrator, and the Web Connector does not, so they do not see each other."),
        _("Close both, and open both normally: neither with “Run as administrator”."),
    ),
    Cause.ANOTHER_FILE: Words(
        _("Another company file was open in QuickBooks"),
        _("The Web Connector's log says so at {at}."),
        _("Open your own company file in QuickBooks: File, Open or Restore Company. F2 shows which one is open."),
    ),
    Cause.WINDOW_OPEN: Words(
        _("A window in QuickBooks was waiting for an answer"),
        _("The Web Connector's log says so at {at}."),
        _("Look in QuickBooks, also behind other windows, and close every window that waits for an answer."),
    ),
    Cause.FILE_IN_USE: Words(
        _("The company file was in use in another way"),
        _(
            "The Web Connector's log says at {at} that it was open in the other mode, or used by another program in "
            "single-user mode."
        ),
        _("In QuickBooks switch to multi-user mode, or end the other program that uses the company file."),
    ),
    Cause.NO_PERMISSION: Words(
        _("QuickBooks did not let Cedar Sync in"),
        _("The Web Connector's log says so at {at}."),
        _(
            "Sign in to QuickBooks as Admin, open Edit, Preferences, Integrated Applications, Company Preferences, "
            "choose {application}, Properties, and allow access, also when QuickBooks is not running."
        ),
    ),
    Cause.QUICKBOOKS_SHUT: Words(
        _("The Web Connector could not open QuickBooks"),
        _("Its log says so at {at}."),
        _("Open QuickBooks with the company file, and close every window in it that waits for an answer."),
    ),
    Cause.LOG_UNREADABLE: Words(
        _("The Web Connector's log cannot be read"),
        _("It is there, and Windows says: {trouble}. What it holds may tell more."),
        _("Ask your IT to let you read QWCLog.txt in the Web Connector's log folder."),
    ),
}

LOGGED: Final[Mapping[Cause, str]] = {
    Cause.PASSWORD_MISSING: _("Its log shows {code} at {at}, so it does not call at all."),
    Cause.PASSWORD_WRONG: _("Its log shows {code} at {at}: what it showed is not the password kept here."),
}
"""How it is known, where the log tells it."""

CONNECTOR_HIGHER: Final = _(
    "The Web Connector seems to run as administrator, and QuickBooks does not, so they do not see each other."
)

COMMANDS: Final[Mapping[Cause, str]] = {
    **dict.fromkeys(
        (Cause.NOT_ADDED, Cause.ANOTHER_COPY, Cause.OTHER_ADDRESS, Cause.OTHER_USER),
        _("Without a window: cedar-sync qwc --connection {connection} makes the file."),
    ),
    **dict.fromkeys(
        (Cause.PASSWORD_MISSING, Cause.PASSWORD_WRONG),
        _("Without a window: cedar-sync qwc --connection {connection} --new-password makes a new one."),
    ),
}
"""The same on the command line, for who reads it there; the connection is to be put in."""


def words_of(found: Diagnosis, application: str, write_time: Callable[[datetime], str]) -> Words:
    """Write a cause in words.

    Args:
        found: The cause.
        application: The name of this connection in the Web Connector's list.
        write_time: Writes a moment for people.
    """
    words = TEXTS[found.cause]
    why = LOGGED.get(found.cause, words.why) if "code" in found.facts else words.why
    if found.facts.get("higher") == "connector":
        why = CONNECTOR_HIGHER
    facts = {
        name: write_time(value) if isinstance(value, datetime) else value for name, value in found.facts.items()
    } | {"application": application}
    return Words(words.title, why.format_map(facts), words.fix.format_map(facts))
