"""What the history says of a document that was taken back: what happened to it, whatever it was and wherever."""

from pathlib import Path
from unittest.mock import Mock

import pytest

from app.books.port import Ledger
from app.books.quickbooks_desktop.desktop_system import DesktopSystem
from app.books.quickbooks_online.online_system import OnlineSystem
from app.books.run.accounting_system import Progress
from app.books.run.removal_words import CLOSED, WAS_CLOSED
from app.domain.facts import CompanyFile, OnlineCompany
from app.domain.sales_order import DocumentKind
from app.domain.states import State
from app.practice.quickbooks_online import on
from tests.builders import NOW
from tests.reasons.office import ROW, Office
from tests.reasons.online_office import OnlineOffice, an_online_office, invoices

WHY = "in QuickBooks because Cedar does not bill it any more."
SALES_ORDER, ESTIMATE, INVOICE = DocumentKind.SALES_ORDER, DocumentKind.ESTIMATE, DocumentKind.INVOICE
DESKTOP = DesktopSystem(Mock(spec=Ledger), Mock(spec=CompanyFile), "13.0", Progress())
ONLINE = OnlineSystem(Mock(spec=Ledger), OnlineCompany("1", "Railroad", "US", NOW), Progress())


def last_note(office: Office | OnlineOffice) -> str:
    shown = office.show()
    assert shown["state"] == State.REMOVED
    (note,) = [entry["note"] for entry in shown["history"] if entry["to"] == State.REMOVED]
    return str(note)


@pytest.mark.parametrize(
    ("system", "kind", "done", "was_done"),
    [
        (DESKTOP, SALES_ORDER, "The sales order was closed", "The sales order was already closed in QuickBooks."),
        (DESKTOP, ESTIMATE, "The estimate was made inactive", "The estimate was already inactive in QuickBooks."),
        (DESKTOP, INVOICE, "The invoice was voided", "The invoice was already voided in QuickBooks."),
        (
            ONLINE,
            ESTIMATE,
            "The estimate was set to rejected",
            "The estimate was already set to rejected in QuickBooks.",
        ),
        (ONLINE, INVOICE, "The invoice was voided", "The invoice was already voided in QuickBooks."),
    ],
)
def test_each_kind_is_taken_out_of_use_in_its_own_way(
    system: DesktopSystem | OnlineSystem, kind: DocumentKind, done: str, was_done: str
) -> None:
    closing = system.closing(kind)
    assert (CLOSED[closing], WAS_CLOSED[closing]) == (f"{done} {WHY}", was_done)


def test_an_estimate_in_quickbooks_desktop(tmp_path: Path) -> None:
    with Office(tmp_path, settings={"destination.document": "estimate", "destination.on_void": "close"}) as office:
        office.run()
        office.railroad.void_invoice("INV-1")
        office.run()
        assert last_note(office) == f"The estimate was made inactive {WHY}"


def test_an_invoice_in_quickbooks_online(tmp_path: Path) -> None:
    # A void is all there is for an invoice.
    with an_online_office(tmp_path, *invoices(1), document="invoice", on_void="delete") as office:
        office.run()
        office.railroad.void_invoice("INV-1")
        office.run()
        assert last_note(office) == f"The invoice was voided {WHY}"


def test_what_is_gone_when_it_is_to_be_deleted_is_said_to_have_been_so(tmp_path: Path) -> None:
    with an_online_office(tmp_path, *invoices(1), on_void="delete") as office:
        office.run()
        document = office.document_of(ROW).id
        office.service.mishaps.before(lambda: office.desk.delete("Estimate", document), where=on("batch"))
        office.railroad.void_invoice("INV-1")
        office.run()
        assert last_note(office) == "The document was already gone from QuickBooks."
