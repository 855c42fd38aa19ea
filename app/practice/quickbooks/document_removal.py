"""Taking documents back: TxnDel and TxnVoid.

Rule: a document others are linked to cannot be deleted; only invoices among the practice documents can be voided, the
grammar sees to that.
"""

from __future__ import annotations

from decimal import Decimal

from lxml import etree

from app.practice.quickbooks.answers import Outcome, Recovery, leaf
from app.practice.quickbooks.company_file import CompanyFile
from app.practice.quickbooks.faults import Refusal
from app.practice.quickbooks.invoicing import unlink
from app.practice.quickbooks.permissions import require_open_period, require_writing
from app.practice.quickbooks.records import Document, DocumentKind
from app.practice.quickbooks.references import child_text, find_document
from app.practice.quickbooks.scalars import moment_text


def delete_document(company: CompanyFile, request: etree._Element) -> Outcome:
    """Run a TxnDel request.

    Raises:
        Refusal: There is no such document, or it is locked, invoiced or in a closed period.
    """
    document = _document(company, request, "TxnDelType")
    require_open_period(company, document.kind, document.txn_date, deleting=True)
    if document.kind is not DocumentKind.INVOICE and document.links:
        raise Refusal(
            3160,
            f'Cannot delete the object specified by the id = "{document.txn_id}".  QuickBooks error message: It is '
            "linked to other transactions.",
        )
    unlink(company, document)
    deletion = company.register.remove_document(document)
    body = (
        leaf("TxnDelType", document.kind.value)
        + leaf("TxnID", document.txn_id)
        + leaf("TimeDeleted", moment_text(deletion.deleted))
        + (leaf("RefNumber", document.ref_number) if document.ref_number else "")
    )
    return Outcome(body=body, recovery=Recovery("TxnID", document.txn_id))


def void_document(company: CompanyFile, request: etree._Element) -> Outcome:
    """Run a TxnVoid request: the invoice stays, with nothing on it.

    Raises:
        Refusal: There is no such document, or it is locked or in a closed period.
    """
    document = _document(company, request, "TxnVoidType")
    require_open_period(company, document.kind, document.txn_date)
    unlink(company, document)
    for line in document.lines:
        if line.amount is not None:
            line.amount, line.rate, line.percent = Decimal("0.00"), Decimal(0), None
    document.memo = f"VOID: {document.memo}"
    company.register.touch(document)
    body = (
        leaf("TxnVoidType", document.kind.value)
        + leaf("TxnID", document.txn_id)
        + leaf("TimeCreated", moment_text(document.created))
        + leaf("TimeModified", moment_text(document.modified))
        + (leaf("RefNumber", document.ref_number) if document.ref_number else "")
    )
    recovery = Recovery("TxnID", document.txn_id, document.txn_number, str(document.edit_sequence))
    return Outcome(body=body, recovery=recovery)


def _document(company: CompanyFile, request: etree._Element, type_field: str) -> Document:
    require_writing(company)
    txn_id = child_text(request, "TxnID") or ""
    kind = child_text(request, type_field)
    if kind not in set(DocumentKind):
        raise Refusal(3120, f'Object "{txn_id}" specified in the request cannot be found.')
    document = find_document(company, DocumentKind(kind), txn_id)
    company.require_document(document)
    return document
