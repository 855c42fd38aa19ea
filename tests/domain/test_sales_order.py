from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.sales_order import SalesOrder
from app.domain.values import replace
from tests.builders import a_line, an_order

ORDER = an_order(a_line("1"), a_line("2", item="STORAGE"))


@pytest.mark.parametrize(
    "other",
    [
        replace(ORDER, gl_number="4420"),
        replace(ORDER, invoice="INV-1002"),
        replace(ORDER, date=date(2026, 11, 1)),
        replace(ORDER, currency="CAD"),
        replace(ORDER, lines=ORDER.lines[:1]),
        replace(ORDER, lines=ORDER.lines[::-1]),
        an_order(a_line("1", description="Other words"), a_line("2", item="STORAGE")),
        an_order(a_line("1", quantity="1", rate="100.00"), a_line("2", item="STORAGE")),
        an_order(a_line("1", rate=None), a_line("2", item="STORAGE")),
        an_order(a_line("1", amount="100.01"), a_line("2", item="STORAGE")),
        an_order(a_line("3"), a_line("2", item="STORAGE")),
    ],
)
def test_another_content_has_another_hash(other: SalesOrder) -> None:
    assert other.content_hash() != ORDER.content_hash()


@pytest.mark.parametrize(
    "same",
    [
        replace(ORDER, customer="Acme Grain Inc."),
        an_order(a_line("1", item="Demurrage"), a_line("2", item="storage")),
        an_order(a_line("1", quantity="2.000", rate="50"), a_line("2", item="STORAGE", quantity="2.0")),
    ],
)
def test_what_the_books_would_hold_alike_has_the_same_hash(same: SalesOrder) -> None:
    assert same.content_hash() == ORDER.content_hash()


def test_a_bar_in_an_items_name_does_not_make_two_contents_alike() -> None:
    one, other = an_order(a_line(item="a|b", description="c")), an_order(a_line(item="a", description="b|c"))
    assert one.content_hash() != other.content_hash()


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=20))
def test_the_subtotal_is_the_sum_to_the_cent(cents: list[int]) -> None:
    lines = [a_line(str(number), rate=None, amount=str(Decimal(each) / 100)) for number, each in enumerate(cents)]
    assert an_order(*lines).subtotal == Decimal(sum(cents)) / 100
