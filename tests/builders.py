"""Plain, valid examples of what the program works with; a test names only what matters to it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from app.domain.books_document import BooksDocument, BooksLine
from app.domain.charge import Charge, ChargeId
from app.domain.row import Document, Row, new_row
from app.domain.sales_order import DocumentKind, OrderLine, SalesOrder
from app.domain.states import State
from app.domain.values import replace

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
"""A Sunday morning."""

APPLIED_AT = datetime(2026, 10, 20, 15, 30, tzinfo=UTC)


def a_charge(
    charge_id: str = "1001",
    *,
    status: str = "INVOICED",
    invoice: str | None = "INV-1001",
    gl_number: str | None = "4410",
    customer: str | None = "Acme Grain",
    location: str | None = None,
    service_type: str | None = "DEMURRAGE",
    rate_description: str | None = None,
    billing_type: str | None = None,
    quantity: str | None = None,
    rate: str | None = None,
    amount: str | None = "100.00",
    currency: str | None = None,
    invoice_date: date | None = None,
    applied_at: datetime | None = APPLIED_AT,
    car: str | None = None,
) -> Charge:
    return Charge(
        charge_id=ChargeId(charge_id),
        billing_status=status,
        invoice=invoice,
        gl_number=gl_number,
        customer=customer,
        location=location,
        billing_type=billing_type,
        service_type=service_type,
        rate_description=rate_description,
        quantity=None if quantity is None else Decimal(quantity),
        rate=None if rate is None else Decimal(rate),
        amount=None if amount is None else Decimal(amount),
        currency=currency,
        invoice_date=invoice_date,
        applied_at=applied_at,
        car=car,
    )


def a_line(
    charge_id: str = "1001",
    *,
    item: str = "DEMURRAGE",
    description: str = "Siding",
    quantity: str = "2",
    rate: str | None = "50.00",
    amount: str = "100.00",
) -> OrderLine:
    return OrderLine(
        ChargeId(charge_id),
        item,
        description,
        Decimal(quantity),
        None if rate is None else Decimal(rate),
        Decimal(amount),
    )


def an_order(
    *lines: OrderLine,
    invoice: str = "INV-1001",
    gl_number: str = "4410",
    customer: str = "Acme Grain",
    day: date = date(2026, 10, 31),
    currency: str | None = None,
) -> SalesOrder:
    return SalesOrder(invoice, gl_number, customer, day, lines or (a_line(),), currency)


def a_document(
    order: SalesOrder | None = None,
    *,
    txn_id: str = "1A2B-1600000000",
    edit_sequence: str = "1600000000",
    ref_number: str | None = None,
    with_charge_ids: bool = True,
) -> BooksDocument:
    """Make the document the books show when they hold exactly an order."""
    order = order or an_order()
    lines = tuple(
        BooksLine(
            line_id=f"{number:X}-1600000000",
            item=line.item,
            description=line.description,
            quantity=line.quantity,
            rate=line.rate,
            amount=line.amount,
            charge_id=line.charge_id if with_charge_ids else None,
        )
        for number, line in enumerate(order.lines, start=1)
    )
    return BooksDocument(
        txn_id=txn_id,
        edit_sequence=edit_sequence,
        ref_number=ref_number or order.invoice[:11],
        customer=order.gl_number,
        date=order.date,
        memo=order.memo,
        subtotal=order.subtotal,
        lines=lines,
        customer_id="80000001-1600000000",
    )


def a_row(
    invoice: str = "INV-1001",
    gl_number: str | None = "4410",
    *,
    connection: str = "main",
    state: State = State.QUEUED,
    order: SalesOrder | None = None,
    ref_number: str | None = "",
    at: datetime = NOW,
) -> Row:
    """Make a row whose order may go out; its reference number is its invoice's unless another is named."""
    order = order or an_order(invoice=invoice, gl_number=gl_number or "4410")
    empty = new_row(connection, invoice, gl_number, DocumentKind.SALES_ORDER, at)
    return replace(
        empty,
        state=state,
        customer=order.customer,
        date=order.date,
        amount=order.subtotal,
        lines=len(order.lines),
        order=order,
        document=Document(DocumentKind.SALES_ORDER, invoice[:11] if ref_number == "" else ref_number),
    )
