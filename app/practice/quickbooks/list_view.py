"""Showing list records: CustomerRet, ItemServiceRet and its siblings, AccountRet, TemplateRet.

Rule: reads the file, changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal

from app.practice.quickbooks.answers import leaf, node, record, ref
from app.practice.quickbooks.company_file import CompanyFile
from app.practice.quickbooks.document_view import stored, tax_of
from app.practice.quickbooks.records import DocumentKind, ItemKind, ListKind, ListRecord
from app.practice.quickbooks.scalars import bool_text, moment_text, number_text

_HEAD = "ListID TimeCreated TimeModified EditSequence Name"
_SOLD = (
    f"{_HEAD} FullName IsActive ClassRef ParentRef Sublevel SalesTaxCodeRef SalesOrPurchase SalesAndPurchase "
    "ExternalGUID"
)

_ITEM_ORDERS = {
    ItemKind.SERVICE: _SOLD,
    ItemKind.NON_INVENTORY: _SOLD,
    ItemKind.OTHER_CHARGE: _SOLD,
    ItemKind.DISCOUNT: f"{_HEAD} FullName IsActive ParentRef Sublevel ItemDesc SalesTaxCodeRef DiscountRatePercent "
    "AccountRef",
    ItemKind.SALES_TAX: f"{_HEAD} IsActive ItemDesc TaxRate",
}
_ORDERS = {
    ListKind.CUSTOMER: (
        f"{_HEAD} FullName IsActive ClassRef ParentRef Sublevel CompanyName Salutation FirstName MiddleName LastName "
        "JobTitle BillAddress ShipAddress Phone AltPhone Fax Email Cc Contact AltContact CustomerTypeRef TermsRef "
        "SalesRepRef Balance TotalBalance SalesTaxCodeRef ItemSalesTaxRef ResaleNumber AccountNumber CreditLimit "
        "PreferredPaymentMethodRef JobStatus JobStartDate JobProjectedEndDate JobEndDate JobDesc JobTypeRef Notes "
        "PreferredDeliveryMethod PriceLevelRef ExternalGUID CurrencyRef"
    ),
    ListKind.ACCOUNT: f"{_HEAD} FullName IsActive ParentRef Sublevel AccountType AccountNumber Desc Balance "
    "TotalBalance CashFlowClassification CurrencyRef",
    ListKind.TEMPLATE: f"{_HEAD} IsActive TemplateType",
}


def _order_of(found: ListRecord) -> list[str]:
    names = _ITEM_ORDERS[ItemKind(found.subtype)] if found.kind is ListKind.ITEM else _ORDERS[found.kind]
    return names.split()


def element_name(found: ListRecord) -> str:
    """Name the element a record is shown in."""
    return f"{found.subtype}Ret" if found.kind is ListKind.ITEM else f"{found.kind.value}Ret"


def show_record(company: CompanyFile, found: ListRecord, only: Collection[str] = ()) -> str:
    """Write a list record.

    Args:
        company: The company file.
        found: The record.
        only: Names given as IncludeRetElement; everything if empty.
    """
    fields = [(name, _field(company, found, name)) for name in _order_of(found) if not only or name in only]
    return record(element_name(found), fields, only)


def balance_of(company: CompanyFile, customer: ListRecord) -> Decimal:
    """Compute what a customer owes; pending invoices do not count."""
    invoices = (
        document
        for document in company.register.of_customers([customer.list_id])
        if document.kind is DocumentKind.INVOICE and document.fields.get("IsPending") != "true"
    )
    return sum((invoice.subtotal + tax_of(company, invoice) for invoice in invoices), Decimal("0.00"))


def _field(company: CompanyFile, found: ListRecord, name: str) -> str:
    write = _TEXTS.get(name)
    if write is not None:
        text = write(company, found)
        return leaf(name, text) if text else ""
    if name == "ParentRef":
        parent = None if found.parent_id is None else company.register.record(found.parent_id)
        return "" if parent is None else ref(name, parent.list_id, company.register.full_name(parent))
    if name in ("SalesOrPurchase", "SalesAndPurchase", "ItemDesc"):
        return _item_part(company, found, name)
    return stored(company, name, found.fields.get(name))


def _balance(company: CompanyFile, found: ListRecord) -> str:
    return str(balance_of(company, found)) if found.kind is ListKind.CUSTOMER else "0.00"


def _percent(_: CompanyFile, found: ListRecord) -> str:
    return "" if found.percent is None else number_text(found.percent)


_TEXTS: Mapping[str, Callable[[CompanyFile, ListRecord], str]] = {
    "ListID": lambda _, found: found.list_id,
    "TimeCreated": lambda _, found: moment_text(found.created),
    "TimeModified": lambda _, found: moment_text(found.modified),
    "EditSequence": lambda _, found: str(found.edit_sequence),
    "Name": lambda _, found: found.name,
    "FullName": lambda company, found: company.register.full_name(found),
    "IsActive": lambda _, found: bool_text(found.is_active),
    "Sublevel": lambda company, found: str(company.register.level(found)),
    "AccountType": lambda _, found: found.subtype,
    "TemplateType": lambda _, found: found.subtype,
    "Balance": _balance,
    "TotalBalance": _balance,
    "TaxRate": _percent,
    "DiscountRatePercent": _percent,
}


def _item_part(company: CompanyFile, found: ListRecord, name: str) -> str:
    desc = found.fields.get("Desc")
    if name == "ItemDesc":
        return leaf(name, desc) if isinstance(desc, str) else ""
    if ("ExpenseAccountRef" in found.fields) != (name == "SalesAndPurchase"):
        return ""
    price = "" if found.price is None else number_text(found.price)
    if name == "SalesOrPurchase":
        percent = "" if found.percent is None else leaf("PricePercent", number_text(found.percent))
        return node(
            name,
            leaf("Desc", desc) if isinstance(desc, str) else "",
            leaf("Price", price) if price else percent,
            stored(company, "AccountRef", found.fields.get("AccountRef")),
        )
    return node(
        name,
        leaf("SalesDesc", desc) if isinstance(desc, str) else "",
        leaf("SalesPrice", price) if price else "",
        stored(company, "IncomeAccountRef", found.fields.get("AccountRef")),
        *(
            stored(company, part, found.fields.get(part))
            for part in ("PurchaseDesc", "PurchaseCost", "ExpenseAccountRef", "PrefVendorRef")
        ),
    )
