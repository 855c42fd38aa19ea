"""The bridge between Cedar's total and the books, where money alone would hide that somebody is needed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from app.bootstrap import cedar_side
from app.cli import documents
from app.cli.main import run
from app.cli.reporting import _tell
from app.domain.reasons import ReasonCode
from app.practice.quickbooks.records import ListKind
from app.practice.world import API_KEY
from app.sync.cedar_source import CedarSource
from app.sync.orders_by_hand import Resolution
from app.sync.reconcile import Part, Reconciliation
from tests.reasons.office import HALF_A_DAY, ROW, Office, a_charge


def reconciled(office: Office) -> Reconciliation:
    found = cedar_side.reconcile(office.kit, None, None, is_hurried=True)
    assert found.difference == 0
    return found


def test_all_in_the_books_needs_nobody(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.run()
        found = reconciled(office)
        assert not found.needs_person
        assert documents.reconciliation(found)["in_books_too_much"] == "0.00"
        assert found.by_reason == ()


def test_what_cedar_has_archived_is_still_in_the_books(tmp_path: Path) -> None:
    with Office(tmp_path, a_charge(1), a_charge(2, invoice="INV-2", amount="7")) as office:
        office.run()
        office.railroad.set_status("INV-1", "ARCHIVED")
        office.run()
        found = reconciled(office)
        assert (found.cedar_total, found.parts[Part.IN_BOOKS], found.needs_person) == (
            Decimal(107),
            Decimal(107),
            False,
        )


def test_what_was_archived_before_anybody_read_it_is_no_part_of_the_bridge(tmp_path: Path) -> None:
    old = a_charge(2, invoice="INV-2", amount="7")
    with Office(tmp_path, a_charge(1), old) as office:
        office.railroad.set_status("INV-2", "ARCHIVED")
        office.run()
        assert reconciled(office).cedar_total == 100


def test_a_charge_without_a_usable_amount_is_a_reason_worth_nothing(tmp_path: Path) -> None:
    broken = a_charge(2)
    broken.amount = None
    with Office(tmp_path, a_charge(1), broken) as office:
        office.run()
        (reason,) = reconciled(office).by_reason
        assert (reason.code, reason.rows, reason.amount) == (ReasonCode.BAD_AMOUNT, 1, Decimal(0))


def test_a_charge_that_stands_in_two_orders_is_seen(tmp_path: Path) -> None:
    with Office(tmp_path, a_charge(1), a_charge(2, amount="20"), a_charge(3, invoice="INV-2", amount="7")) as office:
        office.run()
        office.installation.service.hold([ROW])
        office.railroad.amend(1, invoice="INV-2")
        office.run()
        assert sum(order.subtotal for order in office.company.orders()) == 227

        found = reconciled(office)
        assert (found.in_books_too_much, found.rows_too_much, found.needs_person) == (Decimal(100), 1, True)

        office.installation.service.release([ROW])
        office.run()
        assert (reconciled(office).in_books_too_much, reconciled(office).needs_person) == (Decimal(0), False)


def test_failed_rows_that_net_to_zero_need_somebody(tmp_path: Path) -> None:
    charges = [a_charge(1, gl_code="9999", amount="100"), a_charge(2, invoice="INV-2", amount="-100")]
    with Office(tmp_path, *charges) as office:
        for customer in office.company.list_entries(ListKind.CUSTOMER):
            office.company.make_inactive(customer.list_id)
        office.run()
        assert set(office.states().values()) == {"failed"}
        found = reconciled(office)
        assert found.parts[Part.FAILED] == 0
        assert found.needs_person


def test_a_conflict_worth_nothing_needs_somebody(tmp_path: Path) -> None:
    charges = [a_charge(1, amount="100"), a_charge(2, amount="-100")]
    with Office(tmp_path, *charges) as office:
        office.run()
        (order,) = office.company.orders()
        office.company.delete_order(order.txn_id)
        office.wait(HALF_A_DAY)
        office.run()
        assert office.states() == {ROW: "conflict"}
        found = reconciled(office)
        assert found.parts[Part.CONFLICT] == 0
        assert found.needs_person


def test_a_voided_invoice_that_is_still_in_the_books_is_in_there_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Office(tmp_path, a_charge(1), a_charge(2, invoice="INV-2", amount="40")) as office:
        office.run()
        office.railroad.void_invoice("INV-1")
        office.pull()
        assert office.states()[ROW] == "conflict"
        found = reconciled(office)
        assert found.needs_person
        assert found.in_books_too_much == Decimal("100.00")
        assert [(each.code, each.rows, each.amount) for each in found.by_reason] == [
            (ReasonCode.VOIDED_IN_CEDAR, 1, Decimal("100.00"))
        ]
        assert found.parts[Part.IN_BOOKS] == found.cedar_total == Decimal("40.00")

        monkeypatch.setenv("CEDAR_SYNC_CEDAR_API_KEY", API_KEY)
        days = ("--from", "2026-10-01", "--to", "2026-10-31")
        assert run(["reconcile", "--home", str(office.home), *days]) == 1
        said = capsys.readouterr().err
        assert "Still in QuickBooks, voided in Cedar: 1 row, 100.00" in said
        assert "Unexplained" in said

        office.installation.service.resolve([ROW], Resolution.SEND_OURS)
        office.update()
        assert not reconciled(office).needs_person, "it was taken back"


def test_a_charge_that_moved_to_another_gl_number_leaves_its_old_order_too_much(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.company.add_customer("4420")
        office.run()
        office.railroad.set_gl([1], "4420")
        office.run()
        assert office.states() == {ROW: "conflict", "main/INV-1/4420": "synced"}
        found = reconciled(office)
        assert (found.in_books_too_much, found.rows_too_much) == (Decimal("100.00"), 1)
        assert found.parts[Part.IN_BOOKS] == found.cedar_total == Decimal("100.00")
        assert found.needs_person


def test_what_a_person_left_in_the_books_is_told_and_needs_nobody(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.run()
        office.railroad.void_invoice("INV-1")
        office.pull()
        office.installation.service.resolve([ROW], Resolution.KEEP_THEIRS)
        found = reconciled(office)
        assert found.in_books_too_much == Decimal("100.00")
        assert not found.needs_person


@pytest.mark.parametrize(("first", "last", "rows"), [(0, 0, 1), (-3, -1, 0), (1, 3, 0)])
def test_what_is_too_much_belongs_to_the_days_of_its_charges(tmp_path: Path, first: int, last: int, rows: int) -> None:
    with Office(tmp_path) as office:
        office.run()
        day = date(2026, 10, 15)
        office.railroad.void_invoice("INV-1")
        office.pull()
        found = cedar_side.reconcile(
            office.kit, day + timedelta(days=first), day + timedelta(days=last), is_hurried=True
        )
        assert found.rows_too_much == rows
        assert found.needs_person is bool(rows)


def test_parts_of_a_cent_are_named_as_rounding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    charges = [a_charge(number, amount="10.005") for number in range(1, 8)]
    with Office(tmp_path, *charges) as office:
        office.run()
        (order,) = office.company.orders()
        assert order.subtotal == Decimal("70.00")
        found = reconciled(office)
        assert (found.cedar_total, found.parts[Part.IN_BOOKS], found.rounding) == (
            Decimal("70.04"),
            Decimal("70.00"),
            Decimal("0.04"),
        )
        assert not found.needs_person
        assert documents.reconciliation(found)["rounding"] == "0.04"
        _tell(found)
        said = capsys.readouterr().err
        assert re.search(r"Rounding.* 0\.04", said)
        assert re.search(r"Unexplained +0\.00", said)
        # Whatever else is missing is no rounding.
        for more in ("0.01", "5.00", "-0.08"):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(CedarSource, "total", lambda *_, more=more: Decimal("70.04") + Decimal(more))
                found = cedar_side.reconcile(office.kit, None, None, is_hurried=True)
            assert (found.difference, found.rounding, found.needs_person) == (Decimal(more), Decimal("0.04"), True)


def test_a_half_cent_of_cedars_sum_may_go_either_way(tmp_path: Path) -> None:
    charges = [a_charge(number, amount="10.005") for number in range(1, 6)]
    with Office(tmp_path, *charges) as office:
        office.run()
        # 50.025 in whole cents, as whoever adds it up rounds it.
        for total in ("50.02", "50.03"):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(CedarSource, "total", lambda *_, total=total: Decimal(total))
                found = reconciled(office)
            assert found.rounding == Decimal(total) - 50
