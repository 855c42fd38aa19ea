"""The header of a document: which field is kept how, and how a request changes it.

Rule: one table for all kinds of document; the grammar has already said which of them a request may name.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lxml import etree

from app.practice.quickbooks.company_file import CompanyFile
from app.practice.quickbooks.faults import Refusal
from app.practice.quickbooks.permissions import NOT_ENABLED
from app.practice.quickbooks.records import Document, DocumentKind, FieldValue, ItemKind, ListKind, Ref
from app.practice.quickbooks.references import is_empty_reference, resolve
from app.practice.quickbooks.scalars import bool_text, to_bool

REFERENCES: Mapping[str, ListKind] = MappingProxyType(
    {
        "ClassRef": ListKind.CLASS,
        "ARAccountRef": ListKind.ACCOUNT,
        "TemplateRef": ListKind.TEMPLATE,
        "TermsRef": ListKind.TERMS,
        "SalesRepRef": ListKind.SALES_REP,
        "ShipMethodRef": ListKind.SHIP_METHOD,
        "ItemSalesTaxRef": ListKind.ITEM,
        "CustomerMsgRef": ListKind.CUSTOMER_MESSAGE,
        "CustomerSalesTaxCodeRef": ListKind.SALES_TAX_CODE,
        "SalesTaxCodeRef": ListKind.SALES_TAX_CODE,
        "PriceLevelRef": ListKind.PRICE_LEVEL,
        "OverrideItemAccountRef": ListKind.ACCOUNT,
    }
)
"""The list each reference of a document points into."""

ADDRESSES = ("BillAddress", "ShipAddress")
FLAGS = ("IsActive", "IsPending", "IsFinanceCharge", "IsToBePrinted", "IsToBeEmailed")
PLAIN = ("PONumber", "DueDate", "FOB", "ShipDate", "Other", "ExchangeRate", "ExternalGUID")

_TAX_FIELDS = ("ItemSalesTaxRef", "CustomerSalesTaxCodeRef", "SalesTaxCodeRef")
_NEVER_CLEARED = frozenset(
    (
        "CustomerRef",
        "TemplateRef",
        "ARAccountRef",
        "TxnDate",
        "DueDate",
        "ShipDate",
        "ItemSalesTaxRef",
        "IsManuallyClosed",
        "IsToBePrinted",
        "IsActive",
        "IsPending",
    )
)


def require_clearable(name: str, never: frozenset[str] = _NEVER_CLEARED) -> None:
    """Refuse to empty a field that must hold a value (Intuit SDK: clearing fields in Mod requests).

    Raises:
        Refusal: 3190.
    """
    if name in never:
        raise Refusal(3190, f'The field "{name}" cannot be cleared.')


def resolve_field(company: CompanyFile, element: etree._Element, form: DocumentKind) -> Ref:
    """Find what a document's reference means.

    Raises:
        Refusal: The feature is off, or the record is missing, inactive, locked or of another kind.
    """
    name = str(element.tag)
    if (name in _TAX_FIELDS and not company.sales_tax) or (name == "ClassRef" and not company.class_tracking):
        raise Refusal(3250, NOT_ENABLED)
    record = resolve(company, element, REFERENCES[name], form.value)
    wanted = {
        "TemplateRef": form.value,
        "ItemSalesTaxRef": ItemKind.SALES_TAX.value,
        "ARAccountRef": "AccountsReceivable",
    }
    if record.subtype != wanted.get(name, record.subtype):
        raise Refusal(
            3140,
            f'There is an invalid reference to QuickBooks {record.kind.value} "{record.name}" in the {form.value}.'
            "  QuickBooks error message: It is not of the kind this field needs.",
        )
    return Ref(record.list_id)


def read_header(
    company: CompanyFile, kind: DocumentKind, body: etree._Element, *, changing: bool
) -> dict[str, FieldValue | None]:
    """Read the header fields that need no rule of their own.

    Args:
        company: The company file.
        kind: The kind of document that will take them.
        body: The request's body.
        changing: Whether an empty element clears the field, as in Mod requests, or is as good as absent.

    Returns:
        The new values by name; None clears. Nothing is applied yet, so that a refusal leaves no trace.

    Raises:
        Refusal: A field cannot be set to this.
    """
    found: dict[str, FieldValue | None] = {}
    for element in body:
        name = str(element.tag)
        if name in REFERENCES:
            if is_empty_reference(element) and changing:
                require_clearable(name)
                found[name] = None
            else:
                found[name] = resolve_field(company, element, kind)
        elif name in ADDRESSES:
            lines = tuple((str(part.tag), part.text) for part in element if part.text)
            found[name] = lines or None
        elif name in FLAGS:
            if changing and not element.text:
                require_clearable(name)
            found[name] = bool_text(to_bool(element.text or ""))
        elif name in PLAIN:
            if changing and not element.text:
                require_clearable(name)
            if name == "ExchangeRate" and not company.multi_currency:
                raise Refusal(3250, NOT_ENABLED)
            found[name] = element.text or None
    return found


def store_header(document: Document, found: Mapping[str, FieldValue | None]) -> None:
    """Apply header fields read before."""
    for name, value in found.items():
        if value is None:
            document.fields.pop(name, None)
        else:
            document.fields[name] = value
