from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from app.books.quickbooks_desktop.qbxml.text import cut, escaped, folded

TEXTS = st.text()
REFERENCE = re.compile(r"&#(\d+);")


def read_back(xml: str) -> str:
    return etree.fromstring(f"<Desc>{xml}</Desc>".encode("ascii")).text or ""


@given(TEXTS)
def test_what_is_written_is_pure_ascii(text: str) -> None:
    assert escaped(text).isascii()


@given(TEXTS)
def test_references_are_of_iso_8859_1_only(text: str) -> None:
    assert all(160 <= int(number) <= 255 for number in REFERENCE.findall(escaped(text)))


@given(TEXTS)
def test_no_other_references_are_written_than_those_xml_knows(text: str) -> None:
    assert set(re.findall(r"&([a-z]+);", escaped(text))) <= {"amp", "lt", "gt", "quot"}


@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(TEXTS)
def test_folded_text_has_no_control_characters(text: str) -> None:
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", folded(text))


@given(TEXTS)
def test_what_is_written_reads_back_as_the_folded_text(text: str) -> None:
    assert read_back(escaped(text)) == folded(text).replace("\r\n", "\n").replace("\r", "\n")


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


@pytest.mark.parametrize(
    ("text", "xml"), [("A & B < C", "A &amp; B &lt; C"), ('"', "&quot;"), ("é", "&#233;"), ("]]>", "]]&gt;")]
)
def test_markup_is_escaped(text: str, xml: str) -> None:
    assert escaped(text) == xml


@given(TEXTS, st.integers(4, 60))
def test_a_cut_text_is_never_longer_than_its_limit(text: str, limit: int) -> None:
    assert len(cut(text, limit)) <= limit


@given(TEXTS)
def test_a_text_that_fits_is_not_cut(text: str) -> None:
    assert cut(text, max(len(folded(text)), 4)) == folded(text)


def test_a_cut_text_shows_that_it_was_cut() -> None:
    assert cut("Demurrage at North Yard", 12) == "Demurrage..."


def test_the_limit_counts_what_the_text_becomes() -> None:
    assert len(cut("\u2026" * 50, 100)) == 100
