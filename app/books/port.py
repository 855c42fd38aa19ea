"""The port every accounting system is spoken to through: a conversation, and the ledger it reads and writes.

A run against the books is a generator that yields `Ask`s and is sent `Answer`s. It knows the ledger; it knows no
sockets. The Web Connector moves it by asking us for the next request; for systems in the cloud a loop does.

What the books answered reaches the record as `Outcome`s only: the ledger alone decides what state a row gets.
"""

from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from app.domain.books_document import BooksDocument, BooksStray
from app.domain.books_names import BooksName, NameKind
from app.domain.message_set import MessageSet
from app.domain.reasons import Reason, ReasonCode
from app.domain.row import Row, RowId, RowSummary
from app.domain.sales_order import DocumentKind, SalesOrder
from app.domain.values import Struct

F = TypeVar("F")


class Ask(Struct, frozen=True):
    """The next request of a run."""

    text: str
    percent: int
    """How much of the run is behind us, 0 to 99."""
    message_set_id: str | None = None
    """The written-down message set this is; None for a question that changes nothing."""


class Answer(Struct, frozen=True):
    """What came back for the last `Ask`."""

    text: str
    """Empty when the request could not be processed at all."""
    fault: str = ""
    """The transport's code for that, such as ``0x80040400``."""
    message: str = ""
    """The transport's words for it."""
    seconds: float = 0.0
    """How long the answer took."""
    trace: str = ""
    """The accounting system's own mark of the call, for its support."""


class RunEnd(Struct, frozen=True):
    """How a run ended."""

    error: str = ""
    """One sentence for people; empty when the run came to its end."""


Conversation = Generator[Ask, Answer, RunEnd]


class Written(Struct, frozen=True):
    """The books hold the document, and it was compared with the order that was meant: equal."""

    row_id: RowId
    order: SalesOrder
    document: BooksDocument
    note: str = ""
    raw: str | None = None
    """What the books call the exchange it was written in, for their support; None where they name none."""


class WrittenUnchecked(Struct, frozen=True):
    """The books took the order, but did not show what they made of it: it must be looked at before it counts."""

    row_id: RowId
    txn_id: str
    edit_sequence: str
    raw: str | None = None
    """As in `Written`."""


class Refused(Struct, frozen=True):
    """The books refused the row, or its document is not what was meant; a person must mend it."""

    row_id: RowId
    reason: Reason
    document: BooksDocument | None = None
    order: SalesOrder | None = None
    """What was refused, where it was an order: what Cedar has changed since was not."""


class Later(Struct, frozen=True):
    """A fault that heals."""

    row_id: RowId
    reason: Reason


class Again(Struct, frozen=True):
    """It did not get in, or must be looked at anew: it goes out at the next chance."""

    row_id: RowId
    note: str


class MadeAnew(Struct, frozen=True):
    """What was taken out of use cannot come back: the row has no document any more, and gets another."""

    row_id: RowId
    ref_number: str
    """The number of the new one."""
    note: str


class InConflict(Struct, frozen=True):
    """The books hold something else than we left there; a person chooses."""

    row_id: RowId
    reason: Reason
    document: BooksDocument | None


class LeftToTheBooks(Struct, frozen=True):
    """A rule in the settings says that what is in the books stays as a person made it."""

    row_id: RowId
    reason: Reason
    document: BooksDocument


class TakenBack(Struct, frozen=True):
    """A voided invoice is out of the books."""

    row_id: RowId
    note: str
    is_deleted: bool
    """The document is gone; otherwise it is there, closed."""
    document: BooksDocument | None = None
    """The document as it is there, closed, where the books showed it."""
    is_by_us: bool = True
    """It was we who closed it."""
    raw: str | None = None
    """As in `Written`."""


Outcome = Written | WrittenUnchecked | Refused | Later | Again | MadeAnew | InConflict | LeftToTheBooks | TakenBack


class Ledger(Protocol):
    """One connection's part of the record, as a run sees it. Every call is one transaction."""

    def now(self) -> datetime:
        """Tell the time."""

    def known(self, kind: type[F]) -> F | None:
        """Read a fact about the connection."""

    def learn(self, fact: object) -> None:
        """Keep a fact about the connection."""

    def forget(self, kind: type[object]) -> None:
        """Drop a fact about the connection."""

    def names(self, kind: NameKind, wanted: Iterable[str]) -> dict[str, BooksName]:
        """Look names up among those known, keyed by `name_key`; one that several entries share is not among them."""

    def namesakes(self, kind: NameKind, wanted: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Tell which names are shared among those known, keyed by `name_key`: the full names of who shares them."""

    def full_names(self, kind: NameKind, ids: Iterable[str]) -> dict[str, str]:
        """Give the full names of entries among those known, by their ids."""

    def keep_names(self, names: Sequence[BooksName]) -> None:
        """Keep list entries."""

    def replace_names(self, names: Sequence[BooksName]) -> None:
        """Keep these list entries in place of all known ones."""

    def forget_names(self, kind: NameKind, wanted: Iterable[str]) -> None:
        """Drop names that turned out to be stale."""

    def due(self, limit: int) -> list[Row]:
        """Read rows that may go out now."""

    def count_due(self) -> int:
        """Count the rows that may go out now."""

    def rows(self, ids: Iterable[RowId]) -> list[Row]:
        """Read rows."""

    def failed_for(self, codes: Iterable[ReasonCode]) -> list[Row]:
        """Read the rows that failed for one of some reasons."""

    def taken(self, txn_ids: Iterable[str]) -> frozenset[str]:
        """Tell which of some documents belong to rows already."""

    def of_another(self, documents: Iterable[BooksDocument]) -> frozenset[str]:
        """Tell which of some documents are another railroad's, which writes into the same company."""

    def in_conflict_for(self, codes: Iterable[ReasonCode]) -> list[Row]:
        """Read the rows in conflict for one of some reasons."""

    def document_kinds(self) -> list[DocumentKind]:
        """List the kinds of document that rows have in the books."""

    def doubt(
        self, edit_sequences: Mapping[str, str], gone: Collection[str], note: str, back: Collection[str] = ()
    ) -> int:
        """Compare those synced rows with the books at the next chance that somebody else changed there.

        Args:
            edit_sequences: By document id, as the books have them now.
            gone: Ids of documents that were deleted.
            back: Ids of documents that had been deleted, and are there again.
            note: What happened, for the history.

        Returns:
            How many rows that are.
        """

    def newest_synced(self) -> RowSummary | None:
        """Give the row that was synced last."""

    def strays(self, found: Sequence[BooksStray]) -> list[BooksStray]:
        """Give those documents that say they are ours, and that no row knows.

        They were written by a record that was lost since, or that an older copy was put in the place of; or a person
        copied one of ours.
        """

    def doubt_strays(self, kind: DocumentKind, found: Sequence[BooksDocument]) -> list[BooksDocument]:
        """Have a person asked about strays that hold nothing of what Cedar bills to their customer any more.

        Returns:
            The others: what wants a document looks at them before one is made.
        """

    def doubt_everything(self, note: str) -> None:
        """Compare every row that has or had a document with the books at the next chance: this may be another copy."""

    def documents(self, kind: DocumentKind) -> list[str]:
        """List the ids of all documents of a kind that rows have in the books."""

    def unanswered(self) -> list[MessageSet]:
        """Read the message sets whose outcomes are not known, oldest first."""

    def message_set(self, message_set_id: str) -> MessageSet | None:
        """Read a message set."""

    def free_orphans(self) -> None:
        """Send rows back to the queue that are on their way in no open message set; it takes a bug to make one."""

    def doubt_outcomes(self) -> None:
        """Have the rows say that their outcome is not known whose message sets nobody waits for any more."""

    def prepare(self, message_set: MessageSet) -> Sequence[Row]:
        """Write a message set down, and its rows as sending, before it is handed out.

        Returns:
            The rows on their way; none, and nothing is written, if one is not as the set takes it to be any more.
        """

    def record(
        self, outcomes: Sequence[Outcome], message_set_id: str | None = None, learnt: Sequence[object] = ()
    ) -> None:
        """Write outcomes down, with facts that were learnt; a message set is answered in the same transaction.

        Outcomes for rows that are on their way in another message set by now are passed over.
        """
