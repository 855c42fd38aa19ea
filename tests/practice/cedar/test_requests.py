"""What a request may not look like."""

import httpx
import pytest

from tests.practice.cedar.caller import ROWS, SUMMARY, Caller, rows_request


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"tableDataRequest": 3}', b"{}"])
def test_malformed_body_is_refused(client: httpx.Client, content: bytes) -> None:
    answer = client.post(ROWS, content=content)
    assert answer.status_code == 400
    assert answer.json()["code"] == 3


@pytest.mark.parametrize("size", [0, -1, 1001, "100", 10.0, 2.5, True, None, [100]])
def test_page_size_must_be_a_whole_number_within_bounds(caller: Caller, size: object) -> None:
    assert "pageSize" in caller.refusal(ROWS, rows_request(pageSize=size))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("requestedColumns", [{"columnKey": "nonsense"}]),
        ("requestedColumns", ["chargeId"]),
        ("requestedColumns", [{"key": "chargeId"}]),
        ("additionalFilters", [{"columnKey": "nonsense", "op": "RO_EXACT", "searchTerm": "1"}]),
        ("additionalFilters", [{"columnKey": "invoice", "op": "EXACT", "searchTerm": "1"}]),
        ("additionalFilters", [{"columnKey": "chargeId", "op": "RO_EXACT", "searchTerm": 1}]),
        ("additionalFilters", [{"columnKey": "billingStatus", "op": "RO_EXACT", "searchTerm": ["INVOICED"]}]),
        ("additionalFilters", [{"op": "RO_EXACT", "searchTerm": "1"}]),
        ("sortColumns", [{"column": "nonsense", "direction": "ASCENDING"}]),
        ("sortColumns", [{"column": "chargeId", "direction": "ASC"}]),
        ("sortColumns", [{"columnKey": "chargeId", "direction": "ASCENDING"}]),
        ("sortColumn", []),
    ],
)
def test_part_that_is_not_understood_is_refused(caller: Caller, field: str, value: object) -> None:
    body = rows_request()
    body["tableDataRequest"][field] = value
    caller.refusal(ROWS, body)


def test_paging_fields_may_stand_inside(caller: Caller) -> None:
    body = rows_request()
    body["tableDataRequest"]["pageSize"] = 7
    first = caller.post(ROWS, body)
    assert len(first["rows"]) == 7
    body["tableDataRequest"]["pageNextToken"] = first["nextToken"]
    second = caller.post(ROWS, body)
    assert second["rows"][0]["intKey"] > first["rows"][-1]["intKey"]


def test_paging_fields_inside_and_outside_must_agree(caller: Caller) -> None:
    body = rows_request(pageSize=5)
    body["tableDataRequest"]["pageSize"] = 7
    assert "differ" in caller.refusal(ROWS, body)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"aggregates": []},
        {"aggregates": [{"columnKey": "nonsense", "op": "AO_COUNT"}]},
        {"aggregates": [{"columnKey": "amount", "op": "SUM"}]},
        {"aggregates": [{"columnKey": "customer", "op": "AO_SUM"}]},
        {"aggregates": [{"columnKey": "appliedAt", "op": "AO_AVG"}]},
        {"aggregates": [{"columnKey": "amount", "op": "AO_SUM"}], "additionalFilters": []},
        {"aggregates": [{"columnKey": "amount", "op": "AO_SUM"}], "filters": [{"columnKey": "x"}]},
    ],
)
def test_summary_that_is_not_understood_is_refused(caller: Caller, body: object) -> None:
    caller.refusal(SUMMARY, body)
