"""What goes wrong in a month, one thing a day, and how it is mended."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from unittest import mock

import httpx
from sqlalchemy import Connection, Engine, event

from app.cedar import exchange
from app.practice.cedar import CedarSandbox
from app.practice.processor import QuickBooksSession
from app.practice.quickbooks import RequestProcessor
from app.practice.quickbooks.faults import HResult, ProcessorFault
from app.practice.quickbooks_online import PracticeQuickBooksOnline
from app.practice.quickbooks_online.exchange import api, writes
from app.practice.web_connector import PracticeQuickBooks

_ALL = 10_000
"""More requests than a few hours have."""
LATE: Final = 2.0
"""Seconds Intuit takes when it does not answer: more than it is waited for here."""
SHORT: Final = httpx.Timeout(0.2)
"""How long an answer of a hanging Cedar is waited for here, so that a month does not take one."""


class MoodyQuickBooks(PracticeQuickBooks):
    """Does not open while it is in a mood."""

    def __init__(self, processor: RequestProcessor, mood: HResult | None) -> None:
        super().__init__(processor)
        self._mood = mood

    def begin_session(self, company_file: str) -> QuickBooksSession:
        """Open a session, or refuse as QuickBooks does."""
        if self._mood is not None:
            raise ProcessorFault(self._mood)
        return super().begin_session(company_file)


@dataclass(frozen=True, slots=True)
class Weather:
    """A trouble from ten to two."""

    name: str
    cedar: Callable[[CedarSandbox], None] | None = None
    quickbooks: HResult | None = None
    online: Callable[[PracticeQuickBooksOnline], None] | None = None
    pragma: str = ""
    """What every connection to the record is told, so that SQLite itself meets the fault."""
    is_asleep: bool = False
    """The computer sleeps meanwhile: nobody calls, nobody reads."""
    is_hanging: bool = False
    """Cedar takes the connection and does not answer."""


FAIR = Weather("nothing")
SILENT = Weather("Cedar does not answer", lambda sandbox: sandbox.hang_next(_ALL), is_hanging=True)
STALLED = Weather("Cedar stops in the middle", lambda sandbox: sandbox.hang_next(_ALL, "stalled"), is_hanging=True)
ASLEEP = Weather("the computer sleeps", is_asleep=True)
FULL = Weather("the disk is full", pragma="max_page_count = 1")
READ_ONLY = Weather("the home is read-only", pragma="query_only = 1")
TROUBLES = (
    FAIR,
    SILENT,
    Weather("Cedar answers 503", lambda sandbox: sandbox.fail_next(_ALL)),
    Weather("QuickBooks is closed", quickbooks=HResult.CANNOT_START),
    Weather("Cedar answers 429", lambda sandbox: sandbox.fail_next(_ALL, 429, retry_after=1)),
    Weather("a dialog is open in QuickBooks", quickbooks=HResult.DIALOG_OPEN),
    FULL,
    STALLED,
    Weather("the network is gone", lambda sandbox: sandbox.drop_next(_ALL)),
    ASLEEP,
    Weather("another company file is open", quickbooks=HResult.OTHER_COMPANY_OPEN),
    Weather("Cedar answers nonsense", lambda sandbox: sandbox.garbage_next(_ALL)),
    READ_ONLY,
)
# The seventh is a Sunday, when nothing is written. A refresh token whose answer is lost for hours is lost for good, at
# Intuit too: only calls for the books are hit so.
ONLINE_TROUBLES = (
    FAIR,
    SILENT,
    Weather("Intuit answers 503", online=lambda service: service.mishaps.unavailable(times=_ALL)),
    Weather("Intuit does not answer", online=lambda service: service.mishaps.late(LATE, times=_ALL, where=api)),
    Weather("Intuit answers 429", online=lambda service: service.mishaps.throttled(times=_ALL, retry_after=60)),
    FULL,
    ASLEEP,
    Weather("Intuit cannot be reached", online=lambda service: service.mishaps.cut_before(times=_ALL)),
    Weather("answers to writes are lost", online=lambda service: service.mishaps.lose_answer(times=_ALL, where=writes)),
    Weather("half an answer to writes", online=lambda service: service.mishaps.truncated(times=_ALL, where=writes)),
    READ_ONLY,
)


@contextmanager
def under(weather: Weather, world: Any) -> Iterator[None]:  # noqa: ANN401 (whichever books are in it)
    """Let a trouble last."""
    sandbox: CedarSandbox = world.sandbox

    def begin(connection: Connection) -> None:
        connection.connection.driver_connection.execute(f"PRAGMA {weather.pragma}")  # type: ignore[union-attr]

    if weather.cedar is not None:
        weather.cedar(sandbox)
    if weather.online is not None:
        weather.online(world.service)
    if weather.pragma:
        event.listen(Engine, "begin", begin, insert=True)
    timeouts = SHORT if weather.is_hanging else exchange.TIMEOUTS
    try:
        with mock.patch.object(exchange, "TIMEOUTS", timeouts):
            yield
    finally:
        sandbox.heal()
        if weather.online is not None:
            world.service.mishaps.heal()
        if weather.pragma:
            event.remove(Engine, "begin", begin)
            event.listen(Engine, "begin", _mend)


def _mend(connection: Connection) -> None:
    driver = connection.connection.driver_connection
    if driver is not None:
        driver.execute("PRAGMA max_page_count = 4294967294")
        driver.execute("PRAGMA query_only = 0")
