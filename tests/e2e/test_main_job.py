"""The main job, the way an office does it: real processes, real SOAP, a real file."""

import csv
import io
import json
import signal
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.practice.cedar import PracticeCharge, PracticeRailroad, short_line
from tests.e2e.office import Office

TODAY = date(2026, 11, 22)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with Office(tmp_path / "home", short_line(invoices=30, today=TODAY)) as office:
        yield office


def test_an_office_gets_its_invoices_into_the_books_and_sees_the_rest(office: Office) -> None:
    assert office.serve() == f"ready http://localhost:{office.port}/qbwc"
    office.wait_for_reading()

    assert office.update().outcome == "done"
    assert office.update().outcome == "none"

    rows = office.json("invoices")
    synced = {row["id"]: Decimal(row["amount"]) for row in rows if row["state"] == "synced"}
    held = {
        f"main/{order.memo.removeprefix('Cedar invoice ')}/{order.customer}": order.subtotal
        for order in office.company.orders()
    }
    assert synced == held
    assert {row["state"] for row in rows} == {"synced", "failed", "skipped"}
    status = office.json("status")
    assert status["overall"]["state"] == "attention"
    assert status["endpoint"] == {"url": f"http://localhost:{office.port}/qbwc", "listening": True}
    assert status["connections"][0]["company_file"]["path"] == office.company.path
    assert office.end() == 0
    assert office.json("status")["endpoint"]["listening"] is False


def test_a_missing_customer_fails_that_invoice_alone_and_is_sent_once_after_retry(tmp_path: Path) -> None:
    missing = "49110"
    charges = [
        PracticeCharge(1, invoice="INV-1", gl_code="4410", customer="Acme Grain"),
        PracticeCharge(2, invoice="INV-2", gl_code=missing, customer="Delta Fuels"),
    ]
    with Office(tmp_path / "home", PracticeRailroad(charges, today=TODAY)) as office:
        office.serve()
        office.wait_for_reading()
        office.update()

        (failed,) = office.json("invoices", "--state", "failed")
        assert failed["id"] == "main/INV-2/49110"
        (reason,) = failed["reasons"]
        assert reason["code"] == "CUSTOMER_NOT_IN_QUICKBOOKS"
        assert missing in reason["title"]
        assert missing in reason["fix"]
        assert [order.ref_number for order in office.company.orders()] == ["INV-1"]

        office.company.add_customer(missing)
        assert [row["state"] for row in office.json("retry", failed["id"])] == ["queued"]
        assert office.json("retry", failed["id"]) == []
        office.update()
        assert office.json("show", failed["id"])["state"] == "synced"
        assert sorted(order.ref_number for order in office.company.orders()) == ["INV-1", "INV-2"]


def test_what_is_killed_with_serve_is_not_lost(office: Office) -> None:
    office.serve()
    office.wait_for_reading()
    steps = office.connector().steps()
    for _ in range(6):
        next(steps)
    office.end(signal.SIGKILL)
    steps.close()
    office.serve()
    assert office.update().outcome == "done"
    references = [order.ref_number for order in office.company.orders()]
    assert len(references) == len(set(references))
    assert not office.json("invoices", "--state", "sending")


def test_preview_sends_nothing_and_changes_nothing(office: Office) -> None:
    previewed = office.json("preview")
    assert {row["action"] for row in previewed} >= {"add", "leave_out"}
    assert office.json("invoices") == []
    assert office.json("status")["connections"][0]["counts"]["queued"] == 0


def test_reconcile_explains_cedars_total_to_the_cent(office: Office) -> None:
    office.serve()
    office.wait_for_reading()
    office.update()
    result = office.run("reconcile", "--json")
    assert result.returncode == 1, "failed invoices need a person"
    (found,) = json.loads(result.stdout)
    assert found["difference"] == "0.00"
    parts = ("in_books", "waiting", "failed", "conflict", "left_out", "held")
    assert sum(Decimal(found[part]) for part in parts) == Decimal(found["cedar_total"])


def test_export_holds_every_row(office: Office) -> None:
    office.run("pull").check_returncode()
    result = office.run("export")
    rows = list(csv.DictReader(io.StringIO(result.stdout.lstrip("\ufeff"))))
    assert [row["Row"] for row in rows] == [row["id"] for row in office.json("invoices")]
