"""One company of QuickBooks Online, asked and written to by this program's own client."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Generator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import Mock
from uuid import uuid4

from app.books.port import Answer, Ask, Ledger
from app.books.quickbooks_online import wire
from app.books.quickbooks_online.access import OnlineAccess, Surroundings
from app.books.quickbooks_online.call import call_text
from app.books.quickbooks_online.courier import Courier
from app.books.quickbooks_online.documents import ENTITY
from app.books.quickbooks_online.introduction import introduce
from app.books.quickbooks_online.online_system import OnlineSystem
from app.books.run.accounting_system import Progress, References, Reply
from app.domain.books_document import BooksDocument
from app.domain.books_names import BooksName, NameKind
from app.domain.charge import ChargeId
from app.domain.facts import OnlineCompany
from app.domain.figures import line_figures
from app.domain.sales_order import DocumentKind, OrderLine, SalesOrder
from app.system.settings import DestinationSettings
from tests.books.quickbooks_online.store import Store

T = TypeVar("T")


def now() -> datetime:
    """Tell the computer's time."""
    return datetime.now(UTC)


def way_in(home: Path, destination: DestinationSettings, secret: str, refresh: str) -> OnlineAccess:
    """Give the way into a company; tokens are kept in the home, in a file for its owner alone."""
    around = Surroundings(
        connection="main",
        home=home,
        endpoint_port=8085,
        credentials=Store(is_there=False, variable=refresh),
        client_secret=lambda: secret,
        now=now,
        conceal=lambda _: None,
        reveal=lambda _: None,
    )
    return OnlineAccess(around, destination)


class LiveBooks:
    """A company, a customer and an item in it that nobody else uses, and the documents made for them."""

    def __init__(self, courier: Courier, realm_id: str, patience: float) -> None:
        """Take the way there.

        Args:
            courier: Carries the calls.
            realm_id: The company.
            patience: Seconds until a change has to be told.
        """
        self._courier = courier
        self._patience = patience
        self._names: list[BooksName] = []
        self._made: list[tuple[DocumentKind, str]] = []
        self.realm_id = realm_id
        ledger = Mock(spec=Ledger)
        ledger.now.side_effect = now
        ledger.known.return_value = None
        ledger.full_names.return_value = {}
        self.company: OnlineCompany = self.ask(introduce(ledger, realm_id))
        self.system = OnlineSystem(ledger, self.company, Progress())
        self.mark = uuid4().hex[:8]
        """Tells this run's names and numbers from those of all others."""

    def ask(self, asking: Generator[Ask, Answer, T]) -> T:
        """Put a question as a run does."""
        try:
            ask = next(asking)
            while True:
                ask = asking.send(self._courier.send(ask.text))
        except StopIteration as end:
            found: T = end.value
            return found

    def send(self, text: str) -> Answer:
        """Send a call, whatever it says."""
        return self._courier.send(text)

    def post(self, path: str, body: Mapping[str, object], **query: str) -> dict[str, Any]:
        """Post JSON, and give the answer, which may be a fault."""
        answer = self.send(call_text("POST", path, query, wire.encode(body)))
        assert not answer.fault, (answer.fault, answer.message)
        found: dict[str, Any] = json.loads(answer.text, parse_float=Decimal)
        return found

    def stock(self) -> None:
        """Add a customer and an item, with an apostrophe and letters from everywhere in their names."""
        (account, *_) = self.ask(self.system.income_accounts())
        customer, item = f"O'Brien & Söhne {self.mark}", f"Zürich – switching {self.mark}"
        made = [
            *self.ask(self.system.create_customers([customer], {customer: "Cedar Sync's contract test"})),
            *self.ask(self.system.create_items([item], account)),
        ]
        for each in made:
            assert each.names, each.raw
            self._names += each.names
        self.customer, self.item = self._names
        self.references = References(self.customer.list_id, {item: self.item.list_id})

    def order(self, number: str, *amounts: str) -> SalesOrder:
        """Make an order with a line for each amount; the second one does not divide into figures."""
        lines = tuple(
            OrderLine.of(
                ChargeId(str(1000 + place)),
                self.item.full_name,
                f"Car {place}, “track 7” [x]\nsecond line",
                line_figures(Decimal("12.5"), Decimal(amount) / Decimal("12.5"), Decimal(amount)),
            )
            for place, amount in enumerate(amounts)
        )
        return SalesOrder(f"T{self.mark}-{number}", self.customer.full_name, "Acme", now().date(), lines)

    def write(self, kind: DocumentKind, request: str, message_set_id: str | None = None) -> Reply:
        """Send one request as a message set, and read the answer to it."""
        text = self.system.message_set([request], message_set_id or self.system.new_message_set_id())
        (reply,) = self.system.replies(self.send(text)).replies
        if reply.made is not None:
            self.remember(kind, reply.made.txn_id)
        return reply

    def remember(self, kind: DocumentKind, txn_id: str) -> None:
        """Have a document deleted at the end."""
        self._made.append((kind, txn_id))

    def add(self, kind: DocumentKind, order: SalesOrder, message_set_id: str | None = None) -> Reply:
        """Add the document of an order."""
        request = self.system.add(kind, "add0", order, order.invoice, self.references)
        return self.write(kind, request, message_set_id)

    def document(self, kind: DocumentKind, txn_id: str) -> BooksDocument | None:
        """Read a document by its id."""
        return self.ask(self.system.read(kind, [txn_id])).get(txn_id)

    def eventually(self, is_so: Callable[[], bool]) -> bool:
        """Tell whether something is so, now or after a moment's patience."""
        until = time.monotonic() + self._patience
        while not is_so():
            if time.monotonic() >= until:
                return False
            time.sleep(2)
        return True

    def clean_up(self) -> None:
        """Delete the documents, and make customer and item inactive: they cannot be deleted."""
        for kind in ENTITY:
            ids = [txn_id for each, txn_id in dict.fromkeys(self._made) if each is kind]
            for txn_id, token in self.ask(self.system.there([(kind, txn_id) for txn_id in ids])).items():
                self.post(f"/{kind.value}", {"Id": txn_id, "SyncToken": token}, operation="delete")
        for name in self._names:
            entity = "customer" if name.kind is NameKind.CUSTOMER else "item"
            self.post(f"/{entity}", {"Id": name.list_id, "SyncToken": "0", "sparse": True, "Active": False})
