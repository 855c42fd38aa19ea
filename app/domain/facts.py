"""What is known of a connection's two sides: last contacts, problems, the company file, an earlier session. No I/O."""

from datetime import date, datetime, timedelta
from typing import Final

from app.domain.books_system import BooksSystem
from app.domain.reasons import Reason
from app.domain.values import Struct


class Problem(Struct, frozen=True):
    """Something that keeps a whole side from working."""

    reason: Reason
    since: datetime
    next_attempt_at: datetime | None = None


class CedarContact(Struct, frozen=True):
    """When Cedar was read, and what keeps it from being read."""

    last_success: datetime | None = None
    last_attempt: datetime | None = None
    problem: Problem | None = None
    reading_since: datetime | None = None
    """When the reading began that has not ended yet; a killed program leaves it behind."""


class CarrierZone(Struct, frozen=True):
    """The zone a carrier's dates are counted in where the settings name none: this computer's at the first reading.

    A computer that is set to another one later must not move the dates of invoices that are in the books.
    """

    name: str
    """Its IANA name."""


class BooksContact(Struct, frozen=True):
    """When the accounting system was in touch."""

    last_contact: datetime | None = None
    last_session_end: datetime | None = None


class SignInRefused(Struct, frozen=True):
    """The Web Connector showed another password than the one kept, and has not signed in since."""

    at: datetime


def standing_refusal(refused: SignInRefused | None, contact: BooksContact | None) -> datetime | None:
    """Tell when a sign-in was refused that no call has followed; None while the Web Connector gets through."""
    last = contact.last_contact if contact is not None else None
    return refused.at if refused is not None and (last is None or refused.at > last) else None


class BooksProblem(Struct, frozen=True):
    """What keeps the accounting system from taking orders."""

    problem: Problem


class CompanyFile(Struct, frozen=True):
    """The company file a connection belongs to, as it introduced itself."""

    path: str
    name: str
    product: str
    country: str
    qbxml: str
    """The version the messages are written in: the highest both sides know."""
    file_id: str | None = None
    """The FileID the Web Connector stamped it with; None where it was not shown."""
    closing_date: date | None = None
    is_multi_currency: bool = False
    is_using_estimates: bool = True
    version: str = ""
    """QuickBooks' own version, major and minor; it changes with every release that is installed."""
    home_currency: str | None = None
    """The currency the books are kept in, by QuickBooks' name or its code; None where it is not known."""


class OnlineCompany(Struct, frozen=True):
    """The company in QuickBooks Online a connection belongs to, as it introduced itself."""

    realm_id: str
    name: str
    country: str
    seen_at: datetime
    closing_date: date | None = None
    is_multi_currency: bool = False
    is_using_estimates: bool = True
    keeps_our_numbers: bool = True
    """It keeps the document numbers we give; otherwise it numbers documents itself."""
    home_currency: str | None = None
    """The currency the books are kept in; None where it is not known."""


class SignInEnds(Struct, frozen=True):
    """When the sign-in to an accounting system in the cloud ends if nobody signs in anew."""

    at: datetime


class Identity(Struct, frozen=True):
    """The pair of ids the company file is stamped with, for ever."""

    owner_id: str
    file_id: str


class BelongsTo(Struct, frozen=True):
    """The Cedar and the accounting system that what is known of a connection is about.

    Learnt when the connection first works; settings that name others are never worked by.
    """

    server: str
    """Cedar's region, or the host of another server."""
    carrier: str
    system: BooksSystem


class SendingPace(Struct, frozen=True):
    """How many orders go into one message set; learnt from the answers."""

    orders: int = 1


class QbxmlCeiling(Struct, frozen=True):
    """The highest qbXML version this QuickBooks really takes, learnt from a refusal."""

    version: str


class SyncBegan(Struct, frozen=True):
    """From when on charges count, however late they are billed: the earliest start of a look-back window."""

    since: datetime
    lookback: timedelta
    """The setting it comes from: only a longer one moves it, a clock that is wrong for a day does not."""


class UnbilledLookedFor(Struct, frozen=True):
    """When Cedar was last read back to the oldest charge that is known and not billed yet."""

    at: datetime


class RulesInForce(Struct, frozen=True):
    """The digest of the rules all invoices were planned by; another digest means: plan them all again."""

    digest: str


class ListsKnown(Struct, frozen=True):
    """When QuickBooks' customers and items were last read as a whole."""

    refreshed_at: datetime
    missing_looked_up_at: datetime | None = None
    """When the names that failed rows wait for were last looked up."""


class BooksWatched(Struct, frozen=True):
    """Up to when changes by other hands in the books have been noticed."""

    until: datetime


class LastMessageSet(Struct, frozen=True):
    """The message set QuickBooks still remembers of us and that nobody needs any more."""

    id: str


class Paused(Struct, frozen=True):
    """A person paused the connection."""

    until: datetime | None
    """None: until it is resumed."""

    def lasts(self, now: datetime) -> bool:
        """Tell whether the pause is not over yet."""
        return self.until is None or self.until > now


class IntroductionWanted(Struct, frozen=True):
    """Somebody sets up and waits to hear which company file answers, so QuickBooks is opened once without work."""


class PasswordUnseen(Struct, frozen=True):
    """The Web Connector's password was made where nobody could see it, so somebody has yet to be shown it."""


class RecordRescued(Struct, frozen=True):
    """The record was damaged, and what was done about it; kept once for all connections."""

    at: datetime
    complaint: str
    """What the database said."""
    kept_as: str
    """Where the damaged file is, from the home."""
    copy: str | None = None
    """The name of the copy that took its place; None where no good one was there and the record began anew."""
    copied_at: datetime | None = None
    is_read: bool = False
    """A person has read what happened."""


EVERY_CONNECTION: Final = ""
"""Stands for a connection's name where a fact is about the record itself."""
