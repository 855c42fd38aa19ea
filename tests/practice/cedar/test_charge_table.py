"""Changing charges while the server runs."""

import threading
from decimal import Decimal

import pytest

from app.practice.cedar import CedarSandbox, PracticeRailroad, many_charges
from tests.practice.cedar.caller import ROWS, Caller, client_of, rows_request


def test_added_amended_and_removed_charges_show_at_once(caller: Caller, railroad: PracticeRailroad) -> None:
    charge = railroad.add(invoice="INV-NEW", amount=Decimal("12.50"), gl_code="4410")
    body = rows_request(["amount"], [("invoice", "RO_EXACT", "INV-NEW")])
    assert caller.post(ROWS, body)["rows"][0]["data"]["amount"]["realVal"] == 12.5
    railroad.amend(charge.charge_id, amount=Decimal("13.75"))
    assert caller.post(ROWS, body)["rows"][0]["data"]["amount"]["realVal"] == 13.75
    railroad.remove(charge.charge_id)
    assert caller.post(ROWS, body)["rows"] == []


def test_amending_leaves_what_somebody_holds_alone(railroad: PracticeRailroad) -> None:
    held = railroad.add(amount=Decimal(1))
    now = railroad.amend(held.charge_id, amount=Decimal(2))
    assert (held.amount, now.amount) == (Decimal(1), Decimal(2))
    assert railroad.charges[held.charge_id] is now


def test_status_of_a_whole_invoice(railroad: PracticeRailroad) -> None:
    number, charges = next(iter(railroad.invoices().items()))
    assert railroad.void_invoice(number) == len(charges)
    assert {charge.billing_status for charge in railroad.invoices()[number]} == {"VOID"}
    railroad.reset_invoice(number)
    assert {charge.billing_status for charge in railroad.invoices()[number]} == {"RESET"}
    with pytest.raises(KeyError):
        railroad.void_invoice("INV-NONE")
    with pytest.raises(ValueError, match="PAID"):
        railroad.set_status(number, "PAID")


def test_gl_number_of_a_location_or_of_charges(railroad: PracticeRailroad) -> None:
    charge = next(iter(railroad.charges.values()))
    changed = railroad.set_gl(charge.customer_location, "77000")
    same_place = [c for c in railroad.charges.values() if c.customer_location == charge.customer_location]
    assert changed == len(same_place)
    assert {c.gl_code for c in same_place} == {"77000"}
    assert railroad.gl_numbers()["77000"] == charge.customer
    assert railroad.set_gl([charge.charge_id], None) == 1
    assert railroad.charges[charge.charge_id].gl_code is None
    for nowhere in ("Nowhere", [1]):
        with pytest.raises(KeyError):
            railroad.set_gl(nowhere, "1")


def test_restore_goes_back_to_the_beginning(railroad: PracticeRailroad) -> None:
    before = dict(railroad.charges)
    railroad.void_invoice(next(iter(railroad.invoices())))
    railroad.remove(next(iter(railroad.charges)))
    railroad.add()
    railroad.restore()
    assert railroad.charges == before


def test_id_is_given_once(railroad: PracticeRailroad) -> None:
    first = railroad.add()
    assert railroad.add().charge_id == first.charge_id + 1
    with pytest.raises(ValueError, match="already"):
        railroad.add(first.charge_id)


def test_invoices_are_grouped_in_order(railroad: PracticeRailroad) -> None:
    grouped = railroad.invoices()
    assert set(grouped) == set(railroad.expectations)
    for charges in grouped.values():
        ids = [charge.charge_id for charge in charges]
        assert ids == sorted(ids)


def test_large_table_shows_changes_too() -> None:
    railroad = many_charges(6_000)
    first = min(railroad.charges)
    with CedarSandbox(railroad) as sandbox, client_of(sandbox) as client:
        caller = Caller(client)
        wanted = ("billingStatus", "RO_EXACT", "VOID")
        assert caller.ids(wanted) == []
        railroad.amend(first, billing_status="VOID")
        assert caller.ids(wanted) == [first]


def test_changing_while_reading_is_safe(sandbox: CedarSandbox, railroad: PracticeRailroad) -> None:
    stable = sorted(railroad.charges)
    stop = threading.Event()

    def churn() -> None:
        while not stop.is_set():
            charge = railroad.add(invoice="INV-CHURN")
            railroad.amend(charge.charge_id, amount=Decimal(5))
            railroad.remove(charge.charge_id)

    thread = threading.Thread(target=churn)
    thread.start()
    try:
        with client_of(sandbox) as client:
            body = rows_request(filters=[("chargeId", "RO_LE", str(stable[-1]))], pageSize=20)
            shown = [int(row["intKey"]) for page in Caller(client).pages(body) for row in page["rows"]]
    finally:
        stop.set()
        thread.join()
    assert shown == stable
