from __future__ import annotations

import pytest

from app.domain.xml_text import REPLACEMENT, legal, mended


@pytest.mark.parametrize(
    "forbidden",
    ["\x00", "\x01", "\x0b", "\ud800", "\uffff", "&#0;", "&#11;", "&#x1;", "&#xFFFF;", "&#xD800;", "&#x110000;"],
)
def test_what_xml_forbids_is_replaced(forbidden: str) -> None:
    assert mended(f"<a>b{forbidden}c</a>") == f"<a>b{REPLACEMENT}c</a>"


@pytest.mark.parametrize(
    "allowed", ["\t", "\n", "\r", "&#9;", "&#13;", "&#233;", "&#x1F600;", "\ufffd", "&amp;#11;", "&#;"]
)
def test_what_xml_allows_stays(allowed: str) -> None:
    assert mended(f"<a>b{allowed}c</a>") == f"<a>b{allowed}c</a>"


@pytest.mark.parametrize("forbidden", ["\x00", "\x0b", "\ud800", "\ufffe"])
def test_a_text_loses_its_forbidden_characters(forbidden: str) -> None:
    assert legal(f"Acme{forbidden}Grain") == f"Acme{REPLACEMENT}Grain"


def test_a_text_keeps_what_only_looks_like_a_reference() -> None:
    assert legal("Acme &#11; Grain") == "Acme &#11; Grain"
