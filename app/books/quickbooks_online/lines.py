"""Lines of a document: what we send for a charge, and what we read back. No I/O.

The charge's id stands at the end of the description, as in ``Demurrage, car GATX 45012 [#81234]``. Where Cedar's
quantity has no rate that gives the amount to the cent, the line is one unit at the amount, and the quantity stands
beside the id: QuickBooks Online refuses a line whose amount is not quantity times price (6070).
"""

import re
from decimal import Decimal
from typing import Final

from app.books.quickbooks_online.wire import Line, UnreadableAnswer
from app.domain.books_document import BooksLine
from app.domain.figures import ONE, figure_text
from app.domain.money import MAX_AMOUNT, to_cents
from app.domain.sales_order import OrderLine

DESCRIPTION_LIMIT: Final = 4000
"""Source: Intuit's schema."""

_ROOM_FOR_MARK: Final = 80
_MOST_DECIMALS: Final = 30
"""No figure of an accounting system has as many."""
_MARK: Final = re.compile(r"\s*\[#(?P<charge>[^\]\s,]+)(?:, quantity (?P<quantity>-?\d+(?:\.\d+)?))?\]\s*$")
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""XML 1.0 has no such characters, and QuickBooks Online keeps XML."""

SALES: Final = "SalesItemLineDetail"
SUBTOTAL: Final = "SubTotalLineDetail"


def plain(text: str) -> str:
    """Give text without the characters QuickBooks Online refuses."""
    return _FORBIDDEN.sub(" ", text)


def description_as_kept(description: str) -> str:
    """Give a charge's description as it stands on the line, without the mark."""
    text, room = plain(description).strip(), DESCRIPTION_LIMIT - _ROOM_FOR_MARK
    return text if len(text) <= room else text[: room - 3] + "..."


def line_of(line: OrderLine, item_id: str, description: str, number: int, line_id: str | None = None) -> object:
    """Write the line of a charge.

    Args:
        line: The charge.
        item_id: The item's id in the books.
        description: What the line says, without the mark.
        number: The line's place, from 1.
        line_id: The id of the line in the books that this one takes the place of.
    """
    mark = f"[#{line.charge_id}]"
    quantity, rate = line.quantity, line.rate
    if rate is None:
        if quantity != ONE:
            mark = f"[#{line.charge_id}, quantity {figure_text(quantity)}]"
        quantity, rate = ONE, line.amount
    written: dict[str, object] = {} if line_id is None else {"Id": line_id}
    return written | {
        "LineNum": number,
        # A person may have filled all the room there is; without the mark the line would not be known again.
        "Description": f"{description[: DESCRIPTION_LIMIT - len(mark) - 1]} {mark}".strip(),
        "Amount": line.amount,
        "DetailType": SALES,
        SALES: {
            "ItemRef": {"value": item_id},
            "Qty": Decimal(figure_text(quantity)),
            "UnitPrice": rate if rate == line.amount else Decimal(figure_text(rate)),
        },
    }


def books_line(line: Line) -> BooksLine:
    """Read a line that may be ours or a person's.

    Raises:
        UnreadableAnswer: If a figure in it is none.
    """
    found = _MARK.search(line.description)
    detail = line.sales_item_line_detail
    amount = to_cents(figure(line.amount))
    quantity, rate = (None, None) if detail is None else (_given(detail.qty), _given(detail.unit_price))
    if found and found["quantity"] is not None and quantity == ONE and rate is not None and to_cents(rate) == amount:
        quantity, rate = Decimal(found["quantity"]), None
    return BooksLine(
        line_id=line.id,
        item=detail.item_ref.name if detail is not None and detail.item_ref is not None else None,
        description=line.description[: found.start()] if found else line.description,
        quantity=quantity,
        rate=rate,
        amount=-amount if line.detail_type == "DiscountLineDetail" else amount,
        charge_id=found["charge"] if found else None,
        is_group=line.detail_type == "GroupLineDetail",
        item_id=detail.item_ref.value if detail is not None and detail.item_ref is not None else None,
    )


def figure(number: Decimal) -> Decimal:
    """Make sure that a number can be reckoned with.

    Raises:
        UnreadableAnswer: If it is not finite, or beyond what any books hold.
    """
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -_MOST_DECIMALS or number.copy_abs().compare(MAX_AMOUNT) > 0:
        raise UnreadableAnswer("a figure is none")
    return number


def _given(number: Decimal | None) -> Decimal | None:
    return None if number is None else figure(number)
