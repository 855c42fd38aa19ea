"""Every recorded request the practice service takes gets an answer of the recorded shape.

The recordings are of September 2020 and of another company, so state is set up from the recorded answers themselves and
then asked for. Where the company could be set up wholly, values are compared as well. Exceptions, with their reasons:

* SalesReceipt and Vendor are not kept: their recordings are asked with Invoice or Estimate and Customer in their place.
* A recorded full update left out CustomerRef; here it is required, as Intuit's documentation says for invoices.
* The known properties in the detail of 2010 are the practice service's own.
* Attachments are not kept; only the form of the fault inside the answer is compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import msgspec
import pytest

from app.practice.quickbooks_online import DocumentKind, ListKind, OnlineCompany, bodies, views
from app.practice.quickbooks_online.json_text import decode, encode
from app.practice.quickbooks_online.refusals import business
from tests.practice.quickbooks_online import recordings
from tests.practice.quickbooks_online.calling import REALM, Caller, Clock, connected, line, read
from tests.practice.quickbooks_online.recordings import Exchange, exchanges, keep_customer, keep_document, shape

pytestmark = pytest.mark.skipif(
    not recordings.FOLDER.is_dir(), reason="QBO_ORACLES names no folder with recordings of QuickBooks Online"
)
VARYING = {"time", "LastUpdatedTime"}
IN_ORDER = {"Sample Person05": "Dylan", "Sample Person06": "Geeta"}
"""Scrubbed names of all-alt_select, replaced by some that sort as the recorded pages do."""


@pytest.fixture
def recorded() -> Iterator[Caller]:
    """A program connected with an empty company like the recorded one, at the time of the recordings."""
    clock = Clock()
    clock.now = datetime.fromisoformat("2020-09-29T06:00:00-07:00")
    company = OnlineCompany(REALM, clock=clock)
    company.preferences.custom_fields = ("Crew #",)
    company.preferences.custom_numbers = False
    with connected(company) as caller:
        yield caller


def ask(caller: Caller, exchange: Exchange) -> dict[str, Any]:
    """Send a recorded request; status and content type must be the recorded ones."""
    query = {"minorversion": "75", **exchange.query}
    answer = caller.ask(exchange.method, exchange.path, exchange.body or None, **query)
    assert answer.status_code == exchange.status, answer.text
    assert answer.headers["Content-Type"] == exchange.content_type
    return read(answer)


def steady(value: object) -> object:
    """Leave out what differs from run to run."""
    if isinstance(value, dict):
        return {key: steady(each) for key, each in value.items() if key not in VARYING}
    return [steady(each) for each in value] if isinstance(value, list) else value


def same(caller: Caller, exchange: Exchange, *, values: bool = True) -> None:
    """Send a recorded request and compare the answer."""
    answer = ask(caller, exchange)
    assert shape(answer) == shape(exchange.answer)
    if values:
        assert steady(answer) == steady(exchange.answer)


@pytest.mark.parametrize("cassette", ["all-customers", "all-alt_select", "get-display_name"])
def test_customers_are_found(recorded: Caller, cassette: str) -> None:
    asked = exchanges(cassette)
    kept: dict[str, Any] = {}
    for exchange in asked:
        kept |= {each["Id"]: each for each in exchange.answer["QueryResponse"].get("Customer", [])}
    for each in kept.values():
        keep_customer(recorded.company, {**each, "DisplayName": IN_ORDER.get(each["DisplayName"], each["DisplayName"])})
    # What is owed is computed here, so values differ; names of people were scrubbed, and with them the order by name.
    for exchange in asked:
        answer = ask(recorded, exchange)["QueryResponse"]
        wanted = exchange.answer["QueryResponse"]
        assert {name: each for name, each in answer.items() if name != "Customer"} == {
            name: each for name, each in wanted.items() if name != "Customer"
        }
        by_id = {each["Id"]: shape(each) for each in answer.get("Customer", [])}
        assert by_id == {each["Id"]: shape(each) for each in wanted.get("Customer", [])}


def test_an_ampersand_is_found(recorded: Caller) -> None:
    (exchange,) = exchanges("misc-ampersand")
    name = exchange.answer["QueryResponse"]["Vendor"][0]["DisplayName"]
    recorded.desk.add_customer(name)
    asked = {**exchange.query, "query": exchange.query["query"].replace("Vendor", "Customer")}
    answer = recorded.get(exchange.path, **asked)
    assert [each["DisplayName"] for each in answer["QueryResponse"]["Customer"]] == [name]
    assert answer["QueryResponse"].keys() == {"Customer", "startPosition", "maxResults"}


def test_a_customer_is_read(recorded: Caller) -> None:
    (exchange,) = exchanges("get-id")
    keep_customer(recorded.company, exchange.answer["Customer"])
    same(recorded, exchange)


def test_a_customer_is_added(recorded: Caller) -> None:
    (exchange,) = exchanges("create-customer")
    recorded.company.serials["Customer"] = int(exchange.answer["Customer"]["Id"]) - 1
    recorded.clock.now = datetime.fromisoformat(exchange.answer["time"])
    same(recorded, exchange)


def test_a_customer_is_changed_as_a_whole(recorded: Caller) -> None:
    reading, writing = exchanges("update-customer")
    keep_customer(recorded.company, reading.answer["Customer"])
    same(recorded, reading)
    same(recorded, writing)


def test_an_invoice_is_added(recorded: Caller) -> None:
    (exchange,) = exchanges("create-invoice")
    (customer,) = exchanges("get-display_name")[0].answer["QueryResponse"]["Customer"]
    keep_customer(recorded.company, customer)
    recordings.keep_named(recorded.company, ListKind.ITEM, {"value": "1", "name": "Services"})
    recorded.company.serials |= {"Txn": 265, "number of Invoice": 42}
    recorded.clock.now = datetime.fromisoformat(exchange.answer["time"])
    same(recorded, exchange)


@pytest.mark.parametrize("cassette", ["delete-invoice", "void-invoice"])
def test_an_invoice_is_deleted_or_voided(recorded: Caller, cassette: str) -> None:
    reading, writing = exchanges(cassette)
    keep_document(recorded.company, DocumentKind.INVOICE, reading.answer["Invoice"])
    same(recorded, reading)
    same(recorded, writing)


def test_estimates_come_with_the_changes(recorded: Caller) -> None:
    (exchange,) = exchanges("cdc-basic")
    for each in exchange.answer["CDCResponse"][0]["QueryResponse"][0]["Estimate"]:
        keep_document(recorded.company, DocumentKind.ESTIMATE, each)
    same(recorded, exchange)
    numbered = recorded.query("select * from Estimate where DocNumber = '1001'")
    assert numbered["maxResults"] == 4, "a number does not tell estimates apart"


def test_a_full_update_gives_a_line_without_id_a_new_one(recorded: Caller) -> None:
    reading, writing = exchanges("update-sales_receipt")
    before = {**reading.answer["SalesReceipt"], "CustomerRef": {"value": "1", "name": "A. Customer"}}
    keep_document(recorded.company, DocumentKind.INVOICE, before)
    sent = decode(writing.body)
    assert isinstance(sent, dict)
    answer = recorded.post("/invoice", {**sent, "CustomerRef": {"value": "1"}}, **writing.query)["Invoice"]
    wanted = writing.answer["SalesReceipt"]
    for name in ("Line", "DocNumber", "TxnDate", "CurrencyRef", "CustomField", "SyncToken", "TotalAmt", "TxnTaxDetail"):
        assert answer[name] == wanted[name]


def test_a_batch_of_all_kinds(recorded: Caller) -> None:
    (exchange,) = exchanges("batch-basic")
    recorded.company.person = "Sandbox Person"
    receipts = exchange.answer["BatchItemResponse"][3]["QueryResponse"]["SalesReceipt"]
    for each in receipts:
        keep_document(
            recorded.company,
            DocumentKind.ESTIMATE,
            {"CustomerRef": {"value": "6", "name": "A. Customer"}, **each},
        )
    words = {b'"Vendor"': b'"Customer"', b"SalesReceipt": b"Estimate"}
    body = exchange.body
    for word, other in words.items():
        body = body.replace(word, other)
    answer = recorded.post(exchange.path, body, **exchange.query)
    text = encode(exchange.answer)
    for word, other in words.items():
        text = text.replace(word, other)
    wanted: Any = decode(text)
    assert answer.keys() == wanted.keys()
    made, deleted, stale, found = answer["BatchItemResponse"]
    assert [each.keys() for each in answer["BatchItemResponse"]] == [
        each.keys() for each in wanted["BatchItemResponse"]
    ]
    assert [made["bId"], deleted, stale] == ["bid1", *wanted["BatchItemResponse"][1:3]]
    assert found["QueryResponse"].keys() == wanted["BatchItemResponse"][3]["QueryResponse"].keys()
    assert [each["Id"] for each in found["QueryResponse"]["Estimate"]] == [each["Id"] for each in receipts]


def without_detail(answer: dict[str, Any]) -> dict[str, Any]:
    """Leave out the details of a fault."""
    return {
        **answer,
        "Fault": {
            **answer["Fault"],
            "Error": [{**each, "Detail": ""} for each in answer["Fault"]["Error"]],
        },
    }


@pytest.mark.parametrize("cassette", ["error-400_json", "error-500", "error-validation"])
def test_faults(recorded: Caller, cassette: str) -> None:
    recorded.desk.add_customer("Weiskopf Consulting")
    for exchange in exchanges(cassette):
        answer = ask(recorded, exchange)
        assert shape(answer) == shape(exchange.answer)
        assert steady(without_detail(answer)) == steady(without_detail(exchange.answer))
        for mine, theirs in zip(answer["Fault"]["Error"], exchange.answer["Fault"]["Error"], strict=True):
            assert mine["Detail"][:30] == theirs["Detail"][:30] or mine["code"] == "500"


def test_the_fault_of_an_expired_token(recorded: Caller) -> None:
    (exchange,) = exchanges("error-401")
    recorded.clock.advance(hours=1)
    answer = ask(recorded, exchange)
    assert shape(answer) == shape(exchange.answer)
    (mine,), (theirs,) = answer["fault"]["error"], exchange.answer["fault"]["error"]
    assert {**mine, "detail": ""} == {**theirs, "detail": ""}
    assert answer["fault"]["type"] == exchange.answer["fault"]["type"]


def test_the_fault_inside_a_good_answer() -> None:
    (exchange,) = exchanges("attachment-error_estimate")
    (inside,) = exchange.answer["AttachableResponse"]
    assert shape(business("x").fault()) == shape(inside["Fault"])
    theirs = inside["Fault"]["Error"][0]
    made = business(theirs["Detail"].removeprefix("Business Validation Error: "))
    assert made.fault() == inside["Fault"]


def test_tokens_have_the_keys_of_intuits_own_examples(caller: Caller) -> None:
    folder = recordings.FOLDER / "oauth"
    tokens = caller.online.grants.consent(caller.company.realm_id)
    answer = caller.token_call(grant_type="refresh_token", refresh_token=tokens.refresh)
    wanted = decode((folder / "refreshResponse.json").read_bytes())
    assert isinstance(wanted, dict)
    del wanted["id_token"]  # handed out with the scope openid, which is not asked for
    assert shape(read(answer)) == shape(wanted)
    refused: Any = decode((folder / "errorResponse.json").read_bytes())
    answer = caller.token_call(grant_type="refresh_token", refresh_token="other")
    assert answer.status_code == refused["response"]["status"]
    assert read(answer) == refused["json"]


BODIES: list[tuple[type[msgspec.Struct], str]] = [
    (bodies.EstimateBody, "Estimate"),
    (bodies.InvoiceBody, "Invoice"),
    (bodies.CustomerBody, "Customer"),
    (bodies.ItemBody, "Item"),
    (bodies.LineBody, "Line"),
    (bodies.SalesItemBody, "SalesItemLineDetail"),
    (bodies.DescriptionBody, "DescriptionLineDetail"),
    (bodies.SubTotalBody, "SubTotalLineDetail"),
    (bodies.AddressBody, "PhysicalAddress"),
    (bodies.EmailBody, "EmailAddress"),
    (bodies.PhoneBody, "TelephoneNumber"),
    (bodies.WebBody, "WebSiteAddress"),
    (bodies.CustomFieldBody, "CustomField"),
]


@pytest.mark.parametrize(("body", "name"), BODIES, ids=[name for _, name in BODIES])
def test_what_is_taken_has_intuits_names(body: type[msgspec.Struct], name: str) -> None:
    assert {each.encode_name for each in msgspec.structs.fields(body)} <= recordings.properties(name).keys()


def test_what_is_told_has_intuits_names(caller: Caller) -> None:
    company = caller.company
    company.preferences.custom_fields = ("Crew #",)
    caller.desk.close_books(None)
    caller.desk.use_multi_currency()
    shown: list[tuple[str, Any]] = [
        ("Estimate", caller.create(PrivateNote="x")),
        ("Invoice", caller.create("invoice", Line=[line("1.00", Qty=1, UnitPrice=1, ServiceDate="2026-11-01")])),
        ("Customer", caller.get("/customer/1")["Customer"]),
        ("Item", caller.get("/item/1")["Item"]),
        ("Account", caller.get("/account/1")["Account"]),
        ("CompanyInfo", views.show_company(company)),
        ("Preferences", views.show_preferences(company)),
    ]
    for name, each in shown:
        assert_names(name, each)
    company.preferences.book_close_date = company.today()
    assert_names("Preferences", views.show_preferences(company))


def assert_names(name: str, value: dict[str, Any]) -> None:
    known = recordings.properties(name)
    assert value.keys() <= known.keys(), name
    for key, each in value.items():
        for part in each if isinstance(each, list) else [each]:
            if isinstance(part, dict) and known[key] in recordings.types() and "value" not in part:
                assert_names(known[key], part)


REFUSED: list[tuple[str, Callable[[Caller], Any]]] = [
    ("customer_duplicate_error", lambda caller: caller.refusal("/customer", {"DisplayName": "41200-017"})),
    ("query_validation_error", lambda caller: caller.refusal("/query", method="GET", query=ZERO_ROWS)),
]
ZERO_ROWS = "select * from Customer maxresults 0"


@pytest.mark.parametrize(("file", "provoke"), REFUSED, ids=[file for file, _ in REFUSED])
def test_faults_that_are_recorded_as_xml(caller: Caller, file: str, provoke: Callable[[Caller], Any]) -> None:
    fault = recordings.fault(file)
    error = provoke(caller)
    assert (error["code"], error["Message"]) == (fault["code"], fault["Message"])
    if file == "query_validation_error":
        assert error["Detail"] == fault["Detail"]


def test_throttling_as_it_is_recorded(caller: Caller) -> None:
    fault = recordings.fault("too_many_requests_error")
    caller.online.mishaps.throttled()
    answer = read(caller.ask("GET", "/customer/1"))["fault"]
    assert (answer["type"], answer["error"][0]["message"]) == (fault["type"], fault["Message"])
    assert answer["error"][0]["code"] == fault["code"]
