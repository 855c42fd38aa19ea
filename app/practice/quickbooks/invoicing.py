"""Turning orders into invoices: which lines are still open, and the link both documents keep.

Rule: used by InvoiceAdd and by a person's "create invoice" alike, so both leave the same traces on the order.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from app.domain.values import replace
from app.practice.quickbooks.company_file import CompanyFile
from app.practice.quickbooks.faults import Refusal
from app.practice.quickbooks.records import Document, DocumentKind, Line, Link
from app.practice.quickbooks.references import require_id

Takeover = tuple[Document, Line]
"""An order and the line of it that goes into an invoice."""


def find_order(company: CompanyFile, txn_id: str) -> Document:
    """Find an order or estimate that an invoice wants to link to.

    Raises:
        Refusal: There is none, somebody has it open, or nothing of it is open.
    """
    require_id(txn_id, "LinkToTxnID")
    order = company.register.document(txn_id)
    if order is None or order.kind is DocumentKind.INVOICE:
        raise Refusal(3120, f'Object "{txn_id}" specified in the request cannot be found.')
    company.require_document(order)
    if order.is_closed or not open_lines(order):
        raise Refusal(3210, f'Unable to link to transaction "{txn_id}" because it has already been closed.')
    return order


def open_lines(order: Document) -> list[Line]:
    """List the lines of an order that no invoice has taken over yet."""
    return [line for line in order.lines if not line.is_closed and not line.invoiced]


def copy_line(company: CompanyFile, source: Line) -> Line:
    """Make the invoice's line for an order's line."""
    return replace(
        source,
        txn_line_id=company.register.new_line_id(),
        invoiced=Decimal(0),
        source_line_id=source.txn_line_id,
        is_closed=False,
        fields=dict(source.fields),
        custom=dict(source.custom),
    )


def settle(company: CompanyFile, invoice: Document, takeovers: Iterable[Takeover]) -> None:
    """Note on the orders what the invoice took over, and link the documents both ways."""
    amounts: dict[str, Decimal] = {}
    for order, line in takeovers:
        # An estimate has no Invoiced column on its lines; the mark keeps one line from being billed twice.
        line.invoiced = line.quantity or Decimal(1)
        amounts[order.txn_id] = amounts.get(order.txn_id, Decimal("0.00")) + (line.amount or Decimal(0))
    for txn_id, amount in amounts.items():
        linked = company.register.document(txn_id)
        if linked is not None:
            linked.links.append(Link(invoice.txn_id, amount))
            invoice.links.append(Link(txn_id, amount))
            company.register.touch(linked)


def unlink(company: CompanyFile, invoice: Document) -> None:
    """Free the orders of an invoice that is deleted or voided."""
    taken_over = {line.source_line_id for line in invoice.lines}
    for link in invoice.links:
        order = company.register.document(link.txn_id)
        if order is None:
            continue
        order.links = [kept for kept in order.links if kept.txn_id != invoice.txn_id]
        for line in order.lines:
            if line.txn_line_id in taken_over:
                line.invoiced = Decimal(0)
        company.register.touch(order)
    invoice.links = []
