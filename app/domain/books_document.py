"""A document as the books hold it, and the comparison with what we meant. No I/O."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from types import MappingProxyType
from typing import Final

from app.domain.books_names import SEPARATOR, last_name
from app.domain.money import money_text
from app.domain.plain_text import name_key
from app.domain.sales_order import DocumentKind, OrderLine, SalesOrder
from app.domain.values import Struct, replace

_UNKNOWN: Final[Mapping[str, str]] = MappingProxyType({})


class BooksLine(Struct, frozen=True, gc=False):
    """One line of a document in the books."""

    line_id: str
    item: str | None
    description: str
    quantity: Decimal | None
    rate: Decimal | None
    amount: Decimal
    charge_id: str | None
    """What stands in the line's ``Other1``: our charge id, or None where a person added the line."""
    is_invoiced: bool = False
    is_group: bool = False
    """It is a group of items that a person put there."""
    cedar_description: str | None = None
    """What Cedar called the charge when both sides last agreed; None where they never did."""
    item_id: str | None = None
    """The item's id, where the books' names do not tell all items apart."""


class BooksDocument(Struct, frozen=True, gc=False):
    """A sales order, estimate or invoice in the books."""

    txn_id: str
    edit_sequence: str
    ref_number: str | None
    customer: str
    """The customer's full name in the books."""
    date: date
    memo: str
    subtotal: Decimal
    lines: tuple[BooksLine, ...]
    is_invoiced: bool = False
    """It was turned into an invoice, wholly or in part."""
    is_closed: bool = False
    customer_id: str | None = None
    """The customer's id in the books, which survives a renaming."""
    is_untouched: bool = False
    """Nobody, we included, has changed it since it was made."""
    is_closed_by_us: bool = False
    """It was we who took it out of use, for a voided invoice."""

    @property
    def has_charge_ids(self) -> bool:
        """Tell whether any line says which charge it is."""
        return any(line.charge_id for line in self.lines)


class BooksStray(Struct, frozen=True):
    """What a list of changed documents says of each: enough to see whether it is one of ours that no row knows."""

    kind: DocumentKind
    txn_id: str
    edit_sequence: str
    ref_number: str | None
    customer: str
    memo: str


class Difference(Struct, frozen=True):
    """One thing that is not the same on both sides; an empty text means it is not there."""

    what: str
    in_cedar: str
    in_books: str


def differences(
    order: SalesOrder, document: BooksDocument, customer_id: str | None = None, items: Mapping[str, str] = _UNKNOWN
) -> tuple[Difference, ...]:
    """List what a person would have to change in the books to hold exactly this order.

    Compared is what we own: customer, date, and each line's item, figures and amount. Memo additions, template,
    addresses, terms and line descriptions are the bookkeeper's.

    Args:
        order: What is meant.
        document: What the books hold.
        customer_id: The id the order's customer has in the books, where it is known: the same id is the same customer.
        items: The ids the order's items have in the books, by name, where they are known.
    """
    found: list[Difference] = []
    same_name = name_key(order.gl_number) == name_key(document.customer)
    if not same_name and (customer_id is None or customer_id != document.customer_id):
        found.append(Difference("customer", order.gl_number, document.customer))
    if order.date != document.date:
        found.append(Difference("date", order.date.isoformat(), document.date.isoformat()))
    for number, (ours, theirs) in enumerate(pair_lines(order, document), start=1):
        if not is_same_line(ours, theirs, items):
            found.append(Difference(f"line {number}", _ours_in_words(ours), _theirs_in_words(theirs)))
    if order.subtotal != document.subtotal:
        found.append(Difference("total", money_text(order.subtotal), money_text(document.subtotal)))
    return tuple(found)


def pair_lines(order: SalesOrder, document: BooksDocument) -> list[tuple[OrderLine | None, BooksLine | None]]:
    """Pair the lines by charge id, and by position where the books keep no charge ids."""
    if not document.has_charge_ids:
        return list(zip_longest(order.lines, document.lines))
    by_charge = {line.charge_id: line for line in document.lines if line.charge_id}
    pairs: list[tuple[OrderLine | None, BooksLine | None]] = [
        (line, by_charge.pop(line.charge_id, None)) for line in order.lines
    ]
    known = {line.line_id for _, line in pairs if line is not None}
    pairs += [(None, line) for line in document.lines if line.line_id not in known]
    return pairs


def changes(before: BooksDocument, now: BooksDocument) -> tuple[Difference, ...]:
    """List what somebody changed in the books since we last saw the document, of the things we own."""
    found: list[Difference] = []
    same_customer = before.customer_id is not None and before.customer_id == now.customer_id
    if not same_customer and before.customer.casefold() != now.customer.casefold():
        found.append(Difference("customer", before.customer, now.customer))
    if before.date != now.date:
        found.append(Difference("date", before.date.isoformat(), now.date.isoformat()))
    then, current = ({line.line_id: line for line in document.lines} for document in (before, now))
    for number, line_id in enumerate(dict.fromkeys((*then, *current)), start=1):
        old, new = then.get(line_id), current.get(line_id)
        if _figures(old) != _figures(new) or not _keeps_item(old, new):
            found.append(Difference(f"line {number}", _theirs_in_words(old), _theirs_in_words(new)))
    if before.subtotal != now.subtotal:
        found.append(Difference("total", money_text(before.subtotal), money_text(now.subtotal)))
    return tuple(found)


def with_charge_ids(document: BooksDocument, order: SalesOrder) -> BooksDocument:
    """Name the charges of a document's lines by position, where the books keep no charge ids of their own."""
    if document.has_charge_ids or len(document.lines) != len(order.lines):
        return document
    lines = tuple(
        replace(theirs, charge_id=ours.charge_id) for theirs, ours in zip(document.lines, order.lines, strict=True)
    )
    return replace(document, lines=lines)


def with_known_charge_ids(document: BooksDocument, known: BooksDocument | None) -> BooksDocument:
    """Name the charges of a document's lines as they were known when we last saw them.

    A line is known by its own id in the books: some keep no charge ids, and a person may write over one.
    """
    if known is None:
        return document
    before = {line.line_id: line for line in known.lines}
    return replace(document, lines=tuple(_as_known(line, before.get(line.line_id)) for line in document.lines))


def agreed(document: BooksDocument, order: SalesOrder) -> BooksDocument:
    """Give a document that holds an order, with what Cedar calls each charge of it now."""
    called: dict[str | None, str] = {line.charge_id: line.description for line in order.lines}
    lines = [
        replace(line, cedar_description=called.get(line.charge_id, line.cedar_description)) for line in document.lines
    ]
    return replace(document, lines=tuple(lines))


def _as_known(line: BooksLine, before: BooksLine | None) -> BooksLine:
    if before is None:
        return line
    return replace(line, charge_id=before.charge_id or line.charge_id, cedar_description=before.cedar_description)


def is_same_line(ours: OrderLine | None, theirs: BooksLine | None, items: Mapping[str, str] = _UNKNOWN) -> bool:
    """Tell whether a line is worth the same, for the same item, by the same figures.

    Args:
        ours: The line that is meant.
        theirs: The line in the books.
        items: The ids the items have in the books, by name, where they are known.
    """
    if ours is None or theirs is None:
        return False
    if ours.amount != theirs.amount or not is_same_item(ours.item, theirs, items):
        return False
    if theirs.quantity is not None and theirs.quantity != ours.quantity:
        return False
    return ours.rate is None or theirs.rate is None or theirs.rate == ours.rate


def is_same_item(name: str, line: BooksLine, items: Mapping[str, str] = _UNKNOWN) -> bool:
    """Tell whether a line in the books is for the item of a name: by the item's id where that is known."""
    wanted = items.get(name)
    if wanted is not None and line.item_id is not None:
        return wanted == line.item_id
    key, there = name_key(name), name_key(line.item or "")
    is_last_name = line.item_id is not None and SEPARATOR not in key and key == last_name(there)
    return key == there or is_last_name


def _keeps_item(old: BooksLine | None, new: BooksLine | None) -> bool:
    if old is None or new is None:
        return old is new
    before, now = (old.item or "").casefold(), (new.item or "").casefold()
    if old.item_id is not None and new.item_id is not None:
        return old.item_id == new.item_id
    # An earlier version kept the last name alone.
    was_shortened = old.item_id != new.item_id and last_name(before) == last_name(now)
    return before == now or was_shortened


def _figures(line: BooksLine | None) -> tuple[object, ...]:
    return () if line is None else (line.quantity, line.rate, line.amount)


def _ours_in_words(line: OrderLine | None) -> str:
    return "" if line is None else f"{line.item} × {line.quantity.normalize():f} = {money_text(line.amount)}"


def _theirs_in_words(line: BooksLine | None) -> str:
    if line is None:
        return ""
    units = "" if line.quantity is None else f" × {line.quantity.normalize():f}"
    return f"{line.item or line.description}{units} = {money_text(line.amount)}"
