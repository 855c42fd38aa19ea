"""A row: one invoice for one GL number, with what Cedar wants, what the books hold, and where it stands. No I/O."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NewType, Self
from urllib.parse import quote

from app.domain.books_document import BooksDocument
from app.domain.money import ZERO
from app.domain.planning import LeftOutCharge
from app.domain.reasons import HELD_GONE, REMOVED, Reason, ReasonCode
from app.domain.sales_order import DocumentKind, SalesOrder
from app.domain.states import State
from app.domain.values import Struct, field, replace

RowId = NewType("RowId", str)
"""``connection/invoice/gl number``, as people and scripts name a row."""

NOTHING = "-"
"""Stands in an id for a number that is missing."""


def row_id(connection: str, invoice: str | None, gl_number: str | None) -> RowId:
    """Make the id of a row; a slash inside a number is escaped, so no two rows share an id."""
    return RowId("/".join((connection, _part(invoice), _part(gl_number))))


def _part(number: str | None) -> str:
    if number is None:
        return NOTHING
    # A number that looks like a missing one, or holds our separator, is written another way.
    return "%2D" if number == NOTHING else quote(number, safe=" !#$&'()*+,:;=?@[]~")


class Actor(StrEnum):
    """Who moved a row."""

    PROGRAM = "program"
    PERSON = "person"
    CEDAR = "cedar"
    BOOKS = "books"


class Document(Struct, frozen=True):
    """The document of a row in the books, as far as it is known."""

    kind: DocumentKind
    ref_number: str | None = None
    """The number it has or will get there; None while nothing of the row may sync."""
    txn_id: str | None = None
    edit_sequence: str | None = None


class RowSummary(Struct, frozen=True):
    """A row without its lines: what a list shows."""

    id: RowId
    connection: str
    invoice: str | None
    gl_number: str | None
    customer: str | None
    state: State
    reasons: tuple[Reason, ...]
    date: date | None
    amount: Decimal
    """What goes into the books; left-out charges are only in the ``skipped_`` fields."""
    currency: str | None
    lines: int
    skipped_lines: int
    skipped_amount: Decimal
    document: Document
    attempts: int
    next_attempt_at: datetime | None
    updated_at: datetime

    @property
    def is_in_books(self) -> bool:
        """Tell whether a document of it stands in the books, as far as anybody knows."""
        is_gone = any(
            reason.code is ReasonCode.DELETED_IN_QUICKBOOKS or reason.facts.get("case") == HELD_GONE
            for reason in self.reasons
        )
        return self.document.txn_id is not None and not is_gone


class Row(RowSummary, frozen=True):
    """A row with everything that is known of it."""

    order: SalesOrder | None = None
    """What Cedar wants in the books; None when nothing of it may sync."""
    left_out: tuple[LeftOutCharge, ...] = ()
    refusals: tuple[Reason, ...] = ()
    """Why our own rules forbid sending the order; it takes a change in Cedar or in the settings."""
    books: BooksDocument | None = None
    """What we left in the books, as they showed it."""
    seen: BooksDocument | None = None
    """What stands in the books in its place, where somebody changed it or was there first; or what was taken back."""
    accepted_hash: str | None = None
    """The content of the order the books were last found to hold exactly; None before that."""
    message_set_id: str | None = None
    """The message set that is on its way with this row."""
    check_books: bool = False
    """Compare with the books before the next write, also where nothing in Cedar changed."""
    overwrite: bool = False
    """A person chose to send ours over what is in the books."""
    cars: tuple[str, ...] = field(default=())

    @property
    def wanted_hash(self) -> str | None:
        """Give the digest of what Cedar wants; None for nothing."""
        return None if self.order is None else self.order.content_hash()

    @property
    def is_in_step(self) -> bool:
        """Tell whether the books hold exactly what Cedar wants."""
        return self.order is not None and self.accepted_hash == self.order.content_hash()

    @property
    def is_closed_by_us(self) -> bool:
        """Tell whether it was we who took the document out of use; what a person closes stays closed."""
        return self.books is not None and self.books.is_closed_by_us

    def without_document(self) -> Self:
        """Give the row as if nothing of it had ever been in the books; its reference number stays its own."""
        document = replace(self.document, txn_id=None, edit_sequence=None)
        return replace(self, document=document, books=None, seen=None, accepted_hash=None)

    def moved(self, state: State, at: datetime, *reasons: Reason) -> Self:
        """Give the row in another state, with the reasons for it in place of the earlier ones."""
        return replace(self, state=state, reasons=tuple(reasons), updated_at=at, next_attempt_at=None)

    def has_reason(self, code: ReasonCode) -> bool:
        """Tell whether the row stands where it is for this reason."""
        return any(reason.code is code for reason in self.reasons)


def voided(row: Row) -> Reason:
    """Tell that nothing of a row is to be billed any more."""
    return Reason(ReasonCode.VOIDED_IN_CEDAR, {"invoice": row.invoice or "", "gl_number": row.gl_number or ""})


def taken_back(row: Row) -> Reason:
    """Tell that nothing of a row is to be billed any more, and that nothing of it is in the books."""
    reason = voided(row)
    return replace(reason, facts={**reason.facts, "case": REMOVED})


def new_row(connection: str, invoice: str | None, gl_number: str | None, kind: DocumentKind, at: datetime) -> Row:
    """Make a row nothing is known of yet."""
    return Row(
        id=row_id(connection, invoice, gl_number),
        connection=connection,
        invoice=invoice,
        gl_number=gl_number,
        customer=None,
        state=State.SKIPPED,
        reasons=(),
        date=None,
        amount=ZERO,
        currency=None,
        lines=0,
        skipped_lines=0,
        skipped_amount=ZERO,
        document=Document(kind),
        attempts=0,
        next_attempt_at=None,
        updated_at=at,
    )
