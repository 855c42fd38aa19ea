"""What the steps of one run share: the ledger, the settings, the accounting system and what was learnt. No I/O."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.books.port import Answer, Ask, Ledger
from app.books.run.accounting_system import AccountingSystem, Company, Progress
from app.books.run.known_names import KnownNames
from app.domain.books_document import BooksDocument
from app.domain.books_names import NameKind
from app.domain.choices import Missing, OnEdited, OnVoid
from app.domain.facts import SendingPace
from app.domain.row import Row, RowId
from app.domain.sales_order import DocumentKind

DOCUMENTS_AT_ONCE: Final = 150
"""Documents asked for in one question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """The settings every run needs, whatever the accounting system."""

    connection: str
    document: DocumentKind = DocumentKind.SALES_ORDER
    missing_customers: Missing = Missing.FAIL
    missing_items: Missing = Missing.FAIL
    income_account: str = ""
    on_edited: OnEdited = OnEdited.ASK
    on_void: OnVoid = OnVoid.ASK
    customers: Mapping[str, str] = field(default_factory=dict)
    """By GL number: the customer's name in the books, where it is another."""

    def customer_name(self, gl_number: str) -> str:
        """Give the name of a GL number's customer in the books."""
        return self.customers.get(gl_number, gl_number)


@dataclass(frozen=True, slots=True)
class NotCreated:
    """Why a list entry could not be created."""

    case: str
    """The case of the reason's words."""
    message: str = ""
    """What the books said, for people."""
    raw: str | None = None


@dataclass(slots=True)
class Context:
    """The state of one run."""

    ledger: Ledger
    options: RunOptions
    system: AccountingSystem
    progress: Progress
    tries: dict[RowId, int] = field(default_factory=dict)
    """How often each row was written in this run: a guard against going round in circles."""
    confirmed: set[tuple[NameKind, str]] = field(default_factory=set)
    """Names that were looked up in this run."""
    not_created: dict[tuple[NameKind, str], NotCreated] = field(default_factory=dict)
    """Why names that we may create, and that are missing, could not be created in this run."""
    strays: dict[DocumentKind, list[BooksDocument]] = field(default_factory=dict)
    """Documents that say they are ours, and that no row knows."""
    stale_names: set[RowId] = field(default_factory=set)
    """Rows whose names were looked up anew in this run after a refusal."""
    names: KnownNames = field(init=False)
    """What is known of the books' customers and items."""
    pace: SendingPace = field(init=False)
    """How many orders go into one message set."""

    def __post_init__(self) -> None:
        self.names = KnownNames(self.ledger)
        self.pace = self.ledger.known(SendingPace) or SendingPace()

    @property
    def company(self) -> Company:
        """The company whose books these are."""
        return self.system.company


def by_id(context: Context, kind: DocumentKind, ids: Sequence[str]) -> Generator[Ask, Answer, dict[str, BooksDocument]]:
    """Read documents as they are in the books now, by id; those that are gone are missing.

    Raises:
        StopRun: If the books could not answer.
    """
    found: dict[str, BooksDocument] = {}
    for start in range(0, len(ids), DOCUMENTS_AT_ONCE):
        found |= yield from context.system.read(kind, ids[start : start + DOCUMENTS_AT_ONCE])
    return found


def of_rows(context: Context, rows: Sequence[Row]) -> Generator[Ask, Answer, dict[str, BooksDocument]]:
    """Read the documents of rows as they are in the books now, by id."""
    found: dict[str, BooksDocument] = {}
    for kind in sorted({row.document.kind for row in rows}):
        ids = [row.document.txn_id for row in rows if row.document.kind is kind and row.document.txn_id]
        found |= yield from by_id(context, kind, ids)
    return found
