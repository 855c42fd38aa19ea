"""Deleting and voiding."""

from __future__ import annotations

from copy import deepcopy

from app.practice.quickbooks_online.bodies import DocumentBody
from app.practice.quickbooks_online.company import OnlineCompany
from app.practice.quickbooks_online.document_rules import check_may_write, check_open, check_token, existing
from app.practice.quickbooks_online.reading import needed
from app.practice.quickbooks_online.records import ZERO, Document, DocumentKind, Link
from app.practice.quickbooks_online.refusals import business, settled, unsupported

_VOIDED = "Voided"


def delete_document(company: OnlineCompany, kind: DocumentKind, body: DocumentBody) -> Document:
    """Delete a document; an estimate an invoice was made from is open again once the invoice is gone.

    Raises:
        Refusal: It is not there, was changed, or other transactions hang on it.
    """
    document = _checked(company, kind, body)
    if (kind is DocumentKind.ESTIMATE and document.links) or document.paid:
        raise business("The transaction is linked to others. Unlink them before you delete it")
    company.remove_document(document)
    reopen_estimate(company, document)
    return document


def void_document(company: OnlineCompany, kind: DocumentKind, body: DocumentBody) -> Document:
    """Void an invoice: its amounts become 0, number and links stay, the note says so.

    Raises:
        Refusal: It is an estimate, not there, was changed, or has been paid.
    """
    if kind is not DocumentKind.INVOICE:
        raise unsupported("void")
    before = _checked(company, kind, body)
    if before.paid:
        raise settled()
    document = deepcopy(before)
    void_lines(document)
    company.touch(document)
    company.keep_document(document)
    return document


def void_lines(document: Document) -> None:
    """Set a document to 0 and note it.

    Recorded: an empty note becomes `Voided`. A note that was there stands behind that word, as at the screen.
    """
    for line in document.lines:
        if line.amount is not None:
            line.amount = ZERO
            line.quantity = None if line.quantity is None else ZERO
    if _VOIDED not in (document.private_note or ""):
        document.private_note = f"{_VOIDED} - {document.private_note}" if document.private_note else _VOIDED


def reopen_estimate(company: OnlineCompany, invoice: Document) -> None:
    """Take a deleted invoice out of the estimate it was made from."""
    link = Link(invoice.id, "Invoice")
    for estimate in company.all_documents(DocumentKind.ESTIMATE):
        if link in estimate.links:
            estimate.links.remove(link)
            estimate.status = "Pending"
            company.touch(estimate)


def _checked(company: OnlineCompany, kind: DocumentKind, body: DocumentBody) -> Document:
    check_may_write(company, kind)
    document = existing(company, kind, needed(body.id, "Id"))
    check_token(company, document, body.sync_token)
    check_open(company, document)
    return document
