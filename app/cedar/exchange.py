"""One request to Cedar and its answer: headers, limits, and every transport fault translated.

Rule: nothing that leaves this module, fault or log line, holds the key, whatever the other side echoes.
"""

import html
import json
import logging
import ssl
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote

import httpx

from app import __version__
from app.cedar import faults
from app.domain.faults import CedarFault, NotConfigured
from app.domain.retry_after import http_date, retry_after_seconds
from app.system import unwanted
from app.system.network import is_loopback, trusted_authorities

TIMEOUTS: Final = httpx.Timeout(60.0, connect=10.0, pool=10.0)
"""Seconds to connect, and to wait for the next piece of an answer."""

ANSWER_TIME: Final = 300.0
"""Seconds until an answer that only trickles in is given up."""

ANSWER_LIMIT: Final = 64 * 1024 * 1024
"""Bytes; a page of the usual size has less than one million."""

ERROR_LIMIT: Final = 64 * 1024
"""Bytes of a refusal that are read: more would only be thrown away."""

# At DEBUG it writes every header that comes back, and with them whatever the other side echoes.
logging.getLogger("httpcore").setLevel(logging.INFO)


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom we are for Cedar."""

    carrier: str
    assume_user: str
    api_key: str = field(repr=False)

    def headers(self) -> list[tuple[bytes, bytes]]:
        """Write the headers every request carries.

        Raises:
            NotConfigured: If one is empty or cannot stand in a header.
        """
        return [
            (b"x-arms-api-key", _header("Cedar's API key", self.api_key, ascii_only=True)),
            (b"x-arms-assume-user", _header("the Cedar user", self.assume_user)),
            (b"Carrier", _header("the Cedar carrier", self.carrier)),
            (b"Content-Type", b"application/json"),
            (b"Accept", b"application/json"),
            (b"User-Agent", f"cedar-sync/{__version__}".encode()),
        ]


class Exchange:
    """Sends requests to one server, one at a time."""

    def __init__(
        self,
        address: httpx.URL,
        identity: Identity,
        transport: httpx.BaseTransport | None,
        cancelled: Callable[[], bool],
    ) -> None:
        self._root = str(address).rstrip("/")
        self._secrets = _spellings(identity.api_key.strip())
        self._cancelled = cancelled
        self._left: Future[bytes] | None = None
        """The call nobody waits for any more."""
        headers = identity.headers()
        try:
            self._http = httpx.Client(
                headers=headers,
                timeout=TIMEOUTS,
                follow_redirects=False,  # the key must not travel to wherever the answer points
                transport=transport,
                trust_env=not is_loopback(address.host),  # a proxy cannot reach this computer's own servers
                verify=trusted_authorities() if address.scheme == "https" and transport is None else True,
            )
        except (ValueError, ImportError, OSError, httpx.InvalidURL) as exc:
            raise NotConfigured(
                "This computer's proxy or certificate settings cannot be used to reach Cedar; "
                f"ask your IT to check them ({type(exc).__name__})."
            ) from exc

    def close(self) -> None:
        """Close the connections; one that an abandoned call still waits on, when that call ends."""
        if self._left is not None:
            # Under its hands the number of the socket could become another file's.
            self._left.add_done_callback(lambda _: self._http.close())
        else:
            self._http.close()

    def ask(self, method: str, path: str, body: bytes | None = None) -> bytes:
        """Send one request and give the body of the answer.

        Raises:
            CedarFault: Whatever went wrong; a `PassingFault` if asking again may help.
            Cancelled: If somebody asked us to stop before the whole answer was there.
        """
        call = unwanted.begun(lambda: self._ask(method, path, body), "cedar-call")
        try:
            if not unwanted.is_done(call, self._cancelled):
                self._left = call
                raise faults.Cancelled
            return call.result()
        finally:
            # A fault holds this frame by its traceback, and the call holds the fault.
            del call

    def _ask(self, method: str, path: str, body: bytes | None) -> bytes:
        try:
            with self._http.stream(method, self._root + path, content=body) as response:
                if response.is_success:
                    return self._read(response)
                raise self._refusal(response)
        except httpx.TimeoutException as exc:
            raise self._passing(faults.TIMED_OUT, exc) from self._cause(exc)
        except (httpx.ConnectError, httpx.ProxyError) as exc:
            if _is_untrusted(exc):
                raise faults.unavailable(faults.UNTRUSTED, self.redacted(str(exc))) from self._cause(exc)
            raise self._passing(faults.UNREACHABLE, exc) from self._cause(exc)
        except (httpx.LocalProtocolError, httpx.UnsupportedProtocol, httpx.DecodingError, httpx.InvalidURL) as exc:
            raise faults.unavailable(faults.NONSENSE, self.redacted(f"{type(exc).__name__}: {exc}")) from self._cause(
                exc
            )
        except httpx.HTTPError as exc:
            raise self._passing(faults.INTERRUPTED, exc) from self._cause(exc)

    def redacted(self, text: str) -> str:
        """Give text of the other side without the key, on one line, and no longer than is kept."""
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return " ".join(text.split())[: faults.RAW_LIMIT]

    def _read(self, response: httpx.Response) -> bytes:
        started = time.monotonic()
        body = bytearray()
        for piece in response.iter_bytes():
            body += piece
            if self._cancelled():
                raise faults.Cancelled
            if len(body) > ANSWER_LIMIT:
                raise faults.unavailable(faults.NONSENSE, f"more than {ANSWER_LIMIT} bytes")
            if time.monotonic() - started > ANSWER_TIME:
                raise faults.PassingFault(faults.TIMED_OUT, f"unfinished after {ANSWER_TIME:.0f} seconds")
        return bytes(body)

    def _refusal(self, response: httpx.Response) -> CedarFault:
        started = time.monotonic()
        body = bytearray()
        try:
            for piece in response.iter_bytes():
                body += piece
                if len(body) >= ERROR_LIMIT or self._cancelled() or time.monotonic() - started > ANSWER_TIME:
                    break
        except httpx.HTTPError:
            pass  # the status alone says enough
        status = response.status_code
        target = f" to {response.headers['location']}" if "location" in response.headers else ""
        # Counted by the server's clock where it tells: the wait must not depend on how wrong this computer's is.
        now = http_date(response.headers.get("date")) or datetime.now(UTC)
        wait = retry_after_seconds(response.headers.get("retry-after"), now)
        return faults.refusal(status, self.redacted(f"{status}{target} {body.decode(errors='replace')}"), wait)

    def _cause(self, exc: Exception) -> Exception | None:
        """Keep the cause for the log's traceback, unless its text quotes the key."""
        return None if any(secret in str(exc) for secret in self._secrets) else exc

    def _passing(self, sentence: str, exc: Exception) -> faults.PassingFault:
        return faults.PassingFault(sentence, self.redacted(f"{type(exc).__name__}: {exc}"))


def _header(words: str, value: str, *, ascii_only: bool = False) -> bytes:
    stripped = value.strip()
    if not stripped:
        raise NotConfigured(f"The settings do not name {words}; enter it and try again.")
    if not stripped.isprintable() or (ascii_only and not stripped.isascii()):
        raise NotConfigured(f"There are characters in {words} that cannot be sent; enter it again.")
    return stripped.encode()


def _spellings(key: str) -> tuple[str, ...]:
    """Give the ways an echo may spell the key, the longest first so that no part of one is left over."""
    spellings = {key, json.dumps(key)[1:-1], quote(key), quote(key, safe=""), html.escape(key)}
    return tuple(sorted((spelling for spelling in spellings if spelling), key=len, reverse=True))


def _is_untrusted(exc: BaseException) -> bool:
    cause: BaseException | None = exc
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return True
        cause = cause.__cause__ or cause.__context__
    return "CERTIFICATE_VERIFY_FAILED" in str(exc)
