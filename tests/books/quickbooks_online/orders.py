"""Orders of every kind, and the practice company that takes them without a network in between."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec
from hypothesis import strategies as st

from app.books.quickbooks_online import documents, wire
from app.books.quickbooks_online.documents import ENTITY, books_document
from app.books.quickbooks_online.wire import Document
from app.books.run.accounting_system import References
from app.domain.books_document import BooksDocument
from app.domain.charge import ChargeId
from app.domain.figures import line_figures
from app.domain.sales_order import DocumentKind, OrderLine, SalesOrder
from app.practice.quickbooks_online import Desk, OnlineCompany
from app.practice.quickbooks_online.entities import change
from app.practice.quickbooks_online.json_text import encode

KINDS = st.sampled_from([DocumentKind.ESTIMATE, DocumentKind.INVOICE])
ITEMS = ("SWITCHING", "STORAGE")
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)

WORDS = st.text(max_size=60) | st.sampled_from(
    [
        "",
        "  ",
        "Car [#7]",
        "[#1, quantity 3]",
        "a\nb\tc",
        "\x00\x0b\x1f",
        "ends in ]",
        "\ufffe\uffff",
        "x" * 5000,
        "Söhne “✓” 🚂",
    ]
)
QUANTITIES = st.none() | st.decimals("-999", "9999", places=3)
RATES = st.none() | st.decimals("-500", "5000", places=5)
AMOUNTS = st.decimals("-9999.99", "99999.99", places=2)


@st.composite
def lines(draw: st.DrawFn, charge_id: int) -> OrderLine:
    """Draw a line as the plan makes it: its amount may be adjusted away from its figures."""
    quantity, rate = draw(QUANTITIES), draw(RATES)
    amount = draw(AMOUNTS)
    if quantity is not None and rate is not None and draw(st.booleans()):
        amount = (quantity * rate).quantize(Decimal("0.01"))
    figures = line_figures(quantity, rate, amount)
    return OrderLine.of(ChargeId(str(charge_id)), draw(st.sampled_from(ITEMS)), draw(WORDS), figures)


@st.composite
def orders(draw: st.DrawFn, *, may_be_negative: bool = False) -> SalesOrder:
    """Draw an order."""
    first = draw(st.integers(1, 4))
    found = tuple(draw(lines(first + place)) for place in range(draw(st.integers(1, 4))))
    total = sum((line.amount for line in found), Decimal(0))
    if total < 0 and not may_be_negative:
        mending = OrderLine.of(ChargeId(str(first + 9)), "STORAGE", "", line_figures(None, None, -total))
        found = (*found, mending)
    day = draw(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
    return SalesOrder("INV-1", "4410", "Acme", day, found, "USD")


class Company:
    """A practice company, and how this program writes into it and reads back."""

    def __init__(self) -> None:
        self.company = OnlineCompany("1", "Prairie Short Line", lambda: AT)
        desk = Desk(self.company)
        desk.add_account("Freight Income")
        customer = desk.add_customer("4410")
        self.references = References(customer, {item: desk.add_item(item) for item in ITEMS})

    def send(self, kind: DocumentKind, body: object) -> BooksDocument:
        """Write a document, and read the answer."""
        answer = change(self.company, ENTITY[kind], wire.encode(body).encode(), "write")
        shown = msgspec.json.decode(encode(answer[ENTITY[kind]]), type=Document)
        return books_document(kind, shown)

    def add(self, kind: DocumentKind, order: SalesOrder, number: str = "INV-1") -> BooksDocument:
        """Add the document of an order."""
        body = documents.created(kind, order, number, self.references, is_multi_currency=False, country="US")
        return self.send(kind, body)
