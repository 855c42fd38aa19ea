"""The words people read: plain, without blame, and complete."""

from __future__ import annotations

from typing import get_args

import pytest

from app.system.settings import BillingStatus, DestinationSettings, allowed_values
from app.ui.setup import texts
from app.ui.setup.flow import Missing, Page
from tests.ui.plain_words import is_plain, texts_of


@pytest.mark.parametrize("text", texts_of(texts))
def test_words_are_plain(text: str) -> None:
    assert is_plain(text)


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
