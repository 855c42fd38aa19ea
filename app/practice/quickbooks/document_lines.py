"""The lines of a document: reading a line of a request and making or changing a line of the file.

Rule: a line is built completely before the document sees it, so that a refusal leaves no trace.
"""

from __future__ import annotations

from decimal import Decimal

from lxml import etree

from app.domain.values import replace
from app.practice.quickbooks.amounts import price_line, to_cents, to_rate
from app.practice.quickbooks.company_file import CompanyFile
from app.practice.quickbooks.document_fields import require_clearable, resolve_field
from app.practice.quickbooks.faults import Refusal
from app.practice.quickbooks.permissions import NOT_ENABLED
from app.practice.quickbooks.records import DocumentKind, FieldValue, ItemKind, Line, ListKind, ListRecord
from app.practice.quickbooks.references import child_text, is_empty_reference, resolve
from app.practice.quickbooks.scalars import to_bool

_PLAIN = ("ServiceDate", "Other1", "Other2", "MarkupRate", "MarkupRatePercent")
_LINE_REFERENCES = ("ClassRef", "SalesTaxCodeRef", "OverrideItemAccountRef")
_ABSENT_FEATURES = (
    "UnitOfMeasure",
    "OverrideUOMSetRef",
    "InventorySiteRef",
    "InventorySiteLocationRef",
    "SerialNumber",
    "LotNumber",
)
_NEVER_CLEARED = frozenset(
    ("ItemRef", "Quantity", "Rate", "RatePercent", "Amount", "SalesTaxCodeRef", "IsManuallyClosed")
)
_PERCENTAGE_ITEMS = (ItemKind.DISCOUNT, ItemKind.OTHER_CHARGE)


def build_line(company: CompanyFile, element: etree._Element, form: DocumentKind, *, before: Line | None) -> Line:
    """Make a new line.

    Args:
        company: The company file.
        element: A LineAdd, or a LineMod with TxnLineID -1.
        form: The kind of document.
        before: The line above it, which a percentage refers to.

    Raises:
        Refusal: QuickBooks would not take the line.
    """
    if str(element.tag).endswith(("LineGroupAdd", "LineGroupMod")):
        group = element.find("ItemGroupRef")
        # The practice company keeps no item groups, so no reference to one can be right.
        name = "" if group is None else (child_text(group, "FullName") or child_text(group, "ListID") or "")
        raise Refusal(
            3140,
            f'There is an invalid reference to QuickBooks ItemGroup "{name}" in the {form.value} line.  QuickBooks '
            "error message: Invalid argument.  The specified record does not exist in the list.",
        )
    _refuse_absent_features(element)
    item = _item(company, element, form)
    quantity, rate, percent, amount = (_number(element, name) for name in ("Quantity", "Rate", "RatePercent", "Amount"))
    desc = child_text(element, "Desc")
    line = Line(
        txn_line_id=company.register.new_line_id(),
        item_id=None if item is None else item.list_id,
        desc=desc or _item_desc(item),
        quantity=quantity,
        rate=rate,
        percent=percent,
        amount=amount,
        is_closed=to_bool(child_text(element, "IsManuallyClosed") or ""),
        fields={name: value for name, value in _fields(company, element, form, changing=False).items() if value},
        custom=_custom_fields(company, element),
    )
    if item is None:
        if any(number is not None for number in (quantity, rate, percent, amount)):
            raise Refusal(
                3210,
                'The "ItemRef" field has an invalid value "".  QuickBooks error message: A line with a quantity, a '
                "rate or an amount needs an item.",
            )
        return line
    _price(company, line, item, _level(company, element, form), before)
    return line


def change_line(
    company: CompanyFile, line: Line, element: etree._Element, form: DocumentKind, *, before: Line | None
) -> Line:
    """Make the changed version of a line; elements left out keep their value, empty ones clear it.

    Raises:
        Refusal: QuickBooks would not take the change.
    """
    _refuse_absent_features(element)
    changed = replace(line, fields=dict(line.fields), custom=dict(line.custom))
    for name in ("ItemRef", "Quantity", "Rate", "RatePercent", "Amount", "SalesTaxCodeRef", "IsManuallyClosed"):
        child = element.find(name)
        if child is not None and (is_empty_reference(child) if name.endswith("Ref") else not child.text):
            require_clearable(name, _NEVER_CLEARED)
    item = _item(company, element, form)
    new_item = item is not None and item.list_id != line.item_id
    if item is None:
        item = None if line.item_id is None else company.register.record(line.item_id)
    elif new_item:
        changed.item_id = item.list_id
        changed.desc = _item_desc(item)
    desc = child_text(element, "Desc")
    if desc is not None:
        changed.desc = desc
    closed = child_text(element, "IsManuallyClosed")
    if closed is not None:
        changed.is_closed = to_bool(closed)
    for name, value in _fields(company, element, form, changing=True).items():
        if value is None:
            changed.fields.pop(name, None)
        else:
            changed.fields[name] = value
    level = _level(company, element, form)
    quantity, rate, percent, amount = (_number(element, name) for name in ("Quantity", "Rate", "RatePercent", "Amount"))
    if item is not None and (new_item or level or any(n is not None for n in (quantity, rate, percent, amount))):
        changed.quantity = line.quantity if quantity is None else quantity
        # Without a rate of its own the line keeps its rate, unless the amount or another item decides it.
        keeps_rate = rate is None and amount is None and percent is None and not new_item and level is None
        changed.rate = line.rate if keeps_rate else rate
        changed.percent = line.percent if keeps_rate else percent
        changed.amount = amount
        _price(company, changed, item, level, before)
    return changed


def _refuse_absent_features(element: etree._Element) -> None:
    if any(element.find(name) is not None for name in _ABSENT_FEATURES):
        raise Refusal(3250, NOT_ENABLED)


def _item(company: CompanyFile, element: etree._Element, form: DocumentKind) -> ListRecord | None:
    reference = element.find("ItemRef")
    if reference is None:
        return None
    item = resolve(company, reference, ListKind.ITEM, f"{form.value} line")
    if item.subtype == ItemKind.SALES_TAX:
        raise Refusal(3280, f'The item "{item.name}" is a sales tax item and cannot be used on a {form.value} line.')
    return item


def _item_desc(item: ListRecord | None) -> str:
    desc = "" if item is None else item.fields.get("Desc", "")
    return desc if isinstance(desc, str) else ""


def _number(element: etree._Element, name: str) -> Decimal | None:
    text = child_text(element, name)
    return Decimal(text) if text else None


def _fields(
    company: CompanyFile, element: etree._Element, form: DocumentKind, *, changing: bool
) -> dict[str, FieldValue | None]:
    found: dict[str, FieldValue | None] = {}
    for child in element:
        name = str(child.tag)
        if name in _LINE_REFERENCES:
            empty = changing and is_empty_reference(child)
            found[name] = None if empty else resolve_field(company, child, form)
        elif name in _PLAIN:
            found[name] = child.text or None
    return found


def _custom_fields(company: CompanyFile, element: etree._Element) -> dict[str, str]:
    found = {}
    for extension in element.iterfind("DataExt"):
        name = child_text(extension, "DataExtName") or ""
        if child_text(extension, "OwnerID") != "0" or name not in company.custom_fields:
            raise Refusal(
                3121,
                f'There is no data extension definition for the name "{name}".  QuickBooks error message: '
                "Invalid argument.  The specified record does not exist in the list.",
            )
        found[name] = child_text(extension, "DataExtValue") or ""
    return found


def _level(company: CompanyFile, element: etree._Element, form: DocumentKind) -> ListRecord | None:
    reference = element.find("PriceLevelRef")
    if reference is None:
        return None
    found = resolve_field(company, reference, form)
    return company.register.record(found.list_id)


def _price(company: CompanyFile, line: Line, item: ListRecord, level: ListRecord | None, before: Line | None) -> None:
    """Fill in rate and amount."""
    price = item.price
    if level is not None and price is not None:
        price = to_rate(price * (1 + (level.percent or Decimal(0)) / 100))
    if line.percent is not None:
        _price_by_percentage(line, item, before)
        return
    priced = price_line(line.quantity, line.rate, line.amount, price)
    line.rate, line.amount = priced.rate, priced.amount
    factor = company.hooks.factor_for(company.register.full_name(item))
    if factor != 1 and line.amount is not None and line.rate is not None:
        line.amount, line.rate = to_cents(line.amount * factor), to_rate(line.rate * factor)


def _price_by_percentage(line: Line, item: ListRecord, before: Line | None) -> None:
    if item.subtype not in _PERCENTAGE_ITEMS or before is None or before.amount is None:
        raise Refusal(
            3210,
            f'The "RatePercent" field has an invalid value "{line.percent}".  QuickBooks error message: A percentage '
            "needs a discount or other charge item and a line above it.",
        )
    computed = to_cents(before.amount * (line.percent or Decimal(0)) / 100)
    if line.amount is not None and line.amount != computed:
        raise Refusal(
            3210,
            f'The "Amount" field has an invalid value "{line.amount}".  QuickBooks error message: '
            "Percentage and amount do not agree.",
        )
    line.amount = computed
