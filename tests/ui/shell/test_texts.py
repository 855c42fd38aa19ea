"""The words of the shell's own windows and menus: plain, without blame, ready to be translated."""

from __future__ import annotations

import pytest

from app.ui import texts
from tests.ui.plain_words import is_plain, texts_of


@pytest.mark.parametrize("text", texts_of(texts))
def test_words_are_plain(text: str) -> None:
    assert is_plain(text)
    assert "error" not in text.casefold()
    assert "cedar-sync" not in text, "a command line is no help to somebody before a window"
