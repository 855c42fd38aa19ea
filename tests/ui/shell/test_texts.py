"""The words of the shell's own windows and menus: plain, without blame, ready to be translated."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from app.ui import texts

FORBIDDEN = re.compile(
    r"\b(SOAP|HTTPS?|queues?d?|exceptions?|errors?|tickets?|sessions?|endpoint|API|null)\b", re.IGNORECASE
)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _strings(each)


ALL = sorted({text for name, value in vars(texts).items() if name.isupper() for text in _strings(value)})


@pytest.mark.parametrize("text", ALL)
def test_words_are_plain(text: str) -> None:
    assert "!" not in text
    assert FORBIDDEN.search(text) is None
    assert "cedar-sync" not in text, "a command line is no help to somebody before a window"
