from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from app.books.quickbooks_desktop.qbxml.text import cut, escaped
from app.domain.plain_text import folded

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
def test_what_is_written_reads_back_as_the_folded_text(text: str) -> None:
    assert read_back(escaped(text)) == folded(text).replace("\r\n", "\n").replace("\r", "\n")


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
