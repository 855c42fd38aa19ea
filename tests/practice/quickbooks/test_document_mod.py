"""Changing documents."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.practice.quickbooks.asking import Books, line, message, order_body, status, text, texts

TWO_LINES = line("STORAGE", "2", rate="10", more="<Other1>a</Other1>") + line("DEMURRAGE", "3", rate="5")


def line_ids(books: Books, txn_id: str) -> list[str]:
    return [row.txn_line_id for row in books.company.order(txn_id).lines]


def line_mod(line_id: str, more: str = "", name: str = "SalesOrder") -> str:
    return f"<{name}LineMod><TxnLineID>{line_id}</TxnLineID>{more}</{name}LineMod>"


def test_a_header_change_leaves_everything_else_alone(books: Books) -> None:
    txn_id = books.add_order(lines=TWO_LINES)
    before = books.company.order(txn_id)
    books.clock.advance(minutes=1)
    response = books.mod("<Memo>revised</Memo>", txn_id)
    after = books.company.order(txn_id)
    assert status(response) == 0
    assert (after.memo, after.lines, after.ref_number) == ("revised", before.lines, before.ref_number)
    assert after.edit_sequence == text(response, ".//EditSequence") != before.edit_sequence
    assert after.time_modified > before.time_modified == after.time_created


def test_two_changes_in_one_second_have_different_edit_sequences(books: Books) -> None:
    txn_id = books.add_order()
    seen = {books.company.order(txn_id).edit_sequence}
    for memo in "abc":
        books.mod(f"<Memo>{memo}</Memo>", txn_id)
        seen.add(books.company.order(txn_id).edit_sequence)
    assert len(seen) == 4
    assert sorted(seen, key=int) == sorted(seen)


def test_an_old_edit_sequence_is_out_of_date(books: Books) -> None:
    txn_id = books.add_order()
    old = books.company.order(txn_id).edit_sequence
    books.company.edit_order(txn_id, memo="by hand")
    response = books.mod("<Memo>mine</Memo>", txn_id, sequence=old)
    assert status(response) == 3200
    assert message(response) == f'The provided edit sequence "{old}" is out-of-date.'
    assert books.company.order(txn_id).memo == "by hand"


def test_unnamed_lines_are_deleted_and_named_ones_kept(books: Books) -> None:
    txn_id = books.add_order(lines=TWO_LINES)
    first, second = line_ids(books, txn_id)
    response = books.mod(line_mod(second), txn_id)
    assert texts(response, ".//SalesOrderLineRet/TxnLineID") == [second]
    assert text(response, ".//Subtotal") == "15.00"
    assert status(books.mod(line_mod(first), txn_id)) == 3120, "a deleted line is gone"


def test_new_lines_come_last(books: Books) -> None:
    txn_id = books.add_order(lines=TWO_LINES)
    first, second = line_ids(books, txn_id)
    new = line_mod("-1", "<ItemRef><FullName>STORAGE</FullName></ItemRef><Quantity>1</Quantity><Rate>1</Rate>")
    assert status(books.mod(line_mod(first) + new + line_mod(second), txn_id)) == 3210
    response = books.mod(line_mod(second) + line_mod(first) + new + new, txn_id)
    ids = texts(response, ".//SalesOrderLineRet/TxnLineID")
    assert ids[:2] == [second, first], "the order of the request becomes the order on the form"
    assert len(set(ids)) == 4


@pytest.mark.parametrize(("line_id", "code"), [("1A2B-1", 3120), ("nonsense", 3000), ("", 3000)])
def test_an_unknown_line_is_refused(books: Books, line_id: str, code: int) -> None:
    txn_id = books.add_order()
    assert status(books.mod(line_mod(line_id), txn_id)) == code


def test_a_line_cannot_be_named_twice(books: Books) -> None:
    txn_id = books.add_order()
    (only,) = line_ids(books, txn_id)
    assert status(books.mod(line_mod(only) * 2, txn_id)) == 3120


@pytest.mark.parametrize(
    ("change", "amount", "rate"),
    [
        ("<Quantity>4</Quantity>", "40.00", "10"),
        ("<Rate>11</Rate>", "22.00", "11"),
        ("<Amount>25.00</Amount>", "25.00", "12.5"),
        ("<Quantity>4</Quantity><Amount>25.00</Amount>", "25.00", "6.25"),
        ("<ItemRef><FullName>DEMURRAGE</FullName></ItemRef>", "0.00", "0"),
        ("<ItemRef><FullName>DEMURRAGE</FullName></ItemRef><Rate>3</Rate>", "6.00", "3"),
        ("<Desc>other</Desc>", "20.00", "10"),
    ],
)
def test_a_changed_line_is_computed_anew(books: Books, change: str, amount: str, rate: str) -> None:
    txn_id = books.add_order(lines=TWO_LINES)
    first, second = line_ids(books, txn_id)
    response = books.mod(line_mod(first, change) + line_mod(second), txn_id)
    assert texts(response, ".//SalesOrderLineRet/Amount")[0] == amount
    assert texts(response, ".//SalesOrderLineRet/Rate")[0] == rate
    assert texts(response, ".//SalesOrderLineRet/Other1") == ["a"]


def test_another_item_brings_its_description_unless_one_is_sent(books: Books) -> None:
    txn_id = books.add_order(lines=line("DEMURRAGE", "1", desc="mine"))
    (only,) = line_ids(books, txn_id)
    item = "<ItemRef><FullName>STORAGE</FullName></ItemRef>"
    books.mod(line_mod(only, item), txn_id)
    assert books.company.order(txn_id).lines[0].desc == "Car storage"
    books.mod(line_mod(only, "<Desc></Desc>"), txn_id)
    assert books.company.order(txn_id).lines[0].desc == ""


def test_empty_elements_clear_what_can_be_cleared(books: Books) -> None:
    txn_id = books.add_order(lines=TWO_LINES)
    first, second = line_ids(books, txn_id)
    cleared = books.mod(
        "<RefNumber/><PONumber/><TermsRef/><Memo/>" + line_mod(first, "<Other1/>") + line_mod(second), txn_id
    )
    assert status(cleared) == 0
    order = books.company.order(txn_id)
    assert (order.ref_number, order.memo, order.terms, order.lines[0].other1) == ("", "", None, "")


@pytest.mark.parametrize(
    "header",
    [
        "<CustomerRef/>",
        "<TemplateRef/>",
        "<TxnDate/>",
        "<DueDate/>",
        "<ShipDate/>",
        "<IsManuallyClosed/>",
        "<IsToBePrinted/>",
    ],
)
def test_some_header_fields_cannot_be_cleared(books: Books, header: str) -> None:
    assert status(books.mod(header, books.add_order())) == 3190


@pytest.mark.parametrize("field", ["<ItemRef/>", "<Quantity/>", "<Rate/>", "<Amount/>", "<IsManuallyClosed/>"])
def test_some_line_fields_cannot_be_cleared(books: Books, field: str) -> None:
    txn_id = books.add_order()
    (only,) = line_ids(books, txn_id)
    assert status(books.mod(line_mod(only, field), txn_id)) == 3190


def test_customer_number_and_date_can_be_changed_and_are_found_again(books: Books) -> None:
    books.company.add_customer("4700")
    txn_id = books.add_order("INV-1")
    header = (
        "<CustomerRef><FullName>4700</FullName></CustomerRef><TxnDate>2026-05-01</TxnDate><RefNumber>INV-2</RefNumber>"
    )
    assert status(books.mod(header, txn_id)) == 0
    query = "<SalesOrderQueryRq><RefNumber>{}</RefNumber></SalesOrderQueryRq>"
    assert status(books.ask_one(query.format("INV-1"))) == 1
    assert text(books.ask_one(query.format("inv-2")), ".//CustomerRef/FullName") == "4700"
    by_customer = "<SalesOrderQueryRq><EntityFilter><FullName>{}</FullName></EntityFilter></SalesOrderQueryRq>"
    assert status(books.ask_one(by_customer.format("4410"))) == 1
    assert status(books.ask_one(by_customer.format("4700"))) == 0


def test_a_refused_change_leaves_no_trace(books: Books) -> None:
    txn_id = books.add_order(lines=TWO_LINES)
    before = books.company.order(txn_id)
    first, _ = line_ids(books, txn_id)
    bad = line_mod(first, "<Quantity>9</Quantity>") + line_mod("-1", "<ItemRef><FullName>NONE</FullName></ItemRef>")
    assert status(books.mod("<RefNumber>X</RefNumber><Memo>lost</Memo>" + bad, txn_id)) == 3140
    negative = line_mod("-1", "<ItemRef><FullName>STORAGE</FullName></ItemRef><Amount>-900.00</Amount>")
    assert status(books.mod(line_mod(first) + negative, txn_id)) == 3210
    assert books.company.order(txn_id) == before


def test_a_fully_invoiced_order_cannot_be_changed(books: Books) -> None:
    txn_id = books.add_order()
    books.company.make_invoice_from(txn_id)
    assert status(books.mod("<Memo>late</Memo>", txn_id)) == 3170


def test_an_invoiced_line_cannot_be_changed_or_deleted_but_the_rest_can(books: Books) -> None:
    txn_id = books.add_order(lines=TWO_LINES)
    books.company.make_invoice_from(txn_id, fully=False)
    first, second = line_ids(books, txn_id)
    assert status(books.mod(line_mod(first, "<Quantity>9</Quantity>") + line_mod(second), txn_id)) == 3210
    assert status(books.mod(line_mod(second), txn_id)) == 3210
    assert status(books.mod(line_mod(first) + line_mod(second, "<Quantity>9</Quantity>"), txn_id)) == 0
    assert status(books.mod("<Memo>fine</Memo>", txn_id)) == 0


def test_an_order_is_closed_and_opened_again(books: Books) -> None:
    txn_id = books.add_order()
    books.mod("<IsManuallyClosed>true</IsManuallyClosed>", txn_id)
    assert books.company.order(txn_id).is_manually_closed
    books.mod("<IsManuallyClosed>false</IsManuallyClosed>", txn_id)
    assert not books.company.order(txn_id).is_manually_closed


@pytest.mark.parametrize(("txn_id", "code"), [("1A2B-1", 3120), ("nonsense", 3000)])
def test_an_unknown_document_is_refused(books: Books, txn_id: str, code: int) -> None:
    assert status(books.mod("<Memo>x</Memo>", txn_id, sequence="1")) == code


def test_a_document_of_another_kind_is_not_found(books: Books) -> None:
    txn_id = books.add_order()
    assert status(books.mod("<Memo>x</Memo>", txn_id, "Estimate")) == 3120


def test_the_closing_date_guards_the_old_and_the_new_date(books: Books) -> None:
    txn_id = books.add_order()
    books.company.closing_date = date(2026, 2, 28)
    assert status(books.mod("<TxnDate>2026-02-28</TxnDate>", txn_id)) == 3171
    books.company.closing_date = date(2026, 3, 31)
    assert status(books.mod("<TxnDate>2026-04-30</TxnDate>", txn_id)) == 3171


def test_a_person_at_the_document_or_a_record_it_needs_locks_it(books: Books) -> None:
    txn_id = books.add_order()
    books.company.lock(txn_id)
    response = books.mod("<Memo>x</Memo>", txn_id)
    assert status(response) == 3175
    assert "failed to acquire the lock" in message(response)
    assert status(books.ask_one(f"<SalesOrderQueryRq><TxnID>{txn_id}</TxnID></SalesOrderQueryRq>")) == 0
    books.company.unlock(txn_id)
    assert status(books.mod("<Memo>x</Memo>", txn_id)) == 0
    books.company.lock(books.customer_id)
    response = books.add(order_body("2", line("STORAGE", "1")))
    assert status(response) == 3176
    assert "internals could not be locked" in message(response)


@pytest.mark.parametrize("name", ["Estimate", "Invoice"])
def test_estimates_and_invoices_change_alike(books: Books, name: str) -> None:
    txn_id = books.add_order(lines=line("STORAGE", "2", rate="10"), name=name)
    (only,) = line_ids(books, txn_id)
    change = line_mod(only, "<Quantity>5</Quantity>", name)
    response = books.mod("<Memo>revised</Memo>" + change, txn_id, name)
    assert text(response, ".//Subtotal") == "50.00"
    assert books.company.order(txn_id).subtotal == Decimal("50.00")


def test_pro_still_changes_orders_it_finds_in_the_file(books: Books) -> None:
    txn_id = books.add_order()
    books.company.sales_orders_enabled = False
    assert status(books.mod("<Memo>x</Memo>", txn_id)) == 0
