"""Orders another program, a lost record or a person's hand left in the books: none is taken twice, none is lost."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from app.books.quickbooks_desktop.desktop_system import NUMBERS_AT_ONCE
from app.bootstrap import cedar_side
from app.domain.reasons import ReasonCode
from app.domain.states import State
from app.practice.quickbooks.desk import NewLine
from app.sync.orders_by_hand import Resolution
from tests.exactly_once.office import Office, an_office
from tests.reasons.office import HALF_A_DAY, ROW, a_charge
from tests.reasons.office import Office as SmallOffice

LONG = ("PSL-2026-11-000482", "PSL-2026-11-000483")


def made_before(office: SmallOffice, number: str, *amounts: int) -> str:
    """Make an order as another program would have: without our memo and our charge ids."""
    day = office.installation.service.rows()[0].date
    assert day is not None
    lines = [NewLine("SWITCHING", Decimal(1), Decimal(amount)) for amount in amounts]
    return office.company.create_order("4410", lines, ref_number=number, txn_date=day)


def documents(office: SmallOffice) -> list[str | None]:
    """List the document of each row."""
    return [row.document.txn_id for row in office.installation.service.rows()]


def test_very_many_orders_of_another_program_are_all_found(tmp_path: Path) -> None:
    many = 2 * NUMBERS_AT_ONCE // 3
    with SmallOffice(tmp_path, *(a_charge(n, f"INV-{n}") for n in range(1, many + 1))) as office:
        office.pull()
        made = {made_before(office, f"INV-{n}", 100) for n in range(1, many + 1)}
        office.update_until_quiet()

        assert {order.txn_id for order in office.company.orders()} == made
        assert set(documents(office)) == made
        assert set(office.states().values()) == {"synced"}


@pytest.mark.parametrize("number", [1, 2])
def test_orders_under_a_number_cut_short_are_each_taken_by_one_invoice(tmp_path: Path, number: int) -> None:
    with SmallOffice(tmp_path, a_charge(1, LONG[0]), a_charge(2, LONG[1])) as office:
        office.pull()
        for _ in range(number):
            made_before(office, "PSL-2026-11", 100)
        office.update_until_quiet()
        assert set(office.states().values()) == {"synced"}
        assert sorted(documents(office), key=str) == sorted(order.txn_id for order in office.company.orders())


def test_an_order_found_after_a_charge_moved_belongs_to_its_own_customer(tmp_path: Path) -> None:
    with an_office(tmp_path / "home") as office:
        office.world.pull()
        backup = office.save_record()
        office.settle()
        office.clock.advance(minutes=5)
        office.railroad.set_gl([103], "4420")
        office.restore_record(backup)
        office.settle()
        office.check()


@pytest.mark.parametrize("knows_it", [True, False])
def test_what_was_voided_while_the_record_was_lost_is_asked_about(tmp_path: Path, *, knows_it: bool) -> None:
    with an_office(tmp_path / "home") as office:
        if knows_it:
            office.world.pull()
        backup = office.save_record()
        office.settle()
        office.clock.advance(minutes=5)
        office.railroad.void_invoice("INV-1003")
        office.restore_record(backup)
        settled_later(office)
        (row,) = [row for row in office.rows if row.invoice == "INV-1003"]
        assert (row.state, [reason.code for reason in row.reasons]) == (State.CONFLICT, [ReasonCode.VOIDED_IN_CEDAR])
        assert cedar_side.reconcile(office.world.kit, None, None).needs_person
        office.world.installation.service.resolve([row.id], Resolution.SEND_OURS)
        office.settle()
        office.check()


def test_an_order_a_person_renumbered_is_found_after_the_record_was_lost(tmp_path: Path) -> None:
    with an_office(tmp_path / "home") as office:
        office.world.pull()
        backup = office.save_record()
        office.settle()
        office.clock.advance(minutes=5)
        (order,) = [each for each in office.company.orders() if each.ref_number == "INV-1003"]
        office.company.edit_order(order.txn_id, ref_number="4711")
        office.clock.advance(minutes=5)
        office.restore_record(backup)
        office.settle()
        office.check()


def settled_later(office: Office) -> None:
    office.settle()
    office.clock.advance(hours=13)
    office.settle()


def test_lines_of_an_order_that_was_taken_over_keep_their_ids(tmp_path: Path) -> None:
    with SmallOffice(tmp_path, a_charge(5), a_charge(6)) as office:
        office.pull()
        order = made_before(office, "INV-1", 100, 100)
        office.update()
        before = [line.txn_line_id for line in office.company.order(order).lines]
        office.railroad.amend(5, amount=Decimal(140), rate=Decimal(140))
        office.railroad.add(2, invoice="INV-1", gl_code="4410", rate=Decimal(40), amount=Decimal(40))
        office.run()
        after = office.company.order(order)
        assert (office.states(), after.subtotal) == ({ROW: "synced"}, Decimal(280))
        assert [line.txn_line_id for line in after.lines][:2] == before


def test_a_charge_id_a_person_wrote_over_is_no_other_line(tmp_path: Path) -> None:
    with SmallOffice(tmp_path, a_charge(1), a_charge(2)) as office:
        office.run()
        (order,) = office.company.orders()
        office.wait(timedelta(hours=1))
        office.company.edit_line(order.txn_id, 0, other1="dock 7")
        office.wait(HALF_A_DAY)
        office.run()
        after = office.company.order(order.txn_id)
        assert (office.states(), after.lines[0].other1) == ({ROW: "synced"}, "dock 7")
        assert [line.txn_line_id for line in after.lines] == [line.txn_line_id for line in order.lines]


def test_a_customer_renamed_in_the_books_is_still_the_customer(tmp_path: Path) -> None:
    with SmallOffice(tmp_path) as office:
        office.run()
        office.company.rename_customer("4410", "4410 Acme")
        office.railroad.amend(1, amount=Decimal(140), rate=Decimal(140))
        office.run()
        (order,) = office.company.orders()
        assert (office.states(), order.subtotal) == ({ROW: "synced"}, Decimal(140))


def test_an_edit_before_the_first_comparison_is_not_written_over(tmp_path: Path) -> None:
    row_id = "main/INV-1003/4430"
    with an_office(tmp_path / "home") as office:
        office.world.pull()
        backup = office.save_record()
        office.settle()
        office.clock.advance(minutes=5)
        office.restore_record(backup)
        office.railroad.amend(301, rate=Decimal(90), amount=Decimal(90))
        office.world.pull()
        steps = office.world.connector().steps()
        for _ in steps:
            row = office.world.installation.service.detail(row_id).row
            if row.state is State.QUEUED and row.document.txn_id and row.books is None:
                break
        steps.close()
        office.clock.advance(minutes=5)
        assert row.document.txn_id is not None
        office.company.edit_line(row.document.txn_id, 0, rate=Decimal(50))
        office.clock.advance(minutes=5)
        office.settle()
        now = office.world.installation.service.detail(row_id).row
        assert (now.state, [reason.code for reason in now.reasons]) == (
            State.CONFLICT,
            [ReasonCode.EDITED_IN_QUICKBOOKS],
        )
        assert office.company.order(row.document.txn_id).subtotal == Decimal(50)


def lost_record(office: SmallOffice) -> None:
    """Begin with an empty record, as after a disk was lost; the company file is as it was."""
    office.program.endpoint.stop()
    office.program.stop()
    office.installation.close()
    for part in ("", "-wal", "-shm"):
        (office.home / f"record.sqlite{part}").unlink(missing_ok=True)
    office.restart()


@pytest.mark.parametrize("on_void", ["ask", "close", "delete"])
def test_what_cedar_still_bills_is_never_taken_for_voided(tmp_path: Path, on_void: str) -> None:
    charges = a_charge(1), a_charge(2, "INV-2", "4420"), a_charge(3, "INV-3")
    with SmallOffice(tmp_path, *charges, settings={"destination.on_void": on_void}) as office:
        office.run()
        before = {order.txn_id: order.subtotal for order in office.company.orders()}
        office.railroad.set_status("INV-2", "ARCHIVED")
        office.railroad.set_status("INV-3", "PENDING")
        office.wait(timedelta(hours=1))
        lost_record(office)
        for _ in range(3):
            office.run()
            office.wait(HALF_A_DAY)
        now = {order.txn_id: order.subtotal for order in office.company.orders() if not order.is_manually_closed}
        assert now == before
        assert office.states()[ROW] == "synced"


@pytest.mark.parametrize("on_void", ["close", "delete"])
def test_a_copy_a_person_made_of_an_order_is_left_alone(tmp_path: Path, on_void: str) -> None:
    with SmallOffice(tmp_path, settings={"destination.on_void": on_void}) as office:
        office.run()
        office.company.add_customer("4420")
        copy = office.company.create_order(
            "4420", [NewLine("SWITCHING", Decimal(1), Decimal(7), other1="1")], ref_number="BK-77"
        )
        office.company.edit_order(copy, memo="Cedar invoice INV-1")
        for _ in range(3):
            office.wait(HALF_A_DAY)
            office.run()
        after = office.company.order(copy)
        assert (after.subtotal, after.is_manually_closed, office.states()[ROW]) == (Decimal(7), False, "synced")
        # It bills a charge of ours to somebody else, so a person is asked, once.
        (asked,) = office.installation.service.rows([State.CONFLICT])
        assert (asked.document.txn_id, asked.gl_number) == (copy, "4420")


def test_an_order_left_behind_for_another_customer_is_asked_about(tmp_path: Path) -> None:
    with SmallOffice(tmp_path, settings={"destination.on_void": "delete"}) as office:
        office.company.add_customer("4420")
        office.run()
        office.railroad.set_gl([1], "4420")
        # The record is lost before the old order was taken back, and after the new one was made.
        (first,) = office.company.orders()
        office.company.create_order(
            "4420",
            [NewLine("SWITCHING", Decimal(1), Decimal(100), other1="1")],
            ref_number="INV1-NGQF",
            txn_date=first.txn_date,
        )
        office.wait(timedelta(hours=1))
        lost_record(office)
        for _ in range(2):
            office.run()
            office.wait(HALF_A_DAY)
        assert len(office.company.orders()) == 2
        bridge = cedar_side.reconcile(office.kit, None, None, is_hurried=True)
        assert (bridge.in_books_too_much, bridge.needs_person) == (Decimal(100), True)


@pytest.mark.parametrize("number", ["", "4711"])
def test_an_order_under_whatever_number_is_found_after_the_record_was_lost(tmp_path: Path, number: str) -> None:
    with SmallOffice(tmp_path) as office:
        office.run()
        (order,) = office.company.orders()
        office.company.edit_order(order.txn_id, ref_number=number)
        office.wait(timedelta(hours=1))
        lost_record(office)
        office.run()
        assert [each.txn_id for each in office.company.orders()] == [order.txn_id]
        assert office.states() == {ROW: "synced"}


def test_a_customer_renamed_before_the_record_was_lost_costs_no_second_order(tmp_path: Path) -> None:
    with SmallOffice(tmp_path, settings={"destination.missing_customers": "create"}) as office:
        office.run()
        office.company.rename_customer("4410", "4410 Acme Grain")
        office.wait(timedelta(hours=1))
        lost_record(office)
        for _ in range(2):
            office.run()
            office.wait(HALF_A_DAY)
        assert len(office.company.orders()) == 1


def test_an_order_nobody_wanted_after_all_is_asked_about(tmp_path: Path) -> None:
    with SmallOffice(tmp_path, a_charge(1), a_charge(2, gl_code="4420")) as office:
        office.run()
        assert len(office.company.orders()) == 2
        # One charge goes away, the other takes its place: the invoice has one order too many, and both look right.
        office.railroad.amend(2, billing_status="VOID")
        office.railroad.set_gl([1], "4420")
        office.wait(timedelta(hours=1))
        lost_record(office)
        office.run()
        assert office.states()["main/INV-1/4420"] in {"synced", "conflict"}
        assert office.states()[ROW] == "conflict"


def test_one_document_shown_for_two_invoices_becomes_one_row_s_alone(tmp_path: Path) -> None:
    with SmallOffice(tmp_path, a_charge(1, LONG[0]), a_charge(2, LONG[1])) as office:
        office.pull()
        theirs = made_before(office, "PSL-2026-11", 70)
        office.update_until_quiet()
        for row in office.installation.service.rows([State.CONFLICT]):
            office.installation.service.resolve([row.id], Resolution.KEEP_THEIRS)
            office.installation.service.release([row.id])
        office.update_until_quiet()
        for row in office.installation.service.rows([State.CONFLICT]):
            office.installation.service.resolve([row.id], Resolution.SEND_OURS)
        office.update_until_quiet()
        owned = [txn_id for txn_id in documents(office) if txn_id is not None]
        assert len(owned) == len(set(owned)) == 2
        assert sum(order.subtotal for order in office.company.orders() if order.txn_id in owned) == Decimal(200)
        assert theirs in owned or office.company.order(theirs).subtotal == Decimal(70)


def test_our_own_closing_is_nobody_elses_hand(tmp_path: Path) -> None:
    with SmallOffice(tmp_path, settings={"destination.on_void": "close"}) as office:
        office.run()
        office.railroad.void_invoice("INV-1")
        office.run()
        before = len(office.show()["history"])
        for _ in range(4):
            office.wait(timedelta(minutes=20))
            office.railroad.add(invoice="INV-9", gl_code="4410")
            office.run()
        assert (office.states()[ROW], len(office.show()["history"])) == ("removed", before)


def test_what_is_left_out_on_its_way_keeps_its_kind(tmp_path: Path) -> None:
    with SmallOffice(tmp_path) as office:
        office.pull()
        office.company.hooks.lose_answer(containing="SalesOrderAdd")
        office.update()
        office.installation.service.hold([ROW])
        office.configure(destination__document="invoice")
        office.run()
        office.installation.service.release([ROW])
        office.run()
        assert (len(office.company.orders()), len(office.company.orders("Invoice"))) == (1, 0)


def test_other_words_in_cedar_are_no_reason_to_ask_about_a_finished_order(tmp_path: Path) -> None:
    with SmallOffice(tmp_path) as office:
        office.run()
        (order,) = office.company.orders()
        office.company.make_invoice_from(order.txn_id)
        office.wait(timedelta(hours=1))
        office.railroad.amend(1, rate_description="Switching, holiday rate")
        office.run()
        assert office.states() == {ROW: "synced"}
