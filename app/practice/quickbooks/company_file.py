"""The company file as the request processor sees it: switches, contents, locks, stamps and remembered message sets.

Rule: the meeting point of the other modules. Rules of business are in the modules of the requests, people's work in
`desk`.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import datetime

from app.practice.quickbooks.faults import Refusal
from app.practice.quickbooks.hooks import Hooks
from app.practice.quickbooks.records import Document, ListRecord
from app.practice.quickbooks.register import Register
from app.practice.quickbooks.settings import CompanySettings, Edition


@dataclass(frozen=True, slots=True)
class Remembered:
    """The outcome of one message set with an id."""

    digest: str
    """Checksum of the exact text."""
    outcomes: tuple[RememberedOutcome, ...] | None
    """None if the outcome could not be stored."""


@dataclass(frozen=True, slots=True)
class RememberedOutcome:
    """What is kept of one request's answer: its status and where to find what it made."""

    response: str
    request_id: str | None
    code: int
    message: str
    id_field: str = ""
    """`TxnID` or `ListID`; empty if there is nothing to recover."""
    record_id: str = ""
    txn_number: int | None = None
    edit_sequence: str = ""
    external_guid: str = ""


@dataclass(slots=True)
class MessageSetMemory:
    """The message sets remembered for one application."""

    sets: dict[str, Remembered] = field(default_factory=dict)


class CompanyFile(CompanySettings):
    """A company file, open in a practice QuickBooks."""

    def __init__(self, path: str, name: str, edition: Edition) -> None:
        super().__init__(edition=edition)
        self.path = path
        self.name = name
        self.register = Register(self.now)
        self.hooks = Hooks()
        self.locked: set[str] = set()
        """Ids of documents and list records that somebody has open."""
        self.stamps: dict[str, dict[str, str]] = {}
        """Data extensions of the company itself, by OwnerID."""
        self.custom_fields: set[str] = set()
        """Names of the public custom fields of lines."""
        self.memories: dict[str, MessageSetMemory] = {}
        """Remembered message sets by application."""
        self.guard = threading.RLock()
        """Held while a message set runs or a person works: QuickBooks does one thing at a time."""

    def now(self) -> datetime:
        """Tell the time of the QuickBooks computer."""
        return self.clock()

    def require_document(self, document: Document) -> None:
        """Refuse to touch a document that somebody has open.

        Raises:
            Refusal: 3175.
        """
        if document.txn_id in self.locked:
            raise Refusal(
                3175,
                f'The object "{document.txn_id}" specified in the request is currently in use.  QuickBooks error '
                "message: QuickBooks failed to acquire the lock for this object.",
            )

    def require_related(self, record: ListRecord) -> None:
        """Refuse to write something that needs a list record which somebody has open.

        Raises:
            Refusal: 3176.
        """
        if record.list_id in self.locked:
            raise Refusal(
                3176,
                f'The related object "{self.register.full_name(record)}" is currently in use.  QuickBooks error '
                "message: The internals could not be locked.  They are in use by another user.",
            )
