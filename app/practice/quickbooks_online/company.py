"""A practice company in QuickBooks Online: its settings, its lists, its documents and what was deleted.

Rule: nothing here is reachable through HTTP; programs come in by the `service`, people by the `Desk`. Whoever changes
several things at once holds the `guard`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from threading import RLock
from typing import Final, TypeAlias

from app.practice.quickbooks_online.pictures import DocumentPicture, picture
from app.practice.quickbooks_online.records import Deletion, Document, DocumentKind, Line, ListKind, ListRecord, Record
from app.practice.quickbooks_online.stamps import today

Clock: TypeAlias = Callable[[], datetime]
"""Tells the practice time, aware."""

CURRENCIES: Final = {
    "USD": "United States Dollar",
    "CAD": "Canadian Dollar",
    "MXN": "Mexican Peso",
    "EUR": "Euro",
}
"""The currencies a practice company can use, with their names."""


def computer_clock() -> datetime:
    """Tell the computer's time."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Preferences:
    """The company's settings; a person may change them at any time."""

    allow_estimates: bool = True
    custom_numbers: bool = True
    """Whether a document number that is sent is kept; otherwise the company numbers by itself."""
    checks_duplicates: bool = True
    """Whether two documents of a kind may not have the same number."""
    book_close_date: date | None = None
    closing_password: bool = False
    multi_currency: bool = False
    home_currency: str = "USD"
    tax_percent: Decimal | None = None
    """Sales tax; None if the company charges none."""
    due_days: int = 30
    is_subscribed: bool = True
    """Whether the subscription is paid; without it the company is read only."""
    custom_fields: tuple[str, ...] = ()
    """Names of the custom fields on sales forms, three at most."""


class OnlineCompany:
    """A company and all it holds, in memory."""

    def __init__(self, realm_id: str, name: str = "Practice Company", clock: Clock = computer_clock) -> None:
        """Create a company with the accounts every one has.

        Args:
            realm_id: The company's id: decimal digits.
            name: What it is called.
            clock: Tells the practice time.
        """
        self.realm_id = realm_id
        self.name = name
        self.clock = clock
        self.person = "Robin Vale"
        """Who works in the company; the service names them when two changes meet."""
        self.preferences = Preferences()
        self.guard = RLock()
        """Held while something is read or changed."""
        self.deletions: list[Deletion] = []
        """What was deleted, oldest first."""
        self._lists: dict[ListKind, dict[str, ListRecord]] = {kind: {} for kind in ListKind}
        self._documents: dict[DocumentKind, dict[str, Document]] = {kind: {} for kind in DocumentKind}
        self.serials: dict[str, int] = {}
        """The last id given, per family of ids."""
        self.created = self.moment()
        """When the company was opened."""
        self.changed = self.created
        """When its preferences last changed."""
        self.preferences_token = 0
        """How often they changed."""

    def moment(self) -> datetime:
        """Tell the practice time to the second, as records keep it."""
        return self.clock().astimezone(UTC).replace(microsecond=0)

    def today(self) -> date:
        """Tell the practice day."""
        return today(self.clock())

    def new_id(self, family: str) -> str:
        """Give the next id; transactions share one sequence, each list has its own."""
        self.serials[family] = self.serials.get(family, 0) + 1
        return str(self.serials[family])

    def next_number(self, kind: DocumentKind) -> str:
        """Give the number the company gives its next document by itself."""
        return str(1000 + int(self.new_id(f"number of {kind}")))

    def documents(self, kind: DocumentKind | str) -> list[DocumentPicture]:
        """Show the documents of a kind, in the order of their making."""
        with self.guard:
            return [
                picture(self.find_list(ListKind.CUSTOMER, each.customer_id), each, self._item_name)
                for each in self.all_documents(DocumentKind(kind))
            ]

    def document(self, kind: DocumentKind | str, document_id: str) -> DocumentPicture:
        """Show one document.

        Raises:
            KeyError: There is none.
        """
        with self.guard:
            found = self._documents[DocumentKind(kind)][document_id]
            return picture(self.find_list(ListKind.CUSTOMER, found.customer_id), found, self._item_name)

    def _item_name(self, line: Line) -> str | None:
        found = self.find_list(ListKind.ITEM, line.item_id or "")
        return None if found is None else self.full_name(found)

    def find_list(self, kind: ListKind, record_id: str) -> ListRecord | None:
        """Find a list record, active or not."""
        return self._lists[kind].get(record_id)

    def find_named(self, kind: ListKind, name: str) -> ListRecord | None:
        """Find a list record by its full name, else the oldest of its own name, active or not."""
        wanted, records = name.casefold(), self.all_lists(kind)
        in_full = (each for each in records if self.full_name(each).casefold() == wanted)
        return next(in_full, None) or next((each for each in records if each.name.casefold() == wanted), None)

    def find_holder(self, kind: ListKind, name: str, parent_id: str | None) -> ListRecord | None:
        """Find the record that keeps others from having a name, active or not; names differ by more than case.

        The name of a customer is its own in the whole list, any other name among those below the same record.
        """
        return next(
            (
                each
                for each in self.all_lists(kind)
                if each.name.casefold() == name.casefold()
                and (kind is ListKind.CUSTOMER or each.parent_id == parent_id)
            ),
            None,
        )

    def all_lists(self, kind: ListKind) -> list[ListRecord]:
        """Give a whole list, by the age of its records."""
        return list(self._lists[kind].values())

    def full_name(self, record: ListRecord) -> str:
        """Give a record's name with those above it (FullyQualifiedName)."""
        parent = self.find_list(record.kind, record.parent_id) if record.parent_id else None
        return record.name if parent is None else f"{self.full_name(parent)}:{record.name}"

    def is_within(self, record: ListRecord, record_id: str) -> bool:
        """Tell whether a record is another one, or stands below it."""
        above = self.find_list(record.kind, record.parent_id) if record.parent_id else None
        return record.id == record_id or (above is not None and self.is_within(above, record_id))

    def find_document(self, kind: DocumentKind, document_id: str) -> Document | None:
        """Find a document."""
        return self._documents[kind].get(document_id)

    def all_documents(self, kind: DocumentKind) -> list[Document]:
        """Give all documents of a kind, by age."""
        return list(self._documents[kind].values())

    def balance_of(self, customer_id: str) -> Decimal:
        """Tell what a customer owes."""
        owed = (
            each.balance for each in self._documents[DocumentKind.INVOICE].values() if each.customer_id == customer_id
        )
        return sum(owed, Decimal(0))

    def keep_list(self, record: ListRecord) -> None:
        """Put a list record into the company, new or in place of the one with its id."""
        self._lists[record.kind][record.id] = record

    def keep_document(self, document: Document) -> None:
        """Put a document into the company, new or in place of the one with its id."""
        before = self._documents[document.kind].get(document.id)
        self._documents[document.kind][document.id] = document
        self._stamp_customers(document, () if before is None else (before,))

    def remove_document(self, document: Document) -> None:
        """Take a document out of the company; only its deletion remains."""
        del self._documents[document.kind][document.id]
        self.deletions.append(Deletion(document.kind, document.id, self.moment()))
        self._stamp_customers(document)

    def touch(self, record: Record) -> None:
        """Mark a record as changed."""
        record.sync_token += 1
        record.modified = self.moment()

    def _stamp_customers(self, document: Document, others: Iterable[Document] = ()) -> None:
        """Move the stamp of a customer whose balance changed; recorded: the SyncToken stays."""
        if document.kind is not DocumentKind.INVOICE:
            return
        for each in (document, *others):
            customer = self.find_list(ListKind.CUSTOMER, each.customer_id)
            if customer is not None:
                customer.modified = self.moment()


MONTH: Final = timedelta(days=30)
"""How long the company remembers what was deleted, for change data capture."""
