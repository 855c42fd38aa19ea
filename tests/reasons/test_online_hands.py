"""What people do in QuickBooks Online with documents of ours, and what Cedar Sync makes of it."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from app.domain.reasons import ReasonCode, Who
from app.domain.states import State
from app.practice.quickbooks_online import NewLine, on
from app.sync.orders_by_hand import Resolution
from tests.reasons.office import ROW, a_charge
from tests.reasons.online_office import an_online_office, invoices, row_of

AN_HOUR = timedelta(hours=1)


def test_what_a_person_changed_deleted_invoiced_or_rejected_is_asked_about(tmp_path: Path) -> None:
    with an_online_office(tmp_path, *invoices(1, 2, 3, 4, 5)) as office:
        office.run()
        ids = [office.document_of(row_of(number)).id for number in range(1, 6)]
        office.wait(AN_HOUR)
        office.desk.edit_line("Estimate", ids[0], 0, unit_price=Decimal(75))
        office.desk.delete("Estimate", ids[1])
        office.desk.convert(ids[2])
        office.desk.reject(ids[3])
        office.desk.add_line("Estimate", ids[4], NewLine("SWITCHING", amount=Decimal(5)))
        for number in (3, 4):
            office.bill_anew(number, 140)
        office.run()
        for number, code, name in (
            (1, ReasonCode.EDITED_IN_QUICKBOOKS, "line 1 and total"),
            (2, ReasonCode.DELETED_IN_QUICKBOOKS, "INV-2"),
            (3, ReasonCode.ALREADY_INVOICED_IN_QUICKBOOKS, "INV-3"),
            (4, ReasonCode.CLOSED_IN_QUICKBOOKS, "INV-4"),
            (5, ReasonCode.EDITED_IN_QUICKBOOKS, "line 2 and total"),
        ):
            office.expect_row(State.CONFLICT, code, Who.BOOKKEEPER, name, row_id=row_of(number))
        amounts = [document.subtotal for document in office.company.documents("Estimate")]
        assert amounts == [75, 100, 100, 105], "nothing of theirs was written over"

        office.installation.service.resolve([row_of(number) for number in (1, 2, 4, 5)], Resolution.SEND_OURS)
        office.run()
        assert office.expect_healed(row_of(1)).id == ids[0]
        assert office.expect_healed(row_of(2)).id not in ids
        assert office.expect_healed(row_of(4), "140.00").status == "Accepted"
        assert office.expect_healed(row_of(5)).id == ids[4]


def test_a_persons_words_stay_whatever_cedar_changes(tmp_path: Path) -> None:
    with an_online_office(tmp_path) as office:
        office.run()
        document_id = office.document_of().id
        note = "Cedar invoice INV-1\nasked Robin about this"
        office.desk.edit_line("Estimate", document_id, 0, description="Moved the caboose, as agreed")
        office.desk.edit("Estimate", document_id, private_note=note, memo="Thank you")
        office.wait(AN_HOUR)
        office.run()
        assert office.show()["state"] == State.SYNCED, "words are nobody's conflict"

        office.railroad.add(2, invoice="INV-1", gl_code="4410", amount=Decimal(5), rate=Decimal(5))
        office.bill_anew(1, 140)
        office.run()
        document = office.expect_healed(amount="145.00")
        assert [line.description.partition(" [#")[0] for line in document.lines] == [
            "Moved the caboose, as agreed",
            office.show()["lines"][1]["description"],
        ]
        assert document.private_note == note
        kept = office.company.find_document(document.kind, document_id)  # type: ignore[arg-type]
        assert kept is not None
        assert kept.fields["CustomerMemo"] == {"value": "Thank you"}


def test_what_a_person_writes_between_our_look_and_our_write_is_never_lost(tmp_path: Path) -> None:
    with an_online_office(tmp_path, *invoices(1, 2)) as office:
        office.run()
        ids = [office.document_of(row_of(number)).id for number in (1, 2)]
        office.wait(AN_HOUR)
        mishaps = office.service.mishaps
        mishaps.before(lambda: office.desk.edit("Estimate", ids[0], memo="Thank you"), where=on("batch"))
        mishaps.before(lambda: office.desk.edit_line("Estimate", ids[1], 0, quantity=Decimal(3)), where=on("batch"))
        for number in (1, 2):
            office.bill_anew(number, 140)
        office.run()
        # Both were refused as stale and read again: the first differs in nothing we own.
        assert office.expect_healed(row_of(1), "140.00").id == ids[0]
        office.expect_row(State.CONFLICT, ReasonCode.EDITED_IN_QUICKBOOKS, Who.BOOKKEEPER, "line 1", row_id=row_of(2))
        assert office.company.document("Estimate", ids[1]).subtotal == 300
        assert office.company.person not in str(office.show(row_of(1))), "the refusal names who was faster"


def test_a_voided_invoice_that_comes_back_gets_another_number(tmp_path: Path) -> None:
    with an_online_office(tmp_path, *invoices(1, 2), document="invoice", on_void="delete") as office:
        office.run()
        first = office.document_of()
        office.railroad.void_invoice("INV-1")
        office.run()
        assert office.show()["state"] == State.REMOVED
        void = office.company.document("Invoice", first.id)
        assert (void.total, void.doc_number) == (Decimal(0), "INV-1")
        assert "Cedar invoice INV-1" in void.private_note

        office.railroad.set_status("INV-1", "INVOICED")
        office.run()
        (again,) = [each for each in office.company.documents("Invoice") if each.doc_number == "INV-1-R1"]
        assert again.subtotal == 100
        shown = office.show()
        assert (shown["state"], shown["document"]["txn_id"]) == (State.SYNCED, again.id)
        assert office.company.document("Invoice", first.id).sync_token == void.sync_token, "the void one is left alone"

        # A paid one is not taken back without asking.
        office.desk.apply_payment(office.document_of(row_of(2)).id)
        office.railroad.void_invoice("INV-2")
        office.run()
        code, names = ReasonCode.ALREADY_INVOICED_IN_QUICKBOOKS, ("Already paid", "payment", "INV-2")
        office.expect_row(State.CONFLICT, code, Who.BOOKKEEPER, *names, row_id=row_of(2))
        assert office.company.document("Invoice", office.document_of(row_of(2)).id).subtotal == 100


def test_figures_that_do_not_multiply_and_words_of_any_kind_come_back_as_they_were_sent(tmp_path: Path) -> None:
    charges = [a_charge(number, amount=amount) for number, amount in ((1, "33.33"), (2, "937.38"), (3, "-10.00"))]
    charges[0].quantity, charges[0].rate = Decimal(3), Decimal("11.1111111")
    charges[1].quantity, charges[1].rate = Decimal("12.5"), Decimal("74.99")
    charges[1].rate_description = "Weighing [#7] \x01\x0b at the “Söhne” siding ]"
    charges[2].rate = Decimal("-10")
    charges[2].rate_description = "x" * 5000
    with an_online_office(tmp_path, *charges) as office:
        # Tax is the company's own, and none of Cedar's money.
        office.desk.charge_tax(Decimal(8))
        office.desk.rename("Item", "SWITCHING", "Switching of before")
        office.desk.add_item("SWITCHING", is_taxable=True)
        office.run()
        document = office.expect_healed(ROW, "960.71")
        assert document.total > document.subtotal
        assert [line.amount for line in document.lines] == [Decimal("33.33"), Decimal("937.38"), Decimal("-10.00")]
        office.wait(AN_HOUR)
        office.installation.service.resync([ROW])
        office.run()
        assert office.expect_healed(ROW, "960.71").sync_token == "0", "nothing differs, so nothing is sent"
