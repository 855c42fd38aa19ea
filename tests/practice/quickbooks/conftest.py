"""Fixtures of the practice QuickBooks' tests."""

from __future__ import annotations

import pytest

from tests.practice.quickbooks.asking import Books, open_books


@pytest.fixture
def books() -> Books:
    return open_books()
