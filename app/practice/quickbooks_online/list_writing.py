"""Creating and updating customers and items."""

from __future__ import annotations

from copy import deepcopy
from typing import Final

from msgspec import UNSET, UnsetType

from app.practice.quickbooks_online.bodies import CustomerBody, ItemBody, ListBody
from app.practice.quickbooks_online.company import CURRENCIES, OnlineCompany
from app.practice.quickbooks_online.document_rules import check_subscribed, check_token
from app.practice.quickbooks_online.reading import check_id, given, needed, plain
from app.practice.quickbooks_online.records import ListKind, ListRecord
from app.practice.quickbooks_online.refusals import bad_reference, business, duplicate_name, not_found

DEFAULT_TAX_CODE: Final = "2"
"""The tax code of a customer by default; recorded on new customers everywhere, on old ones only when read alone."""
_CUSTOMER: Final = {
    "Title": "title",
    "GivenName": "given_name",
    "MiddleName": "middle_name",
    "FamilyName": "family_name",
    "Suffix": "suffix",
    "CompanyName": "company_name",
    "PrintOnCheckName": "print_on_check_name",
    "Notes": "notes",
    "ResaleNum": "resale_num",
    "PrimaryPhone": "primary_phone",
    "AlternatePhone": "alternate_phone",
    "Mobile": "mobile",
    "Fax": "fax",
    "PrimaryEmailAddr": "primary_email_addr",
    "WebAddr": "web_addr",
    "BillAddr": "bill_addr",
    "ShipAddr": "ship_addr",
}
_CUSTOMER_STAYS: Final = {
    "Taxable": "taxable",
    "DefaultTaxCodeRef": "default_tax_code_ref",
    "PreferredDeliveryMethod": "preferred_delivery_method",
    "Job": "job",
    "BillWithParent": "bill_with_parent",
    "CurrencyRef": "currency_ref",
}
"""What a full update leaves alone where it does not name it, as recorded."""
_ITEM: Final = {
    "Sku": "sku",
    "Description": "description",
    "UnitPrice": "unit_price",
    "PurchaseDesc": "purchase_desc",
    "PurchaseCost": "purchase_cost",
    "ExpenseAccountRef": "expense_account_ref",
}
_ITEM_STAYS: Final = {
    "Taxable": "taxable",
    "Type": "type",
    "SubItem": "sub_item",
    "IncomeAccountRef": "income_account_ref",
}


def write_list(company: OnlineCompany, kind: ListKind, body: CustomerBody | ItemBody) -> ListRecord:
    """Create or update a customer or an item, wholly or not at all.

    Raises:
        Refusal: A rule forbids it.
    """
    check_subscribed(company)
    before = None if isinstance(body.id, UnsetType) else _existing(company, kind, body)
    is_sparse = before is not None and body.sparse is True
    is_customer = isinstance(body, CustomerBody)
    sent = body.display_name if isinstance(body, CustomerBody) else body.name
    name_key = "DisplayName" if is_customer else "Name"
    name = before.name if before is not None and is_sparse and sent is UNSET else needed(sent, name_key)
    draft = (
        deepcopy(before)
        if before is not None
        else ListRecord(id="", created=company.moment(), modified=company.moment(), kind=kind, name=name)
    )
    draft.name = name
    if not isinstance(body.active, UnsetType):
        draft.is_active = body.active is not False
    if (parent := given(body.parent_ref)) is not None:
        above = company.find_list(kind, parent.value)
        if above is None or company.is_within(above, draft.id):
            raise bad_reference(kind, parent.value)
        draft.parent_id = above.id
    check_name(company, draft)
    _set_fields(draft, body, (_CUSTOMER, _CUSTOMER_STAYS) if is_customer else (_ITEM, _ITEM_STAYS), is_sparse=is_sparse)
    _check_references(company, draft)
    if before is None:
        draft.id = company.new_id(kind)
        if is_customer:
            draft.fields.setdefault("DefaultTaxCodeRef", {"value": DEFAULT_TAX_CODE})
    else:
        company.touch(draft)
    company.keep_list(draft)
    return draft


def check_name(company: OnlineCompany, draft: ListRecord) -> None:
    """Refuse a name that is taken, by an inactive record too, or that separates levels.

    Raises:
        Refusal: It is.
    """
    name = draft.name
    if not name.strip() or any(sign in name for sign in ":\t\n"):
        raise business(f"The name is empty or holds a colon, a tab or a line break: {name}")
    other = company.find_holder(draft.kind, name, draft.parent_id)
    if other is not None and other.id != draft.id:
        raise duplicate_name()


def _existing(company: OnlineCompany, kind: ListKind, body: ListBody) -> ListRecord:
    found = company.find_list(kind, check_id(needed(body.id, "Id")))
    if found is None:
        raise not_found()
    check_token(company, found, body.sync_token)
    return found


def _set_fields(
    draft: ListRecord, body: ListBody, names: tuple[dict[str, str], dict[str, str]], *, is_sparse: bool
) -> None:
    emptied, staying = names
    for name, attribute in {**emptied, **staying}.items():
        value = getattr(body, attribute)
        if value is UNSET:
            if not is_sparse and name in emptied:
                draft.fields.pop(name, None)
        elif value is None or value == "":
            draft.fields.pop(name, None)
        else:
            draft.fields[name] = plain(value)


def _check_references(company: OnlineCompany, draft: ListRecord) -> None:
    currency = draft.fields.get("CurrencyRef")
    if isinstance(currency, dict):
        code = str(currency["value"])
        if code not in CURRENCIES:
            raise bad_reference("Currency", code)
        if code != company.preferences.home_currency and not company.preferences.multi_currency:
            raise business("Multi currency is not enabled for this company")
    if draft.kind is ListKind.ITEM:
        draft.fields.setdefault("Type", "Service")
        account = draft.fields.get("IncomeAccountRef")
        if not isinstance(account, dict):
            needed(None, "IncomeAccountRef")
        elif company.find_list(ListKind.ACCOUNT, str(account["value"])) is None:
            raise bad_reference("Account", str(account["value"]))
