"""A company file can be copied and restored, whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.practice.quickbooks import Edition, FileMode, PracticeCompany
from tests.practice.quickbooks.asking import OWNER, Books, line, message_set, order_body, text


def fill(books: Books) -> None:
    company = books.company
    company.turn_on_sales_tax()
    company.custom_fields.add("Car")
    company.closing_date = date(2025, 12, 31)
    company.edition, company.file_mode = Edition.PREMIER, FileMode.SINGLE_USER
    company.stamp(OWNER, "{57F3B9B6-86F1-4FCC-B1EE-566DE1813D20}")
    address = "<BillAddress><Addr1>1 Main St</Addr1></BillAddress><Memo>"
    field = "<DataExt><OwnerID>0</OwnerID><DataExtName>Car</DataExtName><DataExtValue>1</DataExtValue></DataExt>"
    body = order_body("INV-1", line("STORAGE", "3", amount="100.00", more=field)).replace("<Memo>", address)
    books.session.process(
        message_set(f"<SalesOrderAddRq><SalesOrderAdd>{body}</SalesOrderAdd></SalesOrderAddRq>", new="A")
    )
    company.make_invoice_from(company.orders()[0].txn_id)
    company.delete_order(books.add_order("GONE"))
    company.lock(books.customer_id)


def test_a_restored_company_is_the_same_in_everything(books: Books) -> None:
    fill(books)
    copy = PracticeCompany.from_json(books.company.to_json())
    assert copy.to_json() == books.company.to_json()
    assert copy.orders() == books.company.orders()
    assert copy.orders("Invoice") == books.company.orders("Invoice")
    assert (copy.edition, copy.closing_date) == (Edition.PREMIER, date(2025, 12, 31))


def test_a_copy_goes_its_own_way(books: Books) -> None:
    fill(books)
    copy = PracticeCompany.from_json(books.company.to_json())
    copy.edit_order(copy.orders()[0].txn_id, memo="copied")
    assert books.company.orders()[0].memo != "copied"
    made = copy.create_order("4410", [])
    assert made not in {order.txn_id for order in copy.orders()[:-1]}


def test_a_file_on_disk_is_read_back(books: Books, tmp_path: Path) -> None:
    fill(books)
    books.company.save(tmp_path / "railroad.json")
    copy = PracticeCompany.load(tmp_path / "railroad.json")
    assert text(books.ask_one("<CompanyQueryRq/>"), ".//CompanyName") == copy.name == "Prairie Short Line"
    assert copy.path == books.company.path


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 2}', '{"format": 1}', '{"format": 1, "path": 5}'])
def test_other_text_is_no_company_file(content: str) -> None:
    with pytest.raises(ValueError, match="company file"):
        PracticeCompany.from_json(content)
