"""What a person does in QuickBooks Online: keeping lists, writing, converting, paying and voiding documents, settings.

Rule: every change raises the SyncToken and the stamp as the service's own do, without any of the checks on programs.
Mistakes of the caller are `ValueError`s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from app.practice.quickbooks_online.company import OnlineCompany, Preferences
from app.practice.quickbooks_online.document_removal import reopen_estimate, void_lines
from app.practice.quickbooks_online.json_text import Json
from app.practice.quickbooks_online.records import (
    ZERO,
    Document,
    DocumentKind,
    Line,
    Link,
    ListKind,
    ListRecord,
)
from app.practice.quickbooks_online.views import currency_of

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line as a person types it."""

    item: str | None = None
    """None for a line of mere text."""
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    amount: Decimal | None = None
    """Computed from the other two where it is left out."""
    description: str | None = None


class Desk:
    """A person at the screen of a company."""

    def __init__(self, company: OnlineCompany) -> None:
        """Sit down.

        Args:
            company: The company that is open.
        """
        self.company = company

    # Lists

    def add_customer(
        self,
        name: str,
        *,
        company_name: str | None = None,
        is_active: bool = True,
        currency: str | None = None,
        parent: str | None = None,
        is_taxable: bool = True,
        fields: dict[str, Json] | None = None,
    ) -> str:
        """Add a customer under a DisplayName. Returns the id."""
        made: dict[str, Json] = {"Taxable": is_taxable, **(fields or {})}
        if company_name is not None:
            made["CompanyName"] = company_name
        if currency is not None:
            made["CurrencyRef"] = {"value": currency}
        return self._add(ListKind.CUSTOMER, name, made, is_active=is_active, parent=parent)

    def add_item(
        self,
        name: str,
        *,
        is_active: bool = True,
        parent: str | None = None,
        is_taxable: bool = False,
        fields: dict[str, Json] | None = None,
    ) -> str:
        """Add a service, on its own or below another one. Returns the id."""
        income = self.company.find_named(ListKind.ACCOUNT, "Services") or self.company.all_lists(ListKind.ACCOUNT)[0]
        made: dict[str, Json] = {
            "Type": "Service",
            "Taxable": is_taxable,
            "IncomeAccountRef": {"value": income.id},
            **(fields or {}),
        }
        return self._add(ListKind.ITEM, name, made, is_active=is_active, parent=parent)

    def add_account(self, name: str, account_type: str = "Income", classification: str = "Revenue") -> str:
        """Add an account. Returns the id."""
        return self._add(ListKind.ACCOUNT, name, {"AccountType": account_type, "Classification": classification})

    def rename(self, kind: ListKind | str, name: str, new_name: str) -> None:
        """Give a customer or an item another name."""
        with self._listed(kind, name) as record:
            self._check_name(record.kind, new_name, record.parent_id, record.id)
            record.name = new_name

    def set_active(self, kind: ListKind | str, name: str, *, is_active: bool) -> None:
        """Make a customer or an item inactive, or active again."""
        with self._listed(kind, name) as record:
            record.is_active = is_active

    # Documents

    def write(
        self,
        kind: DocumentKind | str,
        customer: str,
        lines: Sequence[NewLine],
        *,
        doc_number: str | None = None,
        txn_date: date | None = None,
        private_note: str | None = None,
    ) -> str:
        """Write a document of one's own. Returns its id."""
        company = self.company
        with company.guard:
            owner = self._named(ListKind.CUSTOMER, customer)
            form = DocumentKind(kind)
            day = txn_date or company.today()
            document = Document(
                id=company.new_id("Txn"),
                created=company.moment(),
                modified=company.moment(),
                kind=form,
                customer_id=owner.id,
                txn_date=day,
                doc_number=company.next_number(form) if doc_number is None else doc_number,
                currency=currency_of(company, owner),
                private_note=private_note,
                due_date=self._due(form, day),
                tax_percent=company.preferences.tax_percent or ZERO,
            )
            for line in lines:
                document.lines.append(self._line(document, line))
            company.keep_document(document)
            return document.id

    def edit(
        self,
        kind: DocumentKind | str,
        document_id: str,
        *,
        customer: str | None = None,
        doc_number: str | None = None,
        txn_date: date | None = None,
        private_note: str | None = None,
        status: str | None = None,
        memo: str | None = None,
    ) -> None:
        """Change the head of a document; what is left out stays, and what is empty goes."""
        with self._document(kind, document_id) as document:
            if customer is not None:
                document.customer_id = self._named(ListKind.CUSTOMER, customer).id
            document.doc_number = _or(doc_number, document.doc_number) or None
            document.txn_date = _or(txn_date, document.txn_date)
            document.private_note = _or(private_note, document.private_note) or None
            document.status = _or(status, document.status)
            if memo is not None:
                document.fields["CustomerMemo"] = {"value": memo}

    def edit_line(
        self,
        kind: DocumentKind | str,
        document_id: str,
        index: int,
        *,
        item: str | None = None,
        quantity: Decimal | None = None,
        unit_price: Decimal | None = None,
        amount: Decimal | None = None,
        description: str | None = None,
    ) -> None:
        """Change a line, by its place from 0; the screen computes the amount from quantity and price."""
        with self._document(kind, document_id) as document:
            line = document.lines[index]
            if item is not None:
                line.item_id = self._named(ListKind.ITEM, item).id
            line.description = _or(description, line.description)
            if quantity is not None or unit_price is not None or amount is not None:
                line.quantity = _or(quantity, line.quantity)
                kept = line.unit_price if amount is None else None
                line.unit_price = _or(unit_price, kept)
                line.amount = _priced(line.quantity, line.unit_price, amount)

    def add_line(self, kind: DocumentKind | str, document_id: str, line: NewLine) -> str:
        """Add a line at the end. Returns its id."""
        with self._document(kind, document_id) as document:
            made = self._line(document, line)
            document.lines.append(made)
            return made.id

    def delete_line(self, kind: DocumentKind | str, document_id: str, index: int) -> None:
        """Delete a line, by its place from 0."""
        with self._document(kind, document_id) as document:
            del document.lines[index]

    def delete(self, kind: DocumentKind | str, document_id: str) -> None:
        """Delete a document; its number is free again."""
        with self.company.guard:
            document = self._found(kind, document_id)
            self.company.remove_document(document)
            reopen_estimate(self.company, document)

    def convert(self, estimate_id: str) -> str:
        """Make an invoice from an estimate, which is closed by that. Returns the invoice's id."""
        company = self.company
        with company.guard, self._document(DocumentKind.ESTIMATE, estimate_id) as estimate:
            kind = DocumentKind.INVOICE
            day = company.today()
            invoice = deepcopy(estimate)
            invoice.kind, invoice.id = kind, company.new_id("Txn")
            invoice.created = invoice.modified = company.moment()
            invoice.sync_token = 0
            invoice.doc_number = company.next_number(kind)
            invoice.txn_date, invoice.due_date = day, self._due(kind, day)
            invoice.links = [Link(estimate.id, "Estimate")]
            company.keep_document(invoice)
            estimate.status = "Closed"
            estimate.links.append(Link(invoice.id, "Invoice"))
            return invoice.id

    def accept(self, estimate_id: str) -> None:
        """Note that the customer accepted an estimate."""
        self.edit(DocumentKind.ESTIMATE, estimate_id, status="Accepted")

    def reject(self, estimate_id: str) -> None:
        """Note that the customer rejected an estimate."""
        self.edit(DocumentKind.ESTIMATE, estimate_id, status="Rejected")

    def void(self, invoice_id: str) -> None:
        """Void an invoice."""
        with self._document(DocumentKind.INVOICE, invoice_id) as invoice:
            void_lines(invoice)

    def apply_payment(self, invoice_id: str, amount: Decimal | None = None) -> str:
        """Apply a payment to an invoice, by default over all that is open. Returns the payment's id."""
        with self._document(DocumentKind.INVOICE, invoice_id) as invoice:
            paid = invoice.balance if amount is None else amount
            if not ZERO < paid <= invoice.balance:
                raise ValueError(f"{paid} cannot be applied to a balance of {invoice.balance}")
            payment_id = self.company.new_id("Txn")
            invoice.paid += paid
            invoice.links.append(Link(payment_id, "Payment"))
            return payment_id

    # Settings

    def close_books(self, until: date | None, *, has_password: bool = False) -> None:
        """Close the books up to and with a day, or open them again with None."""

        def set_to(settings: Preferences) -> None:
            settings.book_close_date, settings.closing_password = until, has_password

        self._prefer(set_to)

    def use_estimates(self, *, is_on: bool) -> None:
        """Switch estimates on or off."""
        self._prefer(lambda settings: setattr(settings, "allow_estimates", is_on))

    def use_custom_numbers(self, *, is_on: bool) -> None:
        """Let programs and people choose numbers, or let the company number by itself."""
        self._prefer(lambda settings: setattr(settings, "custom_numbers", is_on))

    def check_duplicates(self, *, is_on: bool) -> None:
        """Switch the check for taken document numbers on or off."""
        self._prefer(lambda settings: setattr(settings, "checks_duplicates", is_on))

    def use_multi_currency(self) -> None:
        """Switch several currencies on; that cannot be taken back."""
        self._prefer(lambda settings: setattr(settings, "multi_currency", True))

    def charge_tax(self, percent: Decimal | None) -> None:
        """Charge sales tax, or none."""
        self._prefer(lambda settings: setattr(settings, "tax_percent", percent))

    def subscribe(self, *, is_on: bool) -> None:
        """Let the subscription end, or pay it again."""
        self._prefer(lambda settings: setattr(settings, "is_subscribed", is_on))

    def _prefer(self, change: Callable[[Preferences], object]) -> None:
        with self.company.guard:
            change(self.company.preferences)
            self.company.preferences_token += 1
            self.company.changed = self.company.moment()

    def _add(
        self,
        kind: ListKind,
        name: str,
        fields: dict[str, Json],
        *,
        is_active: bool = True,
        parent: str | None = None,
    ) -> str:
        company = self.company
        with company.guard:
            parent_id = None if parent is None else self._named(kind, parent).id
            self._check_name(kind, name, parent_id)
            now = company.moment()
            record = ListRecord(
                id=company.new_id(kind),
                created=now,
                modified=now,
                kind=kind,
                name=name,
                is_active=is_active,
                parent_id=parent_id,
                fields=fields,
            )
            company.keep_list(record)
            return record.id

    def _check_name(self, kind: ListKind, name: str, parent_id: str | None, own_id: str | None = None) -> None:
        other = self.company.find_holder(kind, name, parent_id)
        if other is not None and other.id != own_id:
            raise ValueError(f"there is {name} already")

    @contextmanager
    def _listed(self, kind: ListKind | str, name: str) -> Iterator[ListRecord]:
        with self.company.guard:
            record = self._named(ListKind(kind), name)
            yield record
            self.company.touch(record)

    @contextmanager
    def _document(self, kind: DocumentKind | str, document_id: str) -> Iterator[Document]:
        """Let a document be changed, wholly or not at all."""
        with self.company.guard:
            draft = deepcopy(self._found(kind, document_id))
            yield draft
            self.company.touch(draft)
            self.company.keep_document(draft)

    def _found(self, kind: DocumentKind | str, document_id: str) -> Document:
        document = self.company.find_document(DocumentKind(kind), document_id)
        if document is None:
            raise ValueError(f"there is no {kind} {document_id}")
        return document

    def _named(self, kind: ListKind, name: str) -> ListRecord:
        record = self.company.find_named(kind, name)
        if record is None:
            raise ValueError(f"there is no {kind} {name}")
        return record

    def _due(self, kind: DocumentKind, day: date) -> date | None:
        return day + timedelta(days=self.company.preferences.due_days) if kind is DocumentKind.INVOICE else None

    def _line(self, document: Document, line: NewLine) -> Line:
        document.last_line_id += 1
        made = Line(id=str(document.last_line_id), description=line.description, amount=None, item_id=None)
        if line.item is not None:
            made.item_id = self._named(ListKind.ITEM, line.item).id
            made.quantity, made.unit_price = line.quantity, line.unit_price
            made.amount = _priced(line.quantity, line.unit_price, line.amount)
        return made


def _priced(quantity: Decimal | None, price: Decimal | None, amount: Decimal | None) -> Decimal:
    """Compute an amount where none is given; a quantity that is left out is one."""
    if amount is not None:
        return amount.quantize(ZERO)
    if price is None:
        raise ValueError("a line needs an amount or a price")
    return (price * (1 if quantity is None else quantity)).quantize(ZERO)


def _or(value: _T | None, kept: _T) -> _T:
    return kept if value is None else value
