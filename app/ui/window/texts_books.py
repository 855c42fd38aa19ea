"""What the window and the icon say differently of each accounting system, in one place, so that it can be translated.

Rule: as in `texts`. A further accounting system is one more entry of the table. No Qt.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.domain.books_system import BooksSystem
from app.domain.language import _
from app.ui import texts as shell
from app.ui.window import texts


@dataclass(frozen=True, slots=True)
class BooksWords:
    """The words about one accounting system; the time of a contact stands in braces."""

    contact: str
    """When it was last in touch, for the bottom line."""
    no_contact: str
    """It never was."""
    no_run: str
    """Nothing was ever brought there, for the banner."""
    contact_in_tray: str
    """When it was last in touch, for the icon's tool tip."""
    silent_help: str
    """What to do about work that waits there in vain."""
    silent_button: str
    """What the button about that says."""
    silent_page: str
    """The page of the guide about it."""
    silent_toast: str
    next_run: str
    """A row that goes out next."""
    retrying: str
    """A row a person has just sent again."""
    document: str
    """How the document and its version are called there, for support."""


BOOKS: Final[Mapping[BooksSystem, BooksWords]] = {
    BooksSystem.QUICKBOOKS_DESKTOP: BooksWords(
        contact=texts.BOTTOM_CONNECTOR,
        no_contact=texts.BOTTOM_CONNECTOR_NEVER,
        no_run=texts.BANNER_NO_RUN,
        contact_in_tray=shell.TRAY_CONTACTS,
        silent_help=texts.SILENT_HELP,
        silent_button=texts.BANNER_SILENT,
        silent_page="troubles.md",
        silent_toast=shell.TOAST_SILENT,
        next_run=texts.QUEUED_LINE,
        retrying=texts.RETRYING_LINE,
        document=texts.RAW_DOCUMENT,
    ),
    BooksSystem.QUICKBOOKS_ONLINE: BooksWords(
        contact=_("QuickBooks Online reached {time}"),
        no_contact=_("QuickBooks Online not reached yet"),
        no_run=_("No run yet"),
        contact_in_tray=_("Cedar read {cedar} · QuickBooks Online reached {books}"),
        silent_help=_(
            "Cedar Sync sends by itself while it runs. Quit it and start it again; if that does not help, save a "
            "support file from the Help menu."
        ),
        silent_button=_("What to look at"),
        silent_page="quickbooks-online.md",
        silent_toast=_("Nothing is sent to QuickBooks Online"),
        next_run=_("It goes to QuickBooks Online at the next run."),
        retrying=_("Retrying at the next run."),
        document=_("Id {txn_id}, SyncToken {edit}"),
    ),
}
"""By accounting system."""

SIGN_IN_LOST: Final = _("QuickBooks Online does not let Cedar Sync in any more. Sign in again; nothing is lost.")
SIGN_IN_LOST_OF: Final = _(
    "QuickBooks Online does not let Cedar Sync in any more for {connection}. Sign in again; nothing is lost."
)
SIGN_IN: Final = _("Sign in again…")
