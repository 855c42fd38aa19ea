import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.cedar.query import ChargeQuery, rows_request
from tests.cedar.stand_in import a_map

EVENING = datetime(2026, 10, 31, 20, 30, tzinfo=timezone(timedelta(hours=-6)))


def test_request_for_the_first_page() -> None:
    query = ChargeQuery("INVOICED", EVENING, EVENING + timedelta(days=1, microseconds=5), "INV-1")
    asked = json.loads(rows_request(a_map(), query, 250, None))
    assert asked["pageSize"] == 250
    assert "pageNextToken" not in asked
    table = asked["tableDataRequest"]
    assert {"columnKey": "glCode"} in table["requestedColumns"]
    assert table["sortColumns"] == [{"column": "chargeId", "direction": "ASCENDING"}]
    assert table["additionalFilters"] == [
        {"columnKey": "billingStatus", "op": "RO_EXACT", "searchTerm": "INVOICED"},
        {"columnKey": "invoice", "op": "RO_EXACT", "searchTerm": "INV-1"},
        {"columnKey": "appliedAt", "op": "RO_GE", "searchTerm": "2026-11-01T02:30:00Z"},
        {"columnKey": "appliedAt", "op": "RO_LE", "searchTerm": "2026-11-02T02:30:00.000005Z"},
    ]


def test_request_for_a_further_page_carries_the_token_as_it_came() -> None:
    asked = json.loads(rows_request(a_map(), ChargeQuery(), 500, "t=/é\n"))
    assert asked["pageNextToken"] == "t=/é\n"
    assert asked["tableDataRequest"]["additionalFilters"] == []


def test_chosen_columns_are_filtered_by() -> None:
    asked = json.loads(rows_request(a_map(invoice="accountingPeriod"), ChargeQuery(invoice="x"), 500, None))
    assert asked["tableDataRequest"]["additionalFilters"][0]["columnKey"] == "accountingPeriod"


def test_moment_without_a_zone_is_a_bug_of_the_caller() -> None:
    with pytest.raises(ValueError, match="time zone"):
        ChargeQuery(applied_since=datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None))


@pytest.mark.parametrize("size", [0, -1, 1_001])
def test_page_size_has_bounds(size: int) -> None:
    with pytest.raises(ValueError, match="a page has"):
        rows_request(a_map(), ChargeQuery(), size, None)
