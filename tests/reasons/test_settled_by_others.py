"""What people do in QuickBooks is respected, and what they put right there is noticed."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from app.domain.reasons import ReasonCode, Who
from app.domain.states import State
from app.practice.quickbooks import Edition
from app.sync.orders_by_hand import Resolution
from tests.exactly_once.office import an_office
from tests.exactly_once.small_railroad import add_charge
from tests.reasons.office import HALF_A_DAY, HALF_AN_HOUR, ROW, Office, a_charge

AN_HOUR = timedelta(hours=1)


def closed_by_hand(office: Office) -> str:
    """Have the order closed by a person, and noticed."""
    office.run()
    (order,) = office.company.orders()
    office.wait(AN_HOUR)
    office.company.close_order(order.txn_id)
    office.wait(HALF_A_DAY)
    office.run()
    assert office.states() == {ROW: "synced"}
    return order.txn_id


def test_an_order_closed_by_hand_is_not_opened_without_asking(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        order = closed_by_hand(office)
        office.installation.service.resync([ROW])
        office.run()
        assert (office.states(), office.company.order(order).is_manually_closed) == ({ROW: "synced"}, True)
        office.railroad.amend(1, amount=Decimal(140), rate=Decimal(140))
        office.run()
        office.expect_row(State.CONFLICT, ReasonCode.CLOSED_IN_QUICKBOOKS, Who.BOOKKEEPER)
        after = office.company.order(order)
        assert (after.subtotal, after.is_manually_closed) == (Decimal(100), True)


def test_an_order_closed_by_hand_is_not_deleted_without_asking(tmp_path: Path) -> None:
    with Office(tmp_path, settings={"destination.on_void": "delete"}) as office:
        closed_by_hand(office)
        office.railroad.void_invoice("INV-1")
        office.run()
        office.expect_row(State.CONFLICT, ReasonCode.CLOSED_IN_QUICKBOOKS, Who.BOOKKEEPER)
        assert len(office.company.orders()) == 1


def test_an_order_we_closed_and_a_person_opened_is_asked_about(tmp_path: Path) -> None:
    with Office(tmp_path, settings={"destination.on_void": "close"}) as office:
        office.run()
        office.railroad.void_invoice("INV-1")
        office.run()
        (order,) = office.company.orders()
        assert (office.states(), order.is_manually_closed) == ({ROW: "removed"}, True)
        office.wait(AN_HOUR)
        office.company.close_order(order.txn_id, is_closed=False)
        office.wait(HALF_A_DAY)
        office.run()
        office.expect_row(State.CONFLICT, ReasonCode.VOIDED_IN_CEDAR, Who.BOOKKEEPER)
        assert not office.company.order(order.txn_id).is_manually_closed


def test_a_note_on_an_order_we_closed_changes_nothing(tmp_path: Path) -> None:
    with Office(tmp_path, settings={"destination.on_void": "close"}) as office:
        office.run()
        office.railroad.void_invoice("INV-1")
        office.run()
        (order,) = office.company.orders()
        office.wait(AN_HOUR)
        office.company.edit_order(order.txn_id, memo="Cedar invoice INV-1, voided by phone")
        office.wait(HALF_A_DAY)
        office.run()
        assert (office.states(), office.company.order(order.txn_id).is_manually_closed) == ({ROW: "removed"}, True)


WORDS = "per phone call with Jane, PO 4711"


def test_a_persons_description_stays_whatever_changes_beside_it(tmp_path: Path) -> None:
    with Office(tmp_path, a_charge(1), a_charge(2)) as office:
        office.run()
        (order,) = office.company.orders()
        office.wait(AN_HOUR)
        office.company.edit_line(order.txn_id, 0, desc=WORDS)
        office.wait(HALF_A_DAY)
        office.run()
        office.company.edit_order(order.txn_id, memo="Cedar invoice INV-1, called")
        office.wait(HALF_A_DAY)
        office.run()
        assert office.company.order(order.txn_id).lines[0].desc == WORDS
        office.railroad.amend(1, amount=Decimal(140), rate=Decimal(140))
        office.run()
        line = office.company.order(order.txn_id).lines[0]
        assert (office.states(), line.desc, line.amount) == ({ROW: "synced"}, WORDS, Decimal(140))


def test_a_description_nobody_touched_follows_cedar(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.run()
        office.railroad.amend(1, rate_description="Switching, holiday rate")
        office.run()
        (order,) = office.company.orders()
        assert "holiday rate" in order.lines[0].desc


def test_an_invoice_that_is_back_at_what_was_invoiced_has_nothing_to_settle(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.run()
        (order,) = office.company.orders()
        office.company.make_invoice_from(order.txn_id)
        office.wait(AN_HOUR)
        office.railroad.amend(1, amount=Decimal(140), rate=Decimal(140))
        office.run()
        office.expect_row(State.CONFLICT, ReasonCode.ALREADY_INVOICED_IN_QUICKBOOKS, Who.BOOKKEEPER)
        office.railroad.amend(1, amount=Decimal(100), rate=Decimal(100))
        office.run()
        assert office.states() == {ROW: "synced"}


def test_an_edit_a_person_undid_has_nothing_to_settle(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.run()
        (order,) = office.company.orders()
        office.wait(AN_HOUR)
        office.company.edit_line(order.txn_id, 0, rate=Decimal(75))
        office.wait(HALF_A_DAY)
        office.run()
        office.expect_row(State.CONFLICT, ReasonCode.EDITED_IN_QUICKBOOKS, Who.BOOKKEEPER)
        history = len(office.show()["history"])
        office.wait(HALF_A_DAY)
        office.run()
        assert len(office.show()["history"]) == history, "the same edit is told once"
        office.company.edit_line(order.txn_id, 0, rate=Decimal(100))
        office.wait(HALF_A_DAY)
        office.run()
        office.expect_healed()


def test_orders_missing_from_an_older_copy_are_back_with_the_right_file(tmp_path: Path) -> None:
    with an_office(tmp_path / "home") as office:
        office.settle()
        old = json.dumps(json.loads(office.company.to_json()) | {"path": r"D:\Old\small.qbw"})
        office.clock.advance(hours=1)
        add_charge(office.railroad, 801, "INV-1008", "4430")
        office.settle()
        right = office.company.to_json()
        office.take_over(old)
        office.clock.advance(hours=13)
        office.settle()
        assert State.CONFLICT in {row.state for row in office.rows}
        office.take_over(right)
        office.clock.advance(hours=13)
        office.settle()
        office.check()


def test_what_is_left_out_on_its_way_is_not_sent_after_all(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.pull()
        office.company.hooks.crash_before(containing="SalesOrderAdd")
        office.update()
        assert office.states() == {ROW: "sending"}
        office.installation.service.hold([ROW], "dispute")
        office.wait(timedelta(hours=8))
        office.run()
        assert (office.states(), office.company.orders()) == ({ROW: "held"}, [])
        office.installation.service.release([ROW])
        office.run()
        office.expect_healed()


def test_what_is_left_out_beside_others_on_its_way_does_not_hold_them_up(tmp_path: Path) -> None:
    held, other = "main/INV-2/4410", "main/INV-3/4410"
    with Office(tmp_path) as office:
        office.run()
        office.railroad.add(2, invoice="INV-2", gl_code="4410")
        office.railroad.add(3, invoice="INV-3", gl_code="4410")
        office.pull()
        office.company.hooks.crash_before(containing="SalesOrderAdd")
        office.update()
        assert office.states() == {ROW: "synced", held: "sending", other: "sending"}
        office.installation.service.hold([held])
        office.run()
        assert office.states() == {ROW: "synced", held: "held", other: "synced"}
        assert len(office.company.orders()) == 2


def test_what_is_voided_on_its_way_is_not_sent_after_all(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.pull()
        office.company.hooks.crash_before(containing="SalesOrderAdd")
        office.update()
        office.railroad.void_invoice("INV-1")
        office.wait(timedelta(hours=8))
        office.run()
        assert (office.states(), office.company.orders()) == ({ROW: "skipped"}, [])


def test_a_refusal_of_what_cedar_has_changed_since_is_no_refusal_of_the_change(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.pull()
        office.company.closing_date = date(2026, 10, 31)
        steps = office.connector().steps()
        for _ in steps:
            if office.states()[ROW] == "sending":
                break
        office.railroad.amend(1, invoice_date=date(2026, 11, 10))
        office.pull()
        for _ in steps:
            pass
        office.run()
        office.expect_healed()


def test_orders_from_before_keep_nothing_up_after_a_move_to_an_edition_without_them(tmp_path: Path) -> None:
    with Office(tmp_path, a_charge(1)) as office:
        office.run()
        office.company.edition = Edition.PRO
        office.configure(destination__document="estimate")
        office.railroad.amend(1, amount=Decimal(140), rate=Decimal(140))
        office.railroad.add(9, invoice="INV-9", gl_code="4410", rate=Decimal(9), amount=Decimal(9))
        office.run()
        assert office.states()["main/INV-9/4410"] == "synced"
        assert [order.subtotal for order in office.company.orders("Estimate")] == [Decimal(9)]


@pytest.mark.parametrize(("status", "words"), [(3175, "There has been an internal error."), (3260, "no permission")])
def test_a_clock_that_is_set_back_holds_nothing_up(tmp_path: Path, status: int, words: str) -> None:
    with Office(tmp_path) as office:
        office.pull()
        office.company.hooks.answer_with("SalesOrderAdd", status, words, times=1)
        office.wait(timedelta(days=400))
        office.update()
        office.hand_clock.forward(-timedelta(days=400))
        office.wait(HALF_AN_HOUR)
        office.run()
        office.run()
        office.expect_healed()


def test_a_number_wrongly_given_is_free_for_the_right_customer(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.railroad.set_gl([1], "TYPO")
        office.run()
        assert office.states() == {"main/INV-1/TYPO": "failed"}
        office.railroad.set_gl([1], "4410")
        office.run()
        assert office.expect_healed().ref_number == "INV-1"


def test_what_is_left_out_in_the_middle_of_an_update_is_not_sent_after_that(tmp_path: Path) -> None:
    sent, number = False, 0
    while not sent:
        with Office(tmp_path / str(number)) as office:
            office.pull()
            for place, _ in enumerate(steps := office.connector().steps()):
                if place == number:
                    sent = office.states()[ROW] != "queued"
                    office.installation.service.hold([ROW])
                    break
            for _ in steps:
                pass
            assert office.states() == {ROW: "held"}
            assert len(office.company.orders()) == int(sent), f"left out at step {number}"
        number += 1
    assert number > 5


def test_a_choice_made_for_what_cedar_wanted_is_not_carried_over_to_something_else(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.run()
        (order,) = office.company.orders()
        office.wait(AN_HOUR)
        office.company.edit_line(order.txn_id, 0, rate=Decimal(75))
        office.wait(HALF_A_DAY)
        office.run()
        office.installation.service.resolve([ROW], Resolution.SEND_OURS)
        office.railroad.amend(1, amount=Decimal(999), rate=Decimal(999))
        office.run()
        office.expect_row(State.CONFLICT, ReasonCode.EDITED_IN_QUICKBOOKS, Who.BOOKKEEPER)
        assert office.company.order(order.txn_id).subtotal == Decimal(75)
