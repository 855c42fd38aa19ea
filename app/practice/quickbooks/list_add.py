"""Adding list records: CustomerAdd and ItemServiceAdd.

Rule: names are compared without case; customers, vendors, employees and other names share one name space (Intuit SDK:
status codes 3090, 3100, 3130, 3270).
"""

from __future__ import annotations

from decimal import Decimal

from lxml import etree

from app.practice.quickbooks.company_file import CompanyFile
from app.practice.quickbooks.faults import Refusal
from app.practice.quickbooks.permissions import NOT_ENABLED, require_writing
from app.practice.quickbooks.records import NAME_LISTS, FieldValue, ItemKind, ListKind, ListRecord, Ref
from app.practice.quickbooks.references import child_text, is_empty_reference, resolve
from app.practice.quickbooks.scalars import to_bool

_REFERENCES = {
    "ClassRef": ListKind.CLASS,
    "CustomerTypeRef": ListKind.CUSTOMER_TYPE,
    "TermsRef": ListKind.TERMS,
    "SalesRepRef": ListKind.SALES_REP,
    "SalesTaxCodeRef": ListKind.SALES_TAX_CODE,
    "ItemSalesTaxRef": ListKind.ITEM,
    "PreferredPaymentMethodRef": ListKind.PAYMENT_METHOD,
    "JobTypeRef": ListKind.JOB_TYPE,
    "PriceLevelRef": ListKind.PRICE_LEVEL,
    "CurrencyRef": ListKind.CURRENCY,
}
_OWN = ("Name", "IsActive", "ParentRef", "OpenBalance", "OpenBalanceDate")
_DEEPEST_LEVEL = 4


def check_name(company: CompanyFile, kind: ListKind, name: str, parent: ListRecord | None = None) -> None:
    """Refuse a name that cannot be stored or is in use.

    Raises:
        Refusal: 3090 or 3100.
    """
    if not name.strip() or ":" in name:
        raise Refusal(
            3090,
            f'There was an error when storing "{name}" in the "Name" field.  QuickBooks error message: The name is '
            "empty or holds a colon, which separates the levels of a list.",
        )
    full_name = name if parent is None else f"{company.register.full_name(parent)}:{name}"
    kinds = NAME_LISTS if kind in NAME_LISTS else (kind,)
    if any(company.register.named(other, full_name) is not None for other in kinds):
        raise Refusal(3100, f'The name "{name}" of the list element is already in use.')


def add_customer(company: CompanyFile, body: etree._Element) -> ListRecord:
    """Run a CustomerAdd request.

    Raises:
        Refusal: QuickBooks would not take the customer.
    """
    require_writing(company)
    parent = _parent(company, body, ListKind.CUSTOMER, "Customers")
    name = (child_text(body, "Name") or "").strip()
    check_name(company, ListKind.CUSTOMER, name, parent)
    if child_text(body, "OpenBalance"):
        # An opening balance would be an invoice nobody sees in the practice company.
        raise Refusal(3250, NOT_ENABLED)
    fields = _fields(company, body, "Customer")
    if company.multi_currency and "CurrencyRef" not in fields:
        home = company.register.named(ListKind.CURRENCY, company.home_currency)
        if home is not None:
            fields["CurrencyRef"] = Ref(home.list_id)
    return company.register.add_record(
        ListKind.CUSTOMER,
        name,
        parent_id=None if parent is None else parent.list_id,
        is_active=to_bool(child_text(body, "IsActive") or "true"),
        fields=fields,
    )


def add_service_item(company: CompanyFile, body: etree._Element) -> ListRecord:
    """Run an ItemServiceAdd request.

    Raises:
        Refusal: QuickBooks would not take the item.
    """
    require_writing(company)
    parent = _parent(company, body, ListKind.ITEM, "Items")
    name = (child_text(body, "Name") or "").strip()
    check_name(company, ListKind.ITEM, name, parent)
    if body.find("UnitOfMeasureSetRef") is not None or body.find("BarCode") is not None:
        raise Refusal(3250, NOT_ENABLED)
    one_way, both_ways = body.find("SalesOrPurchase"), body.find("SalesAndPurchase")
    fields: dict[str, FieldValue] = {}
    for name_of_field in ("ClassRef", "SalesTaxCodeRef", "ExternalGUID"):
        _store(company, fields, body.find(name_of_field), "ItemService")
    if one_way is not None:
        price, percent = child_text(one_way, "Price"), child_text(one_way, "PricePercent")
        desc = child_text(one_way, "Desc")
        fields["AccountRef"] = _account(company, one_way, "AccountRef")
    else:
        source = both_ways if both_ways is not None else body
        price, percent, desc = child_text(source, "SalesPrice"), None, child_text(source, "SalesDesc")
        fields["AccountRef"] = _account(company, source, "IncomeAccountRef")
        fields["ExpenseAccountRef"] = _account(company, source, "ExpenseAccountRef")
        for part in ("PurchaseDesc", "PurchaseCost"):
            _store(company, fields, source.find(part), "ItemService")
        vendor = source.find("PrefVendorRef")
        if vendor is not None:
            fields["PrefVendorRef"] = Ref(resolve(company, vendor, ListKind.VENDOR, "ItemService").list_id)
    if desc:
        fields["Desc"] = desc
    return company.register.add_record(
        ListKind.ITEM,
        name,
        parent_id=None if parent is None else parent.list_id,
        subtype=ItemKind.SERVICE.value,
        is_active=to_bool(child_text(body, "IsActive") or "true"),
        price=Decimal(price) if price else None,
        percent=Decimal(percent) if percent else None,
        fields=fields,
    )


def _account(company: CompanyFile, parent: etree._Element, name: str) -> Ref:
    reference = parent.find(name)
    if reference is None or is_empty_reference(reference):
        raise Refusal(3270, f'A posting account is missing: the item needs "{name}".')
    return Ref(resolve(company, reference, ListKind.ACCOUNT, "ItemService").list_id)


def _parent(company: CompanyFile, body: etree._Element, kind: ListKind, spoken: str) -> ListRecord | None:
    reference = body.find("ParentRef")
    if reference is None:
        return None
    wanted = child_text(reference, "ListID") or child_text(reference, "FullName") or ""
    try:
        parent = resolve(company, reference, kind, kind.value)
    except Refusal as error:
        raise Refusal(
            3130,
            f'There is an invalid reference to a parent "{wanted}" in the {spoken} list.  QuickBooks error message: '
            "Invalid argument.  The specified record does not exist in the list.",
        ) from error
    if company.register.level(parent) >= _DEEPEST_LEVEL:
        raise Refusal(3130, f'There is an invalid reference to a parent "{wanted}" in the {spoken} list: too deep.')
    return parent


def _fields(company: CompanyFile, body: etree._Element, where: str) -> dict[str, FieldValue]:
    fields: dict[str, FieldValue] = {}
    for element in body:
        if element.tag not in _OWN:
            _store(company, fields, element, where)
    return fields


def _store(company: CompanyFile, fields: dict[str, FieldValue], element: etree._Element | None, where: str) -> None:
    """Keep an element as it was given, save groups that may repeat: nothing here has a use for them."""
    if element is None:
        return
    name = str(element.tag)
    if name in _REFERENCES:
        if is_empty_reference(element):
            return
        needs = {
            "ClassRef": company.class_tracking,
            "CurrencyRef": company.multi_currency,
            "SalesTaxCodeRef": company.sales_tax,
            "ItemSalesTaxRef": company.sales_tax,
        }
        if not needs.get(name, True):
            raise Refusal(3250, NOT_ENABLED)
        fields[name] = Ref(resolve(company, element, _REFERENCES[name], where).list_id)
    elif name in ("BillAddress", "ShipAddress"):
        lines = tuple((str(part.tag), part.text) for part in element if part.text)
        if lines:
            fields[name] = lines
    elif not len(element) and element.text:
        fields[name] = element.text
