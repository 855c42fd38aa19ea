"""Reasons why QuickBooks Online takes nothing, or not one of the invoices; and what mends each of them."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from app.books.quickbooks_online import online_system
from app.bootstrap import books_side
from app.bootstrap.previewing import previewed_rows
from app.domain.reasons import ReasonCode, Who
from app.domain.states import State
from app.practice.quickbooks_online import NewLine, Refusal, change_data_capture, on
from tests.reasons.office import HALF_AN_HOUR, ROW, SOON, a_charge
from tests.reasons.online_office import OnlineOffice, an_online_office, invoices, row_of
from tests.reasons.provoking import check_reason, provokes

AN_HOUR = timedelta(hours=1)


def add_invoice(office: OnlineOffice, number: int) -> None:
    """Let Cedar bill one more invoice of one charge."""
    office.railroad.add(number, invoice=f"INV-{number}", gl_code="4410")


@pytest.fixture
def cap_of_three(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let three do for the thousand that pages and lists of changes hold at most."""
    monkeypatch.setattr(online_system, "PAGE", 3)
    monkeypatch.setattr(change_data_capture, "_MOST", 3)


# The connection


@provokes(ReasonCode.SIGN_IN_LOST)
def test_a_lost_sign_in_is_the_connections_problem_until_somebody_signs_in_again(tmp_path: Path) -> None:
    with an_online_office(tmp_path, *invoices(1, 2)) as office:
        office.pull()
        office.service.grants.disconnect(office.company.realm_id)
        end = office.push()
        assert "Sign in to QuickBooks Online again" in end.error
        problem = office.expect_books_problem(ReasonCode.SIGN_IN_LOST, Who.BOOKKEEPER, "invoices wait")
        assert problem.next_attempt_at is not None
        assert not books_side.pusher(office.kit).is_due(), (
            "Intuit is not asked every minute for what only a person can mend"
        )
        assert office.states() == {row_of(1): "queued", row_of(2): "queued"}, "no invoice failed for it"
        assert office.status()["overall"]["state"] == "stopped"
        office.wait(HALF_AN_HOUR)
        assert books_side.pusher(office.kit).is_due()
        office.push()
        again = office.expect_books_problem(ReasonCode.SIGN_IN_LOST, Who.BOOKKEEPER)
        assert again.since == problem.since

        office.sign_in()
        assert books_side.pusher(office.kit).is_due(), "it goes on at once"
        office.run()
        office.expect_healed(row_of(1))
        office.expect_healed(row_of(2))


def test_what_ails_the_service_or_the_company_stops_the_push_and_never_an_invoice(tmp_path: Path) -> None:
    with an_online_office(tmp_path) as office:
        office.pull()
        mishaps = office.service.mishaps

        mishaps.unavailable(where=on("batch"))
        end = office.push()
        assert end.error.endswith("Check the internet connection. It is tried again by itself.")
        office.expect_books_problem(ReasonCode.QUICKBOOKS_UNREACHABLE, Who.NOBODY, "HTTP 503", "QuickBooks Online")
        office.wait(SOON)
        office.push()
        office.expect_healed()

        add_invoice(office, 2)
        mishaps.throttled(where=on("batch"), retry_after=90)
        office.run()
        office.expect_books_problem(ReasonCode.QUICKBOOKS_UNREACHABLE, Who.NOBODY, "asks to wait")
        asked = len(office.service.requests)
        office.wait(SOON)
        office.push()
        assert len(office.service.requests) == asked, "it is left alone as long as it asked"
        office.wait(SOON)
        office.push()
        office.expect_healed(row_of(2))

        add_invoice(office, 3)
        office.desk.subscribe(is_on=False)
        office.run()
        office.expect_books_problem(ReasonCode.PERMISSION_DENIED, Who.QUICKBOOKS_ADMIN, "subscription")
        assert office.show(row_of(3))["state"] in {State.QUEUED, State.FAILED}
        office.desk.subscribe(is_on=True)
        office.wait(HALF_AN_HOUR)
        office.push()
        office.push()
        office.expect_healed(row_of(3))


def test_estimates_that_are_switched_off_are_the_companys_affair(tmp_path: Path) -> None:
    with an_online_office(tmp_path) as office:
        office.desk.use_estimates(is_on=False)
        office.run()
        office.expect_books_problem(ReasonCode.SALES_ORDERS_UNAVAILABLE, Who.BOOKKEEPER, "Estimates are switched off")
        assert not [request for request in office.service.requests if request.operation == "batch"]
        office.desk.use_estimates(is_on=True)
        office.wait(HALF_AN_HOUR)
        office.run()
        office.expect_healed()

        # Now the program believes they are on.
        office.desk.use_estimates(is_on=False)
        add_invoice(office, 2)
        office.run()
        office.expect_books_problem(ReasonCode.SALES_ORDERS_UNAVAILABLE, Who.BOOKKEEPER, "choose invoices in Settings")
        assert office.show(row_of(2))["state"] == State.QUEUED
        office.desk.use_estimates(is_on=True)
        office.wait(HALF_AN_HOUR)
        office.run()
        office.expect_healed(row_of(2))


def test_the_status_tells_of_the_company_in_the_cloud(tmp_path: Path) -> None:
    with an_online_office(tmp_path) as office:
        office.run()
        (connection,) = office.status()["connections"]
        assert connection["books"] == {
            "last_success": "2026-11-22T12:00:00Z",
            "last_attempt": "2026-11-22T12:00:00Z",
            "problem": None,
            "company": {"id": office.company.realm_id, "name": "Prairie Short Line"},
        }
        assert not {"web_connector", "company_file"} & connection.keys()
        shown = office.show()
        assert shown["document"] == {"kind": "estimate", "ref_number": "INV-1", "txn_id": "1", "edit_sequence": "0"}
        assert any("intuit_tid 1-" in (entry["raw"] or "") for entry in shown["history"]), shown["history"]


# One invoice


def test_a_closed_period_fails_an_invoice_until_the_closing_date_moves(tmp_path: Path) -> None:
    with an_online_office(tmp_path, *invoices(1, 2), document="invoice") as office:
        office.railroad.amend(2, invoice_date=date(2026, 11, 10))
        office.desk.close_books(date(2026, 10, 31), has_password=True)
        office.run()
        shown = office.expect_row(
            State.FAILED, ReasonCode.CLOSED_PERIOD, Who.BOOKKEEPER, "2026-10-31", "Account and settings"
        )
        assert shown["reasons"][0]["raw"].startswith("6210 ")
        office.expect_healed(row_of(2))

        office.desk.close_books(date(2026, 9, 30))
        office.wait(HALF_AN_HOUR)
        office.push()
        office.expect_healed()


def test_what_is_missing_or_inactive_in_the_lists_fails_alone_and_heals_by_itself(tmp_path: Path) -> None:
    charges = invoices(1, 2, 3, 4, 5)
    for charge, gl_code, item in zip(
        charges,
        ["NEW", "OLD", "4410", "4410", "4410"],
        ["SWITCHING", "SWITCHING", "NOVEL", "DATED", "SWITCHING"],
        strict=True,
    ):
        charge.gl_code, charge.service_type = gl_code, item
    with an_online_office(tmp_path, *charges) as office:
        # A name of the list is never deleted in QuickBooks Online: these never were there.
        office.desk.rename("Customer", "NEW", "Somebody else")
        office.desk.rename("Item", "NOVEL", "Something else")
        office.desk.set_active("Customer", "OLD", is_active=False)
        office.desk.set_active("Item", "DATED", is_active=False)
        office.run()
        failed = State.FAILED
        cloud = "QuickBooks Online"
        for row_id, code, names in (
            ("main/INV-1/NEW", ReasonCode.CUSTOMER_NOT_IN_QUICKBOOKS, ("display name NEW", "Acme Grain", cloud)),
            ("main/INV-2/OLD", ReasonCode.CUSTOMER_INACTIVE, ("OLD", "Include inactive", cloud)),
            (row_of(3), ReasonCode.ITEM_NOT_IN_QUICKBOOKS, ("NOVEL", "Products and services", cloud)),
            (row_of(4), ReasonCode.ITEM_INACTIVE, ("DATED", "Make active", cloud)),
        ):
            office.expect_row(failed, code, Who.BOOKKEEPER, *names, row_id=row_id)
        office.expect_healed(row_of(5))

        office.desk.rename("Customer", "Somebody else", "NEW")
        office.desk.rename("Item", "Something else", "NOVEL")
        office.desk.set_active("Customer", "OLD", is_active=True)
        office.desk.set_active("Item", "DATED", is_active=True)
        office.wait(HALF_AN_HOUR)
        office.push()
        for row_id in office.states():
            office.expect_healed(row_id)

        # One that was retired a moment ago: the program still believes in it, QuickBooks does not.
        office.desk.set_active("Customer", "4410", is_active=False)
        add_invoice(office, 6)
        office.run()
        office.expect_row(failed, ReasonCode.CUSTOMER_INACTIVE, Who.BOOKKEEPER, "4410", row_id=row_of(6))


def share_switching(office: OnlineOffice) -> None:
    """Have two items of one name, each below another one, and none of that name alone."""
    office.desk.rename("Item", "SWITCHING", "Rail")
    office.desk.add_item("Yard")
    for above in ("Rail", "Yard"):
        office.desk.add_item("Switching", parent=above)


@provokes(ReasonCode.ITEM_NOT_UNIQUE)
def test_an_item_is_not_chosen_from_several_of_one_name(tmp_path: Path) -> None:
    with an_online_office(tmp_path, *invoices(1), missing_items="create", income_account="Freight Income") as office:
        share_switching(office)
        office.run()
        names = ("SWITCHING", "Rail:Switching, Yard:Switching", "Settings, QuickBooks, Items with another name")
        office.expect_row(State.FAILED, ReasonCode.ITEM_NOT_UNIQUE, Who.BOOKKEEPER, *names)
        assert office.company.documents(office.kind) == []
        add_invoice(office, 3)
        (previewed,) = [
            each.row for each in previewed_rows(office.installation, ["main"]) if each.row.invoice == "INV-3"
        ]
        check_reason(previewed.reasons[0], ReasonCode.ITEM_NOT_UNIQUE, Who.BOOKKEEPER, *names)
        office.railroad.void_invoice("INV-3")

        # One is left that can be used: the name is its own again.
        office.desk.set_active("Item", "Yard:Switching", is_active=False)
        office.wait(HALF_AN_HOUR)
        office.push()
        assert office.expect_healed().lines[0].item == "Rail:Switching"
        # A second one under that name is seen at once, not only when the whole list is read again.
        office.desk.set_active("Item", "Yard:Switching", is_active=True)
        add_invoice(office, 2)
        office.run()
        office.expect_row(State.FAILED, ReasonCode.ITEM_NOT_UNIQUE, Who.BOOKKEEPER, *names, row_id=row_of(2))
        # One of exactly that name goes before those below others.
        office.desk.add_item("SWITCHING")
        office.wait(HALF_AN_HOUR)
        office.push()
        assert office.expect_healed(row_of(2)).lines[0].item == "SWITCHING"


def test_a_full_name_in_the_settings_names_one_of_several(tmp_path: Path) -> None:
    with an_online_office(tmp_path, *invoices(1, 2), items={"SWITCHING": "yard:switching"}) as office:
        share_switching(office)
        office.run()
        assert office.expect_healed().lines[0].item == "Yard:Switching"
        # By its last name the other one would look the same.
        office.desk.edit_line("Estimate", office.document_of().id, 0, item="Rail:Switching")
        office.bill_anew(1, 120)
        office.run()
        office.expect_row(State.CONFLICT, ReasonCode.EDITED_IN_QUICKBOOKS, Who.BOOKKEEPER, "line 1")
        assert office.show()["document"]["txn_id"]
        # Nothing is written for what was only renamed.
        before = office.document_of(row_of(2))
        office.desk.rename("Item", "Yard", "Siding")
        office.desk.edit("Estimate", before.id, memo="Thank you")
        office.push()
        assert office.show(row_of(2))["state"] == State.SYNCED


def test_names_of_the_settings_are_used_and_what_is_missing_is_added_where_that_is_allowed(tmp_path: Path) -> None:
    charges = invoices(1, 2, 3)
    charges[1].gl_code, charges[1].customer = "O'Brien & Söhne", "O'Brien & Söhne GmbH"
    charges[1].service_type = "Demurrage ≥ 5 days"
    charges[2].gl_code = "44:10"
    with an_online_office(
        tmp_path,
        *charges,
        customers={"4410": "Acme Grain, Inc."},
        items={"SWITCHING": "Freight:switching"},
        missing_customers="create",
        missing_items="create",
        income_account="Freight Income",
    ) as office:
        for name in ("4410", "O'Brien & Söhne", "44:10"):
            office.desk.rename("Customer", name, f"not {name}")
        for name in ("SWITCHING", "Demurrage ≥ 5 days"):
            office.desk.rename("Item", name, f"not {name}")
        office.desk.add_customer("Acme Grain, Inc.")
        for group in ("Freight", "Yard"):
            office.desk.add_item(group)
            office.desk.add_item("switching", parent=group)
        office.run()
        mapped = office.expect_healed(row_of(1))
        assert (mapped.customer, mapped.lines[0].item) == ("Acme Grain, Inc.", "Freight:switching")
        made = office.expect_healed("main/INV-2/O'Brien & S%C3%B6hne")
        assert (made.customer, made.lines[0].item) == ("O'Brien & Söhne", "Demurrage ≥ 5 days")
        # A colon cannot stand in a customer's name there: nothing is made up in its place.
        office.expect_row(
            State.FAILED, ReasonCode.CUSTOMER_NOT_IN_QUICKBOOKS, Who.BOOKKEEPER, "44:10", row_id="main/INV-3/44:10"
        )


def test_a_customer_of_another_currency_fails_its_invoice_alone(tmp_path: Path) -> None:
    charges = invoices(1, 2, 3)
    charges[1].gl_code, charges[1].currency = "CA", "CAD"
    charges[2].gl_code = "CA2"
    with an_online_office(tmp_path, *charges) as office:
        office.desk.use_multi_currency()
        for name in ("CA", "CA2"):
            office.desk.rename("Customer", name, f"not {name}")
            office.desk.add_customer(name, currency="CAD")
        office.run()
        assert office.expect_healed().currency == "USD"
        assert office.expect_healed("main/INV-2/CA").currency == "CAD"
        row_id = "main/INV-3/CA2"
        names = ("CA2", "USD", "CAD")
        office.expect_row(State.FAILED, ReasonCode.CURRENCY_DIFFERS, Who.BOOKKEEPER, *names, row_id=row_id)
        office.railroad.amend(3, currency="CAD")
        office.run()
        assert office.expect_healed(row_id).currency == "CAD"


def test_books_of_one_currency_never_take_another_ones_figures_for_theirs(tmp_path: Path) -> None:
    charges = invoices(1, 2)
    charges[1].currency = "CAD"
    with an_online_office(tmp_path, *charges) as office:
        office.run()
        office.expect_healed()
        row_id = "main/INV-2/4410"
        names = ("CAD", "USD", "alone")
        office.expect_row(State.FAILED, ReasonCode.CURRENCY_DIFFERS, Who.BOOKKEEPER, *names, row_id=row_id)
        office.railroad.amend(2, currency="USD")
        office.run()
        office.expect_healed(row_id)


def test_a_number_a_person_used_is_never_written_to(tmp_path: Path) -> None:
    charges = [*invoices(1, 2, 3), a_charge(4, invoice="A-1"), a_charge(5, invoice="A-2")]
    charges[3].invoice, charges[4].invoice = "PRAIRIE-2026-11-000482", "PRAIRIE-2026-11-000483"
    with an_online_office(tmp_path, *charges) as office:
        desk = office.desk
        desk.add_customer("Other")
        theirs = desk.write("Estimate", "Other", [NewLine("SWITCHING", amount=Decimal(7))], doc_number="inv-1")
        same = NewLine("SWITCHING", Decimal(1), Decimal(100))
        adopted = desk.write(
            "Estimate", "4410", [same], doc_number="INV-2", txn_date=date(2026, 10, 15), private_note="by hand"
        )
        # Somebody writes one between our look and our write.
        line = [NewLine("SWITCHING", amount=Decimal(9))]
        office.service.mishaps.before(
            lambda: desk.write("Estimate", "Other", line, doc_number="INV-3"), where=on("batch")
        )
        office.run()
        names = ("inv-1 is taken", "Other", "QuickBooks Online")
        office.expect_row(State.CONFLICT, ReasonCode.NUMBER_IN_USE, Who.BOOKKEEPER, *names)
        assert office.company.document("Estimate", theirs).subtotal == 7
        assert office.document_of(row_of(2)).id == adopted
        assert office.document_of(row_of(2)).private_note == "by hand"
        refused = office.expect_row(State.FAILED, ReasonCode.NUMBER_IN_USE, Who.BOOKKEEPER, "INV-3", row_id=row_of(3))
        assert refused["reasons"][0]["raw"].startswith("6140 ")
        office.retry(row_of(3))
        office.run()
        office.expect_row(State.CONFLICT, ReasonCode.NUMBER_IN_USE, Who.BOOKKEEPER, "for Other", row_id=row_of(3))

        # Numbers that are too long keep their beginning, and differ.
        numbers = [office.expect_healed(f"main/{charge.invoice}/4410").doc_number for charge in charges[3:]]
        assert len(set(numbers)) == 2
        assert all(number.startswith("PRAIRIE-2026-") and len(number) == 21 for number in numbers), numbers


def test_an_answer_nobody_foresaw_is_shown_word_for_word_and_not_tried_for_ever(tmp_path: Path) -> None:
    with an_online_office(tmp_path) as office:
        unread = Refusal("2010", "Request has invalid or unsupported property", "Property Name:Caboose is invalid")
        office.service.mishaps.fault_in_200(unread, where=on("batch"))
        office.run()
        shown = office.expect_row(State.FAILED, ReasonCode.REQUEST_NOT_UNDERSTOOD, Who.SUPPORT)
        assert "Caboose" in shown["reasons"][0]["raw"]
        office.retry()
        refusal = Refusal("9321", "Strange Title", "The caboose is missing.")
        office.service.mishaps.fault_in_200(refusal, where=on("batch"))
        office.run()
        shown = office.expect_row(
            State.FAILED, ReasonCode.REFUSED_BY_QUICKBOOKS, Who.BOOKKEEPER, "The caboose is missing."
        )
        assert shown["reasons"][0]["raw"].startswith("9321 The caboose is missing. (intuit_tid 1-")
        office.retry()
        office.run()
        office.expect_healed()


def test_what_was_left_out_while_its_answer_is_lost_is_looked_for_before_anything_else(tmp_path: Path) -> None:
    with an_online_office(tmp_path) as office:
        office.service.mishaps.lose_answer(where=on("batch"))
        office.run()
        assert office.show()["state"] == State.SENDING
        office.installation.service.hold([ROW])
        office.wait(SOON)
        office.push()
        office.expect_books_problem(ReasonCode.OUTCOME_UNKNOWN, Who.NOBODY, "the answer was lost")
        office.wait(timedelta(minutes=5))
        office.push()
        office.expect_no_books_problem()
        assert office.show()["state"] == State.HELD
        assert office.show()["document"]["txn_id"] == office.company.documents("Estimate")[0].id


def test_numbers_the_company_gives_itself_are_kept_and_no_document_is_made_twice(tmp_path: Path) -> None:
    with an_online_office(tmp_path, *invoices(1, 2)) as office:
        office.desk.use_custom_numbers(is_on=False)
        office.service.mishaps.lose_answer(where=on("batch"))
        office.run()
        assert set(office.states().values()) == {"queued", "sending"}
        office.wait(AN_HOUR)
        office.push()
        for number in (1, 2):
            found = office.expect_healed(row_of(number))
            assert found.doc_number == str(1000 + number)
        office.bill_anew(2, 140)
        office.run()
        assert office.expect_healed(row_of(2), "140.00").doc_number == "1002"


def test_more_changes_than_one_answer_tells_are_all_seen(tmp_path: Path, cap_of_three: None) -> None:
    with an_online_office(tmp_path, *invoices(*range(1, 9))) as office:
        office.run()
        assert set(office.states().values()) == {"synced"}
        office.wait(AN_HOUR)
        for number in (1, 2, 3, 4):
            office.desk.edit_line("Estimate", office.document_of(row_of(number)).id, 0, unit_price=Decimal(75))
        office.desk.delete("Estimate", office.document_of(row_of(8)).id)
        office.push()
        for number in (1, 2, 3, 4):
            office.expect_row(
                State.CONFLICT, ReasonCode.EDITED_IN_QUICKBOOKS, Who.BOOKKEEPER, "line 1", row_id=row_of(number)
            )
        office.expect_row(State.CONFLICT, ReasonCode.DELETED_IN_QUICKBOOKS, Who.BOOKKEEPER, "INV-8", row_id=row_of(8))
        assert office.show(row_of(5))["state"] == State.SYNCED
