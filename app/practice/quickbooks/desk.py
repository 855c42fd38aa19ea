"""What a person does with documents at the QuickBooks window: writing, editing, closing, invoicing, deleting.

Rule: every change bumps EditSequence and TimeModified as a person's does, without any of a program's checks on
editions, rights or closed periods. Mistakes of the caller are `ValueError`s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.practice.quickbooks.amounts import price_line
from app.practice.quickbooks.document_defaults import fill_defaults, fill_line_tax, next_number
from app.practice.quickbooks.invoicing import copy_line, open_lines, settle, unlink
from app.practice.quickbooks.list_keeping import ListKeeping
from app.practice.quickbooks.records import Document, DocumentKind, Line, ListKind, Ref
from app.practice.quickbooks.views import OrderRecord, view_document


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line as a person types it."""

    item: str | None = None
    quantity: Decimal | None = None
    rate: Decimal | None = None
    amount: Decimal | None = None
    desc: str | None = None
    other1: str = ""
    other2: str = ""


class DeskWork(ListKeeping):
    """The documents, as a person at the QuickBooks window works on them."""

    def orders(self, kind: str = "SalesOrder") -> list[OrderRecord]:
        """List the documents of a kind in the order of their making."""
        return [view_document(self, document) for document in self.register.documents(DocumentKind(kind))]

    def order(self, txn_id: str) -> OrderRecord:
        """Show one document."""
        return view_document(self, self._document(txn_id))

    def order_by_ref(self, ref: str, kind: str = "SalesOrder") -> OrderRecord | None:
        """Show the document of a number; None if there is none, the oldest if there are several."""
        found = self.register.numbered(DocumentKind(kind), ref)
        return view_document(self, found[0]) if found else None

    def create_order(
        self,
        customer: str,
        lines: Sequence[NewLine],
        *,
        ref_number: str | None = None,
        txn_date: date | None = None,
        memo: str = "",
        kind: str = "SalesOrder",
    ) -> str:
        """Write a document of one's own. Returns its TxnID."""
        with self.guard:
            owner = self._customer(customer)
            form = DocumentKind(kind)
            day = txn_date or self.now().date()
            document = self.register.add_document(
                form, owner.list_id, day, next_number(self, form) if ref_number is None else ref_number
            )
            document.memo = memo
            document.lines = [self._new_line(line) for line in lines]
            fill_defaults(self, document, owner)
            return document.txn_id

    def edit_order(
        self,
        txn_id: str,
        *,
        memo: str | None = None,
        txn_date: date | None = None,
        customer: str | None = None,
        ref_number: str | None = None,
        terms: str | None = None,
        po_number: str | None = None,
        other: str | None = None,
        due_date: date | None = None,
        is_to_be_printed: bool | None = None,
    ) -> None:
        """Change the header of a document; what is left out stays."""
        with self.guard:
            document = self._document(txn_id)
            if memo is not None:
                document.memo = memo
            if txn_date is not None:
                document.txn_date = txn_date
            if customer is not None:
                self.register.reassign(document, self._customer(customer).list_id)
            if ref_number is not None:
                self.register.renumber(document, ref_number)
            if terms is not None:
                document.fields["TermsRef"] = Ref(self._named(ListKind.TERMS, terms).list_id)
            texts = {
                "PONumber": po_number,
                "Other": other,
                "DueDate": None if due_date is None else due_date.isoformat(),
                "IsToBePrinted": None if is_to_be_printed is None else str(is_to_be_printed).lower(),
            }
            document.fields.update({name: text for name, text in texts.items() if text is not None})
            self.register.touch(document)

    def edit_line(
        self,
        txn_id: str,
        index: int,
        *,
        quantity: Decimal | None = None,
        rate: Decimal | None = None,
        amount: Decimal | None = None,
        desc: str | None = None,
        item: str | None = None,
        other1: str | None = None,
    ) -> None:
        """Change a line, by its place from 0; the window recomputes the amount from quantity and rate."""
        with self.guard:
            document = self._document(txn_id)
            line = document.lines[index]
            if item is not None:
                line.item_id = self._named(ListKind.ITEM, item).list_id
            if desc is not None:
                line.desc = desc
            if other1 is not None:
                line.fields["Other1"] = other1
            if quantity is not None or rate is not None or amount is not None:
                line.quantity = line.quantity if quantity is None else quantity
                kept_rate = line.rate if amount is None else None
                priced = price_line(line.quantity, kept_rate if rate is None else rate, amount, None)
                line.rate, line.amount, line.percent = priced.rate, priced.amount, None
            self.register.touch(document)

    def add_line(self, txn_id: str, line: NewLine) -> str:
        """Add a line at the end. Returns its TxnLineID."""
        with self.guard:
            document = self._document(txn_id)
            made = self._new_line(line)
            document.lines.append(made)
            if self.sales_tax:
                fill_line_tax(self, document)
            self.register.touch(document)
            return made.txn_line_id

    def delete_line(self, txn_id: str, index: int) -> None:
        """Delete a line, by its place from 0."""
        with self.guard:
            document = self._document(txn_id)
            del document.lines[index]
            self.register.touch(document)

    def delete_order(self, txn_id: str) -> None:
        """Delete a document."""
        with self.guard:
            document = self._document(txn_id)
            unlink(self, document)
            self.register.remove_document(document)

    def close_order(self, txn_id: str, *, is_closed: bool = True) -> None:
        """Close a sales order by hand, or open it again."""
        with self.guard:
            document = self._document(txn_id)
            document.is_closed = is_closed
            self.register.touch(document)

    def make_invoice_from(self, txn_id: str, *, fully: bool = True) -> str:
        """Press "Create invoice" on an order.

        Args:
            txn_id: The order.
            fully: Take over every open line; otherwise only the first.

        Returns:
            The invoice's TxnID.
        """
        with self.guard:
            order = self._document(txn_id)
            sources = open_lines(order)[: None if fully else 1]
            if not sources:
                raise ValueError(f"nothing of {txn_id} is left to invoice")
            kind = DocumentKind.INVOICE
            invoice = self.register.add_document(kind, order.customer_id, self.now().date(), next_number(self, kind))
            invoice.lines = [copy_line(self, source) for source in sources]
            owner = self.register.record(order.customer_id)
            if owner is not None:
                fill_defaults(self, invoice, owner)
            settle(self, invoice, [(order, source) for source in sources])
            return invoice.txn_id

    def _document(self, txn_id: str) -> Document:
        document = self.register.document(txn_id)
        if document is None:
            raise ValueError(f"there is no document {txn_id}")
        return document

    def _new_line(self, line: NewLine) -> Line:
        item = None if line.item is None else self._named(ListKind.ITEM, line.item)
        priced = price_line(line.quantity, line.rate, line.amount, None if item is None else item.price)
        desc = "" if item is None else item.fields.get("Desc", "")
        return Line(
            txn_line_id=self.register.new_line_id(),
            item_id=None if item is None else item.list_id,
            desc=line.desc if line.desc is not None else (desc if isinstance(desc, str) else ""),
            quantity=line.quantity,
            rate=None if item is None else priced.rate,
            percent=None,
            amount=None if item is None else priced.amount,
            fields={name: text for name, text in (("Other1", line.other1), ("Other2", line.other2)) if text},
        )
