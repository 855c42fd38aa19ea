"""HTTP as all calls to Intuit need it: who we are, whom we trust, and what a broken call means."""

import logging
import ssl
import time
from typing import Final

import httpx

from app import __version__
from app.books.quickbooks_online import sign_in_texts as texts
from app.domain.faults import NotConfigured
from app.system.network import is_loopback, trusted_authorities

CONNECT_TIME: Final = 10.0
"""Seconds to connect."""

USER_AGENT: Final = f"cedar-sync/{__version__}"

# At DEBUG it writes every header, and with them the tokens.
logging.getLogger("httpcore").setLevel(logging.INFO)

_BEFORE_SENDING: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)


class TooMuch(Exception):
    """An answer is larger, or takes longer, than any real one."""


def client(root: str, read_time: float) -> httpx.Client:
    """Open a client for one server.

    Args:
        root: The server's address.
        read_time: Seconds to wait for the next piece of an answer.

    Raises:
        NotConfigured: If this computer's proxy or certificate settings cannot be used.
    """
    try:
        address = httpx.URL(root)
        return httpx.Client(
            headers={"User-Agent": USER_AGENT, "Accept": "application/json"},
            timeout=httpx.Timeout(read_time, connect=CONNECT_TIME, pool=CONNECT_TIME),
            follow_redirects=False,  # a token must not travel to wherever an answer points
            trust_env=not is_loopback(address.host),  # a proxy cannot reach this computer's own servers
            # Without encryption there is nobody to be trusted, and reading the authorities takes its time.
            verify=trusted_authorities() if address.scheme == "https" else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
        )
    except (ValueError, ImportError, OSError, httpx.InvalidURL) as exc:
        raise NotConfigured(texts.NO_HTTP.format(kind=type(exc).__name__)) from exc


def is_before_sending(fault: httpx.HTTPError) -> bool:
    """Tell whether a call broke off before anything of it was sent, so that it certainly was not carried out."""
    return isinstance(fault, _BEFORE_SENDING)


def body_of(response: httpx.Response, most_bytes: int, most_seconds: float) -> bytes:
    """Read an answer's body.

    Raises:
        httpx.HTTPError: If it breaks off.
        TooMuch: If it is larger or slower than allowed.
    """
    started = time.monotonic()
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > most_bytes:
            raise TooMuch(f"more than {most_bytes} bytes")
        if time.monotonic() - started > most_seconds:
            raise TooMuch(f"unfinished after {most_seconds:.0f} seconds")
    return bytes(body)
