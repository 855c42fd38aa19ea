"""Counts kills and losses, and says in the summary how many there were; keeps homes on a fast disk."""

import functools
import ssl
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.exactly_once.tally import PREFIX, Tally, in_words


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
    memory = Path("/dev/shm")  # noqa: S108 (a folder of its own is made in it)
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        yield Path(name)


@pytest.fixture(autouse=True, scope="session")
def one_tls_context() -> Iterator[None]:
    """Read the certificates once: nothing here speaks TLS, and reading them takes longer than an update."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", functools.cache(ssl.create_default_context))
        yield


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Add up what all tests counted."""
    counts: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") != "teardown":
                continue  # the counts are complete only then
            for name, number in getattr(report, "user_properties", ()):
                if name.startswith(PREFIX):
                    counts[name.removeprefix(PREFIX)] += int(number)
    if counts:
        terminalreporter.write_line(f"Exactly once, after {in_words(counts.items())}.")
