"""A company in QuickBooks Online as the promises look at books, and as the bookkeeper of the stories works on them."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from app.practice.quickbooks.desk import NewLine as DesktopLine
from app.practice.quickbooks.records import ListKind as DesktopList
from app.practice.quickbooks.views import LineRecord, ListEntry, OrderRecord
from app.practice.quickbooks_online import (
    Desk,
    DocumentKind,
    DocumentPicture,
    LinePicture,
    ListKind,
    NewLine,
    OnlineCompany,
    PracticeQuickBooksOnline,
)

_MARK = re.compile(r"\s*\[#(?P<charge>\d+)(?:, quantity [^\]]*)?\]\s*$")
_LISTS = {DesktopList.CUSTOMER: ListKind.CUSTOMER, DesktopList.ITEM: ListKind.ITEM}


_PREFIX = {ListKind.CUSTOMER: "customer-", ListKind.ITEM: "item-"}
"""Each list has ids of its own, which are the same numbers."""


class Hooks:
    """What goes wrong at QuickBooks Online."""

    def __init__(self, service: PracticeQuickBooksOnline) -> None:
        self._service = service

    def clear(self) -> None:
        """Let nothing go wrong any more."""
        self._service.mishaps.heal()


class OnlineBooks:
    """The company's documents of one kind, with a person at the desk."""

    def __init__(self, company: OnlineCompany, service: PracticeQuickBooksOnline, kind: str = "Estimate") -> None:
        self.company = company
        self.hooks = Hooks(service)
        self.locked: set[str] = set()
        """Nobody can lock anything here."""
        self._desk = Desk(company)
        self._kind = DocumentKind(kind)
        self._charges: dict[tuple[str, str], str] = {}
        """By document and line: the charge it was made for, whatever a person wrote over it since."""

    @property
    def closing_date(self) -> date | None:
        """The day up to which the books are closed."""
        return self.company.preferences.book_close_date

    @closing_date.setter
    def closing_date(self, day: date | None) -> None:
        self._desk.close_books(day)

    def orders(self) -> list[OrderRecord]:
        """List the documents that are worth something or were never voided."""
        return [self._record(each) for each in self.company.documents(self._kind)]

    def order(self, txn_id: str) -> OrderRecord:
        """Show one document."""
        return self._record(self.company.document(self._kind, txn_id))

    def edit_order(self, txn_id: str, **changes: Any) -> None:  # noqa: ANN401
        """Change the head of a document."""
        renamed = {"memo": "private_note", "txn_date": "txn_date", "terms": "memo"}
        head = {renamed[name]: value for name, value in changes.items() if name in renamed}
        if "customer" in changes:
            head["customer"] = self._name(ListKind.CUSTOMER, changes["customer"])
        self._desk.edit(self._kind, txn_id, **head)

    def edit_line(
        self,
        txn_id: str,
        index: int,
        *,
        quantity: Decimal | None = None,
        amount: Decimal | None = None,
        desc: str | None = None,
    ) -> None:
        """Change a line; who writes another description writes over our mark."""
        self._desk.edit_line(self._kind, txn_id, index, quantity=quantity, amount=amount, description=desc)

    def add_line(self, txn_id: str, line: DesktopLine) -> None:
        """Add a line."""
        self._desk.add_line(self._kind, txn_id, _typed(line))

    def delete_line(self, txn_id: str, index: int) -> None:
        """Delete a line."""
        self._desk.delete_line(self._kind, txn_id, index)

    def delete_order(self, txn_id: str) -> None:
        """Delete a document."""
        self._desk.delete(self._kind, txn_id)

    def close_order(self, txn_id: str, *, is_closed: bool) -> None:
        """Reject an estimate, or accept it again."""
        (self._desk.reject if is_closed else self._desk.accept)(txn_id)

    def make_invoice_from(self, txn_id: str, *, fully: bool) -> None:
        """Make an invoice from an estimate; here always from all of it."""
        if self.company.document(self._kind, txn_id).status in {"Closed", "Rejected"}:
            raise ValueError("it is an invoice already, or out of use")
        self._desk.convert(txn_id)

    def create_order(self, customer: str, lines: Sequence[DesktopLine], *, ref_number: str, memo: str) -> str:
        """Write a document of one's own."""
        name = self._name(ListKind.CUSTOMER, customer)
        written = [_typed(line) for line in lines]
        return self._desk.write(self._kind, name, written, doc_number=ref_number, private_note=memo)

    def list_entries(self, kind: DesktopList) -> list[ListEntry]:
        """List customers or items."""
        return [
            ListEntry(
                kind.value,
                "",
                _PREFIX[_LISTS[kind]] + each.id,
                str(each.sync_token),
                each.name,
                each.name,
                each.is_active,
            )
            for each in self.company.all_lists(_LISTS[kind])
        ]

    def make_inactive(self, list_id: str) -> None:
        """Make a customer or an item inactive."""
        self._set_active(list_id, is_active=False)

    def make_active(self, list_id: str) -> None:
        """Make a customer or an item active."""
        self._set_active(list_id, is_active=True)

    def rename_customer(self, list_id: str, name: str) -> None:
        """Give a customer another name."""
        before = self._name(ListKind.CUSTOMER, list_id)
        if before != name:
            self._desk.rename(ListKind.CUSTOMER, before, name)

    def _set_active(self, list_id: str, *, is_active: bool) -> None:
        kind = ListKind.CUSTOMER if list_id.startswith(_PREFIX[ListKind.CUSTOMER]) else ListKind.ITEM
        self._desk.set_active(kind, self._name(kind, list_id), is_active=is_active)

    def _name(self, kind: ListKind, list_id: str) -> str:
        found = self.company.find_list(kind, list_id.removeprefix(_PREFIX[kind]))
        assert found is not None
        return found.name

    def _record(self, seen: DocumentPicture) -> OrderRecord:
        owner = self.company.find_named(ListKind.CUSTOMER, seen.customer)
        return OrderRecord(
            kind=seen.kind,
            txn_id=seen.id,
            txn_number=0,
            edit_sequence=seen.sync_token,
            time_created=seen.created,
            time_modified=seen.created,
            customer_id=_PREFIX[ListKind.CUSTOMER] + owner.id if owner else "",
            customer=seen.customer,
            txn_date=seen.txn_date,
            ref_number=seen.doc_number,
            memo=seen.private_note,
            po_number="",
            terms=None,
            due_date=None,
            other="",
            external_guid="",
            is_to_be_printed=False,
            is_manually_closed=seen.status == "Rejected" or "Voided" in seen.private_note,
            is_fully_invoiced=seen.status == "Closed",
            is_pending=False,
            subtotal=seen.subtotal,
            sales_tax=Decimal(0),
            total=seen.total,
            linked=seen.linked,
            lines=tuple(self._line(seen.id, line) for line in seen.lines),
        )

    def _line(self, txn_id: str, line: LinePicture) -> LineRecord:
        mark = _MARK.search(line.description)
        if mark:
            self._charges[txn_id, line.id] = mark["charge"]
        return LineRecord(
            txn_line_id=line.id,
            item=line.item,
            desc=line.description[: mark.start()] if mark else line.description,
            quantity=line.quantity,
            rate=line.unit_price,
            percent=None,
            amount=line.amount,
            invoiced=Decimal(0),
            is_manually_closed=False,
            other1=self._charges.get((txn_id, line.id), ""),
            other2="",
        )


def _typed(line: DesktopLine) -> NewLine:
    return NewLine(line.item, line.quantity, line.rate, line.amount)
