"""Every request the builders can make is valid by Intuit's own schema, whatever text is in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from app.books.quickbooks_desktop.qbxml import requests
from app.books.quickbooks_desktop.qbxml.requests import message_set
from app.books.run.accounting_system import ChangedLine, DocumentChange, KeptLine, References
from app.domain.books_document import BooksDocument
from app.domain.charge import ChargeId
from app.domain.figures import line_figures
from app.domain.money import CENT
from app.domain.plain_text import folded
from app.domain.references import reference_numbers
from app.domain.sales_order import DocumentKind, OrderLine, SalesOrder
from app.domain.values import replace
from tests.builders import a_line, an_order

FOLDER = Path(os.environ.get("QBXML_SCHEMAS", "/nonexistent"))
KINDS = pytest.mark.parametrize("kind", DocumentKind)
SCHEMAS = [
    pytest.mark.schemas,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="QBXML_SCHEMAS names no folder with Intuit's schemas"),
]
GUID = "{12345678-ABCD-4321-ABCD-1234567890AB}"
THOROUGH = settings(max_examples=60, deadline=None)


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(FOLDER / "qbxmlops130.xsd")))


def parsed(*texts: str) -> etree._Element:
    return etree.fromstring(message_set(texts, "13.0", "k1", "k0").encode("ascii"))


def errors(*texts: str) -> list[str]:
    schema().validate(parsed(*texts))
    return [entry.message for entry in schema().error_log]


def refs(order: SalesOrder) -> References:
    return References("80000001-1600000000", {line.item: f"8000{n:04}-1" for n, line in enumerate(order.lines)})


# Whatever Cedar says, as orders

WORDS = st.text(max_size=60)
AMOUNTS = st.integers(-(10**11), 10**11).map(lambda cents: (Decimal(cents) * CENT).quantize(CENT))
FIGURES = st.none() | st.integers(-(10**9), 10**9).map(lambda digits: Decimal(digits).scaleb(-4))
CHARGE_IDS = st.integers(1, 10**18).map(lambda number: ChargeId(str(number)))


@st.composite
def lines(draw: st.DrawFn) -> OrderLine:
    figures = line_figures(draw(FIGURES), draw(FIGURES), draw(AMOUNTS))
    return OrderLine.of(draw(CHARGE_IDS), draw(WORDS), draw(WORDS), figures)


ORDERS = st.builds(
    SalesOrder,
    invoice=st.text(min_size=1, max_size=60),
    gl_number=st.text(min_size=1, max_size=40),
    customer=WORDS,
    date=st.dates(date(1970, 1, 1), date(2038, 1, 18)),
    lines=st.lists(lines(), min_size=1, max_size=4).map(tuple),
)


def kept_or_changed(order: SalesOrder) -> Iterator[KeptLine | ChangedLine]:
    for number, line in enumerate(order.lines):
        yield KeptLine(f"{number:X}-1600000000", is_group=number % 3 == 2)
        yield ChangedLine(None if number % 2 else f"{number:X}-1700000000", line)


def known(txn_id: str, edit_sequence: str) -> BooksDocument:
    return BooksDocument(txn_id, edit_sequence, "1", "4410", date(2026, 10, 31), "", Decimal(0), ())


def a_change(order: SalesOrder, *, sends_all: bool, reopens: bool = False) -> DocumentChange:
    document = known("1A2B-1600000000", "1600000000")
    return DocumentChange(document, order, sends_all, sends_all, tuple(kept_or_changed(order)), reopens)


class TestAgainstIntuitsSchema:
    pytestmark = SCHEMAS

    @KINDS
    @THOROUGH
    @given(order=ORDERS)
    def test_an_order_of_whatever_text_can_be_made(self, kind: DocumentKind, order: SalesOrder) -> None:
        number = next(reference_numbers(order.invoice, order.gl_number))
        assert errors(requests.order_add(kind, "add0", order, number, refs(order))) == []

    @KINDS
    @THOROUGH
    @given(order=ORDERS, sends_all=st.booleans())
    def test_an_order_of_whatever_text_can_be_changed(
        self,
        kind: DocumentKind,
        order: SalesOrder,
        sends_all: bool,  # noqa: FBT001
    ) -> None:
        assert errors(requests.order_change(kind, "mod0", a_change(order, sends_all=sends_all), refs(order))) == []

    @KINDS
    def test_a_document_can_be_taken_into_use_again(self, kind: DocumentKind) -> None:
        change = a_change(an_order(), sends_all=True, reopens=True)
        assert errors(requests.order_change(kind, "mod0", change, refs(an_order()))) == []

    @KINDS
    def test_a_document_can_be_taken_out_of_use(self, kind: DocumentKind) -> None:
        assert errors(requests.order_close(kind, "rem0", "1A2B-1600000000", "1600000000")) == []

    @KINDS
    def test_a_document_can_be_asked_for_and_nothing_of_it(self, kind: DocumentKind) -> None:
        assert errors(requests.order_there(kind, "there", "1A2B-1600000000")) == []

    @KINDS
    def test_a_document_can_be_deleted(self, kind: DocumentKind) -> None:
        assert errors(requests.order_delete(kind, "rem0", "1A2B-1600000000")) == []

    @KINDS
    @THOROUGH
    @given(invoices=st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=5))
    def test_documents_can_be_looked_for_by_reference(self, kind: DocumentKind, invoices: list[str]) -> None:
        numbers = [next(reference_numbers(invoice, "4410")) for invoice in invoices]
        assert errors(requests.orders_by_reference(kind, "find", numbers)) == []

    @KINDS
    def test_documents_can_be_read_by_id(self, kind: DocumentKind) -> None:
        assert errors(requests.orders_by_id(kind, "read", ["1A2B-1600000000", "1A2C-1600000000"])) == []

    @KINDS
    @pytest.mark.parametrize("iterator_id", [None, GUID])
    def test_changed_documents_can_be_listed(self, kind: DocumentKind, iterator_id: str | None) -> None:
        since = datetime(2026, 11, 22, 9, 0, 1, 500)  # noqa: DTZ001
        assert errors(requests.orders_modified_since(kind, "changed", since, iterator_id)) == []

    @KINDS
    def test_deleted_documents_can_be_listed(self, kind: DocumentKind) -> None:
        since = datetime(2026, 11, 22, 9, 0)  # noqa: DTZ001
        assert errors(requests.orders_deleted_since(kind, "deleted", since)) == []

    def test_the_company_file_can_be_asked_who_it_is(self) -> None:
        assert errors(*requests.introduction(GUID)) == []

    @pytest.mark.parametrize("iterator_id", [None, GUID])
    @pytest.mark.parametrize(
        ("query", "fields"), [("CustomerQuery", ["ListID", "FullName", "CurrencyRef"]), ("ItemQuery", ["ListID"])]
    )
    def test_a_list_can_be_read_page_by_page(self, query: str, fields: list[str], iterator_id: str | None) -> None:
        assert errors(requests.list_page(query, "customer", iterator_id, fields)) == []

    @pytest.mark.parametrize("query", ["CustomerQuery", "ItemQuery"])
    @THOROUGH
    @given(name=st.text(max_size=41))
    def test_a_name_can_be_looked_up(self, query: str, name: str) -> None:
        assert errors(requests.list_entry(query, "n0", name, ["ListID", "FullName"])) == []

    def test_income_accounts_can_be_listed(self) -> None:
        assert errors(requests.income_accounts("accounts")) == []

    @THOROUGH
    @given(name=st.text(min_size=1, max_size=41).filter(lambda name: len(folded(name)) <= 41), company=st.text())
    def test_a_customer_can_be_made(self, name: str, company: str) -> None:
        assert errors(requests.customer_add("c0", name, company)) == []

    @THOROUGH
    @given(name=st.text(min_size=1, max_size=31).filter(lambda name: len(folded(name)) <= 31), account=WORDS)
    def test_an_item_can_be_made(self, name: str, account: str) -> None:
        assert errors(requests.item_add("i0", name, account)) == []

    @THOROUGH
    @given(orders=st.lists(ORDERS, min_size=2, max_size=3))
    def test_several_requests_go_in_one_message_set(self, orders: list[SalesOrder]) -> None:
        texts = [
            requests.order_add(DocumentKind.SALES_ORDER, f"add{n}", order, f"R{n}", refs(order))
            for n, order in enumerate(orders)
        ]
        assert errors(*texts) == []

    def test_the_outcome_of_a_message_set_can_be_asked_for(self) -> None:
        assert errors() == []

    def test_the_longest_description_quickbooks_holds_goes(self) -> None:
        order = an_order(a_line(description="é" * 5000))
        assert errors(requests.order_add(DocumentKind.SALES_ORDER, "add0", order, "1", refs(order))) == []

    def test_the_schema_finds_a_fault(self) -> None:
        order = an_order()
        text = requests.order_add(DocumentKind.SALES_ORDER, "add0", order, "a number too long", refs(order))
        assert errors(text) != []


# What the schema cannot know


@KINDS
@THOROUGH
@given(order=ORDERS)
def test_a_request_is_pure_ascii(kind: DocumentKind, order: SalesOrder) -> None:
    text = requests.order_add(kind, "add0", order, next(reference_numbers(order.invoice, "4410")), refs(order))
    assert text.isascii()


@KINDS
@THOROUGH
@given(order=ORDERS)
def test_every_line_says_which_charge_it_is(kind: DocumentKind, order: SalesOrder) -> None:
    root = parsed(requests.order_add(kind, "add0", order, "1", refs(order)))
    assert [other.text for other in root.iter("Other1")] == [line.charge_id for line in order.lines]


@KINDS
@THOROUGH
@given(order=ORDERS)
def test_the_memo_begins_with_the_full_invoice_number(kind: DocumentKind, order: SalesOrder) -> None:
    root = parsed(requests.order_add(kind, "add0", order, "1", refs(order)))
    wanted = f"Cedar invoice {folded(order.invoice)}".replace("\r\n", "\n").replace("\r", "\n")
    assert (root.findtext(".//Memo") or "").startswith(wanted)


def test_a_line_with_a_rate_leaves_the_amount_to_quickbooks() -> None:
    order = an_order(a_line(quantity="2", rate="75.125", amount="150.25"))
    text = requests.order_add(DocumentKind.SALES_ORDER, "add0", order, "1", refs(order))
    assert ("<Quantity>2</Quantity><Rate>75.125</Rate><Other1>" in text, "<Amount>" in text) == (True, False)


def test_a_line_without_a_rate_says_its_amount() -> None:
    order = an_order(a_line(quantity="3", rate=None, amount="100.00"))
    text = requests.order_add(DocumentKind.SALES_ORDER, "add0", order, "1", refs(order))
    assert "<Quantity>3</Quantity><Amount>100.00</Amount>" in text


def test_a_changed_line_always_says_its_amount() -> None:
    change = DocumentChange(known("1A-1", "1"), an_order(), False, False, (ChangedLine(None, a_line()),))
    text = requests.order_change(DocumentKind.SALES_ORDER, "mod0", change, refs(an_order()))
    assert "<Rate>50</Rate><Amount>100.00</Amount>" in text


def test_a_kept_line_says_nothing_but_its_id() -> None:
    change = DocumentChange(known("1A-1", "1"), an_order(), False, False, (KeptLine("2B-1"),))
    text = requests.order_change(DocumentKind.SALES_ORDER, "mod0", change, refs(an_order()))
    assert "<SalesOrderLineMod><TxnLineID>2B-1</TxnLineID></SalesOrderLineMod>" in text


def test_a_change_says_of_the_header_only_what_changes() -> None:
    change = DocumentChange(known("1A-1", "1"), an_order(), False, False, ())
    root = parsed(requests.order_change(DocumentKind.SALES_ORDER, "mod0", change, refs(an_order())))
    assert [child.tag for child in root.iterfind(".//SalesOrderMod/*")] == ["TxnID", "EditSequence"]


def test_an_order_is_always_dated() -> None:
    order = replace(an_order(), date=date(2026, 10, 31))
    text = requests.order_add(DocumentKind.SALES_ORDER, "add0", order, "1", refs(order))
    assert "<TxnDate>2026-10-31</TxnDate>" in text


def test_nothing_is_undone_because_of_one_fault() -> None:
    assert 'onError="continueOnError"' in message_set([], "13.0")


@pytest.mark.parametrize(
    ("new_id", "old_id", "attributes"),
    [(None, None, set()), ("k1", None, {"newMessageSetID"}), ("k1", "k0", {"newMessageSetID", "oldMessageSetID"})],
)
def test_only_named_ids_are_written(new_id: str | None, old_id: str | None, attributes: set[str]) -> None:
    root = etree.fromstring(message_set([], "13.0", new_id, old_id).encode())
    assert set(root[0].attrib) - {"onError"} == attributes


def test_the_version_stands_in_the_instruction() -> None:
    assert '<?qbxml version="8.0"?>' in message_set([], "8.0")
