"""What the company checks before any change of a document: subscription, features, closed books, the SyncToken."""

from __future__ import annotations

from msgspec import UnsetType

from app.practice.quickbooks_online.company import OnlineCompany
from app.practice.quickbooks_online.reading import check_id
from app.practice.quickbooks_online.records import Document, DocumentKind, Record
from app.practice.quickbooks_online.refusals import (
    books_closed,
    feature_off,
    missing,
    not_found,
    stale,
    subscription_ended,
)


def check_subscribed(company: OnlineCompany) -> None:
    """Refuse to write into a company that is read only.

    Raises:
        Refusal: It is.
    """
    if not company.preferences.is_subscribed:
        raise subscription_ended()


def check_may_write(company: OnlineCompany, kind: DocumentKind) -> None:
    """Refuse to write where the subscription ended or the form is switched off.

    Raises:
        Refusal: It did, or it is.
    """
    check_subscribed(company)
    if kind is DocumentKind.ESTIMATE and not company.preferences.allow_estimates:
        raise feature_off("Estimates")


def check_open(company: OnlineCompany, document: Document) -> None:
    """Refuse to touch an invoice of a closed period; estimates are in no period, because they do not post.

    Raises:
        Refusal: The period is closed.
    """
    until = company.preferences.book_close_date
    if document.kind is DocumentKind.INVOICE and until is not None and document.txn_date <= until:
        raise books_closed(until, has_password=company.preferences.closing_password)


def existing(company: OnlineCompany, kind: DocumentKind, document_id: str) -> Document:
    """Find a document.

    Raises:
        Refusal: The id is none, or there is no such document.
    """
    found = company.find_document(kind, check_id(document_id))
    if found is None:
        raise not_found()
    return found


def check_token(company: OnlineCompany, record: Record, token: str | UnsetType) -> None:
    """Refuse a SyncToken that is not the present one.

    Raises:
        Refusal: It is missing or stale.
    """
    if isinstance(token, UnsetType):
        raise missing("SyncToken")
    if token != str(record.sync_token):
        raise stale(company.person)
