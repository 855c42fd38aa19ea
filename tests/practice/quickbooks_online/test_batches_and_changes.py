"""Batches and change data capture."""

from __future__ import annotations

from typing import Any

import pytest

from tests.practice.quickbooks_online.calling import Caller, document, line

LONG_AGO = "2011-10-10T09:00:00-07:00"


def batch(caller: Caller, *items: dict[str, Any], **params: str) -> list[dict[str, Any]]:
    answers: list[dict[str, Any]] = caller.post("/batch", {"BatchItemRequest": list(items)}, **params)[
        "BatchItemResponse"
    ]
    return answers


def changes(caller: Caller, entities: str, since: str = LONG_AGO) -> list[dict[str, Any]]:
    answer = caller.get("/cdc", entities=entities, changedSince=since)
    (only,) = answer["CDCResponse"]
    found: list[dict[str, Any]] = only["QueryResponse"]
    return found


def test_every_item_of_a_batch_has_its_own_end(caller: Caller) -> None:
    first = caller.create(DocNumber="7")
    answers = batch(
        caller,
        {"bId": "k1", "operation": "create", "Estimate": document(DocNumber="8")},
        {"bId": "k2", "operation": "create", "Estimate": document(DocNumber="7")},
        {"bId": "k3", "operation": "update", "Estimate": {"Id": first["Id"], "SyncToken": "9", "sparse": True}},
        {"bId": "k4", "operation": "delete", "Invoice": {"Id": "129", "SyncToken": "0"}},
        {"bId": "k5", "Query": "select Id, DocNumber from Estimate"},
        {"bId": "k6", "operation": "update", "Estimate": {"Id": first["Id"], "SyncToken": "0", "sparse": True}},
        {"bId": "k7", "operation": "create", "Customer": {"DisplayName": "new"}},
        {"bId": "k8", "operation": "delete", "Estimate": {"Id": first["Id"], "SyncToken": "1"}},
        {"bId": "k9", "operation": "create", "Estimate": document(BadJson=1)},
        {"bId": "k10"},
        {"bId": "k11", "Query": "select"},
    )
    assert [each["bId"] for each in answers] == [f"k{number}" for number in range(1, 12)]
    codes = [each["Fault"]["Error"][0]["code"] if "Fault" in each else None for each in answers]
    assert codes == [None, "6140", "5010", "610", None, None, None, None, "2010", "2020", "4000"]
    assert answers[0]["Estimate"]["DocNumber"] == "8"
    assert [row["DocNumber"] for row in answers[4]["QueryResponse"]["Estimate"]] == ["7"], "as it was before"
    assert answers[7]["Estimate"] == {"domain": "QBO", "status": "Deleted", "Id": first["Id"]}
    assert [each.doc_number for each in caller.company.documents("Estimate")] == ["8"]


def test_a_batch_has_thirty_items_at_most(caller: Caller) -> None:
    item = {"operation": "create", "Estimate": document()}
    assert len(batch(caller, *({"bId": str(number), **item} for number in range(30)))) == 30
    too_many = [{"bId": str(number), **item} for number in range(31)]
    assert caller.refusal("/batch", {"BatchItemRequest": too_many})["code"] == "6000"
    assert len(caller.company.documents("Estimate")) == 30


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "2020"),
        ({"BatchItemRequest": []}, "2020"),
        ({"Items": []}, "2010"),
        ({"BatchItemRequest": [{"bId": "1", "operation": "void", "Invoice": {}}]}, "2170"),
        ({"BatchItemRequest": [{"bId": "1", "operation": "create", "SalesOrder": {}}]}, "2010"),
        (b"[", "2010"),
    ],
)
def test_a_batch_that_cannot_be_read_is_refused_as_a_whole(caller: Caller, body: object, code: str) -> None:
    assert caller.refusal("/batch", body)["code"] == code


def test_changes_are_told_per_entity_in_the_order_asked(caller: Caller) -> None:
    caller.create()
    invoices, estimates, items = changes(caller, "invoice,Estimate,Item")
    assert invoices == {}
    assert (estimates["startPosition"], estimates["maxResults"], len(estimates["Estimate"])) == (1, 1, 1)
    assert [each["Name"] for each in items["Item"]] == ["Demurrage", "Switching"]


def test_only_what_changed_since_is_told(caller: Caller) -> None:
    first, second = caller.create(), caller.create()
    caller.clock.advance(minutes=10)
    since = "2026-11-22T15:20:00Z"
    assert changes(caller, "Estimate,Customer", since) == [{}, {}]
    caller.desk.reject(first["Id"])
    caller.desk.set_active("Customer", "41200-018", is_active=False)
    caller.post("/estimate", {"Id": second["Id"], "SyncToken": "0"}, operation="delete")
    estimates, customers = changes(caller, "Estimate,Customer", since)
    shown, gone = estimates["Estimate"]
    assert (shown["Id"], shown["TxnStatus"]) == (first["Id"], "Rejected")
    assert gone == {
        "domain": "QBO",
        "status": "Deleted",
        "Id": second["Id"],
        "MetaData": {"LastUpdatedTime": "2026-11-22T07:25:03-08:00"},
    }
    assert [(each["DisplayName"], each["Active"]) for each in customers["Customer"]] == [("41200-018", False)]


def test_deletions_are_remembered_for_thirty_days(caller: Caller) -> None:
    made = caller.create()
    caller.desk.delete("Estimate", made["Id"])
    caller.clock.advance(days=30)
    caller.renew()
    assert len(changes(caller, "Estimate")[0]["Estimate"]) == 1
    caller.clock.advance(seconds=1)
    assert changes(caller, "Estimate") == [{}]


def test_an_answer_holds_a_thousand_objects(caller: Caller) -> None:
    for number in range(999):
        caller.desk.add_customer(f"C{number}")
    customers, items, estimates = changes(caller, "Customer,Item,Estimate")
    assert (customers["maxResults"], items, estimates) == (1000, {}, {})


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"entities": "Estimate"}, "2020"),
        ({"changedSince": LONG_AGO}, "2020"),
        ({"entities": "SalesOrder", "changedSince": LONG_AGO}, "4001"),
        ({"entities": "Estimate", "changedSince": "yesterday"}, "4001"),
    ],
)
def test_changes_that_cannot_be_asked_for(caller: Caller, params: dict[str, str], code: str) -> None:
    assert caller.refusal("/cdc", method="GET", **params)["code"] == code


def test_a_request_id_is_answered_once(caller: Caller) -> None:
    first = caller.ask("POST", "/estimate", document(DocNumber="7"), requestid="r1")
    caller.clock.advance(hours=23)
    caller.renew()
    again = caller.ask("POST", "/estimate", document(DocNumber="8"), requestid="r1")
    elsewhere = caller.ask("POST", "/invoice", b"nonsense", requestid="r1")
    assert first.content == again.content == elsewhere.content
    assert [each.doc_number for each in caller.company.documents("Estimate")] == ["7"]
    caller.clock.advance(hours=2)
    caller.renew()
    assert caller.refusal("/estimate", document(DocNumber="7"), requestid="r1")["code"] == "6140", "forgotten"


def test_refusals_are_remembered_like_everything_else(caller: Caller) -> None:
    refused = caller.ask("POST", "/estimate", document(CustomerRef={"value": "77"}), requestid="r1")
    again = caller.ask("POST", "/estimate", document(), requestid="r1")
    assert (again.status_code, again.content) == (400, refused.content)
    assert again.headers["Content-Type"] == refused.headers["Content-Type"]
    assert caller.company.documents("Estimate") == []
    caller.online.memory.forget()
    caller.post("/estimate", document(), requestid="r1")


def test_a_batch_is_remembered_as_a_whole(caller: Caller) -> None:
    item = {"bId": "k1", "operation": "create", "Estimate": document(Line=[line("1.00")])}
    first = batch(caller, item, requestid="b1")
    assert batch(caller, item, item, requestid="b1") == first
    assert len(caller.company.documents("Estimate")) == 1


def test_deletions_and_voids_are_remembered_too(caller: Caller) -> None:
    made = caller.create()
    body = {"Id": made["Id"], "SyncToken": "0"}
    gone = caller.post("/estimate", body, operation="delete", requestid="d")
    assert caller.post("/estimate", body, operation="delete", requestid="d") == gone


def test_an_empty_request_id_is_none_and_a_long_one_is_refused(caller: Caller) -> None:
    for _ in range(2):
        caller.post("/estimate", document(), requestid="")
    assert len(caller.company.documents("Estimate")) == 2
    assert caller.refusal("/estimate", document(), requestid="x" * 51)["element"] == "requestid"
