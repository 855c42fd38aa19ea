from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.domain.books_document import (
    BooksDocument,
    BooksLine,
    changes,
    differences,
    with_charge_ids,
    with_known_charge_ids,
)
from app.domain.sales_order import SalesOrder
from app.domain.values import replace
from tests.builders import a_document, a_line, an_order

ORDER = an_order(a_line("1", amount="100.00"), a_line("2", item="STORAGE", quantity="3", rate=None, amount="10.00"))
DOCUMENT = a_document(ORDER)


def with_line(document: BooksDocument, number: int, **changed: object) -> BooksDocument:
    lines = list(document.lines)
    lines[number] = replace(lines[number], **changed)  # type: ignore[arg-type]
    return replace(document, lines=tuple(lines), subtotal=sum((line.amount for line in lines), Decimal("0.00")))


def whats(order: SalesOrder, document: BooksDocument, customer_id: str | None = None) -> list[str]:
    return [difference.what for difference in differences(order, document, customer_id)]


A_PERSONS_LINE = BooksLine("9-1", "FREIGHT", "by hand", Decimal(1), Decimal(5), Decimal("5.00"), None)


def test_a_document_that_holds_the_order_does_not_differ() -> None:
    assert differences(ORDER, DOCUMENT) == ()


@pytest.mark.parametrize(
    "document",
    [
        replace(DOCUMENT, memo="Cedar invoice INV-1001, checked by Ann"),
        replace(DOCUMENT, customer=" 4410 "),
        replace(DOCUMENT, edit_sequence="1700000000"),
        with_line(DOCUMENT, 0, description="Siding, corrected"),
        with_line(DOCUMENT, 0, item="Demurrage "),
        with_line(DOCUMENT, 0, rate=None),
        with_line(DOCUMENT, 1, rate=Decimal("3.33333")),
        with_line(DOCUMENT, 0, quantity=None),
        replace(DOCUMENT, lines=DOCUMENT.lines[::-1]),
    ],
)
def test_what_is_the_bookkeepers_is_no_difference(document: BooksDocument) -> None:
    assert differences(ORDER, document) == ()


@pytest.mark.parametrize(
    ("document", "what"),
    [
        (replace(DOCUMENT, customer="4420"), ["customer"]),
        (replace(DOCUMENT, date=date(2026, 11, 1)), ["date"]),
        (with_line(DOCUMENT, 0, amount=Decimal("90.00")), ["line 1", "total"]),
        (with_line(DOCUMENT, 1, quantity=Decimal(4)), ["line 2"]),
        (with_line(DOCUMENT, 0, rate=Decimal("49.99")), ["line 1"]),
        (with_line(DOCUMENT, 0, item="STORAGE"), ["line 1"]),
        (with_line(DOCUMENT, 0, item=None), ["line 1"]),
        (replace(DOCUMENT, lines=DOCUMENT.lines[:1], subtotal=Decimal("100.00")), ["line 2", "total"]),
        (
            replace(DOCUMENT, lines=(*DOCUMENT.lines, A_PERSONS_LINE), subtotal=Decimal("115.00")),
            ["line 3", "total"],
        ),
        (replace(DOCUMENT, lines=(*DOCUMENT.lines, DOCUMENT.lines[0])), []),
        (replace(DOCUMENT, subtotal=Decimal("110.01")), ["total"]),
    ],
)
def test_what_is_ours_and_not_the_same_is_named(document: BooksDocument, what: list[str]) -> None:
    assert whats(ORDER, document) == what


def test_a_line_a_person_copied_is_a_difference() -> None:
    copied = replace(DOCUMENT.lines[0], line_id="7-1")
    document = replace(DOCUMENT, lines=(*DOCUMENT.lines, copied), subtotal=Decimal("210.00"))
    assert "line 3" in whats(ORDER, document)


def test_a_renamed_customer_is_the_same_customer() -> None:
    document = replace(DOCUMENT, customer="4410 Acme", customer_id="80000001-1")
    assert whats(ORDER, document, "80000001-1") == []


def test_lines_are_paired_by_position_where_the_books_keep_no_charge_ids() -> None:
    assert differences(ORDER, a_document(ORDER, with_charge_ids=False)) == ()


def test_a_difference_says_both_sides_in_words() -> None:
    document = with_line(DOCUMENT, 0, amount=Decimal("90.00"))
    line = differences(ORDER, document)[0]
    assert (line.in_cedar, line.in_books) == ("DEMURRAGE × 2 = 100.00", "DEMURRAGE × 2 = 90.00")


def test_a_document_nobody_touched_has_no_changes() -> None:
    assert changes(DOCUMENT, replace(DOCUMENT, edit_sequence="1700000000", memo="something else")) == ()


@pytest.mark.parametrize(
    ("now", "what"),
    [
        (replace(DOCUMENT, customer="4420", customer_id=None), ["customer"]),
        (replace(DOCUMENT, date=date(2026, 11, 1)), ["date"]),
        (with_line(DOCUMENT, 1, quantity=Decimal(4)), ["line 2"]),
        (with_line(DOCUMENT, 1, amount=Decimal("11.00")), ["line 2", "total"]),
        (replace(DOCUMENT, lines=DOCUMENT.lines[1:], subtotal=Decimal("10.00")), ["line 1", "total"]),
        (replace(DOCUMENT, lines=(*DOCUMENT.lines, A_PERSONS_LINE)), ["line 3"]),
        (replace(DOCUMENT, customer="4410 Acme"), []),
        (with_line(DOCUMENT, 0, description="another text"), []),
        (replace(DOCUMENT, lines=DOCUMENT.lines[::-1]), []),
    ],
)
def test_what_somebody_changed_is_named(now: BooksDocument, what: list[str]) -> None:
    assert [change.what for change in changes(DOCUMENT, now)] == what


def test_charge_ids_are_put_on_lines_by_position_where_there_are_none() -> None:
    bare = a_document(ORDER, with_charge_ids=False)
    assert with_charge_ids(bare, ORDER) == DOCUMENT


def test_charge_ids_are_not_guessed_where_the_number_of_lines_differs() -> None:
    bare = replace(a_document(ORDER, with_charge_ids=False), lines=DOCUMENT.lines[:1])
    assert with_charge_ids(bare, ORDER) is bare


def test_charge_ids_we_knew_are_put_back_by_line() -> None:
    bare = a_document(ORDER, with_charge_ids=False)
    assert with_known_charge_ids(replace(bare, lines=bare.lines[::-1]), DOCUMENT).lines == DOCUMENT.lines[::-1]
