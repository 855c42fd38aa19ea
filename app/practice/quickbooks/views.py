"""What people get to see of the company file: frozen copies of its documents.

Rule: data only; changing them changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from app.practice.quickbooks.company_file import CompanyFile
from app.practice.quickbooks.document_view import tax_of
from app.practice.quickbooks.records import Document, DocumentKind, FieldValue, Line, ListRecord, Ref


@dataclass(frozen=True, slots=True)
class LineRecord:
    """One line of a document."""

    txn_line_id: str
    item: str | None
    desc: str
    quantity: Decimal | None
    rate: Decimal | None
    percent: Decimal | None
    amount: Decimal | None
    invoiced: Decimal
    is_manually_closed: bool
    other1: str
    other2: str


@dataclass(frozen=True, slots=True)
class OrderRecord:
    """A sales order, an estimate or an invoice."""

    kind: str
    txn_id: str
    txn_number: int
    edit_sequence: str
    time_created: datetime
    time_modified: datetime
    customer_id: str
    customer: str
    txn_date: date
    ref_number: str
    memo: str
    po_number: str
    terms: str | None
    due_date: date | None
    other: str
    external_guid: str
    is_to_be_printed: bool
    is_manually_closed: bool
    is_fully_invoiced: bool
    is_pending: bool
    subtotal: Decimal
    sales_tax: Decimal
    total: Decimal
    linked: tuple[str, ...]
    """Ids of the documents it is linked to."""
    lines: tuple[LineRecord, ...]


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A record of a list."""

    kind: str
    subtype: str
    list_id: str
    edit_sequence: str
    name: str
    full_name: str
    is_active: bool


def view_document(company: CompanyFile, document: Document) -> OrderRecord:
    """Copy a document."""
    fields = document.fields
    due = _text(fields.get("DueDate"))
    return OrderRecord(
        kind=document.kind.value,
        txn_id=document.txn_id,
        txn_number=document.txn_number,
        edit_sequence=str(document.edit_sequence),
        time_created=document.created,
        time_modified=document.modified,
        customer_id=document.customer_id,
        customer=_name(company, Ref(document.customer_id)) or "",
        txn_date=document.txn_date,
        ref_number=document.ref_number,
        memo=document.memo,
        po_number=_text(fields.get("PONumber")),
        terms=_name(company, fields.get("TermsRef")),
        due_date=date.fromisoformat(due) if due else None,
        other=_text(fields.get("Other")),
        external_guid=_text(fields.get("ExternalGUID")),
        is_to_be_printed=fields.get("IsToBePrinted") == "true",
        is_manually_closed=document.is_closed,
        is_fully_invoiced=document.kind is DocumentKind.SALES_ORDER and document.is_fully_invoiced,
        is_pending=fields.get("IsPending") == "true",
        subtotal=document.subtotal,
        sales_tax=tax_of(company, document),
        total=document.subtotal + tax_of(company, document),
        linked=tuple(link.txn_id for link in document.links),
        lines=tuple(_line(company, line) for line in document.lines),
    )


def view_record(company: CompanyFile, record: ListRecord) -> ListEntry:
    """Copy a list record."""
    return ListEntry(
        record.kind.value,
        record.subtype,
        record.list_id,
        str(record.edit_sequence),
        record.name,
        company.register.full_name(record),
        record.is_active,
    )


def _line(company: CompanyFile, line: Line) -> LineRecord:
    return LineRecord(
        txn_line_id=line.txn_line_id,
        item=None if line.item_id is None else _name(company, Ref(line.item_id)),
        desc=line.desc,
        quantity=line.quantity,
        rate=line.rate,
        percent=line.percent,
        amount=line.amount,
        invoiced=line.invoiced,
        is_manually_closed=line.is_closed,
        other1=_text(line.fields.get("Other1")),
        other2=_text(line.fields.get("Other2")),
    )


def _text(value: FieldValue | None) -> str:
    return value if isinstance(value, str) else ""


def _name(company: CompanyFile, value: FieldValue | None) -> str | None:
    record = company.register.record(value.list_id) if isinstance(value, Ref) else None
    return None if record is None else company.register.full_name(record)
