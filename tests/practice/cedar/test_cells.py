"""What rows look like."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.practice.cedar import DOCUMENTED, EXTRA, CedarSandbox, PracticeRailroad, short_line
from app.practice.cedar.cells import as_float
from tests.practice.cedar.caller import DEF, ROWS, Caller, client_of, rows_request

CENT = Decimal("0.01")
PUBLISHED = (
    "chargeId customer customerLocation customerLocationAccountNumber invoice accountingPeriod billingType "
    "billingStatus amount appliedAt serviceType glCode rateTableEntry rateDescription adjustment_total"
)


def test_subset_publishes_exactly_the_documented_columns(railroad: PracticeRailroad) -> None:
    with CedarSandbox(railroad, columns="subset") as sandbox, client_of(sandbox) as client:
        definition = client.get(DEF).json()
        caller = Caller(client)
        caller.refusal(ROWS, rows_request(["quantity"]))
    keys = [column.key for column in DOCUMENTED]
    assert " ".join(keys) == PUBLISHED
    assert [column["key"] for column in definition["columns"]] == keys
    assert definition["defaultColumns"] == keys
    assert {column["type"] for column in definition["columns"]} == {"INT", "STRING", "REAL", "TIMESTAMP"}


def test_full_publishes_more(caller: Caller) -> None:
    columns = {column["key"]: column for column in caller.client.get(DEF).json()["columns"]}
    assert columns["quantity"]["type"] == columns["rate"]["type"] == "DECIMAL"
    assert columns["invoiceDate"]["type"] == "TIMESTAMP"
    assert "INVOICED" in columns["billingStatus"]["enumValues"]
    assert "enumValues" not in columns["customer"]
    assert all(column["searchable"] is True for column in columns.values())


def test_cells_have_the_form_of_their_type(caller: Caller, railroad: PracticeRailroad) -> None:
    charge = railroad.add(
        77,
        invoice="INV-1",
        quantity=Decimal("98.45"),
        rate=Decimal("3.125"),
        amount=Decimal("307.66"),
        invoice_date=date(2026, 10, 31),
        car="ABCX 1234",
    )
    body = rows_request(
        ["chargeId", "invoice", "amount", "quantity", "rate", "appliedAt", "invoiceDate", "carInitials", "carNumber"],
        [("chargeId", "RO_EXACT", str(charge.charge_id))],
    )
    (row,) = caller.post(ROWS, body)["rows"]
    assert row["intKey"] == str(charge.charge_id)
    assert row["data"] == {
        "chargeId": {"columnKey": "chargeId", "intVal": str(charge.charge_id)},
        "invoice": {"columnKey": "invoice", "stringVal": "INV-1"},
        "amount": {"columnKey": "amount", "realVal": 307.66},
        "quantity": {"columnKey": "quantity", "decimalVal": {"value": "98.45"}},
        "rate": {"columnKey": "rate", "decimalVal": {"value": "3.125"}},
        "appliedAt": {"columnKey": "appliedAt", "tsVal": "2026-10-15T15:00:00Z"},
        "invoiceDate": {"columnKey": "invoiceDate", "tsVal": "2026-10-31T18:00:00Z"},
        "carInitials": {"columnKey": "carInitials", "stringVal": "ABCX"},
        "carNumber": {"columnKey": "carNumber", "intVal": "1234"},
    }


def test_only_requested_columns_come_and_defaults_otherwise(caller: Caller) -> None:
    page = caller.post(ROWS, rows_request(["chargeId", "customer"]))
    assert {key for row in page["rows"] for key in row["data"]} == {"chargeId", "customer"}
    assert [column["key"] for column in page["tableDef"]["columns"]] == ["chargeId", "customer"]
    page = caller.post(ROWS, rows_request([]))
    assert {key for row in page["rows"] for key in row["data"]} <= {column.key for column in DOCUMENTED}


def test_nulls_come_in_both_forms(caller: Caller, railroad: PracticeRailroad) -> None:
    for _ in range(2):
        railroad.add(invoice="INV-NULL", amount=None)
    rows = caller.post(ROWS, rows_request(["amount"], [("invoice", "RO_EXACT", "INV-NULL")]))["rows"]
    assert sorted([row["data"] for row in rows], key=len) == [{}, {"amount": {"columnKey": "amount"}}]


def test_amounts_are_floats_some_noisy_and_all_right_to_the_cent(caller: Caller, railroad: PracticeRailroad) -> None:
    rows = [row for page in caller.pages(rows_request(["amount"], pageSize=1000)) for row in page["rows"]]
    noisy = 0
    for row in rows:
        amount = railroad.charges[int(row["intKey"])].amount
        value = row["data"].get("amount", {}).get("realVal")
        if amount is None:
            assert value is None
            continue
        assert Decimal(repr(value)).quantize(CENT) == amount
        noisy += Decimal(repr(value)) != amount
    assert noisy > 0


@given(st.decimals(-10_000_000, 10_000_000, places=2), st.integers(0, 7))
def test_noise_never_moves_a_cent(amount: Decimal, charge_id: int) -> None:
    assert Decimal(repr(as_float(amount, charge_id))).quantize(CENT) == amount


def test_every_extra_column_is_filled_somewhere() -> None:
    charges = short_line(40, today=date(2026, 11, 22)).charges.values()
    for column in EXTRA:
        assert any(column.read(charge) is not None for charge in charges), column.key
