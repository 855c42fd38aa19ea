"""Documents that say they are ours, that no row knows, and that hold nothing of what Cedar bills to their customer."""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from app.domain import memos
from app.domain.books_document import BooksDocument
from app.domain.charge import ARCHIVED, TAKEN_BACK, Charge
from app.domain.plain_text import name_key
from app.domain.row import Actor, Document, new_row, voided
from app.domain.sales_order import DocumentKind
from app.domain.states import State
from app.domain.values import replace
from app.store import charges, rows
from app.sync.reference_choice import with_free_reference

_LOOKS_FOR_ONE: Final = frozenset({State.QUEUED, State.SENDING, State.WAITING, State.FAILED})
"""States of a row that looks for its document before one is made."""


def leftover_of(tx: Connection, connection: str, document: BooksDocument) -> str | None:
    """Give the invoice a document is a leftover of; None if Cedar may still bill what stands in it."""
    numbers = list(memos.invoices_perhaps(document.memo))
    if not numbers:
        return None
    invoice = next((number for number in numbers if charges.of_invoice(tx, connection, number)), numbers[0])
    ids = {line.charge_id for line in document.lines if line.charge_id}
    billed = charges.of_ids(tx, connection, ids) if ids else charges.of_invoice(tx, connection, invoice)
    if not billed or len(billed) < len(ids):
        # It is older than what was read of Cedar: nothing can be said of it.
        return None
    if not all(_is_billed_elsewhere(charge, invoice, document.customer) for charge in billed):
        return None
    of_invoice = rows.of_invoice(tx, connection, invoice)
    wanting = (row for row in of_invoice if row.state in _LOOKS_FOR_ONE and row.document.txn_id is None)
    is_wanted = any(line.charge_id in ids for row in wanting if row.order is not None for line in row.order.lines)
    return None if is_wanted else invoice


def take_in(
    tx: Connection, connection: str, kind: DocumentKind, document: BooksDocument, invoice: str, now: datetime
) -> bool:
    """Have a person asked about a leftover of an invoice; False if it is not one after all."""
    owner = name_key(document.customer)
    of_invoice = rows.of_invoice(tx, connection, invoice)
    row = next((row for row in of_invoice if name_key(row.gl_number or "") == owner), None)
    if row is None:
        row = new_row(connection, invoice, document.customer, kind, now)
        rows.save(tx, None, row, Actor.BOOKS, "It was found in QuickBooks.")
    elif row.order is not None or row.document.txn_id is not None or row.state is not State.SKIPPED:
        return False
    number = row.document.ref_number or document.ref_number
    known = Document(kind, number, document.txn_id, document.edit_sequence)
    after = with_free_reference(tx, row, replace(row, document=known, seen=document, check_books=True))
    # Whatever the settings say: nobody here has seen it being written.
    after = after.moved(State.CONFLICT, now, voided(row))
    rows.save(tx, row, after, Actor.BOOKS, "It is in QuickBooks, and Cedar does not bill it to this customer.")
    return True


def _is_billed_elsewhere(charge: Charge, invoice: str, customer: str) -> bool:
    """Tell whether Cedar bills a charge not at all any more, or on another invoice, or to another customer."""
    if charge.billing_status in TAKEN_BACK:
        return True
    if charge.billing_status == ARCHIVED:
        return False
    return charge.invoice != invoice or charge.gl_number is None or name_key(charge.gl_number) != name_key(customer)
