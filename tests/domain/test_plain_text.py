from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.plain_text import folded, name_key

TEXTS = st.text()


@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(TEXTS)
def test_folded_text_has_no_control_characters(text: str) -> None:
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", folded(text))


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert folded(text) == text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Café siding", "Café siding"),
        ("Cafe\u0301 siding", "Café siding"),
        ("O\u2019Brien \u201cNorth\u201d", 'O\'Brien "North"'),
        ("1\u20132 \u2014 3", "1-2 - 3"),
        ("\u20ac 5", "EUR 5"),
        ("Łódź", "Lódz"),
        ("Œuvre", "OEuvre"),
        ("ﬁne", "fine"),
        ("\u00a0x", " x"),
        ("\u2028", "?"),
        ("東京 📦", "?? ?"),
        ("a\x00b\x1fc\x7f\x85", "abc"),
        ("a\u200bb\ufeff", "ab"),
        ("\u212b", "Å"),
        ("½ ²", "½ ²"),
        ("tab\tline\n", "tab\tline\n"),
    ],
)
def test_what_quickbooks_cannot_hold_becomes_its_nearest_plain_form(text: str, plain: str) -> None:
    assert folded(text) == plain


@pytest.mark.parametrize("other", ["O'Brien", "O\u2019Brien", "o'brien", " O'BRIEN "])
def test_a_name_is_the_same_however_it_is_typed(other: str) -> None:
    assert name_key(other) == name_key("O'Brien")


@pytest.mark.parametrize("other", ["OBrien", "O Brien", "O'Brien 2", "\u00d3'Brien"])
def test_another_name_is_another_name(other: str) -> None:
    assert name_key(other) != name_key("O'Brien")
