"""Carries one call to QuickBooks Online and brings its answer, or says in one word why there is none.

Rule: what may have been carried out is never repeated here, and no word of it holds a token: the server's answer to a
bad token repeats that token, so it is not passed on.
"""

import logging
import re
import time
from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Final, Self

import httpx
import msgspec

from app.books.port import Answer
from app.books.quickbooks_online import http_client
from app.books.quickbooks_online.grants import GrantLost, NotSignedIn, TokensUnreachable, WrongClient
from app.books.quickbooks_online.replies import GRANT_LOST, NO_ANSWER, NOT_SIGNED_IN, UNREACHABLE
from app.books.quickbooks_online.throttle import Throttle
from app.books.quickbooks_online.tokens import TokenKeeper
from app.diagnostics import logs
from app.domain.faults import HomeUnusable, KnownFault, NotConfigured
from app.domain.retry_after import http_date, retry_after_seconds
from app.system import unwanted

log = logging.getLogger(__name__)

READ_TIME: Final = 130.0
"""Seconds to wait for an answer; Intuit gives a request up after 120."""
ANSWER_TIME: Final = 300.0
"""Seconds until an answer that only trickles in is given up."""
LARGEST: Final = 32 * 1024 * 1024
"""Bytes of an answer; a page of a thousand documents has less than ten million."""
WORDS_LIMIT: Final = 4000
"""Characters of a refusal that are passed on."""

_TOO_MANY: Final = frozenset({"3001", "003001"})
"""The code of a throttled request; older servers send it with 403."""
_HEAD: Final = re.compile(r"(GET|POST) (/[!-~]*)")


class Courier:
    """Carries calls for one company. Safe for several threads."""

    def __init__(
        self, root: str, realm_id: str, keeper: TokenKeeper, throttle: Throttle, *, read_time: float = READ_TIME
    ) -> None:
        """Prepare; nothing is sent yet.

        Args:
            root: The API's server.
            realm_id: The company; empty where nobody has signed in.
            keeper: Gives access tokens.
            throttle: The company's pace.
            read_time: Seconds to wait for an answer.

        Raises:
            NotConfigured: If this computer's proxy or certificate settings cannot be used.
        """
        self._company = f"{root}/v3/company/{realm_id}" if realm_id else ""
        self._keeper = keeper
        self._throttle = throttle
        self._http = http_client.client(root, read_time)
        self._left: list[Future[Answer]] = []
        """Calls whose answers nobody waits for any more."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections, each when nobody reads from it any more; may be called twice."""
        self._left = [call for call in self._left if not call.done()]
        if not self._left:
            self._http.close()
        for call in self._left:
            # Under its hands the number of the socket could become another file's.
            call.add_done_callback(lambda _: self._close_after_the_last())

    def _close_after_the_last(self) -> None:
        if all(call.done() for call in self._left):
            self._http.close()

    @property
    def not_before(self) -> datetime | None:
        """When the company may be asked again; None where that is now."""
        return self._throttle.not_before

    def send(self, text: str) -> Answer:
        """Send a call, and wait for its answer.

        Args:
            text: As `app.books.quickbooks_online.call` writes it.

        Returns:
            The body of an answer with status 200 or 400. Anything else has a fault: ``unreachable``, ``grant_lost`` and
            ``not_signed_in`` when nothing was sent, ``no_answer`` when nobody knows what became of it, else the status.
        """
        return self._timed(text, _wanted)

    def send_while_wanted(self, text: str, is_unwanted: Callable[[], bool]) -> Answer | None:
        """Send a call, and wait for its answer as long as somebody wants it.

        Args:
            text: As for `send`.
            is_unwanted: Asked often.

        Returns:
            None if it is not wanted any more. What was sent by then may be carried out; nothing is sent after that.
        """
        call = unwanted.begun(lambda: self._timed(text, is_unwanted), "books-call")
        try:
            if not unwanted.is_done(call, is_unwanted):
                self._left = [*(each for each in self._left if not each.done()), call]
                return None
            return call.result()
        finally:
            # A fault holds this frame by its traceback, and the call holds the fault.
            del call

    def _timed(self, text: str, is_unwanted: Callable[[], bool]) -> Answer:
        method, path, body = _parted(text)
        started = time.monotonic()
        answer = self._send(method, path, body, is_unwanted)
        seconds = time.monotonic() - started
        log.debug("%s %s: %s in %.1f s", method, path.partition("?")[0], answer.fault or "answered", seconds)
        return Answer(answer.text, answer.fault, answer.message, seconds, answer.trace)

    def _send(self, method: str, path: str, body: str, is_unwanted: Callable[[], bool]) -> Answer:
        until = self._throttle.not_before
        if until is not None:
            return _asked_to_wait(until)
        if not self._company:
            return Answer("", NOT_SIGNED_IN)
        try:
            token = self._keeper.access()
            answer = self._exchange(method, path, body, token, is_unwanted)
            if answer.fault == _UNAUTHORIZED:
                # It was not carried out, so it may be repeated; once, for a fresh token that is refused stays refused.
                token = self._keeper.access(refused=token)
                answer = self._exchange(method, path, body, token, is_unwanted)
        except (GrantLost, NotSignedIn, WrongClient, NotConfigured, TokensUnreachable, HomeUnusable) as fault:
            return Answer("", _word(fault), str(fault))
        if not answer.fault:
            self._throttle.went_well()
            self._keeper.prove(token)
        return answer

    def _exchange(self, method: str, path: str, body: str, token: str, is_unwanted: Callable[[], bool]) -> Answer:
        self._throttle.wait_for_turn()
        if is_unwanted():
            # A token may have been waited for long; by now another program may have settled what this call is about.
            return Answer("", UNREACHABLE)
        headers = {"Authorization": f"Bearer {token}"}
        if method == "POST":
            is_statement = path.partition("?")[0] == "/query"
            headers["Content-Type"] = "application/text" if is_statement else "application/json"
        content = body.encode() if method == "POST" else None
        try:
            with self._http.stream(method, self._company + path, headers=headers, content=content) as response:
                trace = _printable(response.headers.get("intuit_tid", ""))
                read = http_client.body_of(response, LARGEST, ANSWER_TIME)
        except httpx.HTTPError as exc:
            # Its words may name the address, never a header.
            fault = UNREACHABLE if http_client.is_before_sending(exc) else NO_ANSWER
            return Answer("", fault, _words(f"{type(exc).__name__}: {exc}"))
        except http_client.TooMuch as exc:
            return Answer("", NO_ANSWER, str(exc), trace=trace)
        return self._sorted(response, read, trace)

    def _sorted(self, response: httpx.Response, body: bytes, trace: str) -> Answer:
        status = response.status_code
        if status in {httpx.codes.OK, httpx.codes.BAD_REQUEST}:
            if _is_json(body):
                return Answer(body.decode("utf-8", errors="replace"), trace=trace)
            # A page of a server in between, or half an answer: with 200 nobody knows what was done.
            fault = NO_ANSWER if status == httpx.codes.OK else str(status)
            return Answer("", fault, _words(body.decode("utf-8", errors="replace")), trace=trace)
        if status == httpx.codes.UNAUTHORIZED:
            return Answer("", _UNAUTHORIZED, trace=trace)
        if status == httpx.codes.TOO_MANY_REQUESTS or (status == httpx.codes.FORBIDDEN and _is_throttled(body)):
            # Counted by the server's clock where it tells: the wait must not depend on how wrong ours is.
            now = http_date(response.headers.get("date")) or datetime.now(UTC)
            until = self._throttle.pause(retry_after_seconds(response.headers.get("retry-after"), now))
            return _asked_to_wait(until, trace)
        return Answer("", str(status), _words(body.decode("utf-8", errors="replace")), trace=trace)


def _wanted() -> bool:
    """Tell that whoever called waits for the answer to the end."""
    return False


_UNAUTHORIZED: Final = str(httpx.codes.UNAUTHORIZED.value)
_WORD: Final[dict[type[KnownFault], str]] = {
    GrantLost: GRANT_LOST,
    TokensUnreachable: UNREACHABLE,
    HomeUnusable: UNREACHABLE,
}


def _word(fault: KnownFault) -> str:
    """Give the word for what kept a call from being sent; a wrong client is mended by signing in, as no grant is."""
    return next((word for kind, word in _WORD.items() if isinstance(fault, kind)), NOT_SIGNED_IN)


def _parted(text: str) -> tuple[str, str, str]:
    head, _, body = text.partition("\n\n")
    found = _HEAD.fullmatch(head)
    if found is None or ".." in found[2].partition("?")[0]:
        raise ValueError("a call begins with its method and its path")
    return found[1], found[2], body


def _asked_to_wait(until: datetime, trace: str = "") -> Answer:
    return Answer("", str(httpx.codes.TOO_MANY_REQUESTS.value), f"not before {until:%Y-%m-%dT%H:%M:%SZ}", trace=trace)


def _is_json(body: bytes) -> bool:
    try:
        msgspec.json.decode(body, type=dict[str, msgspec.Raw])
    except (msgspec.MsgspecError, RecursionError):
        return False
    return True


def _is_throttled(body: bytes) -> bool:
    try:
        answer = msgspec.json.decode(body)
        errors: Any = {key.casefold(): value for key, value in answer.items()}["fault"]
        errors = {key.casefold(): value for key, value in errors.items()}["error"]
        return any(str(each.get("code")) in _TOO_MANY for each in errors)
    except (msgspec.MsgspecError, RecursionError, AttributeError, KeyError, TypeError):
        return False


def _words(text: str) -> str:
    return logs.redacted(" ".join(text.split()))[:WORDS_LIMIT]


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())[:100]
