"""What one order costs, step by step, to be counted from outside: ``python -m tests.bench.order_work FOLDER STEP``.

``FOLDER`` holds the record and an answer that `tests.bench.instructions` put there. Every step begins with the same
preparation; ``nothing`` does no more than that, so that it can be taken off.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.books.port import Written
from app.books.quickbooks_desktop.desktop_system import replies_of
from app.books.quickbooks_desktop.qbxml import requests, responses
from app.books.run.accounting_system import References
from app.domain.books_document import BooksDocument, differences
from app.domain.charge import Charge
from app.domain.choices import OnVoid
from app.domain.message_set import Action, Errand, MessageSet, MessageSetState
from app.domain.planning import Rules, plan_invoice
from app.domain.row import Row
from app.domain.sales_order import SalesOrder
from app.store import charges
from app.store.database import Record
from app.sync.clock import SystemClock
from app.sync.ledger import RecordLedger
from tests.builders import a_document

ORDERS = 100
RECORD, ANSWER = "record.sqlite", "answer.xml"


@dataclass(frozen=True, slots=True)
class Material:
    """What the steps work on: a hundred orders, and what goes with them."""

    ledger: RecordLedger
    rows: list[Row]
    orders: list[SalesOrder]
    charges: list[list[Charge]]
    references: list[References]
    documents: list[BooksDocument]
    answer: str


def material(folder: Path) -> Material:
    """Read what was put into a folder."""
    record = Record.open(folder / RECORD)
    ledger = RecordLedger(record, SystemClock(), "main", OnVoid.ASK)
    rows = ledger.due(ORDERS)
    orders = [row.order for row in rows if row.order is not None]
    with record.read() as tx:
        of_invoices = [charges.of_invoice(tx, "main", order.invoice) for order in orders]
    return Material(
        ledger,
        rows,
        orders,
        of_invoices,
        [References("80000001-1", {line.item: "80000002-1" for line in order.lines}) for order in orders],
        [a_document(order, txn_id=f"T{number}") for number, order in enumerate(orders)],
        (folder / ANSWER).read_text(encoding="utf-8"),
    )


def plan(given: Material) -> None:
    """Make orders of charges."""
    rules = Rules()
    for order, of_invoice in zip(given.orders, given.charges, strict=True):
        plan_invoice(order.invoice, of_invoice, rules)


def write(given: Material) -> None:
    """Write the message set."""
    texts = [
        requests.order_add(row.document.kind, "r", order, row.document.ref_number or "", references)
        for row, order, references in zip(given.rows, given.orders, given.references, strict=True)
    ]
    requests.message_set(texts, "13.0", "a-set")


def read(given: Material) -> None:
    """Read QuickBooks' answer."""
    assert len(replies_of(responses.parse(given.answer)).replies) == ORDERS


def compare(given: Material) -> None:
    """Compare what QuickBooks made with what was meant."""
    for order, document in zip(given.orders, given.documents, strict=True):
        assert not differences(order, document)


def record(given: Material) -> None:
    """Write the intent and the outcomes down."""
    errands = tuple(Errand(f"r{row.id}", row.id, Action.ADD, row.order) for row in given.rows)
    now = datetime.now(UTC)
    message_set = MessageSet("a-set", "main", MessageSetState.PREPARED, "railroad.qbw", now, "<QBXML/>", errands)
    assert given.ledger.prepare(message_set)
    outcomes = [
        Written(row.id, order, document)
        for row, order, document in zip(given.rows, given.orders, given.documents, strict=True)
    ]
    given.ledger.record(outcomes, message_set.id)


def nothing(given: Material) -> None:
    """Do no more than prepare."""


STEPS: dict[str, Callable[[Material], None]] = {
    each.__name__: each for each in (nothing, plan, write, read, compare, record)
}

if __name__ == "__main__":
    STEPS[sys.argv[2]](material(Path(sys.argv[1])))
