"""What a run needs to know of one accounting system: how it is asked, written to and understood. No I/O.

Everything else a run does (what it looks for, compares, sends, and how it settles what is in doubt) is the same for
all of them and stands in the other modules of this package.
"""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Protocol, TypeVar

from app.books.port import Answer, Ask
from app.books.run.meaning import Meaning
from app.domain.books_document import BooksDocument, BooksStray
from app.domain.books_names import BooksName, NameKind
from app.domain.message_set import MessageSet
from app.domain.reasons import Reason
from app.domain.references import ReferenceForm
from app.domain.sales_order import DocumentKind, OrderLine, SalesOrder
from app.domain.values import Struct, field

T = TypeVar("T")
Asking = Generator[Ask, Answer, T]
"""A part of the conversation that ends with a result."""


class StopRun(Exception):
    """The run cannot go on for a reason that is not about one invoice."""

    def __init__(self, reason: Reason, *, is_transient: bool) -> None:
        super().__init__(reason.code)
        self.reason = reason
        self.is_transient = is_transient


class Closing(Enum):
    """How a document is taken out of use without being deleted."""

    CLOSED = "closed"
    INACTIVE = "inactive"
    REJECTED = "rejected"
    VOIDED = "voided"


class OutcomeInDoubt(Exception):
    """A message set came back without its answers: the books have to be asked."""


class Company(Struct, frozen=True):
    """The company whose books these are, as far as a run cares."""

    key: str
    """What identifies it to our message sets."""
    closing_date: date | None = None
    is_multi_currency: bool = False
    home_currency: str | None = None
    """The currency the books are kept in, by its name or code; None where it is not known."""


@dataclass(slots=True)
class Progress:
    """How far a run is."""

    total: int = 0
    """How many rows the run set out to write."""
    done: int = 0

    @property
    def percent(self) -> int:
        """How far the run is, never 100 before its end."""
        return min(99, 100 * self.done // self.total) if self.total else 1


class References(Struct, frozen=True):
    """The ids in the books an order's names resolve to."""

    customer: str
    items: Mapping[str, str]
    """By service type."""


class KeptLine(Struct, frozen=True):
    """A line of a changed document that stays exactly as it is in the books."""

    line_id: str
    is_group: bool = False


class ChangedLine(Struct, frozen=True):
    """A line of a changed document with new content."""

    line_id: str | None
    """None for a line that is new."""
    line: OrderLine
    keeps_description: bool = False
    """The description in the books is a person's."""


class DocumentChange(Struct, frozen=True):
    """What a document needs to hold an order."""

    document: BooksDocument
    """As it is in the books now."""
    order: SalesOrder
    sends_customer: bool
    sends_date: bool
    lines: tuple[KeptLine | ChangedLine, ...]
    reopens: bool = False
    """It was closed, and must not be."""


class Made(Struct, frozen=True):
    """What is known of a document that was written, where it is not shown whole."""

    txn_id: str
    edit_sequence: str | None


class Reply(Struct, frozen=True):
    """The books' answer to one request of a message set."""

    request_id: str
    meaning: Meaning
    message: str = ""
    """What they said, for people."""
    raw: str | None = None
    """What they said, word for word with their code, for support."""
    document: BooksDocument | None = None
    """The document as they hold it now, where they show it."""
    made: Made | None = None
    trace: str | None = None
    """What they call the exchange, for their support; kept in the history of what it brought about."""


class Replies(Struct, frozen=True):
    """The books' answer to a message set."""

    replies: tuple[Reply, ...]
    is_single: bool = False
    """The set was one request, and the answer does not repeat its id."""

    def get(self, request_id: str) -> Reply | None:
        """Find the answer to a request by its id."""
        if self.is_single:
            return self.replies[0]
        return next((reply for reply in self.replies if reply.request_id == request_id), None)


class Reception(Enum):
    """What became of a whole message set."""

    TAKEN = "taken"
    """It was taken, and the answer tells request by request."""
    UNREADABLE = "unreadable"
    """It was refused whole because of something in it: nothing of it was run."""
    REPHRASED = "rephrased"
    """It was refused whole and nothing of it was run; from now on sets are written in another form."""
    NOT_DELIVERED = "not_delivered"
    """It never got there: nothing of it was run. Reading the answer tells why nothing more can be sent."""


class Recalled(Struct, frozen=True):
    """What the books themselves remember of a message set."""

    replies: Replies | None = None
    has_arrived: bool = False
    """It did arrive, so it cannot arrive again."""


class Changed(Struct, frozen=True):
    """What other hands changed in the books."""

    documents: Sequence[BooksStray]
    gone: frozenset[str]
    """Ids of documents that were deleted."""
    is_complete: bool = True
    """Otherwise it is not known of all documents whether they were deleted."""


class Created(Struct, frozen=True):
    """What became of a list entry that was to be created."""

    names: Sequence[BooksName]
    meaning: Meaning
    message: str = ""
    raw: str | None = None


class Search(Struct, frozen=True):
    """What to look for in the books before an order is written for the first time."""

    order: SalesOrder
    customer_id: str
    numbers: tuple[str, ...]
    """The numbers a document of this order may have: ours, and those another program may have cut."""
    items: Mapping[str, str] = field(default_factory=dict)
    """The ids of the order's items in the books, by service type."""


class AccountingSystem(Protocol):
    """One accounting system in one run. Whatever asks may raise `StopRun`."""

    company: Company
    references: ReferenceForm
    """How document numbers are made for it."""
    most_orders: int
    """The most requests in one message set."""
    watch_every: timedelta
    """How often, at the most, it is asked for changes by other hands."""
    watch_overlap: timedelta
    """How much is looked at twice, because its clock is not ours."""
    may_be_another_copy: bool
    """Its books may be an older copy of themselves, put back by a person."""
    repeats_safely_for: timedelta
    """How long the same message set may be sent again at once: it is run only once, and the answer is the first one."""
    still_runs_for: timedelta
    """How long a message set that was handed out may still be worked on where we cannot see it."""
    name_limits: Mapping[NameKind, int]

    def new_message_set_id(self) -> str:
        """Make an id that outcomes are remembered under."""

    def can_hold(self, kind: DocumentKind) -> bool | None:
        """Tell whether these books hold a kind of document; None if that is not known."""

    def unavailable(self, kind: DocumentKind, raw: str | None = None) -> Reason:
        """Say that these books do not hold a kind of document."""

    def can_delete(self, kind: DocumentKind) -> bool:
        """Tell whether a kind of document is deleted; otherwise it can only be closed."""

    def closing(self, kind: DocumentKind) -> Closing:
        """Tell how a kind of document is taken out of use."""

    def can_reopen(self, kind: DocumentKind) -> bool:
        """Tell whether a document of a kind that was closed can be opened again."""

    def description_as_kept(self, description: str) -> str:
        """Give a line's description as the books keep it."""

    def whole_list(self, kind: NameKind) -> Asking[list[BooksName]]:
        """Read all customers or all items, inactive ones included."""

    def entries(self, wanted: Sequence[tuple[NameKind, str]]) -> Asking[list[list[BooksName]]]:
        """Look list entries up by name, active or not; one list for each name, in order."""

    def income_accounts(self) -> Asking[list[str]]:
        """Read the names of the active income accounts."""

    def create_customers(self, names: Sequence[str], called: Mapping[str, str]) -> Asking[list[Created]]:
        """Create customers named by GL numbers.

        Args:
            names: The GL numbers.
            called: By GL number, what Cedar calls the customer.
        """

    def create_items(self, names: Sequence[str], account: str) -> Asking[list[Created]]:
        """Create service items that bring income to an account."""

    def find(self, kind: DocumentKind, searches: Sequence[Search]) -> Asking[list[BooksDocument]]:
        """Find documents that may be those of orders, by the numbers they may have."""

    def read(self, kind: DocumentKind, ids: Sequence[str]) -> Asking[dict[str, BooksDocument]]:
        """Read documents by id as they are now; those that are gone are missing."""

    def there(self, documents: Sequence[tuple[DocumentKind, str]]) -> Asking[dict[str, str]]:
        """Tell which of some documents are there, by id, with their edit sequences."""

    def changed_since(self, kind: DocumentKind, since: datetime) -> Asking[Changed]:
        """Ask which documents were changed or deleted since a time."""

    def add(
        self, kind: DocumentKind, request_id: str, order: SalesOrder, ref_number: str, references: References
    ) -> str:
        """Write the request that creates the document of an order."""

    def change(self, kind: DocumentKind, request_id: str, change: DocumentChange, references: References) -> str:
        """Write the request that changes a document."""

    def close(self, kind: DocumentKind, request_id: str, document: BooksDocument) -> str:
        """Write the request that takes a document out of use."""

    def delete(self, kind: DocumentKind, request_id: str, document: BooksDocument) -> str:
        """Write the request that deletes a document."""

    def goes_alone(self, request: str) -> bool:
        """Tell whether a request has to be a message set of its own."""

    def message_set(self, requests: Sequence[str], message_set_id: str) -> str:
        """Wrap requests into one message set."""

    def reception(self, answer: Answer) -> Reception:
        """Tell what became of a whole message set."""

    def replies(self, answer: Answer) -> Replies:
        """Read the answer to a message set.

        Raises:
            StopRun: If there is none, or it cannot be read.
            OutcomeInDoubt: If the books took the set, but tell nothing of its requests.
        """

    def learnt_when_answered(self, message_set_id: str) -> Sequence[object]:
        """Give the facts to keep with the outcomes of a message set: nobody needs the books' memory of it then."""

    def recall(self, message_set: MessageSet) -> Asking[Recalled]:
        """Ask for the books' own memory of a message set."""
