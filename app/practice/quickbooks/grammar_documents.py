"""The document messages: adding and changing sales orders, estimates and invoices.

Rule: declarations only, in the order QuickBooks demands. Elements of other country editions are absent on purpose:
the US edition refuses them.
"""

from __future__ import annotations

from app.practice.quickbooks.grammar import Element, OneOf, Particle, Version
from app.practice.quickbooks.grammar_parts import (
    DATA_EXT,
    INCLUDE_RET_ELEMENT,
    address,
    group,
    one_word,
    reference,
    request,
    scalar,
    text,
)

_Part = Element | OneOf


def _present(*parts: _Part | None) -> tuple[_Part, ...]:
    return tuple(part for part in parts if part is not None)


def _header(kind: str, *, changing: bool) -> tuple[_Part, ...]:
    """List the header elements from CustomerRef to ExchangeRate."""
    order, estimate, invoice = (kind == name for name in ("SalesOrder", "Estimate", "Invoice"))
    template_since: Version = (1, 0) if changing and not invoice else (3, 0)
    return _present(
        reference("CustomerRef", 209, required=not changing),
        reference("ClassRef", 159),
        reference("ARAccountRef", 159) if invoice else None,
        reference("TemplateRef", 31, since=template_since),
        scalar("TxnDate", "date"),
        text("RefNumber", 11),
        address("BillAddress"),
        address("ShipAddress", since=(7, 0) if estimate else (1, 0)),
        scalar("IsActive", "bool", since=(1, 0) if changing else (3, 0)) if estimate else None,
        scalar("CreateChangeOrder", "bool") if estimate and changing else None,
        scalar("IsPending", "bool") if invoice else None,
        scalar("IsFinanceCharge", "bool", since=(8, 0)) if invoice and not changing else None,
        text("PONumber", 25),
        reference("TermsRef", 31),
        scalar("DueDate", "date"),
        reference("SalesRepRef", 5),
        text("FOB", 13),
        None if estimate else scalar("ShipDate", "date"),
        None if estimate else reference("ShipMethodRef", 15),
        reference("ItemSalesTaxRef", 31),
        scalar("IsManuallyClosed", "bool") if order else None,
        text("Memo", 4095),
        reference("CustomerMsgRef", 101),
        None if estimate else scalar("IsToBePrinted", "bool"),
        scalar("IsToBeEmailed", "bool", since=(6, 0)),
        reference("CustomerSalesTaxCodeRef", 3),
        text("Other", 29, since=(6, 0)),
        scalar("ExchangeRate", "float", since=(8, 0)),
    )


def _choice(*options: Element) -> OneOf:
    return OneOf(tuple((option,) for option in options))


def _line(kind: str, *, changing: bool) -> tuple[_Part, ...]:
    """List the elements of a line from ItemRef on."""
    order, estimate, invoice = (kind == name for name in ("SalesOrder", "Estimate", "Invoice"))
    rate = scalar("Rate", "price", required=True)
    percent = scalar("RatePercent", "percent", required=True)
    level_since: Version = (7, 0) if estimate else (4, 0)
    level = reference("PriceLevelRef", 31, required=True, since=level_since)
    return _present(
        reference("ItemRef"),
        text("Desc", 4095),
        scalar("Quantity", "quantity"),
        text("UnitOfMeasure", 31, since=(7, 0)),
        reference("OverrideUOMSetRef", 31, since=(7, 0)) if changing else None,
        _choice(rate, percent) if estimate else _choice(rate, percent, level),
        reference("ClassRef", 159),
        scalar("Amount", "amount"),
        one_word("OptionForPriceRuleConflict", "Zero", "BasePrice", since=(13, 0)),
        reference("InventorySiteRef", 31, since=(10, 0)),
        reference("InventorySiteLocationRef", 31, since=(12, 0)),
        None if estimate else _choice(text("SerialNumber", 4095, since=(11, 0)), text("LotNumber", 40, since=(11, 0))),
        scalar("ServiceDate", "date") if invoice else None,
        reference("SalesTaxCodeRef", 3),
        scalar("IsManuallyClosed", "bool") if order else None,
        _choice(
            scalar("MarkupRate", "price", required=True),
            scalar("MarkupRatePercent", "percent", required=True),
            level,
        )
        if estimate
        else None,
        reference("OverrideItemAccountRef", 159, since=(1, 0) if changing else (2, 0))
        if invoice or (estimate and not changing)
        else None,
        text("Other1", 29, since=(6, 0)),
        text("Other2", 29, since=(6, 0)),
    )


_LINK_TO_LINE = group(
    "LinkToTxn",
    scalar("TxnID", "id", required=True),
    scalar("TxnLineID", "id", required=True),
    since=(6, 0),
)

_SET_CREDIT = group(
    "SetCredit",
    scalar("CreditTxnID", "id", required=True),
    scalar("AppliedAmount", "amount", required=True),
    scalar("Override", "bool", since=(10, 0)),
    most=None,
    since=(10, 0),
)


def _add(kind: str, *, since: Version) -> Element:
    invoice = kind == "Invoice"
    line = Element(
        f"{kind}LineAdd",
        content=_present(*_line(kind, changing=False), _LINK_TO_LINE if invoice else None, DATA_EXT),
        required=True,
        attributes=("defMacro",) if invoice else (),
    )
    bundle = group(
        f"{kind}LineGroupAdd",
        reference("ItemGroupRef", 31, required=True),
        scalar("Quantity", "quantity"),
        text("UnitOfMeasure", 31, since=(7, 0)),
        reference("InventorySiteRef", 31, since=(10, 0)),
        reference("InventorySiteLocationRef", 31, since=(12, 0)),
        DATA_EXT,
        required=True,
    )
    body: tuple[Particle, ...] = (
        *_header(kind, changing=False),
        scalar("ExternalGUID", "guid", since=(9, 0)),
        *((Element("LinkToTxnID", "id", most=None, since=(6, 0)), _SET_CREDIT) if invoice else ()),
        OneOf(((line,), (bundle,)), required=not invoice, repeats=True),
    )
    return request(
        f"{kind}AddRq",
        Element(f"{kind}Add", content=body, required=True, attributes=("defMacro",)),
        INCLUDE_RET_ELEMENT,
        since=since,
    )


def _mod(kind: str, *, since: Version) -> Element:
    line_content = (scalar("TxnLineID", "id", required=True), *_line(kind, changing=True))
    line = Element(f"{kind}LineMod", content=line_content, required=True)
    bundle = group(
        f"{kind}LineGroupMod",
        scalar("TxnLineID", "id", required=True),
        reference("ItemGroupRef", 31),
        scalar("Quantity", "quantity"),
        text("UnitOfMeasure", 31, since=(7, 0)),
        reference("OverrideUOMSetRef", 31, since=(7, 0)),
        Element(f"{kind}LineMod", content=line_content, most=None),
        required=True,
    )
    body: tuple[Particle, ...] = (
        scalar("TxnID", "id", required=True),
        text("EditSequence", 16, required=True),
        *_header(kind, changing=True),
        *((_SET_CREDIT,) if kind == "Invoice" else ()),
        OneOf(((line,), (bundle,)), repeats=True),
    )
    return request(f"{kind}ModRq", Element(f"{kind}Mod", content=body, required=True), INCLUDE_RET_ELEMENT, since=since)


SALES_ORDER_ADD = _add("SalesOrder", since=(2, 1))
SALES_ORDER_MOD = _mod("SalesOrder", since=(3, 0))
ESTIMATE_ADD = _add("Estimate", since=(1, 0))
ESTIMATE_MOD = _mod("Estimate", since=(3, 0))
INVOICE_ADD = _add("Invoice", since=(1, 0))
INVOICE_MOD = _mod("Invoice", since=(2, 1))
