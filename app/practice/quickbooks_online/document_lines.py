"""The lines of a document: what a program sends becomes what the company keeps.

Recorded: lines sent without Id get new ones, also where they repeat a line that was there; the array replaces the set.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from app.practice.quickbooks_online.bodies import LineBody, SalesItemBody
from app.practice.quickbooks_online.company import OnlineCompany
from app.practice.quickbooks_online.reading import given, needed
from app.practice.quickbooks_online.records import Document, Line, ListKind, ListRecord
from app.practice.quickbooks_online.refusals import bad_reference, business, missing, wrong_amount

_CENT: Final = Decimal("0.01")
_TOO_LARGE: Final = Decimal(100_000_000_000)
_TAX_CODES: Final = ("TAX", "NON")


def set_lines(company: OnlineCompany, document: Document, sent: Sequence[LineBody], *, is_new: bool) -> None:
    """Replace the lines of a document.

    Raises:
        Refusal: A line breaks a rule.
    """
    kept = {} if is_new else {line.id: line for line in document.lines}
    lines: list[Line] = []
    for body in sent:
        kind = needed(body.detail_type, "DetailType")
        if kind == "SubTotalLineDetail":
            continue
        wanted = None if is_new else given(body.id)
        if wanted is not None and (wanted not in kept or any(line.id == wanted for line in lines)):
            raise bad_reference("Line", wanted)
        if wanted is None:
            document.last_line_id += 1
            wanted = str(document.last_line_id)
        if kind == "DescriptionOnly":
            lines.append(_text_line(wanted, body))
        else:
            lines.append(_item_line(company, document, wanted, body, kept.get(wanted)))
    if not lines:
        raise missing("Line")
    document.lines = lines


def _text_line(line_id: str, body: LineBody) -> Line:
    if given(body.amount):
        raise business("A description line has no amount")
    return Line(id=line_id, description=needed(body.description, "Description"), amount=None, item_id=None)


def _item_line(company: OnlineCompany, document: Document, line_id: str, body: LineBody, before: Line | None) -> Line:
    detail = needed(body.sales_item_line_detail, "SalesItemLineDetail")
    item = _item(company, detail, before)
    amount = _in_cents(needed(body.amount, "Amount"))
    quantity, price = (_in_range(given(number)) for number in (detail.qty, detail.unit_price))
    if quantity is not None and price is not None and (quantity * price).quantize(_CENT, ROUND_HALF_UP) != amount:
        raise wrong_amount(amount)
    if (other := given(detail.class_ref)) is not None:
        raise bad_reference("Class", other.value)
    code = given(detail.tax_code_ref)
    if code is not None and code.value not in _TAX_CODES:
        raise bad_reference("TaxCode", code.value)
    return Line(
        id=line_id,
        description=given(body.description),
        amount=amount,
        item_id=item.id,
        quantity=quantity,
        unit_price=price,
        service_date=given(detail.service_date),
        tax_code=_default_code(company, document, item) if code is None else code.value,
    )


def _item(company: OnlineCompany, detail: SalesItemBody, before: Line | None) -> ListRecord:
    """Find the item of a line; one that was made inactive may stay where it is."""
    wanted = needed(detail.item_ref, "ItemRef").value
    item = company.find_list(ListKind.ITEM, wanted)
    stays = before is not None and before.item_id == wanted
    if item is None or not (item.is_active or stays):
        raise bad_reference("Item", wanted)
    return item


def _in_cents(amount: Decimal) -> Decimal:
    _in_range(amount)
    rounded = amount.quantize(_CENT)
    if amount != rounded:
        raise business(f"An amount has at most two decimals. Supplied value:{amount}")
    return rounded


def _in_range(number: Decimal | None) -> Decimal | None:
    """Give a number back if it is one the books can hold."""
    if number is not None and abs(number) >= _TOO_LARGE:
        raise business(f"A number is too large. Supplied value:{number}")
    return number


def _default_code(company: OnlineCompany, document: Document, item: ListRecord) -> str:
    """Tell the tax code of a line that names none: taxed if company, customer and item are."""
    customer = company.find_list(ListKind.CUSTOMER, document.customer_id)
    is_taxed = (
        company.preferences.tax_percent is not None
        and customer is not None
        and customer.fields.get("Taxable", True) is True
        and item.fields.get("Taxable", False) is True
    )
    return "TAX" if is_taxed else "NON"
