"""A QuickBooks that one connector reaches only after everybody else has had his turn."""

from collections.abc import Callable

from app.practice.processor import QuickBooksSession
from app.practice.quickbooks import RequestProcessor
from app.practice.web_connector import PracticeQuickBooks


class LateQuickBooks(PracticeQuickBooks):
    """Delivers one message set late: it was handed out long ago when QuickBooks gets to see it."""

    def __init__(self, processor: RequestProcessor, number: int, meanwhile: Callable[[], None]) -> None:
        """Take what happens while the n-th message set is on its way."""
        super().__init__(processor)
        self._left = number
        self._meanwhile = meanwhile

    def begin_session(self, company_file: str) -> QuickBooksSession:
        """Open a session that delivers late."""
        return _LateSession(super().begin_session(company_file), self._is_late)

    def _is_late(self) -> None:
        self._left -= 1
        if self._left == 0:
            self._meanwhile()


class _LateSession:
    def __init__(self, session: QuickBooksSession, before: Callable[[], None]) -> None:
        self._session = session
        self._before = before

    def process(self, text: str) -> str:
        self._before()
        return self._session.process(text)

    def end(self) -> None:
        self._session.end()
