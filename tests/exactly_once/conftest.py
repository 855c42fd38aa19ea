"""Counts kills and losses; keeps homes on a fast disk."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.exactly_once.tally import PREFIX, Tally, in_words
from tests.folders import memory_folder


@pytest.fixture
def tally(record_property: Callable[[str, object], None]) -> Iterator[Tally]:
    """Count for one test; printed and kept in the report."""
    counts = Tally()
    yield counts
    print(in_words(counts.items()))  # noqa: T201 (visible with -s)
    for name, number in counts.items():
        record_property(PREFIX + name, number)


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give a folder in memory where there is one: a killed program loses nothing the system has been given."""
    with memory_folder() as folder:
        yield folder
