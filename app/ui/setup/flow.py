"""The wizard as data: its pages, which comes next, what each still misses, and where to go on. No Qt, no I/O.

Rule: how far somebody came is not kept anywhere; it follows from settings, secrets and record, so that a wizard that
was closed, or a program that was ended, goes on where it was.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.domain.books_system import BooksSystem
from app.domain.facts import CompanyFile
from app.system.credentials import LONGEST, length_of
from app.system.settings import ConnectionSettings


class Page(StrEnum):
    """The pages, in their order."""

    CEDAR = "cedar"
    COLUMNS = "columns"
    QUICKBOOKS = "quickbooks"
    DRY_RUN = "dry_run"
    START = "start"


ORDER: Final = tuple(Page)


class Missing(StrEnum):
    """What a page still needs before the next one makes sense."""

    CARRIER = "carrier"
    USER = "user"
    KEY = "key"
    SHORTER_KEY = "shorter_key"
    """The key is longer than a credential store holds."""


@dataclass(frozen=True, slots=True)
class CedarAnswers:
    """What the Cedar page asks for."""

    region: str = "us"
    carrier: str = ""
    assume_user: str = ""
    api_key: str = ""
    """As typed; empty means the one that is kept."""


@dataclass(frozen=True, slots=True)
class SetupState:
    """How far setting up has come, as settings, secrets and record tell."""

    settings: ConnectionSettings
    has_key: bool = False
    has_password: bool = False
    company: CompanyFile | None = None
    """The company file that answered."""
    last_contact: datetime | None = None
    """When the Web Connector last called."""
    has_read_cedar: bool = False
    """The connection has been at work before: this is a reopening, not the first set-up."""
    is_paused: bool = False
    """It is paused without an end, as the wizard pauses a new connection."""

    has_online_company: bool = False
    """A company in QuickBooks Online has introduced itself."""

    @property
    def system(self) -> BooksSystem:
        """The accounting system the settings name."""
        return BooksSystem(self.settings.destination.kind)

    @property
    def has_books(self) -> bool:
        """Tell whether the books have answered."""
        if self.system is BooksSystem.QUICKBOOKS_DESKTOP:
            return self.company is not None
        return self.has_online_company

    @property
    def has_cedar(self) -> bool:
        """Tell whether Cedar can be asked."""
        cedar = self.settings.cedar
        return bool(cedar.carrier.strip() and cedar.assume_user.strip() and self.has_key)

    @property
    def is_finished(self) -> bool:
        """Tell whether the wizard has been gone through to its end."""
        return self.has_cedar and (self.has_read_cedar or not self.is_paused)


def first_page(state: SetupState) -> Page:
    """Tell where to begin: at the first page for a new or a finished connection, else where somebody stopped."""
    if not state.has_cedar or state.is_finished:
        return Page.CEDAR
    if state.has_books:
        return Page.DRY_RUN
    is_begun = state.has_password or state.system is not BooksSystem.QUICKBOOKS_DESKTOP
    return Page.QUICKBOOKS if is_begun else Page.COLUMNS


def missing(answers: CedarAnswers, *, has_key: bool) -> tuple[Missing, ...]:
    """List what the Cedar page still needs before Cedar can be asked."""
    found: list[Missing] = []
    if not answers.carrier.strip():
        found.append(Missing.CARRIER)
    if not answers.assume_user.strip():
        found.append(Missing.USER)
    if length_of(answers.api_key.strip()) > LONGEST:
        found.append(Missing.SHORTER_KEY)
    elif not answers.api_key.strip() and not has_key:
        found.append(Missing.KEY)
    return tuple(found)


def next_page(page: Page) -> Page | None:
    """Tell which page follows; None after the last."""
    place = ORDER.index(page) + 1
    return ORDER[place] if place < len(ORDER) else None


def previous_page(page: Page) -> Page | None:
    """Tell which page comes before; None before the first."""
    place = ORDER.index(page)
    return ORDER[place - 1] if place else None
