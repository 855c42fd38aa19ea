"""One update of the Web Connector's stand-in: which call follows which, and what is reported of it.

Makes calls through the SOAP client it is given. Follows the QBWC Programmer's Guide, chapters 3, 5 and 8.
"""

import contextlib
import time
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeVar

from app.practice.mishaps import CallAhead, Fate, Script
from app.practice.processor import QuickBooksFault, QuickBooksProcessor, QuickBooksSession
from app.practice.soap import ConnectorError, SoapClient

Outcome = Literal[
    "none", "nvu", "busy", "postponed", "refused_version", "done", "error", "connection_error", "vanished"
]
"""How an update ended; the first three are the words of ``authenticate``."""

_VERSION: Final = "2.3.0.215"
_NO_OP_SECONDS: Final = 5.0
_MOST_CONNECTION_TRIES: Final = 3

_T = TypeVar("_T")
Steps = Generator[CallAhead, None, _T]
"""Something that yields before each call."""


class EndlessUpdate(Exception):
    """The endpoint keeps the session going for more calls than the update may take."""


class Vanished(Exception):
    """The script made the connector disappear."""


class _Skipped(Exception):
    """The script left closeConnection out; nothing else can be left out."""


@dataclass(frozen=True, slots=True)
class CallMade:
    """One call that was answered."""

    operation: str
    """Intuit's name."""
    seconds: float
    """From request to answer."""


@dataclass(slots=True)
class UpdateReport:
    """What one update did."""

    outcome: Outcome = "vanished"
    """How it ended."""
    calls: list[CallMade] = field(default_factory=list)
    """Every call in order."""
    percents: list[int] = field(default_factory=list)
    """What receiveResponseXML returned."""
    requests: int = 0
    """qbXML requests that reached QuickBooks."""
    last_error: str = ""
    """The text of getLastError, or of a refusing clientVersion."""
    closing_text: str = ""
    """The text of closeConnection."""
    postponed_seconds: int = 0
    """Third element of authenticate."""
    least_interval_seconds: int = 0
    """Fourth element of authenticate."""

    @property
    def last_text(self) -> str:
        """What stands in the Web Connector's status column."""
        return self.last_error or self.closing_text

    @property
    def operations(self) -> list[str]:
        """The names of the calls, for comparing."""
        return [call.operation for call in self.calls]


class Update:
    """One update under way."""

    def __init__(
        self,
        client: SoapClient,
        quickbooks: QuickBooksProcessor,
        script: Script,
        sleep: Callable[[float], None],
        max_calls: int,
    ) -> None:
        """Make no call yet; the arguments are those of the stand-in."""
        self.report = UpdateReport()
        self._client = client
        self._quickbooks = quickbooks
        self._script = script
        self._sleep = sleep
        self._max_calls = max_calls
        self._number = 0
        self._occurrences: Counter[str] = Counter()
        self._session: QuickBooksSession | None = None
        self._ticket = ""

    def run(self, username: str, password: str) -> Steps[None]:
        """Make the calls of a whole update."""
        with contextlib.suppress(ConnectorError):  # optional since 2.0: a failure is logged, and on it goes
            yield from self._text("serverVersion")
        if not (yield from self._is_welcome()):
            return
        status = yield from self._logged_in(username, password)
        if status is not None:
            session = yield from self._opened(status)
            if session is not None:
                yield from self._exchange(session)
        self.end_session()
        if self.report.outcome != "connection_error":
            yield from self._close()

    def end_session(self) -> None:
        """End the QuickBooks session if there is one."""
        session, self._session = self._session, None
        if session is not None:
            session.end()

    def _is_welcome(self) -> Steps[bool]:
        """Show our version (p. 66)."""
        text = yield from self._text("clientVersion", strVersion=_VERSION)
        if text[:2] in ("E:", "O:"):
            self.report.outcome = "refused_version"
            self.report.last_error = text[2:]
            return False
        if text and text[:2] != "W:":
            raise ConnectorError("QBWC1046", f"clientVersion: {text!r} is not a known answer.")
        return True

    def _logged_in(self, username: str, password: str) -> Steps[str | None]:
        """Log in (p. 62-64); return the company file to open, None if there is nothing to do."""
        parameters = (("strUserName", username), ("strPassword", password))
        answer = yield from self._call("authenticate", parameters, self._client.texts)
        self._ticket, status = answer[:2]
        self.report.postponed_seconds = _seconds(answer, 2)
        self.report.least_interval_seconds = _seconds(answer, 3)
        if self.report.postponed_seconds:
            self.report.outcome = "postponed"
            return None
        match status.lower():
            case "none" | "nvu" | "busy" as word:
                self.report.outcome = word
                return None
            case _:
                return status

    def _opened(self, company_file: str) -> Steps[QuickBooksSession | None]:
        """Open QuickBooks, asking connectionError what to do when that fails (p. 51, 69)."""
        for _ in range(_MOST_CONNECTION_TRIES):
            try:
                self._session = self._quickbooks.begin_session(company_file)
            except Exception as exc:
                if not isinstance(exc, QuickBooksFault):
                    raise
                company_file = yield from self._text(
                    "connectionError", ticket=self._ticket, hresult=exc.hresult, message=exc.message
                )
            else:
                return self._session
            if company_file.lower() == "done":
                break
        self.report.outcome = "connection_error"
        return None

    def _exchange(self, session: QuickBooksSession) -> Steps[None]:
        """Carry requests to QuickBooks and responses back until the endpoint has no more."""
        preferences = self._host_company_preferences()
        while True:
            request = yield from self._next_request(preferences)
            preferences = ""
            if request.lower() in ("", "noop"):
                if (yield from self._is_over()):
                    return
                continue
            response, hresult, message = self._process(session, request)
            percent = yield from self._call(
                "receiveResponseXML",
                (("ticket", self._ticket), ("response", response), ("hresult", hresult), ("message", message)),
                self._client.number,
            )
            self.report.percents.append(percent)
            if percent < 0:
                yield from self._is_over()
                self.report.outcome = "error"
                return
            if percent >= 100:
                self.report.outcome = "done"
                return

    def _host_company_preferences(self) -> str:
        """Ask QuickBooks about itself, as the Web Connector does once in a session (p. 22)."""
        try:
            return self._quickbooks.host_company_preferences()
        except Exception as exc:
            if not isinstance(exc, QuickBooksFault):
                raise
            raise ConnectorError("QBWC1014", f"Host, company and preferences query: {exc.message}") from exc

    def _next_request(self, preferences: str) -> Steps[str]:
        major, minor = self._quickbooks.qbxml_version
        return (
            yield from self._text(
                "sendRequestXML",
                ticket=self._ticket,
                strHCPResponse=preferences,
                strCompanyFileName=self._quickbooks.company_file,
                qbXMLCountry=self._quickbooks.country,
                qbXMLMajorVers=str(major),
                qbXMLMinorVers=str(minor),
            )
        )

    def _process(self, session: QuickBooksSession, request: str) -> tuple[str, str, str]:
        """Hand a request to QuickBooks; return response, hresult and message."""
        self.report.requests += 1
        try:
            return session.process(request), "", ""
        except Exception as exc:
            if not isinstance(exc, QuickBooksFault):
                raise
            return "", exc.hresult, exc.message

    def _is_over(self) -> Steps[bool]:
        """Ask what is the matter; ``NoOp`` means: ask for a request again in five seconds (p. 72)."""
        text = yield from self._text("getLastError", ticket=self._ticket)
        if text.lower() == "noop":
            self._sleep(_NO_OP_SECONDS)
            return False
        self.report.outcome = "error"
        self.report.last_error = text
        return True

    def _close(self) -> Steps[None]:
        """Say goodbye (p. 68)."""
        with contextlib.suppress(_Skipped):
            self.report.closing_text = yield from self._text("closeConnection", ticket=self._ticket)

    def _text(self, operation: str, **parameters: str) -> Steps[str]:
        return (yield from self._call(operation, tuple(parameters.items()), self._client.text))

    def _call(
        self,
        operation: str,
        parameters: Sequence[tuple[str, str]],
        read: Callable[[str, Sequence[tuple[str, str]]], _T],
    ) -> Steps[_T]:
        """Make one call, as the script will have it."""
        self._number += 1
        self._occurrences[operation] += 1
        if self._number > self._max_calls:
            raise EndlessUpdate(f"more than {self._max_calls} calls in one update")
        ahead = CallAhead(self._number, operation, self._occurrences[operation])
        yield ahead
        fate = self._script(ahead)
        if fate is Fate.VANISH_BEFORE:
            raise Vanished
        if fate is Fate.SKIP:
            raise _Skipped
        for _ in range(2 if fate is Fate.TWICE else 1):
            began = time.perf_counter()
            result = read(operation, parameters)
            self.report.calls.append(CallMade(operation, time.perf_counter() - began))
        if fate is Fate.DROP_ANSWER:
            raise Vanished
        return result


def _seconds(answer: Sequence[str], index: int) -> int:
    """Read an optional element of authenticate's array."""
    text = answer[index].strip() if len(answer) > index else ""
    if text and not text.isdecimal():
        raise ConnectorError("QBWC1012", "authenticate: Input string was not in a correct format.")
    return int(text or "0")
