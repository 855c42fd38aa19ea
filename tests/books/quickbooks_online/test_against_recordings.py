"""What we read, held against recorded answers of a real sandbox company, and what we write, against Intuit's schema.

Answers in XML are a hint only: their fields have the same names, their nesting is that of the JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from unittest.mock import Mock

import msgspec
import pytest
from lxml import etree

from app.books.port import Answer, Ask, Ledger
from app.books.quickbooks_online import documents, wire
from app.books.quickbooks_online.documents import ENTITY, books_document
from app.books.quickbooks_online.fault_codes import meaning, raw, words
from app.books.quickbooks_online.introduction import introduce
from app.books.quickbooks_online.online_system import OnlineSystem
from app.books.quickbooks_online.replies import reply
from app.books.quickbooks_online.wire import Document
from app.books.run.accounting_system import (
    ChangedLine,
    DocumentChange,
    KeptLine,
    Progress,
    Reception,
    References,
)
from app.books.run.meaning import Meaning
from app.domain.books_document import BooksDocument
from app.domain.books_names import NameKind
from app.domain.charge import ChargeId
from app.domain.facts import OnlineCompany
from app.domain.figures import ONE
from app.domain.sales_order import DocumentKind, OrderLine, SalesOrder
from tests.practice.quickbooks_online import recordings
from tests.practice.quickbooks_online.recordings import exchanges

pytestmark = pytest.mark.skipif(
    not recordings.FOLDER.is_dir(), reason="QBO_ORACLES names no folder with recordings of QuickBooks Online"
)
ESTIMATE, INVOICE = DocumentKind.ESTIMATE, DocumentKind.INVOICE
NOW = datetime(2020, 9, 29, 14, tzinfo=UTC)
LEDGER = Mock(spec=Ledger)
LEDGER.now.return_value = NOW
LEDGER.known.return_value = None
LEDGER.full_names.return_value = {}
SYSTEM = OnlineSystem(LEDGER, OnlineCompany("1", "Recorded", "US", NOW), Progress())


def written(answer: Mapping[str, Any]) -> str:
    """Write a recorded answer as it came, every digit of its figures."""
    return wire.encode(answer)


def outside(answer: Mapping[str, Any]) -> dict[str, msgspec.Raw]:
    return wire.decode(written(answer))


def asked(asking: Generator[Ask, Answer, Any], *answers: Mapping[str, Any]) -> Any:  # noqa: ANN401 (whatever was asked)
    """Put a question, and answer it with recordings."""
    next(asking)
    *first, last = [Answer(written(answer)) for answer in answers]
    for answer in first:
        asking.send(answer)
    with pytest.raises(StopIteration) as end:
        asking.send(last)
    return end.value.value


# Answers


@pytest.mark.parametrize(
    ("cassette", "place", "expected"),
    [
        ("create-invoice", 0, (False, "")),
        ("delete-invoice", 0, (False, "")),
        ("void-invoice", 0, (False, "")),
        ("void-invoice", 1, (True, "")),
    ],
)
def test_a_recorded_invoice_is_read(cassette: str, place: int, expected: tuple[bool, str]) -> None:
    answer = exchanges(cassette)[place].answer
    found = reply("add0", outside(answer), "1-abc")
    assert (found.meaning, found.trace) == (Meaning.DONE, "intuit_tid 1-abc")
    recorded, document = answer["Invoice"], found.document
    assert document is not None
    assert found.made is not None
    assert (document.is_closed, document.memo) == expected
    assert found.made.edit_sequence == document.edit_sequence == recorded["SyncToken"]
    same_as_recorded(document, recorded)


def same_as_recorded(document: BooksDocument, recorded: Mapping[str, Any]) -> None:
    """Compare what we read with what stands there."""
    assert document.txn_id == recorded["Id"]
    assert document.ref_number == recorded["DocNumber"]
    assert document.date == date.fromisoformat(recorded["TxnDate"])
    assert (document.customer_id, document.customer) == (
        recorded["CustomerRef"]["value"],
        recorded["CustomerRef"].get("name", ""),
    )
    *lines, subtotal = recorded["Line"]
    assert document.subtotal == subtotal["Amount"]
    assert [(line.line_id, line.amount) for line in document.lines] == [(line["Id"], line["Amount"]) for line in lines]
    details = [line["SalesItemLineDetail"] for line in lines]
    assert [(line.item, line.quantity, line.rate) for line in document.lines] == [
        (each["ItemRef"].get("name", ""), each.get("Qty"), each.get("UnitPrice")) for each in details
    ]


def test_a_recorded_deletion_is_done() -> None:
    found = reply("rem0", outside(exchanges("delete-invoice")[1].answer), "")
    assert (found.meaning, found.document, found.made) == (Meaning.DONE, None, None)


def test_the_recorded_changes_are_read() -> None:
    (exchange,) = exchanges("cdc-basic")
    estimates = exchange.answer["CDCResponse"][0]["QueryResponse"][0]["Estimate"]
    changed = asked(SYSTEM.changed_since(ESTIMATE, NOW), exchange.answer)
    assert [(each.txn_id, each.edit_sequence) for each in changed.documents] == [
        (each["Id"], each["SyncToken"]) for each in estimates
    ]
    assert (changed.gone, changed.is_complete) == (frozenset(), True)

    found = asked(SYSTEM.read(ESTIMATE, ["1"]), {"QueryResponse": {"Estimate": estimates}})
    for each in estimates:
        document = found[each["Id"]]
        same_as_recorded(document, each)
        assert document.is_invoiced == (each["TxnStatus"] == "Closed")
    assert any(document.is_invoiced for document in found.values())


def test_a_recorded_batch_is_told_item_by_item() -> None:
    (exchange,) = exchanges("batch-basic")
    faults = [each for each in exchange.answer["BatchItemResponse"] if "Fault" in each]
    answer = Answer(written({"BatchItemResponse": faults}))
    assert SYSTEM.reception(answer) is Reception.TAKEN
    gone, stale = SYSTEM.replies(answer).replies
    assert (gone.request_id, gone.meaning) == ("bid2", Meaning.REFERENCE)
    assert (stale.request_id, stale.meaning, stale.message) == ("bid3", Meaning.STALE, "Stale Object Error")


@pytest.mark.parametrize(
    ("cassette", "place", "means"),
    [
        ("error-400_json", 0, Meaning.BUG),
        ("error-401", 0, Meaning.DENIED),
        ("error-500", 0, Meaning.UNAVAILABLE),
        ("error-500", 1, Meaning.BUG),
        ("error-validation", 0, Meaning.NAME_TAKEN),
    ],
)
def test_a_recorded_fault_has_its_meaning(cassette: str, place: int, means: Meaning) -> None:
    (found,) = wire.complaints(outside(exchanges(cassette)[place].answer))
    assert meaning(found) is means
    assert words(found)
    assert "FAKETOKEN" not in raw(found)


@pytest.mark.parametrize(
    ("file", "means"),
    [
        ("customer_duplicate_error", Meaning.NAME_TAKEN),
        ("throttle_exceeded_error", Meaning.LATER),
        ("too_many_requests_error", Meaning.LATER),
        ("query_validation_error", Meaning.BUG),
    ],
)
def test_a_recorded_fault_in_xml_has_its_meaning(file: str, means: Meaning) -> None:
    found = recordings.fault(file)
    assert meaning(wire.Complaint(found["code"], found.get("Message", ""), found.get("Detail", ""))) is means


@pytest.mark.parametrize("cassette", ["all-customers", "all-alt_select"])
def test_recorded_customers_are_read(cassette: str) -> None:
    pages = [each.answer for each in exchanges(cassette) if "Customer" in each.answer["QueryResponse"]]
    for page in pages:
        names = asked(SYSTEM.whole_list(NameKind.CUSTOMER), page)
        assert [(each.list_id, each.full_name, each.is_active, each.currency) for each in names] == [
            (each["Id"], each["DisplayName"], each["Active"], each["CurrencyRef"]["value"])
            for each in page["QueryResponse"]["Customer"]
        ]
    assert pages


def test_nothing_found_is_nothing() -> None:
    empty = [each.answer for each in exchanges("all-alt_select") if "Customer" not in each.answer["QueryResponse"]]
    assert empty
    assert [asked(SYSTEM.whole_list(NameKind.CUSTOMER), each) for each in empty] == [[] for _ in empty]


def in_json(node: etree._Element) -> Any:  # noqa: ANN401 (a piece of JSON)
    """Give an answer in XML the nesting of the JSON; lists where the schema has them."""
    found: dict[str, Any] = {}
    for each in node.iterchildren("{*}*"):
        name = etree.QName(each).localname
        if name in {"Line", "LinkedTxn"}:
            found.setdefault(name, []).append(in_json(each))
        elif name.endswith("Ref"):
            found[name] = {"value": each.text, "name": each.get("name", "")}
        else:
            found[name] = in_json(each) if len(each) else _typed(each.text or "")
    return found


def _typed(text: str) -> object:
    try:
        return json.loads(text, parse_float=Decimal, parse_int=lambda digits: digits)
    except json.JSONDecodeError:
        return text


def in_xml(file: str) -> etree._Element:
    return etree.parse(str(recordings.FOLDER / "xml" / f"{file}.xml")).getroot()


def test_the_preferences_are_nested_as_in_xml() -> None:
    whole = in_json(in_xml("preferences"))
    whole["AccountingInfoPrefs"]["BookCloseDate"] = "2019-12-31"
    info = {"CompanyInfo": {"CompanyName": "Demo Company", "Country": "US"}}
    found = asked(introduce(LEDGER, "1"), info, {"Preferences": whole})
    assert found == OnlineCompany(
        "1",
        "Demo Company",
        "US",
        NOW,
        closing_date=date(2019, 12, 31),
        is_multi_currency=False,
        is_using_estimates=True,
        keeps_our_numbers=False,
        home_currency="USD",
    )


@pytest.mark.parametrize(
    ("file", "kind", "amounts"),
    [
        ("estimate", ESTIMATE, ["20.00", "40.00"]),
        ("invoice_with_discount_line_item_response", INVOICE, None),
        ("invoice_void_success_response", INVOICE, None),
    ],
)
def test_documents_in_xml_add_up(file: str, kind: DocumentKind, amounts: list[str] | None) -> None:
    root = in_xml(file)
    node = root if etree.QName(root).localname == ENTITY[kind] else next(root.iter(f"{{*}}{ENTITY[kind]}"))
    recorded = in_json(node)
    found = books_document(kind, wire.read(wire.encode(recorded).encode(), Document))
    assert found.txn_id == recorded["Id"]
    tax = Decimal(recorded.get("TxnTaxDetail", {}).get("TotalTax", 0))
    assert sum((line.amount for line in found.lines), Decimal(0)) + tax == Decimal(recorded["TotalAmt"])
    # Such a void answer, of 2013, still shows the worth the invoice had.
    assert not found.is_closed
    if amounts is not None:
        assert [str(line.amount) for line in found.lines] == amounts


# Names


def schema_type(name: str) -> dict[str, str]:
    """Give the properties of a type with those no schema names, because JSON writes them another way."""
    if name == "ReferenceType":
        return recordings.properties(name) | {"value": "string"}
    return recordings.properties(name)


def assert_known(value: object, name: str) -> None:
    """Find every property of what we write in a type of Intuit's schema, and in those of its parts."""
    if isinstance(value, list):
        for each in value:
            assert_known(each, name)
    elif isinstance(value, dict):
        known = schema_type(name)
        assert value.keys() <= known.keys(), name
        for key, inner in value.items():
            assert_known(inner, known[key])
    else:
        assert name not in recordings.types() or name == "id", f"{name} is no plain value"


LINE = OrderLine(ChargeId("1"), "SWITCHING", "Cars", ONE, ONE, Decimal("1.00"))
ORDER = SalesOrder("INV-1", "4410", "Acme", date(2026, 11, 22), (LINE,), "USD")
REFERENCES = References("58", {"SWITCHING": "21"})


def there() -> BooksDocument:
    """Give a document of the order as it is in the books."""
    body = documents.created(ESTIMATE, ORDER, "INV-1", REFERENCES, is_multi_currency=False, country="US")
    found: Any = json.loads(wire.encode(body | {"Id": "266", "SyncToken": "3"}))
    found["Line"][0]["Id"] = "1"
    return books_document(ESTIMATE, wire.read(json.dumps(found).encode(), Document))


def bodies(kind: DocumentKind) -> list[dict[str, object]]:
    """Write everything that is ever sent of a document."""
    document = there()
    lines = (KeptLine("1"), ChangedLine("1", LINE), ChangedLine(None, LINE))
    change = DocumentChange(document, ORDER, sends_customer=True, sends_date=True, lines=lines, reopens=True)
    return [
        documents.created(kind, ORDER, "INV-1", REFERENCES, is_multi_currency=True, country="CA"),
        documents.changed(kind, change, REFERENCES),
        documents.rejected(document),
        documents.named(document),
    ]


@pytest.mark.parametrize("kind", [ESTIMATE, INVOICE])
def test_every_property_of_a_document_we_write_is_one_of_intuits(kind: DocumentKind) -> None:
    for body in bodies(kind):
        assert_known(body, ENTITY[kind])


@pytest.mark.parametrize(
    ("asking", "entity"),
    [
        (lambda: SYSTEM.create_customers(["4410"], {"4410": "Acme"}), "Customer"),
        (lambda: SYSTEM.create_items(["SWITCHING"], "Income"), "Item"),
    ],
)
def test_every_property_of_a_list_entry_we_write_is_one_of_intuits(
    asking: Callable[[], Generator[Ask, Answer, object]], entity: str
) -> None:
    conversation = asking()
    ask = next(conversation)
    if entity == "Item":
        accounts = {"QueryResponse": {"Account": [{"Id": "1", "Name": "Income"}]}}
        ask = conversation.send(Answer(written(accounts)))
    (item,) = json.loads(ask.text.partition("\n\n")[2])["BatchItemRequest"]
    assert_known(item[entity], entity)
    assert_batch_item(item, entity)


@pytest.mark.parametrize("kind", [ESTIMATE, INVOICE])
def test_every_part_of_a_batch_is_one_of_intuits(kind: DocumentKind) -> None:
    document = there()
    change = DocumentChange(document, ORDER, sends_customer=True, sends_date=True, lines=(KeptLine("1"),))
    requests = [
        SYSTEM.add(kind, "add0", ORDER, "INV-1", REFERENCES),
        SYSTEM.change(kind, "mod0", change, REFERENCES),
        SYSTEM.delete(kind, "rem0", document),
        SYSTEM.close(ESTIMATE, "rem1", document),
    ]
    text = SYSTEM.message_set(requests, "an id")
    for item in json.loads(text.partition("\n\n")[2])["BatchItemRequest"]:
        assert_batch_item(item, next(name for name in ENTITY.values() if name in item))


def assert_batch_item(item: Mapping[str, object], entity: str) -> None:
    """Find the parts of an item of a batch in Intuit's schema."""
    root = etree.parse(str(recordings.FOLDER / "xsd" / "IntuitRestServiceDef.xsd")).getroot()
    space = {"xs": "http://www.w3.org/2001/XMLSchema"}
    (kind,) = root.xpath("xs:complexType[@name='BatchItemRequest']", namespaces=space)
    known = set(kind.xpath(".//xs:attribute/@name", namespaces=space))
    assert item.keys() == known & item.keys() | {entity}
    (element,) = root.xpath(f"xs:element[@name='{entity}']", namespaces=space)
    assert element.get("substitutionGroup") == "IntuitObject", "that is what stands in an item"
    operations = root.xpath("//xs:simpleType[@name='OperationEnum']//xs:enumeration/@value", namespaces=space)
    assert item["operation"] in operations


@pytest.mark.parametrize(
    ("struct", "names"),
    [
        (wire.Document, ["Estimate"]),
        (wire.Document, ["Invoice"]),
        (wire.Line, ["Line"]),
        (wire.SalesItem, ["SalesItemLineDetail"]),
        (wire.Linked, ["LinkedTxn"]),
        (wire.Entry, ["Customer", "Item", "Account"]),
        (wire.Preferences, ["Preferences"]),
        (wire.SalesFormsPrefs, ["SalesFormsPrefs"]),
        (wire.AccountingInfoPrefs, ["CompanyAccountingPrefs"]),
        (wire.CurrencyPrefs, ["CurrencyPrefs"]),
        (wire.CompanyInfo, ["CompanyInfo"]),
    ],
)
def test_every_property_we_read_is_one_of_intuits(struct: type[msgspec.Struct], names: list[str]) -> None:
    known = {name for each in names for name in schema_type(each)}
    assert {field.encode_name for field in msgspec.structs.fields(struct)} <= known
