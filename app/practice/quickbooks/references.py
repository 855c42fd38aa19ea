"""Resolving references: from ListID or FullName to the record meant, or to the refusal QuickBooks gives.

Rule: with both given, the ListID counts; names are compared without case; an inactive record is no target for
anything new (Intuit SDK: Ref elements; status codes 3000, 3140).
"""

from __future__ import annotations

import re

from lxml import etree

from app.practice.quickbooks.company_file import CompanyFile
from app.practice.quickbooks.faults import Refusal
from app.practice.quickbooks.records import Document, DocumentKind, ListKind, ListRecord

_ID = re.compile(r"[0-9A-Fa-f]+-[0-9]+")

_SPOKEN = {
    ListKind.CUSTOMER_MESSAGE: "Customer Message",
    ListKind.SALES_TAX_CODE: "Sales Tax Code",
    ListKind.PRICE_LEVEL: "Price Level",
    ListKind.SHIP_METHOD: "Ship Method",
    ListKind.SALES_REP: "Sales Rep",
}


def child_text(parent: etree._Element, name: str) -> str | None:
    """Read a child's text; None if the child is absent, empty if it is empty."""
    child = parent.find(name)
    return None if child is None else (child.text or "")


def is_empty_reference(element: etree._Element) -> bool:
    """Tell whether a reference names nothing, which in a Mod request clears the field."""
    return not child_text(element, "ListID") and not child_text(element, "FullName")


def resolve(
    company: CompanyFile, element: etree._Element, kind: ListKind, where: str, *, allow_inactive: bool = False
) -> ListRecord:
    """Find the record a reference means, for use in something written.

    Args:
        company: The company file.
        element: The reference.
        kind: The list it points into.
        where: What holds the reference, such as `SalesOrder`.
        allow_inactive: Accept an inactive record, for a field that already held it.

    Returns:
        The record, active and not locked.

    Raises:
        Refusal: There is none, it is inactive, or somebody has it open.
    """
    list_id, full_name = child_text(element, "ListID"), child_text(element, "FullName")
    if list_id:
        require_id(list_id, "ListID")
        record = company.register.record(list_id)
        if record is not None and record.kind is not kind:
            record = None
    elif full_name:
        record = company.register.named(kind, full_name)
    else:
        raise Refusal(3150, f'There is a missing element: "{element.tag!s}" names neither ListID nor FullName.')
    spoken = _SPOKEN.get(kind, kind.value)
    if record is None:
        raise Refusal(
            3140,
            f'There is an invalid reference to QuickBooks {spoken} "{list_id or full_name}" in the {where}.  '
            "QuickBooks error message: Invalid argument.  The specified record does not exist in the list.",
        )
    if not record.is_active and not allow_inactive:
        raise Refusal(
            3140,
            f'There is an invalid reference to QuickBooks {spoken} "{list_id or full_name}" in the {where}.  '
            "QuickBooks error message: The specified record is inactive.",
        )
    company.require_related(record)
    return record


def require_id(text: str, field: str) -> None:
    """Refuse an id that no record of QuickBooks could have.

    Raises:
        Refusal: 3000.
    """
    if not _ID.fullmatch(text):
        raise Refusal(3000, f'The given object ID "{text}" in the field "{field}" is invalid.')


def find_document(company: CompanyFile, kind: DocumentKind, txn_id: str) -> Document:
    """Find the document a request wants to change.

    Raises:
        Refusal: 3000 or 3120.
    """
    require_id(txn_id, "TxnID")
    document = company.register.document(txn_id)
    if document is None or document.kind is not kind:
        raise Refusal(
            3120,
            f'Object "{txn_id}" specified in the request cannot be found.  QuickBooks error message: Invalid '
            "argument.  The specified record does not exist in the list.",
        )
    return document
