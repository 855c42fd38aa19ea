"""Figures agree with rows."""

from decimal import Decimal
from typing import Any

from app.practice.cedar import PracticeRailroad
from tests.practice.cedar.caller import SUMMARY, Caller

INVOICED = {"columnKey": "billingStatus", "op": "RO_EXACT", "searchTerm": "INVOICED"}
NOTHING = {"columnKey": "chargeId", "op": "RO_LT", "searchTerm": "0"}


def _figures(caller: Caller, *wanted: tuple[str, str], where: object = INVOICED) -> list[dict[str, Any]]:
    body = {"aggregates": [{"columnKey": key, "op": op} for key, op in wanted], "filters": [where]}
    figures: list[dict[str, Any]] = caller.post(SUMMARY, body)["aggregates"]
    assert [(figure.pop("columnKey"), figure.pop("op")) for figure in figures] == list(wanted)
    return figures


def test_published_use(caller: Caller, railroad: PracticeRailroad) -> None:
    charges = [charge for charge in railroad.charges.values() if charge.billing_status == "INVOICED"]
    count, total, adjusted, first, last = _figures(
        caller,
        ("chargeId", "AO_COUNT"),
        ("amount", "AO_SUM"),
        ("adjustment_total", "AO_SUM"),
        ("appliedAt", "AO_MIN"),
        ("appliedAt", "AO_MAX"),
    )
    assert count == {"intVal": str(len(charges))}
    cent = Decimal("0.01")
    wanted = sum(charge.amount for charge in charges if charge.amount is not None)
    assert Decimal(repr(total["realVal"])).quantize(cent) == wanted
    wanted = sum(charge.adjustment_total for charge in charges if charge.adjustment_total is not None)
    assert Decimal(repr(adjusted["realVal"])).quantize(cent) == wanted
    assert first["stringVal"][:19] == min(c.applied_at for c in charges).isoformat()[:19]
    assert last["stringVal"][:19] == max(c.applied_at for c in charges).isoformat()[:19]


def test_count_leaves_nulls_out(caller: Caller, railroad: PracticeRailroad) -> None:
    missing = sum(charge.amount is None for charge in railroad.charges.values())
    everything = {"columnKey": "chargeId", "op": "RO_GT", "searchTerm": "0"}
    rows, amounts = _figures(caller, ("chargeId", "AO_COUNT"), ("amount", "AO_COUNT"), where=everything)
    assert missing > 0
    assert int(rows["intVal"]) - int(amounts["intVal"]) == missing


def test_numbers_texts_and_extremes(caller: Caller, railroad: PracticeRailroad) -> None:
    for quantity, service in ((1, "SWITCHING"), (2, "STORAGE"), (6, "SWITCHING")):
        railroad.add(invoice="INV-S", quantity=Decimal(quantity), service_type=service)
    figures = _figures(
        caller,
        ("quantity", "AO_AVG"),
        ("quantity", "AO_MAX"),
        ("quantity", "AO_SUM"),
        ("serviceType", "AO_STRING_CONCAT"),
        ("serviceType", "AO_STRING_CONCAT_DISTINCT"),
        ("serviceType", "AO_MIN"),
        where={"columnKey": "invoice", "op": "RO_EXACT", "searchTerm": "INV-S"},
    )
    assert figures == [
        {"realVal": 3.0},
        {"realVal": 6.0},
        {"realVal": 9.0},
        {"stringVal": "SWITCHING, STORAGE, SWITCHING"},
        {"stringVal": "SWITCHING, STORAGE"},
        {"stringVal": "STORAGE"},
    ]


def test_whole_numbers_stay_whole(caller: Caller, railroad: PracticeRailroad) -> None:
    ids = [charge.charge_id for charge in railroad.charges.values() if charge.billing_status == "INVOICED"]
    total, least = _figures(caller, ("chargeId", "AO_SUM"), ("chargeId", "AO_MIN"))
    assert total == {"intVal": str(sum(ids))}
    assert least == {"intVal": str(min(ids))}


def test_over_nothing(caller: Caller) -> None:
    figures = _figures(
        caller,
        ("chargeId", "AO_COUNT"),
        ("amount", "AO_SUM"),
        ("amount", "AO_AVG"),
        ("appliedAt", "AO_MAX"),
        where=NOTHING,
    )
    assert figures == [{"intVal": "0"}, {"realVal": 0.0}, {}, {}]
