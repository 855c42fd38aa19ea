"""What a person does at the QuickBooks window, and how a program notices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from app.practice.quickbooks import NewLine, PracticeCompany
from tests.practice.quickbooks.asking import Books, line, status, text

TWO = line("STORAGE", "2", rate="10") + line("DEMURRAGE", "1", rate="5")


@pytest.mark.parametrize(
    "work",
    [
        lambda company, order: company.edit_order(order, memo="m", txn_date=date(2026, 1, 1), terms="Net 15"),
        lambda company, order: company.edit_order(order, ref_number="R", po_number="P", other="O", customer="4500"),
        lambda company, order: company.edit_line(order, 0, quantity=Decimal(5)),
        lambda company, order: company.edit_line(order, 0, item="DEMURRAGE", desc="d", other1="x"),
        lambda company, order: company.add_line(order, NewLine("STORAGE", amount=Decimal("3.00"))),
        lambda company, order: company.delete_line(order, 1),
        lambda company, order: company.close_order(order),
        lambda company, order: company.make_invoice_from(order, fully=False),
    ],
)
def test_whatever_a_person_does_makes_the_edit_sequence_stale(
    books: Books, work: Callable[[PracticeCompany, str], object]
) -> None:
    txn_id = books.add_order(lines=TWO)
    before = books.company.order(txn_id)
    work(books.company, txn_id)
    after = books.company.order(txn_id)
    assert after.edit_sequence != before.edit_sequence
    assert after != before
    assert status(books.mod("<Memo>x</Memo>", txn_id, sequence=before.edit_sequence)) == 3200


def test_a_line_is_computed_as_in_the_window(books: Books) -> None:
    txn_id = books.add_order(lines=TWO)
    books.company.edit_line(txn_id, 0, quantity=Decimal(3))
    books.company.edit_line(txn_id, 1, amount=Decimal("7.00"))
    rows = books.company.order(txn_id).lines
    assert [row.rate for row in rows] == [Decimal(10), Decimal(7)]
    assert [row.amount for row in rows] == [Decimal("30.00"), Decimal("7.00")]


def test_an_order_is_invoiced_in_two_steps(books: Books) -> None:
    txn_id = books.add_order(lines=TWO)
    first = books.company.make_invoice_from(txn_id, fully=False)
    assert not books.company.order(txn_id).is_fully_invoiced
    second = books.company.make_invoice_from(txn_id)
    order = books.company.order(txn_id)
    assert order.is_fully_invoiced
    assert order.linked == (first, second)
    assert [made.subtotal for made in books.company.orders("Invoice")] == [Decimal("20.00"), Decimal("5.00")]
    with pytest.raises(ValueError, match="left to invoice"):
        books.company.make_invoice_from(txn_id)


def test_deleting_one_of_two_invoices_frees_its_lines_alone(books: Books) -> None:
    txn_id = books.add_order(lines=TWO)
    first = books.company.make_invoice_from(txn_id, fully=False)
    second = books.company.make_invoice_from(txn_id)
    books.company.delete_order(first)
    order = books.company.order(txn_id)
    assert [bool(row.invoiced) for row in order.lines] == [False, True]
    assert order.linked == (second,)


def test_a_credit_line_is_invoiced_like_any_other(books: Books) -> None:
    txn_id = books.add_order(lines=TWO + line("STORAGE", "-1", rate="3"))
    books.company.make_invoice_from(txn_id)
    assert books.company.order(txn_id).is_fully_invoiced


def test_a_number_finds_the_oldest_of_its_bearers(books: Books) -> None:
    first = books.add_order("INV-1")
    books.add_order("INV-1")
    found = books.company.order_by_ref("inv-1")
    assert found is not None
    assert found.txn_id == first
    assert books.company.order_by_ref("INV-2") is None
    books.company.delete_order(first)
    assert books.company.order_by_ref("INV-1") is not None


def test_mistakes_of_the_caller_are_errors(books: Books) -> None:
    for mistake in (
        lambda: books.company.add_customer("4410"),
        lambda: books.company.add_vendor("4410"),
        lambda: books.company.order("1-1"),
        lambda: books.company.make_inactive("1-1"),
        lambda: books.company.rename_customer("Nobody", "X"),
        lambda: books.company.merge("4410", "4410"),
        lambda: books.company.create_order("4410", [NewLine("NONE")]),
    ):
        with pytest.raises(ValueError, match=r"\w"):
            mistake()


def test_a_renamed_customer_keeps_its_documents(books: Books) -> None:
    txn_id = books.add_order()
    books.company.rename_customer("4410", "Acme")
    assert books.company.order(txn_id).customer == "Acme"
    response = books.ask_one(f"<CustomerQueryRq><ListID>{books.customer_id}</ListID></CustomerQueryRq>")
    assert text(response, ".//FullName") == "Acme"
    assert status(books.ask_one("<CustomerQueryRq><FullName>4410</FullName></CustomerQueryRq>")) == 500
