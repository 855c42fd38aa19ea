import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import httpx
import pytest

from app.cedar.columns import resolve_columns
from app.cedar.query import ChargeQuery
from app.cedar.summary import ChargeSummary
from app.domain.faults import CedarUnavailable
from app.domain.money import ZERO
from tests.cedar.stand_in import a_client, a_map, answering, documented


def figure(key: str, op: str, **value: object) -> dict[str, Any]:
    return {"columnKey": key, "op": op, **value}


FULL = [
    figure("chargeId", "AO_COUNT", intVal="3"),
    figure("amount", "AO_SUM", realVal=1250.1000000000001),
    figure("adjustment_total", "AO_SUM", realVal=-2.5),
    figure("appliedAt", "AO_MIN", stringVal="2026-10-01T00:00:00Z"),
    figure("appliedAt", "AO_MAX", stringVal="2026-10-31T00:00:00.5Z"),
]
EXPECTED = ChargeSummary(
    3,
    Decimal("1250.10"),
    Decimal("-2.50"),
    datetime(2026, 10, 1, tzinfo=UTC),
    datetime(2026, 10, 31, 0, 0, 0, 500_000, tzinfo=UTC),
)


def summary_of(aggregates: object) -> ChargeSummary:
    with a_client(answering({"aggregates": aggregates})) as client:
        return client.summary(ChargeQuery())


def test_figures_are_read() -> None:
    assert summary_of(FULL) == EXPECTED


def test_request_names_figures_and_filters() -> None:
    script = answering({"aggregates": FULL})
    with a_client(script) as client:
        client.summary(ChargeQuery(billing_status="INVOICED"))
    asked = json.loads(script.requests[0].content)
    assert script.requests[0].url.path == "/t/v1/charges-table-summary"
    assert asked["filters"] == [{"columnKey": "billingStatus", "op": "RO_EXACT", "searchTerm": "INVOICED"}]
    assert [(a["columnKey"], a["op"]) for a in asked["aggregates"]] == [(a["columnKey"], a["op"]) for a in FULL]


def test_unpublished_adjustments_are_not_asked_for() -> None:
    columns = resolve_columns(documented(without="adjustment_total"), {})
    script = answering({"aggregates": [a for a in FULL if a["columnKey"] != "adjustment_total"]})
    with a_client(script) as client:
        assert client.summary(ChargeQuery(), columns).adjustment_total == ZERO
    assert b"adjustment" not in script.requests[0].content


def test_chosen_columns_are_summed() -> None:
    script = answering({"aggregates": [FULL[0], figure("adjustment_total", "AO_SUM", realVal=7)]})
    with a_client(script) as client:
        assert client.summary(ChargeQuery(), a_map(amount="adjustment_total")).amount == 7


def test_nothing_to_sum() -> None:
    empty = [figure("chargeId", "AO_COUNT", intVal="0"), figure("amount", "AO_SUM"), figure("appliedAt", "AO_MIN")]
    assert summary_of(empty) == ChargeSummary(0, ZERO, ZERO, None, None)


def test_unnamed_first_operation_is_understood() -> None:
    assert summary_of([{"columnKey": "chargeId", "intVal": "3"}, *FULL[1:]]) == EXPECTED


def test_wrong_kinds_beside_the_figures_do_no_harm() -> None:
    assert summary_of([figure("x", "y", stringVal=3, realVal=[]), *FULL, {"columnKey": 5, "op": None}]) == EXPECTED


@pytest.mark.parametrize(
    "aggregates",
    [
        [],
        None,
        {},
        "x",
        [1],
        FULL[1:],
        FULL[:1],
        [figure("chargeId", "AO_COUNT", realVal=2.5), *FULL[1:]],
        [figure("chargeId", "AO_COUNT", intVal="-1"), *FULL[1:]],
        [FULL[0], figure("amount", "AO_SUM", realVal="NaN")],
    ],
)
def test_summary_without_count_or_sum_is_nonsense(aggregates: object) -> None:
    with pytest.raises(CedarUnavailable, match="cannot be read as charges"):
        summary_of(aggregates)


def test_other_documents_are_nonsense() -> None:
    with a_client(lambda _: httpx.Response(200, json={"code": 5})) as client, pytest.raises(CedarUnavailable):
        client.summary(ChargeQuery())
