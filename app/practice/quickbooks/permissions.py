"""Who may write what and when: rights, editions, switched-off features and the closing date.

Rule: every check raises the `Refusal` QuickBooks would give, or returns silently (Intuit SDK: status codes 3161, 3171,
3220, 3250, 3260, 3263).
"""

from __future__ import annotations

from datetime import date

from app.practice.quickbooks.company_file import CompanyFile
from app.practice.quickbooks.faults import Refusal
from app.practice.quickbooks.records import DocumentKind

NOT_ENABLED = "This feature is not enabled or not available in this version of QuickBooks."


def require_writing(company: CompanyFile) -> None:
    """Refuse an application or a user without the right to write."""
    if company.read_only_app:
        raise Refusal(3263, "The application has read-only access to this company data file.")
    if company.app_not_authorized:
        raise Refusal(3220, "The application is not authorized to perform this action.")
    if company.user_may_not_write:
        raise Refusal(3260, "Insufficient permission level to perform this action.")


def require_form(company: CompanyFile, kind: DocumentKind) -> None:
    """Refuse a kind of document this edition or company cannot create."""
    if kind is DocumentKind.SALES_ORDER:
        if not (company.edition.creates_sales_orders and company.sales_orders_enabled):
            raise Refusal(3250, NOT_ENABLED)
    elif kind is DocumentKind.ESTIMATE and not company.estimates_enabled:
        raise Refusal(3250, NOT_ENABLED)


def require_open_period(company: CompanyFile, kind: DocumentKind, *days: date, deleting: bool = False) -> None:
    """Refuse a document dated on or before the closing date."""
    closing = company.closing_date
    if closing is None or all(day > closing for day in days):
        return
    if company.closing_date_spares_orders and kind is not DocumentKind.INVOICE:
        return
    if deleting:
        raise Refusal(
            3161,
            f"Cannot delete the {kind.value} because its date is on or before the closing date of the company.",
        )
    raise Refusal(
        3171,
        f"An attempt was made to modify a {kind.value} with a date that is on or before the closing date of the "
        "company.  If you are sure you want to make the change, please ask the QuickBooks Administrator to remove "
        "the closing date.",
    )
