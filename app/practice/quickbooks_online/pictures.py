"""What people get to see of a company's documents: frozen copies.

Rule: data only; changing them changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from app.practice.quickbooks_online.records import Document, DocumentKind, Line, ListRecord


@dataclass(frozen=True, slots=True)
class LinePicture:
    """A line of a document."""

    id: str
    item: str | None
    """The item's full name."""
    quantity: Decimal | None
    unit_price: Decimal | None
    amount: Decimal | None
    """None on a line of mere text."""
    description: str


@dataclass(frozen=True, slots=True)
class DocumentPicture:
    """An estimate or an invoice."""

    kind: str
    id: str
    sync_token: str
    doc_number: str
    """Empty if it has none."""
    customer: str
    """The customer's DisplayName."""
    txn_date: date
    due_date: date | None
    private_note: str
    status: str
    """TxnStatus of an estimate; empty on an invoice."""
    currency: str
    subtotal: Decimal
    """Without tax."""
    total: Decimal
    """With tax."""
    balance: Decimal | None
    """What is left to pay; None on an estimate."""
    linked: tuple[str, ...]
    """Ids of the transactions it is linked to."""
    created: datetime
    modified: datetime
    lines: tuple[LinePicture, ...]


def picture(
    customer: ListRecord | None, document: Document, item_name: Callable[[Line], str | None]
) -> DocumentPicture:
    """Copy a document."""
    is_estimate = document.kind is DocumentKind.ESTIMATE
    return DocumentPicture(
        kind=document.kind.value,
        id=document.id,
        sync_token=str(document.sync_token),
        doc_number=document.doc_number or "",
        customer="" if customer is None else customer.name,
        txn_date=document.txn_date,
        due_date=document.due_date,
        private_note=document.private_note or "",
        status=document.status if is_estimate else "",
        currency=document.currency,
        subtotal=document.subtotal,
        total=document.total,
        balance=None if is_estimate else document.balance,
        linked=tuple(link.txn_id for link in document.links),
        created=document.created,
        modified=document.modified,
        lines=tuple(
            LinePicture(line.id, item_name(line), line.quantity, line.unit_price, line.amount, line.description or "")
            for line in document.lines
        ),
    )
