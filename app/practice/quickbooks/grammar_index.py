"""All requests the practice company understands, by name: the queries and deletions, and the tables of the neighbours.

Rule: declarations only. A request that is not here is refused like an unknown element.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.practice.quickbooks import grammar_documents as documents
from app.practice.quickbooks import grammar_lists as lists
from app.practice.quickbooks.grammar import Element, OneOf, Version
from app.practice.quickbooks.grammar_parts import (
    CURRENCY_FILTER,
    INCLUDE_RET_ELEMENT,
    MATCH_CRITERION,
    MAX_RETURNED,
    OWNER_IDS,
    group,
    many,
    one_word,
    request,
    scalar,
    text,
    tree_filter,
)

DELETABLE = [
    "ARRefundCreditCard",
    "Bill",
    "BillPaymentCheck",
    "BillPaymentCreditCard",
    "BuildAssembly",
    "Charge",
    "Check",
    "CreditCardCharge",
    "CreditCardCredit",
    "CreditMemo",
    "Deposit",
    "Estimate",
    "InventoryAdjustment",
    "Invoice",
    "ItemReceipt",
    "JournalEntry",
    "PurchaseOrder",
    "ReceivePayment",
    "SalesOrder",
    "SalesReceipt",
    "SalesTaxPaymentCheck",
    "TimeTracking",
    "TransferInventory",
    "VehicleMileage",
    "VendorCredit",
]
"""Kinds of transaction that can be deleted."""

_NEVER_VOIDED = [
    "BuildAssembly",
    "Estimate",
    "PurchaseOrder",
    "ReceivePayment",
    "SalesOrder",
    "SalesTaxPaymentCheck",
    "TimeTracking",
    "TransferInventory",
    "VehicleMileage",
]
VOIDABLE = tuple(kind for kind in DELETABLE if kind not in _NEVER_VOIDED)
"""Kinds of transaction that can be voided; sales orders and estimates are not among them."""

_PERIODS = ("Week", "Month", "CalendarQuarter", "FiscalQuarter", "CalendarYear", "FiscalYear")
DATE_MACROS = (
    "All",
    "Today",
    "Yesterday",
    *(f"{which}{period}{tail}" for which in ("This", "Last") for period in _PERIODS for tail in ("", "ToDate")),
    *(f"Next{period}" for period in (*_PERIODS, "FourWeeks")),
)
"""Named spans of transaction dates."""

_BY_DATE = OneOf(
    (
        (
            group(
                "ModifiedDateRangeFilter",
                scalar("FromModifiedDate", "datetime"),
                scalar("ToModifiedDate", "datetime"),
            ),
        ),
        (
            group(
                "TxnDateRangeFilter",
                OneOf(
                    (
                        (scalar("FromTxnDate", "date"), scalar("ToTxnDate", "date")),
                        (one_word("DateMacro", *DATE_MACROS, required=True),),
                    ),
                    required=True,
                ),
            ),
        ),
    )
)

_BY_NUMBER = OneOf(
    (
        (group("RefNumberFilter", MATCH_CRITERION, text("RefNumber", required=True)),),
        (group("RefNumberRangeFilter", text("FromRefNumber"), text("ToRefNumber")),),
    )
)


def _document_query(kind: str, *, since: Version, links_since: Version) -> Element:
    by_filter = (
        MAX_RETURNED,
        _BY_DATE,
        tree_filter("EntityFilter", ids_since=(2, 0)),
        *(() if kind == "SalesOrder" else (tree_filter("AccountFilter", ids_since=(2, 0)),)),
        _BY_NUMBER,
        CURRENCY_FILTER,
        *((one_word("PaidStatus", "All", "PaidOnly", "NotPaidOnly"),) if kind == "Invoice" else ()),
    )
    return request(
        f"{kind}QueryRq",
        OneOf(
            (
                (many("TxnID", "id"),),
                (many("RefNumber", "text"),),
                (many("RefNumberCaseSensitive", "text", since=(4, 0)),),
                by_filter,
            )
        ),
        scalar("IncludeLineItems", "bool"),
        scalar("IncludeLinkedTxns", "bool", since=links_since),
        INCLUDE_RET_ELEMENT,
        OWNER_IDS,
        since=since,
        attributes=("metaData", "iterator", "iteratorID"),
    )


_ALL = (
    request(
        "HostQueryRq",
        group("IncludeListMetaData", scalar("IncludeMaxCapacity", "bool", required=True), since=(6, 0)),
        INCLUDE_RET_ELEMENT,
    ),
    request("CompanyQueryRq", INCLUDE_RET_ELEMENT, OWNER_IDS),
    request("PreferencesQueryRq", INCLUDE_RET_ELEMENT, since=(1, 1)),
    request("TemplateQueryRq", INCLUDE_RET_ELEMENT, since=(3, 0), attributes=("metaData",)),
    lists.CUSTOMER_QUERY,
    lists.CUSTOMER_ADD,
    lists.ITEM_QUERY,
    lists.ITEM_SERVICE_QUERY,
    lists.ITEM_SERVICE_ADD,
    lists.ACCOUNT_QUERY,
    documents.SALES_ORDER_ADD,
    documents.SALES_ORDER_MOD,
    _document_query("SalesOrder", since=(2, 1), links_since=(2, 0)),
    documents.ESTIMATE_ADD,
    documents.ESTIMATE_MOD,
    _document_query("Estimate", since=(1, 0), links_since=(3, 0)),
    documents.INVOICE_ADD,
    documents.INVOICE_MOD,
    _document_query("Invoice", since=(1, 0), links_since=(1, 1)),
    request(
        "TxnDelRq",
        one_word("TxnDelType", *DELETABLE, required=True),
        scalar("TxnID", "id", required=True),
        since=(1, 1),
    ),
    request(
        "TxnVoidRq",
        one_word("TxnVoidType", *VOIDABLE, required=True),
        scalar("TxnID", "id", required=True),
        since=(1, 1),
    ),
    request(
        "TxnDeletedQueryRq",
        Element("TxnDelType", "text", values=tuple(DELETABLE), required=True, most=None),
        group(
            "DeletedDateRangeFilter",
            scalar("FromDeletedDate", "datetime"),
            scalar("ToDeletedDate", "datetime"),
        ),
        INCLUDE_RET_ELEMENT,
        since=(2, 0),
        attributes=("metaData",),
    ),
)

REQUESTS: Mapping[str, Element] = MappingProxyType({table.name: table for table in _ALL})
"""Every request's table, by the name of its element."""
