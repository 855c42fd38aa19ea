"""A conflict line by line: what Cedar says beside what stands in QuickBooks. Pure; no Qt."""

from dataclasses import dataclass
from decimal import Decimal

from app.domain.books_document import BooksDocument, BooksLine, is_same_line, pair_lines
from app.domain.plain_text import name_key
from app.domain.reasons import ReasonCode
from app.domain.row import Row
from app.domain.sales_order import OrderLine, SalesOrder
from app.domain.states import State
from app.ui.window import figures, texts


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One thing on both sides."""

    sign: str
    what: str
    in_cedar: str
    in_books: str

    @property
    def is_same(self) -> bool:
        """Tell whether both sides say the same."""
        return self.sign == texts.SIGN_SAME


def compare(row: Row) -> list[ComparedLine]:
    """Set what Cedar wants against what was last seen in QuickBooks."""
    order, document = row.order, in_books(row)
    return [*_heads(row, order, document), *_lines(order, document), _total(row, order, document)]


def in_books(row: Row) -> BooksDocument | None:
    """Give what stands in QuickBooks for a row, as it was last seen; None if nothing does."""
    if row.state is State.REMOVED or row.has_reason(ReasonCode.DELETED_IN_QUICKBOOKS):
        return None
    return row.seen or row.books


def _heads(row: Row, order: SalesOrder | None, document: BooksDocument | None) -> list[ComparedLine]:
    is_same_customer = (
        order is not None
        and document is not None
        and (
            name_key(order.gl_number) == name_key(document.customer)
            or (
                row.books is not None
                and row.books.customer_id is not None
                and row.books.customer_id == document.customer_id
            )
        )
    )
    return [
        _line(
            texts.CONFLICT_CUSTOMER,
            order.gl_number if order else "",
            document.customer if document else "",
            is_same=is_same_customer,
        ),
        _line(
            texts.CONFLICT_DATE,
            figures.long_day(order.date) if order else "",
            figures.long_day(document.date) if document else "",
            is_same=order is not None and document is not None and order.date == document.date,
        ),
    ]


def _lines(order: SalesOrder | None, document: BooksDocument | None) -> list[ComparedLine]:
    if order is not None and document is not None:
        pairs = pair_lines(order, document)
    elif order is not None:
        pairs = [(line, None) for line in order.lines]
    elif document is not None:
        pairs = [(None, line) for line in document.lines]
    else:
        pairs = []
    return [_pair(number, ours, theirs) for number, (ours, theirs) in enumerate(pairs, start=1)]


def _pair(number: int, ours: OrderLine | None, theirs: BooksLine | None) -> ComparedLine:
    """Set a line against its other side; an item both agree on is named once."""
    items = {text for text in (ours and ours.item, theirs and (theirs.item or theirs.description)) if text}
    item = items.pop() if len(items) == 1 else None
    what = texts.CONFLICT_LINE if item is None else texts.CONFLICT_LINE_ITEM
    return _line(
        what.format(number=number, item=item),
        _side(ours.item, ours.quantity, ours.amount, is_named=item is None) if ours else "",
        _side(theirs.item or theirs.description, theirs.quantity, theirs.amount, is_named=item is None)
        if theirs
        else "",
        is_same=is_same_line(ours, theirs),
    )


def _total(row: Row, order: SalesOrder | None, document: BooksDocument | None) -> ComparedLine:
    return _line(
        texts.TOTAL,
        figures.money(order.subtotal, row.currency) if order else "",
        figures.money(document.subtotal, row.currency) if document else "",
        is_same=order is not None and document is not None and order.subtotal == document.subtotal,
    )


def _line(what: str, in_cedar: str, in_books: str, *, is_same: bool) -> ComparedLine:
    if is_same:
        sign = texts.SIGN_SAME
    elif not in_books:
        sign = texts.SIGN_ONLY_CEDAR
    elif not in_cedar:
        sign = texts.SIGN_ONLY_BOOKS
    else:
        sign = texts.SIGN_DIFFERENT
    return ComparedLine(sign, what, in_cedar or texts.NOT_THERE, in_books or texts.NOT_THERE)


def _side(item: str, quantity: Decimal | None, amount: Decimal, *, is_named: bool) -> str:
    if is_named:
        words = texts.COMPARED_ITEM if quantity is not None else texts.COMPARED_ITEM_AMOUNT
    else:
        words = texts.COMPARED if quantity is not None else texts.COMPARED_AMOUNT
    return words.format(item=item, quantity=figures.quantity(quantity), amount=figures.plain_money(amount))
