import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cedar import wire
from app.cedar.mapping import RowReader, status
from app.domain.charge import Charge
from app.domain.faults import CedarUnavailable
from tests.cedar.stand_in import a_map, a_row, column

COLUMNS = a_map(
    column("quantity", kind="DECIMAL"),
    column("rate", kind="DECIMAL"),
    column("invoiceDate", kind="TIMESTAMP"),
    column("currency"),
    column("carInitials"),
    column("carNumber", kind="INT"),
)
REGINA = ZoneInfo("America/Regina")


def charges_of(*rows: object) -> list[Charge]:
    page = wire.rows_page(json.dumps({"rows": rows}).encode())
    reader = RowReader(COLUMNS, REGINA)
    return [reader.charge(row) for row in page.rows or ()]


def test_whole_row() -> None:
    row = a_row(
        17,
        customer={"stringVal": "Acme Grain "},
        customerLocation={"stringVal": "Rosetown"},
        billingType={"stringVal": "SWITCHING"},
        billingStatus={"stringVal": "in-progress"},
        rateDescription={"stringVal": "Per car"},
        quantity={"decimalVal": {"value": "3"}},
        rate={"decimalVal": {"value": "12.5000"}},
        amount={"realVal": 37.50000000001},
        currency={"stringVal": " cad "},
        invoiceDate={"tsVal": "2026-11-01T03:00:00Z"},
        carInitials={"stringVal": "CN"},
        carNumber={"intVal": "5012"},
        rateTableEntry={"stringVal": "not asked for"},
        secondary={"secondaryData": {"a": [1]}},
    )
    assert charges_of(row) == [
        Charge(
            charge_id="17",  # type: ignore[arg-type]
            billing_status="IN_PROGRESS",
            invoice="INV-1",
            gl_number="4410",
            customer="Acme Grain",
            location="Rosetown",
            billing_type="SWITCHING",
            service_type="Switching",
            rate_description="Per car",
            quantity=Decimal(3),
            rate=Decimal("12.5000"),
            amount=Decimal("37.50"),
            currency="CAD",
            invoice_date=date(2026, 10, 31),
            applied_at=datetime(2026, 10, 31, 12, tzinfo=UTC),
            car="CN 5012",
        )
    ]


def test_absent_empty_and_null_cells_are_nothing() -> None:
    row = a_row(1, glCode=..., invoice=None, serviceType={}, amount={"columnKey": "amount"}, appliedAt={"tsVal": None})
    charge = charges_of(row)[0]
    assert charge == Charge(charge.charge_id, "INVOICED")


@pytest.mark.parametrize(
    "spoilt",
    [
        {"realVal": "NaN"},
        {"realVal": "Infinity"},
        {"realVal": float("nan")},
        {"realVal": float("inf")},
        {"realVal": True},
        {"realVal": [1]},
        {"realVal": 1e300},
        {"decimalVal": {"value": "twelve"}},
        {"decimalVal": {"value": {}}},
        {"decimalVal": {}},
        {"stringVal": 12},
        {"boolVal": True},
        "12.50",
        12.5,
        [],
        None,
    ],
)
def test_spoilt_amount_spoils_that_amount_only(spoilt: object) -> None:
    first, second = charges_of(a_row(1, amount=spoilt, quantity=spoilt, rate=spoilt), a_row(2))
    assert (first.amount, first.quantity, first.rate) == (None, None, None)
    assert first.invoice == "INV-1"
    assert second.amount == Decimal("12.50")


def test_numbers_too_long_for_python_are_read_over() -> None:
    body = json.dumps({"rows": [a_row(1), a_row(2)]}).replace("12.5", "9" * 5000, 1).encode()
    reader = RowReader(COLUMNS, REGINA)
    assert [reader.charge(row).amount for row in wire.rows_page(body).rows or ()] == [None, Decimal("12.50")]
    body = json.dumps({"rows": [a_row(1), a_row(2)]}).replace("12.5", "1e4000", 1).encode()
    assert [reader.charge(row).amount for row in wire.rows_page(body).rows or ()] == [None, Decimal("12.50")]


@pytest.mark.parametrize("cell", [..., None, {}, {"stringVal": "  "}, {"realVal": "NaN"}, {"boolVal": None}])
def test_row_without_its_number_stops_the_reading(cell: object) -> None:
    with pytest.raises(CedarUnavailable, match="without its number"):
        charges_of(a_row(1, chargeId=cell))


@pytest.mark.parametrize("row", [{}, {"intKey": "12"}, {"intKey": "12", "data": None}])
def test_row_without_data_stops_the_reading(row: dict[str, Any]) -> None:
    with pytest.raises(CedarUnavailable, match="without its number"):
        charges_of(row)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [({"intVal": "900001"}, "900001"), ({"intVal": 5}, "5"), ({"realVal": 17.0}, "17"), ({"stringVal": "C-1"}, "C-1")],
)
def test_charge_number_in_any_kind_of_cell(cell: object, expected: str) -> None:
    assert charges_of(a_row(1, chargeId=cell))[0].charge_id == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [("INVOICED", "INVOICED"), (" In Progress", "IN_PROGRESS"), ("in--progress", "IN_PROGRESS"), (None, "")],
)
def test_status_as_the_domain_compares_it(written: str | None, expected: str) -> None:
    assert status(written) == expected


leaf = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
anything = st.recursive(
    leaf, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
)
cells = anything | st.dictionaries(
    st.sampled_from(["stringVal", "intVal", "realVal", "decimalVal", "boolVal", "tsVal", "value"]), anything, max_size=3
)


@given(st.dictionaries(st.sampled_from([key for key in COLUMNS.row_keys() if key != "chargeId"]), cells))
def test_no_cell_of_a_charge_stops_the_reading(data: dict[str, Any]) -> None:
    first, second = charges_of(a_row(1, **data), a_row(2))
    assert first.charge_id == "1"
    assert first.fingerprint()
    assert second == charges_of(a_row(2))[0]
