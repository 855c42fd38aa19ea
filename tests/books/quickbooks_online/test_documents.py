"""Documents as they are written, kept by the practice company, and read back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings

from app.books.quickbooks_online import documents
from app.books.quickbooks_online.documents import books_document
from app.books.quickbooks_online.lines import description_as_kept
from app.books.quickbooks_online.wire import Document
from app.books.quickbooks_online.wire import Line as WireLine
from app.books.run.accounting_system import ChangedLine, DocumentChange, References
from app.domain.books_document import differences
from app.domain.sales_order import DocumentKind, SalesOrder
from app.domain.values import replace
from tests.books.quickbooks_online.orders import KINDS, Company, orders

FEW = settings(max_examples=40)


@FEW
@given(KINDS, orders())
def test_any_order_is_taken_and_comes_back_the_same(kind: DocumentKind, order: SalesOrder) -> None:
    company = Company()
    found = company.add(kind, order)
    assert differences(order, found, company.references.customer) == ()
    assert found.subtotal == order.subtotal
    assert found.memo == order.memo
    assert [line.charge_id for line in found.lines] == [line.charge_id for line in order.lines]
    assert [line.description for line in found.lines] == [description_as_kept(line.description) for line in order.lines]
    assert (found.is_untouched, found.is_closed, found.is_invoiced) == (True, False, False)


@FEW
@given(KINDS, orders(), orders())
def test_any_order_becomes_any_other(kind: DocumentKind, before: SalesOrder, after: SalesOrder) -> None:
    company = Company()
    document = company.add(kind, before)
    there = {line.charge_id: line.line_id for line in document.lines}
    change = DocumentChange(
        document=document,
        order=after,
        sends_customer=False,
        sends_date=before.date != after.date,
        lines=tuple(ChangedLine(there.get(line.charge_id), line) for line in after.lines),
    )
    found = company.send(kind, documents.changed(kind, change, company.references))
    assert differences(after, found, company.references.customer) == ()
    assert found.memo == before.memo
    kept = {line.charge_id: line.line_id for line in found.lines if line.charge_id in there}
    assert kept == {charge: there[charge] for charge in kept}, "a line that stays is the same one"


def written(order: SalesOrder, country: str, *, is_multi_currency: bool) -> dict[str, object]:
    references = References("58", {"SWITCHING": "21", "STORAGE": "22"})
    return documents.created(
        DocumentKind.ESTIMATE, order, "INV-1", references, is_multi_currency=is_multi_currency, country=country
    )


@FEW
@given(orders())
def test_currency_and_tax_are_said_where_the_company_wants_them_alone(order: SalesOrder) -> None:
    at_home = written(order, "US", is_multi_currency=False)
    assert not {"CurrencyRef", "GlobalTaxCalculation"} & at_home.keys()
    abroad = written(order, "CA", is_multi_currency=True)
    assert (abroad["CurrencyRef"], abroad["GlobalTaxCalculation"]) == ({"value": "USD"}, "NotApplicable")
    assert "CurrencyRef" not in written(replace(order, currency=None), "US", is_multi_currency=True)


def an_invoice(note: str, amount: str = "0", total: str | None = None) -> Document:
    """Make an invoice as Intuit shows it."""
    line = WireLine(id="1", detail_type="SalesItemLineDetail", amount=Decimal(amount))
    return Document(id="9", txn_date="2026-11-22", private_note=note, line=[line], total_amt=Decimal(total or amount))


@pytest.mark.parametrize(
    ("note", "memo"),
    [
        ("Voided", ""),
        ("Voided - Cedar invoice INV-1", "Cedar invoice INV-1"),
        ("Cedar invoice INV-1 Voided", "Cedar invoice INV-1"),
        ("Cedar invoice INV-1\nVoided", "Cedar invoice INV-1"),
    ],
)
def test_a_void_invoice_is_known_by_its_note_which_still_says_whose_it_is(note: str, memo: str) -> None:
    found = books_document(DocumentKind.INVOICE, an_invoice(note))
    assert (found.is_closed, found.memo) == (True, memo)


@pytest.mark.parametrize(
    "invoice",
    [
        an_invoice("Voided", "5.00"),
        an_invoice("Cedar invoice INV-1"),
        an_invoice("Cedar invoice INV-1, the voided check came back today"),
        an_invoice("avoided"),
    ],
)
def test_an_invoice_that_only_looks_void_is_not(invoice: Document) -> None:
    found = books_document(DocumentKind.INVOICE, invoice)
    assert (found.is_closed, found.memo) == (False, invoice.private_note)
    assert not books_document(DocumentKind.ESTIMATE, an_invoice("Voided")).is_closed
