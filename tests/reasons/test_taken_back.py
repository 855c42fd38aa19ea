"""What the history says of a document that was taken back: what happened to it, whatever it was and wherever."""

from pathlib import Path
from typing import Literal

import pytest

from app.domain.states import State
from app.practice.quickbooks_online import on
from tests.reasons.office import ROW, Office
from tests.reasons.online_office import Kind, OnlineOffice, an_online_office, invoices

WHY = "in QuickBooks because Cedar does not bill it any more."


def last_note(office: Office | OnlineOffice) -> str:
    shown = office.show()
    assert shown["state"] == State.REMOVED
    (note,) = [entry["note"] for entry in shown["history"] if entry["to"] == State.REMOVED]
    return str(note)


@pytest.mark.parametrize(
    ("document", "on_void", "what"),
    [
        ("sales_order", "close", "The sales order was closed"),
        ("estimate", "close", "The estimate was made inactive"),
        ("invoice", "close", "The invoice was voided"),
        ("sales_order", "delete", "The document was deleted"),
    ],
)
def test_quickbooks_desktop(tmp_path: Path, document: str, on_void: Literal["close", "delete"], what: str) -> None:
    with Office(tmp_path, settings={"destination.document": document, "destination.on_void": on_void}) as office:
        office.run()
        office.railroad.void_invoice("INV-1")
        office.run()
        assert last_note(office) == f"{what} {WHY}"


@pytest.mark.parametrize(
    ("document", "on_void", "what"),
    [
        ("estimate", "close", "The estimate was set to rejected"),
        ("estimate", "delete", "The document was deleted"),
        # A void is all there is for an invoice.
        ("invoice", "delete", "The invoice was voided"),
    ],
)
def test_quickbooks_online(tmp_path: Path, document: Kind, on_void: Literal["close", "delete"], what: str) -> None:
    with an_online_office(tmp_path, *invoices(1), document=document, on_void=on_void) as office:
        office.run()
        office.railroad.void_invoice("INV-1")
        office.run()
        assert last_note(office) == f"{what} {WHY}"


def test_what_a_person_took_back_first_is_said_to_have_been_so(tmp_path: Path) -> None:
    with an_online_office(tmp_path, *invoices(1), document="invoice", on_void="close") as office:
        office.run()
        office.desk.void(office.document_of(ROW).id)
        office.railroad.void_invoice("INV-1")
        office.run()
        assert last_note(office) == "The invoice was already voided in QuickBooks."


def test_what_is_gone_when_it_is_to_be_deleted_is_said_to_have_been_so(tmp_path: Path) -> None:
    with an_online_office(tmp_path, *invoices(1), on_void="delete") as office:
        office.run()
        document = office.document_of(ROW).id
        office.service.mishaps.before(lambda: office.desk.delete("Estimate", document), where=on("batch"))
        office.railroad.void_invoice("INV-1")
        office.run()
        assert last_note(office) == "The document was already gone from QuickBooks."
