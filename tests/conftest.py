"""What holds for all tests: every qbXML request the program makes is valid by Intuit's own schema."""

import functools
import gc
import os
import ssl
import sys
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from lxml import etree

from app.practice.processor import QuickBooksSession
from app.practice.web_connector import PracticeQuickBooks
from tests.exactly_once.tally import PREFIX, in_words


def qt_loads() -> bool:
    """Tell whether Qt and the system libraries it needs are here; without them the window's tests say so and skip."""
    try:
        from PySide6 import QtWidgets
    except ImportError:
        return False
    return QtWidgets is not None


# How long an example takes says how busy the machine is.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

pytest_plugins = ["pytestqt.plugin"] if qt_loads() else []


@functools.cache
def intuits_schema() -> etree.XMLSchema | None:
    """Load the qbXML 13.0 schema from the folder named by ``QBXML_SCHEMAS``; None where it is absent."""
    file = Path(os.environ.get("QBXML_SCHEMAS", "")) / "qbxmlops130.xsd"
    return etree.XMLSchema(etree.parse(file)) if file.is_file() else None


class SchoolmasterSession:
    """A session of the practice QuickBooks that checks each request by Intuit's schema before it is carried out."""

    def __init__(self, session: QuickBooksSession, schema: etree.XMLSchema) -> None:
        self._session = session
        self._schema = schema

    def process(self, text: str) -> str:
        self._schema.assertValid(etree.fromstring(text.encode()))
        return self._session.process(text)

    def end(self) -> None:
        self._session.end()


@pytest.fixture(autouse=True)
def every_request_is_valid(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold every request that reaches the practice QuickBooks through a connector against Intuit's schema."""
    if "practice" in request.path.parts:
        # The practice QuickBooks itself is tested with what it must refuse.
        return
    begin: Callable[[PracticeQuickBooks, str], QuickBooksSession] = PracticeQuickBooks.begin_session

    def begin_checked(self: PracticeQuickBooks, company_file: str) -> QuickBooksSession:
        session = begin(self, company_file)
        schema = intuits_schema()
        return session if schema is None else SchoolmasterSession(session, schema)

    monkeypatch.setattr(PracticeQuickBooks, "begin_session", begin_checked)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Spare the collector what is made now and stays to the end: modules, and thousands of tests."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_configure(config: pytest.Config) -> None:
    """Let the processes of a run, and of the next one, share what one of them compiled.

    Where Python is told to leave no bytecode beside the sources, each of the hundreds of processes that are started
    here would compile everything anew, which takes longer than what it does. So it is kept with pytest's other things.
    """
    if sys.dont_write_bytecode:
        sys.pycache_prefix = os.environ["PYTHONPYCACHEPREFIX"] = str(config.rootpath / ".pytest_cache" / "bytecode")
        sys.dont_write_bytecode = False
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@pytest.fixture(autouse=True, scope="session")
def one_tls_context() -> Iterator[None]:
    """Read the certificates once: nothing here speaks TLS, and reading them takes longer than an update."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", functools.cache(ssl.create_default_context))
        yield


def pytest_report_header() -> str:
    """Say whether requests are held against Intuit's schema."""
    return "Intuit's qbXML schema: " + ("checked" if intuits_schema() else "absent (QBXML_SCHEMAS), not checked")


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
