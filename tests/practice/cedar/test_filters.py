"""Which rows a filter lets through."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from app.practice.cedar import DOCUMENTED, CedarSandbox, Column, ColumnType, PracticeRailroad, short_line
from app.practice.cedar.charge import BILLING_STATUSES, PracticeCharge
from tests.practice.cedar.caller import ROWS, SUMMARY, Caller, client_of, rows_request


def _charge(charge_id: int, invoice: str | None, amount: str | None, hour: int) -> PracticeCharge:
    return PracticeCharge(
        charge_id,
        customer="Koenig & Söhne",
        invoice=invoice,
        amount=None if amount is None else Decimal(amount),
        applied_at=datetime(2026, 10, 31, hour, 30, tzinfo=UTC),
    )


@pytest.fixture
def railroad() -> PracticeRailroad:
    charges = [
        _charge(1, "INV-1", "10.00", 1),
        _charge(2, "INV-10", "-5.25", 2),
        _charge(3, "inv-2", None, 3),
        _charge(4, None, "0.00", 4),
        _charge(5, "", "10.01", 5),
    ]
    return PracticeRailroad(charges, today=short_line(1).today)


@pytest.mark.parametrize(
    ("key", "op", "term", "expected"),
    [
        ("invoice", "RO_EXACT", "INV-1", [1]),
        ("invoice", "RO_EXACT", "inv-1", []),
        ("invoice", "RO_DEFAULT", "inv-1", [1, 2]),
        ("invoice", "RO_SUBSTRING", "v-1", [1, 2]),
        ("invoice", "RO_STARTSWITH", "INV-", [1, 2, 3]),
        ("invoice", "RO_ENDSWITH", "0", [2]),
        ("invoice", "RO_EMPTY", "", [4, 5]),
        ("invoice", "RO_NOT_EMPTY", "", [1, 2, 3]),
        ("invoice", "RO_NE", "INV-1", [2, 3, 4, 5]),
        ("invoice", "RO_NOT_SUBSTRING", "-1", [3, 4, 5]),
        ("invoice", "RO_NOT_STARTSWITH", "inv", [4, 5]),
        ("invoice", "RO_NOT_ENDSWITH", "1", [2, 3, 4, 5]),
        ("invoice", "RO_GE", "INV-10", [2, 3]),
        ("chargeId", "RO_DEFAULT", "3", [3]),
        ("chargeId", "RO_GT", "3", [4, 5]),
        ("amount", "RO_EXACT", "10", [1]),
        ("amount", "RO_LT", "0", [2]),
        ("amount", "RO_LE", "0.00", [2, 4]),
        ("amount", "RO_GT", "10.00", [5]),
        ("amount", "RO_GE", "1e1", [1, 5]),
        ("amount", "RO_NE", "0", [1, 2, 3, 5]),
        ("amount", "RO_EMPTY", "", [3]),
        ("appliedAt", "RO_GE", "2026-10-31T03:30:00Z", [3, 4, 5]),
        ("appliedAt", "RO_GT", "2026-10-30T21:30:00-06:00", [4, 5]),
        ("appliedAt", "RO_LE", "2026-10-31T03:30:00.000Z", [1, 2, 3]),
        ("appliedAt", "RO_LT", "2026-10-31T04:29:59.999999999+01:00", [1, 2]),
        ("appliedAt", "RO_DEFAULT", "2026-10-31t02:30:00z", [2]),
        ("billingStatus", "RO_DEFAULT", "VOID", []),
        ("customer", "RO_SUBSTRING", "SÖHNE", [1, 2, 3, 4, 5]),
    ],
)
def test_operators(caller: Caller, key: str, op: str, term: str, expected: list[int]) -> None:
    assert caller.ids((key, op, term)) == expected


@pytest.mark.parametrize(
    ("key", "op", "term"),
    [
        ("billingStatus", "RO_EXACT", "INVOICED,ASSIGNED"),
        ("billingStatus", "RO_EXACT", "invoiced"),
        ("billingStatus", "RO_SUBSTRING", "INVOICED|ASSIGNED"),
        ("billingStatus", "RO_NE", "PAID"),
        ("chargeId", "RO_EXACT", "1,2"),
        ("chargeId", "RO_EXACT", "1.0"),
        ("chargeId", "RO_SUBSTRING", "1"),
        ("amount", "RO_GE", "1,5"),
        ("amount", "RO_GE", "NaN"),
        ("appliedAt", "RO_GE", "2026-10-31"),
        ("appliedAt", "RO_GE", "2026-10-31T00:00:00"),
        ("appliedAt", "RO_GE", "2026-02-30T00:00:00Z"),
        ("appliedAt", "RO_GE", "2026-10-31T00:00:00Z,2026-11-30T00:00:00Z"),
        ("appliedAt", "RO_BETWEEN", "2026-10-31T00:00:00Z"),
        ("invoice", "RO_EXACT", ""),
        ("invoice", "RO_SUBSTRING", ""),
        ("invoice", "RO_EMPTY", "x"),
    ],
)
def test_filter_that_cannot_mean_what_was_thought_is_refused(caller: Caller, key: str, op: str, term: str) -> None:
    caller.refusal(ROWS, rows_request(filters=[(key, op, term)]))
    summary = {
        "aggregates": [{"columnKey": "chargeId", "op": "AO_COUNT"}],
        "filters": [{"columnKey": key, "op": op, "searchTerm": term}],
    }
    caller.refusal(SUMMARY, summary)


def test_filters_are_joined_by_and(caller: Caller) -> None:
    assert caller.ids(("amount", "RO_GE", "0"), ("invoice", "RO_NOT_EMPTY", "")) == [1]


@pytest.mark.parametrize("status", BILLING_STATUSES)
def test_every_published_status_may_be_asked_for(caller: Caller, status: str) -> None:
    assert caller.ids(("billingStatus", "RO_EXACT", status)) == ([1, 2, 3, 4, 5] if status == "INVOICED" else [])


@pytest.fixture
def odd_caller(railroad: PracticeRailroad) -> Iterator[Caller]:
    odd = [
        Column("taxable", "Taxable", ColumnType.BOOLEAN, lambda charge: charge.charge_id % 2 == 0),
        Column("hidden", "Hidden", ColumnType.STRING, lambda charge: charge.customer, searchable=False),
        Column("shift", "Shift", ColumnType.TIME, lambda _: "06:30:00"),
    ]
    with CedarSandbox(railroad, columns=[*DOCUMENTED, *odd]) as sandbox, client_of(sandbox) as client:
        yield Caller(client)


def test_column_that_is_not_searchable_is_refused(odd_caller: Caller) -> None:
    assert "searchable" in odd_caller.refusal(ROWS, rows_request(filters=[("hidden", "RO_EXACT", "x")]))


def test_columns_of_rarer_types(odd_caller: Caller) -> None:
    assert odd_caller.ids(("taxable", "RO_EXACT", "true")) == [2, 4]
    odd_caller.refusal(ROWS, rows_request(filters=[("taxable", "RO_GT", "false")]))
    row = odd_caller.post(ROWS, rows_request(["taxable", "shift"]))["rows"][0]
    assert row["data"]["taxable"] == {"columnKey": "taxable", "boolVal": False}
    assert row["data"]["shift"]["stringVal"] == "06:30:00"
