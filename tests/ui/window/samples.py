"""Rows as a long list shows them."""

from datetime import date
from decimal import Decimal

from app.domain.row import Document, RowSummary, row_id
from app.domain.sales_order import DocumentKind
from app.domain.states import State
from app.store.row_lists import ListedRow
from tests.builders import NOW


def listed(number: int, state: State = State.SYNCED, amount: str = "10.00") -> ListedRow:
    invoice = f"INV-{number}"
    row = RowSummary(
        id=row_id("main", invoice, "4410"),
        connection="main",
        invoice=invoice,
        gl_number="4410",
        customer="Acme Grain",
        state=state,
        reasons=(),
        date=date(2026, 10, 31),
        amount=Decimal(amount),
        currency="USD",
        lines=1,
        skipped_lines=0,
        skipped_amount=Decimal("0.00"),
        document=Document(DocumentKind.SALES_ORDER, invoice),
        attempts=0,
        next_attempt_at=None,
        updated_at=NOW,
    )
    return ListedRow(row, ())
