"""What a practice company in QuickBooks Online holds: list records, documents with their lines, deletions.

Rule: data only. These are the company's own, mutable records; `DocumentPicture` is what people get to see.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from app.practice.quickbooks_online.json_text import Json

ZERO: Final = Decimal("0.00")


class ListKind(StrEnum):
    """The lists the practice company keeps, by Intuit's names."""

    CUSTOMER = "Customer"
    ITEM = "Item"
    ACCOUNT = "Account"


class DocumentKind(StrEnum):
    """The sales forms the practice company keeps, by Intuit's names."""

    ESTIMATE = "Estimate"
    INVOICE = "Invoice"


@dataclass(slots=True, kw_only=True)
class Record:
    """What every object has."""

    id: str
    created: datetime
    modified: datetime
    """To the second, as the service writes it."""
    sync_token: int = 0


@dataclass(slots=True, kw_only=True)
class ListRecord(Record):
    """A customer, an item or an account."""

    kind: ListKind
    name: str
    """DisplayName of a customer, Name of the others."""
    is_active: bool = True
    parent_id: str | None = None
    fields: dict[str, Json] = field(default_factory=dict)
    """The other properties that can be written, by name."""


@dataclass(slots=True, kw_only=True)
class Line:
    """A line of a document; the subtotal line is made when the document is shown."""

    id: str
    description: str | None
    amount: Decimal | None
    """None on a line of mere text."""
    item_id: str | None
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    service_date: date | None = None
    tax_code: str = "NON"


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another transaction."""

    txn_id: str
    txn_type: str


@dataclass(slots=True, kw_only=True)
class Document(Record):
    """An estimate or an invoice."""

    kind: DocumentKind
    customer_id: str
    txn_date: date
    doc_number: str | None
    currency: str
    private_note: str | None = None
    status: str = "Pending"
    """TxnStatus; means nothing on an invoice."""
    due_date: date | None = None
    lines: list[Line] = field(default_factory=list)
    last_line_id: int = 0
    tax_percent: Decimal = ZERO
    """Tax of the lines with the code TAX."""
    paid: Decimal = ZERO
    links: list[Link] = field(default_factory=list)
    fields: dict[str, Json] = field(default_factory=dict)
    """The other properties that can be written, by name."""

    @property
    def subtotal(self) -> Decimal:
        """Sum of the lines, without tax."""
        return sum((line.amount for line in self.lines if line.amount is not None), ZERO)

    @property
    def taxable(self) -> Decimal:
        """Sum of the taxed lines."""
        taxed = (line.amount for line in self.lines if line.amount is not None and line.tax_code == "TAX")
        return sum(taxed, ZERO) if self.tax_percent else ZERO

    @property
    def tax(self) -> Decimal:
        """Sales tax, in cents."""
        return (self.taxable * self.tax_percent / 100).quantize(ZERO)

    @property
    def total(self) -> Decimal:
        """What the document amounts to, tax included."""
        return self.subtotal + self.tax

    @property
    def balance(self) -> Decimal:
        """What is left to pay of it."""
        return self.total - self.paid


@dataclass(frozen=True, slots=True)
class Deletion:
    """What remains of a deleted document."""

    kind: DocumentKind
    id: str
    deleted: datetime
