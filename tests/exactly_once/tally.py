"""How often the program was killed and how many answers were lost: counted by each test, added up for the summary."""

from collections import Counter
from collections.abc import Iterable
from typing import Final, Literal

Count = Literal["processes killed", "programs killed in the process", "calls met a mishap", "QuickBooks crashes"]

PREFIX: Final = "exactly once: "
"""Begins the name of a test's property that is a count."""


class Tally:
    """Counts of one test."""

    def __init__(self) -> None:
        self._counts: Counter[Count] = Counter()

    def add(self, count: Count, number: int = 1) -> None:
        """Count."""
        self._counts[count] += number

    def items(self) -> Iterable[tuple[Count, int]]:
        """Give what was counted."""
        return self._counts.items()


def in_words(counts: Iterable[tuple[str, int]]) -> str:
    """Say what was counted, in one line."""
    return ", ".join(f"{number} {name}" for name, number in sorted(counts))
