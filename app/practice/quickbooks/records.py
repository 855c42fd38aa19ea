"""What the company file holds: list records, documents with their lines, deletions.

Rule: data only. These are the file's own, mutable records; `OrderRecord` in `views` is what people get to see.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from app.practice.quickbooks.amounts import total_of


class ListKind(StrEnum):
    """The lists of a company file."""

    CUSTOMER = "Customer"
    VENDOR = "Vendor"
    EMPLOYEE = "Employee"
    OTHER_NAME = "OtherName"
    ITEM = "Item"
    ACCOUNT = "Account"
    CLASS = "Class"
    TERMS = "Terms"
    SALES_TAX_CODE = "SalesTaxCode"
    SALES_REP = "SalesRep"
    SHIP_METHOD = "ShipMethod"
    CUSTOMER_MESSAGE = "CustomerMsg"
    CUSTOMER_TYPE = "CustomerType"
    JOB_TYPE = "JobType"
    PAYMENT_METHOD = "PaymentMethod"
    PRICE_LEVEL = "PriceLevel"
    TEMPLATE = "Template"
    CURRENCY = "Currency"


NAME_LISTS = (ListKind.CUSTOMER, ListKind.VENDOR, ListKind.EMPLOYEE, ListKind.OTHER_NAME)
"""The lists that share one name space."""


class ItemKind(StrEnum):
    """Kinds of item, by the stem of their record's element."""

    SERVICE = "ItemService"
    NON_INVENTORY = "ItemNonInventory"
    OTHER_CHARGE = "ItemOtherCharge"
    DISCOUNT = "ItemDiscount"
    SALES_TAX = "ItemSalesTax"


class DocumentKind(StrEnum):
    """Kinds of document the practice company keeps."""

    SALES_ORDER = "SalesOrder"
    ESTIMATE = "Estimate"
    INVOICE = "Invoice"


@dataclass(frozen=True, slots=True)
class Ref:
    """A pointer to a list record; the record's present name is looked up when it is shown."""

    list_id: str


FieldValue = str | Ref | tuple[tuple[str, str], ...]
"""A stored element: text, a reference, or a small group such as an address."""


@dataclass(slots=True)
class ListRecord:
    """One record of a list."""

    kind: ListKind
    list_id: str
    name: str
    created: datetime
    modified: datetime
    edit_sequence: int
    is_active: bool = True
    parent_id: str | None = None
    subtype: str = ""
    """ItemKind of an item, AccountType of an account, TemplateType of a template."""
    price: Decimal | None = None
    percent: Decimal | None = None
    """Rate of a sales tax item, change of a price level."""
    fields: dict[str, FieldValue] = field(default_factory=dict)


@dataclass(slots=True)
class Line:
    """One line of a document."""

    txn_line_id: str
    item_id: str | None
    desc: str
    quantity: Decimal | None
    rate: Decimal | None
    percent: Decimal | None
    """RatePercent of a line with a percentage instead of a rate."""
    amount: Decimal | None
    """None on a line of mere text."""
    invoiced: Decimal = Decimal(0)
    """Quantity already taken over into an invoice; a line is taken over whole or not at all."""
    source_line_id: str = ""
    """The order's line this invoice's line was taken over from."""
    is_closed: bool = False
    fields: dict[str, FieldValue] = field(default_factory=dict)
    custom: dict[str, str] = field(default_factory=dict)
    """Public custom fields (DataExt with OwnerID 0)."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link between two documents."""

    txn_id: str
    amount: Decimal


@dataclass(slots=True)
class Document:
    """A sales order, an estimate or an invoice."""

    kind: DocumentKind
    txn_id: str
    txn_number: int
    created: datetime
    modified: datetime
    edit_sequence: int
    customer_id: str
    txn_date: date
    ref_number: str
    memo: str = ""
    is_closed: bool = False
    fields: dict[str, FieldValue] = field(default_factory=dict)
    """The other header elements, by name."""
    lines: list[Line] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    @property
    def subtotal(self) -> Decimal:
        """Sum of the lines."""
        return total_of(line.amount for line in self.lines)

    @property
    def is_fully_invoiced(self) -> bool:
        """Whether every line with an amount has been taken over into invoices."""
        billed = [line for line in self.lines if line.amount is not None]
        return bool(self.links) and bool(billed) and all(line.invoiced for line in billed)


@dataclass(frozen=True, slots=True)
class Deletion:
    """What remains of a deleted document."""

    kind: DocumentKind
    txn_id: str
    ref_number: str
    created: datetime
    deleted: datetime
