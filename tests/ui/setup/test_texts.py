"""The words people read: plain, without blame, and complete."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

import pytest

from app.system.settings import BillingStatus, DestinationSettings, allowed_values
from app.ui.setup import texts
from app.ui.setup.flow import Missing, Page

FORBIDDEN = re.compile(r"\b(SOAP|HTTPS?|queues?d?|exceptions?|tickets?|sessions?|endpoint|API|null)\b", re.IGNORECASE)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from _strings(each)


ALL = sorted({text for name, value in vars(texts).items() if name.isupper() for text in _strings(value)})


@pytest.mark.parametrize("text", ALL)
def test_words_are_plain(text: str) -> None:
    assert "!" not in text
    assert FORBIDDEN.search(text) is None


def test_every_page_has_a_step_and_a_button() -> None:
    assert set(texts.STEPS) == set(texts.CONTINUE) == set(Page)


def test_what_may_be_missing_has_words() -> None:
    assert set(texts.MISSING) == set(Missing) - {Missing.SHORTER_KEY}


def test_every_value_of_a_choice_has_words() -> None:
    assert set(texts.STATUS_NAMES) == set(get_args(BillingStatus))
    for field, words in (
        ("document", texts.DOCUMENTS),
        ("missing_customers", texts.MISSING_CHOICES),
        ("missing_items", texts.MISSING_CHOICES),
        ("on_edited", texts.ON_EDITED_CHOICES),
        ("on_void", texts.ON_VOID_CHOICES),
    ):
        assert set(words) == set(allowed_values(field, DestinationSettings))
