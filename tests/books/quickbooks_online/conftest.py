"""The practice Intuit for the tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.books.quickbooks_online.intuit import Intuit


@pytest.fixture
def intuit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Intuit]:
    monkeypatch.setattr("app.books.quickbooks_online.callback.STEP", 0.02)
    with Intuit(tmp_path) as intuit:
        yield intuit
