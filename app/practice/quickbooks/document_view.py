"""Showing documents: SalesOrderRet, EstimateRet and InvoiceRet with their lines and links, in QuickBooks' order.

Rule: reads the file, changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal

from app.practice.quickbooks.amounts import to_cents
from app.practice.quickbooks.answers import leaf, node, record, ref
from app.practice.quickbooks.company_file import CompanyFile
from app.practice.quickbooks.records import Document, DocumentKind, FieldValue, Line, Ref
from app.practice.quickbooks.scalars import bool_text, moment_text, number_text

_FOREIGN_ONLY = ("CurrencyRef", "ExchangeRate", "TotalAmountInHomeCurrency", "BalanceRemainingInHomeCurrency")
_HEAD = "TxnID TimeCreated TimeModified EditSequence TxnNumber CustomerRef ClassRef"
_TO_SHIP = "TxnDate RefNumber BillAddress BillAddressBlock ShipAddress ShipAddressBlock"
_TERMS = "PONumber TermsRef DueDate SalesRepRef FOB"
_TAX = "Subtotal ItemSalesTaxRef SalesTaxPercentage SalesTaxTotal"

HEADER_ORDER: Mapping[DocumentKind, tuple[str, ...]] = {
    DocumentKind.SALES_ORDER: tuple(
        f"{_HEAD} TemplateRef {_TO_SHIP} {_TERMS} ShipDate ShipMethodRef {_TAX} TotalAmount CurrencyRef ExchangeRate "
        "TotalAmountInHomeCurrency IsManuallyClosed IsFullyInvoiced Memo CustomerMsgRef IsToBePrinted IsToBeEmailed "
        "CustomerSalesTaxCodeRef Other ExternalGUID".split()
    ),
    DocumentKind.ESTIMATE: tuple(
        f"{_HEAD} TemplateRef {_TO_SHIP} IsActive {_TERMS} {_TAX} TotalAmount CurrencyRef ExchangeRate "
        "TotalAmountInHomeCurrency Memo CustomerMsgRef IsToBeEmailed CustomerSalesTaxCodeRef Other "
        "ExternalGUID".split()
    ),
    DocumentKind.INVOICE: tuple(
        f"{_HEAD} ARAccountRef TemplateRef {_TO_SHIP} IsPending IsFinanceCharge {_TERMS} ShipDate ShipMethodRef {_TAX} "
        "AppliedAmount BalanceRemaining CurrencyRef ExchangeRate BalanceRemainingInHomeCurrency Memo IsPaid "
        "CustomerMsgRef IsToBePrinted IsToBeEmailed CustomerSalesTaxCodeRef Other ExternalGUID".split()
    ),
}
"""The header elements of each kind of record, in their order."""

LINE_ORDER = [
    "TxnLineID",
    "ItemRef",
    "Desc",
    "Quantity",
    "Rate",
    "RatePercent",
    "ClassRef",
    "Amount",
    "ServiceDate",
    "SalesTaxCodeRef",
    "Invoiced",
    "IsManuallyClosed",
    "MarkupRate",
    "MarkupRatePercent",
    "Other1",
    "Other2",
]
"""The elements of a line, in their order; no kind of line has all of them."""

_Writer = Callable[[CompanyFile, Document], str]


def show_document(
    company: CompanyFile,
    document: Document,
    *,
    with_lines: bool,
    with_links: bool,
    only: Collection[str] = (),
    owners: Collection[str] = (),
) -> str:
    """Write a document's record.

    Args:
        company: The company file.
        document: The document.
        with_lines: Whether its lines are wanted.
        with_links: Whether its links are wanted.
        only: Names given as IncludeRetElement; everything if empty.
        owners: OwnerIDs whose custom fields are wanted.
    """
    fields = [
        (name, _header_field(company, document, name))
        for name in HEADER_ORDER[document.kind]
        if not only or name in only
    ]
    if with_links:
        fields.extend(("LinkedTxn", xml) for xml in _links(company, document))
    if with_lines:
        element = f"{document.kind.value}LineRet"
        fields.extend((element, _line(company, document, line, owners)) for line in document.lines)
    return record(f"{document.kind.value}Ret", fields, only)


def tax_of(company: CompanyFile, document: Document) -> Decimal:
    """Compute the sales tax: taxable lines of a taxable customer at the rate of the tax item."""
    if not company.sales_tax or not _is_taxable(company, document.fields.get("CustomerSalesTaxCodeRef")):
        return Decimal("0.00")
    rate = _tax_rate(company, document)
    taxable = [
        line.amount
        for line in document.lines
        if line.amount is not None and _is_taxable(company, line.fields.get("SalesTaxCodeRef"))
    ]
    return to_cents(sum(taxable, Decimal(0)) * rate / 100)


def _is_taxable(company: CompanyFile, code: FieldValue | None) -> bool:
    found = company.register.record(code.list_id) if isinstance(code, Ref) else None
    return found is not None and found.subtype == "Taxable"


def _tax_rate(company: CompanyFile, document: Document) -> Decimal:
    item = document.fields.get("ItemSalesTaxRef")
    found = company.register.record(item.list_id) if isinstance(item, Ref) else None
    return Decimal(0) if found is None or found.percent is None else found.percent


def _header_field(company: CompanyFile, document: Document, name: str) -> str:
    if name in _FOREIGN_ONLY and not company.multi_currency:
        return ""
    if name in _TEXTS:
        text = _TEXTS[name](company, document)
        return leaf(name, text) if text else ""
    if name in _ELEMENTS:
        return _ELEMENTS[name](company, document)
    return stored(company, name, document.fields.get(name))


def stored(company: CompanyFile, name: str, value: FieldValue | None) -> str:
    """Write a stored element."""
    if value is None:
        return ""
    if isinstance(value, str):
        return leaf(name, value)
    if isinstance(value, Ref):
        return _ref(company, name, value.list_id)
    return node(name, *(leaf(part, text) for part, text in value))


def _ref(company: CompanyFile, name: str, list_id: str) -> str:
    found = company.register.record(list_id)
    return "" if found is None else ref(name, list_id, company.register.full_name(found))


def _block(document: Document, name: str) -> str:
    """Write an address as the five lines of the printed form."""
    value = document.fields.get(name)
    if not isinstance(value, tuple):
        return ""
    parts = dict(value)
    lines = [parts[key] for key in ("Addr1", "Addr2", "Addr3", "Addr4", "Addr5") if key in parts]
    town = ", ".join(parts[key] for key in ("City", "State") if key in parts)
    town = f"{town} {parts.get('PostalCode', '')}".strip()
    lines.extend(text for text in (town, parts.get("Country", "")) if text)
    return node(f"{name}Block", *(leaf(f"Addr{place}", text) for place, text in enumerate(lines[:5], 1)))


def _currency(company: CompanyFile, document: Document) -> str:
    customer = company.register.record(document.customer_id)
    value = None if customer is None else customer.fields.get("CurrencyRef")
    return stored(company, "CurrencyRef", value)


def _total(company: CompanyFile, document: Document) -> Decimal:
    return document.subtotal + tax_of(company, document)


def _home_total(company: CompanyFile, document: Document) -> str:
    rate = document.fields.get("ExchangeRate")
    return str(to_cents(_total(company, document) * Decimal(rate if isinstance(rate, str) else 1)))


_TEXTS: Mapping[str, _Writer] = {
    "TxnID": lambda _, document: document.txn_id,
    "TimeCreated": lambda _, document: moment_text(document.created),
    "TimeModified": lambda _, document: moment_text(document.modified),
    "EditSequence": lambda _, document: str(document.edit_sequence),
    "TxnNumber": lambda _, document: str(document.txn_number),
    "TxnDate": lambda _, document: document.txn_date.isoformat(),
    "RefNumber": lambda _, document: document.ref_number,
    "Subtotal": lambda _, document: str(document.subtotal),
    "SalesTaxPercentage": lambda company, document: (
        number_text(_tax_rate(company, document)) if company.sales_tax else ""
    ),
    "SalesTaxTotal": lambda company, document: str(tax_of(company, document)),
    "TotalAmount": lambda company, document: str(_total(company, document)),
    "AppliedAmount": lambda _, __: "0.00",
    "BalanceRemaining": lambda company, document: str(_total(company, document)),
    "TotalAmountInHomeCurrency": _home_total,
    "BalanceRemainingInHomeCurrency": _home_total,
    "IsManuallyClosed": lambda _, document: bool_text(document.is_closed),
    "IsFullyInvoiced": lambda _, document: bool_text(document.is_fully_invoiced),
    "Memo": lambda _, document: document.memo,
    "IsPaid": lambda _, document: bool_text(not document.subtotal),
}

_ELEMENTS: Mapping[str, _Writer] = {
    "CustomerRef": lambda company, document: _ref(company, "CustomerRef", document.customer_id),
    "BillAddressBlock": lambda _, document: _block(document, "BillAddress"),
    "ShipAddressBlock": lambda _, document: _block(document, "ShipAddress"),
    "CurrencyRef": _currency,
}


def _links(company: CompanyFile, document: Document) -> list[str]:
    found = []
    for link in document.links:
        other = company.register.document(link.txn_id)
        if other is not None:
            number = leaf("RefNumber", other.ref_number) if other.ref_number else ""
            found.append(
                node(
                    "LinkedTxn",
                    leaf("TxnID", other.txn_id),
                    leaf("TxnType", other.kind.value),
                    leaf("TxnDate", other.txn_date.isoformat()),
                    number,
                    leaf("LinkType", "AMTTYPE"),
                    leaf("Amount", str(-link.amount)),
                )
            )
    return found


def _line(company: CompanyFile, document: Document, line: Line, owners: Collection[str]) -> str:
    is_order = document.kind is DocumentKind.SALES_ORDER
    billed = line.amount is not None
    own: dict[str, str] = {
        "TxnLineID": leaf("TxnLineID", line.txn_line_id),
        "ItemRef": "" if line.item_id is None else _ref(company, "ItemRef", line.item_id),
        "Desc": leaf("Desc", line.desc) if line.desc else "",
        "Quantity": "" if line.quantity is None else leaf("Quantity", number_text(line.quantity)),
        "Rate": "" if line.rate is None else leaf("Rate", number_text(line.rate)),
        "RatePercent": "" if line.percent is None else leaf("RatePercent", number_text(line.percent)),
        "Amount": "" if line.amount is None else leaf("Amount", str(line.amount)),
        "Invoiced": leaf("Invoiced", number_text(line.invoiced)) if is_order and billed else "",
        "IsManuallyClosed": leaf("IsManuallyClosed", bool_text(line.is_closed)) if is_order and billed else "",
    }
    parts = [own[name] if name in own else stored(company, name, line.fields.get(name)) for name in LINE_ORDER]
    if "0" in owners:
        parts.extend(
            node(
                "DataExtRet",
                leaf("OwnerID", "0"),
                leaf("DataExtName", name),
                leaf("DataExtType", "STR255TYPE"),
                leaf("DataExtValue", value),
            )
            for name, value in line.custom.items()
        )
    return node(f"{document.kind.value}LineRet", *parts)
