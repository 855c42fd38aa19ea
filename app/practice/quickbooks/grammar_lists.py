"""The list messages: customers, items and accounts.

Rule: declarations only, in the order QuickBooks demands.
"""

from __future__ import annotations

from app.practice.quickbooks.grammar import Element, OneOf
from app.practice.quickbooks.grammar_parts import (
    ACTIVE_STATUS,
    ADDRESS_FIELDS,
    CURRENCY_FILTER,
    INCLUDE_RET_ELEMENT,
    MAX_RETURNED,
    NAME_FILTERS,
    OWNER_IDS,
    address,
    group,
    many,
    one_word,
    reference,
    request,
    scalar,
    text,
    tree_filter,
)

_ITERABLE = ("metaData", "iterator", "iteratorID")

ACCOUNT_TYPES = [
    "AccountsPayable",
    "AccountsReceivable",
    "Bank",
    "CostOfGoodsSold",
    "CreditCard",
    "Equity",
    "Expense",
    "FixedAsset",
    "Income",
    "LongTermLiability",
    "NonPosting",
    "OtherAsset",
    "OtherCurrentAsset",
    "OtherCurrentLiability",
    "OtherExpense",
    "OtherIncome",
]
"""Kinds of account."""


def _list_query(name: str, *filters: Element, attributes: tuple[str, ...]) -> Element:
    by_filter = (
        MAX_RETURNED,
        ACTIVE_STATUS,
        scalar("FromModifiedDate", "datetime"),
        scalar("ToModifiedDate", "datetime"),
        NAME_FILTERS,
        *filters,
    )
    choice = OneOf(((many("ListID", "id"),), (many("FullName", "text"),), by_filter))
    return request(name, choice, INCLUDE_RET_ELEMENT, OWNER_IDS, attributes=attributes)


_BALANCE_FILTER = group(
    "TotalBalanceFilter",
    one_word("Operator", "LessThan", "LessThanEqual", "Equal", "GreaterThan", "GreaterThanEqual", required=True),
    scalar("Amount", "amount", required=True),
)
_CLASS_FILTER = tree_filter("ClassFilter", since=(12, 0))

CUSTOMER_QUERY = _list_query("CustomerQueryRq", _BALANCE_FILTER, CURRENCY_FILTER, _CLASS_FILTER, attributes=_ITERABLE)
ITEM_QUERY = _list_query("ItemQueryRq", attributes=_ITERABLE)
ITEM_SERVICE_QUERY = _list_query("ItemServiceQueryRq", _CLASS_FILTER, attributes=_ITERABLE)
ACCOUNT_QUERY = _list_query(
    "AccountQueryRq",
    Element("AccountType", "text", values=tuple(ACCOUNT_TYPES), most=None),
    CURRENCY_FILTER,
    attributes=("metaData",),
)

_EXTRA_CONTACT = Element(
    "AdditionalContactRef",
    content=(text("ContactName", 40, required=True), text("ContactValue", 255, required=True)),
    most=5,
)

CUSTOMER_ADD = request(
    "CustomerAddRq",
    group(
        "CustomerAdd",
        text("Name", 41, required=True),
        scalar("IsActive", "bool"),
        reference("ClassRef", 159, since=(12, 0)),
        reference("ParentRef"),
        text("CompanyName", 41),
        text("Salutation", 15),
        text("FirstName", 25),
        text("MiddleName", 5),
        text("LastName", 25),
        text("JobTitle", 41, since=(12, 0)),
        address("BillAddress"),
        address("ShipAddress"),
        Element(
            "ShipToAddress",
            content=(text("Name", 41, required=True), *ADDRESS_FIELDS, scalar("DefaultShipTo", "bool")),
            most=50,
            since=(12, 0),
        ),
        text("Phone", 21),
        text("AltPhone", 21),
        text("Fax", 21),
        text("Email", 1023),
        text("Cc", 1023, since=(12, 0)),
        text("Contact", 41),
        text("AltContact", 41),
        Element("AdditionalContactRef", content=_EXTRA_CONTACT.content, most=8, since=(12, 0)),
        group(
            "Contacts",
            text("Salutation", 15),
            text("FirstName", 25, required=True),
            text("MiddleName", 5),
            text("LastName", 25),
            text("JobTitle", 41),
            _EXTRA_CONTACT,
            most=None,
            since=(12, 0),
        ),
        reference("CustomerTypeRef", 159),
        reference("TermsRef", 31),
        reference("SalesRepRef", 5),
        scalar("OpenBalance", "amount"),
        scalar("OpenBalanceDate", "date"),
        reference("SalesTaxCodeRef", 3),
        reference("ItemSalesTaxRef", 31),
        text("ResaleNumber", 15),
        text("AccountNumber", 99),
        scalar("CreditLimit", "amount"),
        reference("PreferredPaymentMethodRef", 31, since=(3, 0)),
        group(
            "CreditCardInfo",
            text("CreditCardNumber", 25),
            Element("ExpirationMonth", "integer", minimum=1, maximum=12),
            scalar("ExpirationYear", "integer"),
            text("NameOnCard", 41),
            text("CreditCardAddress", 41),
            text("CreditCardPostalCode", 41),
            since=(3, 0),
        ),
        one_word("JobStatus", "Awarded", "Closed", "InProgress", "None", "NotAwarded", "Pending"),
        scalar("JobStartDate", "date"),
        scalar("JobProjectedEndDate", "date"),
        scalar("JobEndDate", "date"),
        text("JobDesc", 99),
        reference("JobTypeRef", 159),
        text("Notes", 4095, since=(3, 0)),
        group("AdditionalNotes", text("Note", 4095, required=True), most=None, since=(12, 0)),
        one_word("PreferredDeliveryMethod", "None", "Email", "Fax", since=(12, 0)),
        reference("PriceLevelRef", 31, since=(4, 0)),
        scalar("ExternalGUID", "guid", since=(8, 0)),
        reference("CurrencyRef", 64, since=(8, 0)),
        required=True,
    ),
    INCLUDE_RET_ELEMENT,
)

ITEM_SERVICE_ADD = request(
    "ItemServiceAddRq",
    group(
        "ItemServiceAdd",
        text("Name", 31, required=True),
        group(
            "BarCode",
            text("BarCodeValue", 50),
            scalar("AssignEvenIfUsed", "bool"),
            scalar("AllowOverride", "bool"),
            since=(12, 0),
        ),
        scalar("IsActive", "bool"),
        reference("ClassRef", 159, since=(12, 0)),
        reference("ParentRef"),
        reference("UnitOfMeasureSetRef", 31, since=(7, 0)),
        reference("SalesTaxCodeRef", 3),
        OneOf(
            (
                (
                    group(
                        "SalesOrPurchase",
                        text("Desc", 4095),
                        OneOf(
                            (
                                (scalar("Price", "price", required=True),),
                                (scalar("PricePercent", "percent", required=True),),
                            )
                        ),
                        reference("AccountRef", 159),
                        required=True,
                    ),
                ),
                (
                    group(
                        "SalesAndPurchase",
                        text("SalesDesc", 4095),
                        scalar("SalesPrice", "price"),
                        reference("IncomeAccountRef", 159),
                        text("PurchaseDesc", 4095),
                        scalar("PurchaseCost", "price"),
                        reference("ExpenseAccountRef", 159),
                        reference("PrefVendorRef", 41),
                        required=True,
                    ),
                ),
            ),
            required=True,
        ),
        scalar("ExternalGUID", "guid", since=(8, 0)),
        required=True,
    ),
    INCLUDE_RET_ELEMENT,
)
