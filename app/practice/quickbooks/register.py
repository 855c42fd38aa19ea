"""The company file's contents with its indexes: lists by id and name, documents by id, number and customer.

Rule: keeps itself consistent and hands out ids; knows no qbXML and no rules of business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal

from app.practice.quickbooks.records import (
    Deletion,
    Document,
    DocumentKind,
    FieldValue,
    Line,
    ListKind,
    ListRecord,
)

_FIRST_NUMBER = 0x1A2B


class Register:
    """Everything a company file remembers of its lists and documents."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.serial = _FIRST_NUMBER
        self.txn_number = 0
        self.deletions: list[Deletion] = []
        self.last_numbers: dict[DocumentKind, str] = {}
        self.last_dates: dict[DocumentKind, date] = {}
        self._records: dict[str, ListRecord] = {}
        self._lists: dict[ListKind, dict[str, ListRecord]] = {kind: {} for kind in ListKind}
        self._names: dict[tuple[ListKind, str], str] = {}
        self._documents: dict[str, Document] = {}
        self._numbers: dict[tuple[DocumentKind, str], list[str]] = {}
        self._of_customer: dict[str, list[str]] = {}

    # Ids and stamps

    def new_serial(self) -> int:
        """Take the next number of the file's own counter."""
        self.serial += 1
        return self.serial

    def new_line_id(self) -> str:
        """Make an id for a line."""
        return f"{self.new_serial():X}-{int(self.clock().timestamp())}"

    def touch(self, record: ListRecord | Document) -> None:
        """Note that a record changed now."""
        record.modified = self.clock()
        # QuickBooks uses the second of the change; a practice company must notice two changes in one second.
        record.edit_sequence = max(int(record.modified.timestamp()), record.edit_sequence + 1)

    # Lists

    def add_record(
        self,
        kind: ListKind,
        name: str,
        *,
        parent_id: str | None = None,
        subtype: str = "",
        is_active: bool = True,
        price: Decimal | None = None,
        percent: Decimal | None = None,
        fields: dict[str, FieldValue] | None = None,
    ) -> ListRecord:
        """Add a record to a list."""
        now = self.clock()
        second = int(now.timestamp())
        record = ListRecord(
            kind=kind,
            list_id=f"{0x80000000 + self.new_serial():X}-{second}",
            name=name,
            created=now,
            modified=now,
            edit_sequence=second,
            is_active=is_active,
            parent_id=parent_id,
            subtype=subtype,
            price=price,
            percent=percent,
            fields=fields or {},
        )
        self.restore_record(record)
        return record

    def restore_record(self, record: ListRecord) -> None:
        """Put a record with all its properties into its list."""
        self._records[record.list_id] = record
        self._lists[record.kind][record.list_id] = record
        self._names[record.kind, self.full_name(record).casefold()] = record.list_id

    def rename_record(self, record: ListRecord, name: str) -> None:
        """Give a record another name; the names of everything below it change with it."""
        record.name = name
        self._index_names()

    def remove_record(self, list_id: str) -> None:
        """Take a record out of its list."""
        del self._lists[self._records.pop(list_id).kind][list_id]
        self._index_names()

    def _index_names(self) -> None:
        self._names = {
            (record.kind, self.full_name(record).casefold()): record.list_id for record in self._records.values()
        }

    def record(self, list_id: str) -> ListRecord | None:
        """Find a record by its id."""
        return self._records.get(list_id)

    def named(self, kind: ListKind, full_name: str) -> ListRecord | None:
        """Find a record by its full name, whatever its case."""
        list_id = self._names.get((kind, full_name.strip().casefold()))
        return None if list_id is None else self._records[list_id]

    def records(self, kind: ListKind) -> list[ListRecord]:
        """List the records of a list by name."""
        return sorted(self._lists[kind].values(), key=lambda record: self.full_name(record).casefold())

    def all_records(self) -> Iterator[ListRecord]:
        """Go through all lists in the order of their making."""
        return iter(self._records.values())

    def full_name(self, record: ListRecord) -> str:
        """Tell a record's name with its parents' names before it."""
        if record.parent_id is None:
            return record.name
        return f"{self.full_name(self._records[record.parent_id])}:{record.name}"

    def level(self, record: ListRecord) -> int:
        """Tell how deep below the top of its list a record stands."""
        return 0 if record.parent_id is None else 1 + self.level(self._records[record.parent_id])

    def is_within(self, record: ListRecord, ancestor_id: str) -> bool:
        """Tell whether a record is another or stands somewhere below it."""
        if record.list_id == ancestor_id:
            return True
        return record.parent_id is not None and self.is_within(self._records[record.parent_id], ancestor_id)

    # Documents

    def add_document(self, kind: DocumentKind, customer_id: str, txn_date: date, ref_number: str) -> Document:
        """Add an empty document."""
        now = self.clock()
        second = int(now.timestamp())
        self.txn_number += 1
        document = Document(
            kind=kind,
            txn_id=f"{self.new_serial():X}-{second}",
            txn_number=self.txn_number,
            created=now,
            modified=now,
            edit_sequence=second,
            customer_id=customer_id,
            txn_date=txn_date,
            ref_number=ref_number,
        )
        self.restore_document(document)
        self.last_numbers[kind] = ref_number
        self.last_dates[kind] = txn_date
        return document

    def restore_document(self, document: Document) -> None:
        """Put a document with all its properties into the file."""
        self._documents[document.txn_id] = document
        self._numbers.setdefault((document.kind, document.ref_number.casefold()), []).append(document.txn_id)
        self._of_customer.setdefault(document.customer_id, []).append(document.txn_id)

    def renumber(self, document: Document, ref_number: str) -> None:
        """Give a document another RefNumber."""
        self._numbers[document.kind, document.ref_number.casefold()].remove(document.txn_id)
        document.ref_number = ref_number
        self._numbers.setdefault((document.kind, ref_number.casefold()), []).append(document.txn_id)
        self.last_numbers[document.kind] = ref_number

    def reassign(self, document: Document, customer_id: str) -> None:
        """Give a document to another customer."""
        self._of_customer[document.customer_id].remove(document.txn_id)
        document.customer_id = customer_id
        self._of_customer.setdefault(customer_id, []).append(document.txn_id)

    def remove_document(self, document: Document) -> Deletion:
        """Delete a document and keep the note that it existed."""
        del self._documents[document.txn_id]
        self._numbers[document.kind, document.ref_number.casefold()].remove(document.txn_id)
        self._of_customer[document.customer_id].remove(document.txn_id)
        deletion = Deletion(document.kind, document.txn_id, document.ref_number, document.created, self.clock())
        self.deletions.append(deletion)
        return deletion

    def document(self, txn_id: str) -> Document | None:
        """Find a document by its id."""
        return self._documents.get(txn_id)

    def documents(self, kind: DocumentKind | None = None) -> list[Document]:
        """List documents in the order of their making."""
        return [document for document in self._documents.values() if kind is None or document.kind is kind]

    def numbered(self, kind: DocumentKind, ref_number: str) -> list[Document]:
        """Find the documents of a number, whatever its case; there may be several."""
        ids = self._numbers.get((kind, ref_number.casefold()), ())
        return [self._documents[txn_id] for txn_id in ids]

    def of_customers(self, customer_ids: Iterable[str]) -> list[Document]:
        """Find the documents of some customers."""
        ids = (txn_id for customer_id in customer_ids for txn_id in self._of_customer.get(customer_id, ()))
        return [self._documents[txn_id] for txn_id in ids]

    def find_line(self, document: Document, txn_line_id: str) -> Line | None:
        """Find a line of a document by its id."""
        return next((line for line in document.lines if line.txn_line_id == txn_line_id), None)
