from __future__ import annotations

import re
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.references import LIMIT, fits, reference_key, reference_numbers

PRINTABLE = re.compile(r"[\x20-\x7e]{1,11}")
NUMBERS = st.text(max_size=40)


@given(NUMBERS, NUMBERS)
def test_every_reference_is_at_most_eleven_printable_characters(invoice: str, gl_number: str) -> None:
    assert all(PRINTABLE.fullmatch(number) for number in islice(reference_numbers(invoice, gl_number), 5))


@given(NUMBERS, NUMBERS)
def test_references_never_begin_or_end_with_a_blank(invoice: str, gl_number: str) -> None:
    assert all(number == number.strip() for number in islice(reference_numbers(invoice, gl_number), 5))


@given(NUMBERS, NUMBERS)
def test_the_same_order_gets_the_same_references(invoice: str, gl_number: str) -> None:
    once, again = (list(islice(reference_numbers(invoice, gl_number), 5)) for _ in range(2))
    assert once == again


@given(st.from_regex(r"[!-~]{1,11}", fullmatch=True))
def test_a_short_number_is_its_own_reference(invoice: str) -> None:
    assert next(reference_numbers(invoice, "4410")) == invoice


@pytest.mark.parametrize(
    "invoice", ["INV-10012345", "", " INV-1", "INV-1 ", "Numéro 1", "INV\t1", "INV-1\n", "\u00a0", "📦"]
)
def test_a_number_quickbooks_cannot_hold_gets_another_reference(invoice: str) -> None:
    assert not fits(invoice)


def test_a_long_number_keeps_its_end_where_the_counting_happens() -> None:
    assert next(reference_numbers("CEDAR-2026-001234", "4410")).startswith("001234-")


def test_two_gl_numbers_of_one_long_invoice_get_different_references() -> None:
    one, other = (next(reference_numbers("CEDAR-2026-001234", gl_number)) for gl_number in ("4410", "4420"))
    assert one != other


def test_there_is_always_another_reference() -> None:
    many = list(islice(reference_numbers("CEDAR-2026-001234", "4410"), 200))
    assert len({reference_key(number) for number in many}) > 190


@given(st.text(max_size=LIMIT))
def test_case_and_outer_blanks_do_not_tell_references_apart(number: str) -> None:
    assert reference_key(f" {number.upper()} ") == reference_key(number.upper())


def test_twenty_thousand_long_numbers_get_different_references() -> None:
    taken: set[str] = set()
    for invoice in (f"CEDAR-{year}-{number:06}" for year in range(2020, 2030) for number in range(2000)):
        numbers = reference_numbers(invoice, "4410")
        taken.add(next(key for number in numbers if (key := reference_key(number)) not in taken))
    assert len(taken) == 20_000
