"""What QuickBooks fills in itself when a document leaves it out: template, addresses, terms, due date, tax, number.

Rule: given values are never touched.
"""

from __future__ import annotations

import re
from datetime import timedelta

from app.practice.quickbooks.company_file import CompanyFile
from app.practice.quickbooks.records import Document, DocumentKind, FieldValue, ItemKind, ListKind, ListRecord, Ref

_NUMBER_AT_END = re.compile(r"(\d+)$")
_REF_NUMBER_LIMIT = 11


def next_number(company: CompanyFile, kind: DocumentKind) -> str:
    """Tell the number after the one last used for this kind of document."""
    last = company.register.last_numbers.get(kind, "0")
    match = _NUMBER_AT_END.search(last)
    if match is None:
        return f"{last}1"[-_REF_NUMBER_LIMIT:]
    digits = match[1]
    return (last[: match.start()] + str(int(digits) + 1).zfill(len(digits)))[-_REF_NUMBER_LIMIT:]


def fill_defaults(company: CompanyFile, document: Document, customer: ListRecord) -> None:
    """Fill in what was left out."""
    fields = document.fields
    for name, record in (
        ("TemplateRef", _first(company, ListKind.TEMPLATE, document.kind.value)),
        ("ARAccountRef", _first(company, ListKind.ACCOUNT, "AccountsReceivable")),
    ):
        if record is not None and (name == "TemplateRef" or document.kind is DocumentKind.INVOICE):
            fields.setdefault(name, Ref(record.list_id))
    for name in ("BillAddress", "ShipAddress", "TermsRef"):
        value = customer.fields.get(name)
        if value is not None:
            fields.setdefault(name, value)
    fields.setdefault("DueDate", str(document.txn_date + timedelta(days=_days(company, fields.get("TermsRef")))))
    fields.setdefault("IsToBeEmailed", "false")
    if document.kind is DocumentKind.ESTIMATE:
        fields.setdefault("IsActive", "true")
    else:
        fields.setdefault("ShipDate", str(document.txn_date))
        fields.setdefault("IsToBePrinted", "true")
    if document.kind is DocumentKind.INVOICE:
        fields.setdefault("IsPending", "false")
        fields.setdefault("IsFinanceCharge", "false")
    if company.multi_currency:
        fields.setdefault("ExchangeRate", "1")
    if company.sales_tax:
        _fill_tax(company, document, customer)


def fill_line_tax(company: CompanyFile, document: Document) -> None:
    """Give lines without a tax code the code of their item, or the taxable one."""
    taxable = company.register.named(ListKind.SALES_TAX_CODE, "Tax")
    for line in document.lines:
        item = None if line.item_id is None else company.register.record(line.item_id)
        if item is not None and taxable is not None:
            line.fields.setdefault("SalesTaxCodeRef", item.fields.get("SalesTaxCodeRef", Ref(taxable.list_id)))


def _fill_tax(company: CompanyFile, document: Document, customer: ListRecord) -> None:
    default = next(
        (item for item in company.register.records(ListKind.ITEM) if item.subtype == ItemKind.SALES_TAX), None
    )
    item = customer.fields.get("ItemSalesTaxRef") or (None if default is None else Ref(default.list_id))
    if item is not None:
        document.fields.setdefault("ItemSalesTaxRef", item)
    taxable = company.register.named(ListKind.SALES_TAX_CODE, "Tax")
    code = customer.fields.get("SalesTaxCodeRef") or (None if taxable is None else Ref(taxable.list_id))
    if code is not None:
        document.fields.setdefault("CustomerSalesTaxCodeRef", code)
    fill_line_tax(company, document)


def _first(company: CompanyFile, kind: ListKind, subtype: str) -> ListRecord | None:
    return next(
        (record for record in company.register.records(kind) if record.subtype == subtype and record.is_active), None
    )


def _days(company: CompanyFile, terms: FieldValue | None) -> int:
    record = company.register.record(terms.list_id) if isinstance(terms, Ref) else None
    days = None if record is None else record.fields.get("StdDueDays")
    return int(days) if isinstance(days, str) else 0
