"""Which requests are turned away on their head alone, before a body is read or any work is done.

No I/O. The endpoint listens on loopback, but every page a browser opens can send requests there. Such requests
carry an Origin, or tell where they come from (Sec-Fetch-Site, which no page can take away), or, when a foreign name was
made to point here (DNS rebinding), a foreign Host.
"""

from dataclasses import dataclass
from typing import Final

LARGEST_BODY: Final = 16 * 1024 * 1024
"""Bytes of one call; the largest answers of QuickBooks stay far below."""

_METHODS: Final = {"/qbwc": ("GET", "HEAD", "POST"), "/support": ("GET", "HEAD")}


@dataclass(frozen=True, slots=True)
class RequestHead:
    """What is known of a request when its headers are complete."""

    method: str
    version: str
    """``1.0`` or ``1.1``."""
    authority: str
    """Host and port of a request line in absolute form, else ``""``."""
    path: str
    host: str | None
    has_origin: bool
    fetch_site: str | None
    """The Sec-Fetch-Site header, which browsers alone send; ``none`` if a person typed or opened the address."""
    has_transfer_encoding: bool
    content_length: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer given at once; the connection is closed after it."""

    status: str
    """Code and phrase of the status line."""
    reason: str
    """One sentence, the same for every request of its kind: nothing that was sent is repeated."""
    allow: str = ""
    """The Allow header of a 405."""


def refusal(head: RequestHead, port: int) -> Refusal | None:
    """Return why a request is turned away, None if it may go on."""
    if not _is_own_host(head, port):
        return Refusal("403 Forbidden", "The Host header does not name this endpoint.")
    if head.has_origin or head.fetch_site not in {None, "none"}:
        return Refusal("403 Forbidden", "Requests from web pages are not accepted.")
    methods = _METHODS.get(head.path)
    if methods is None:
        return Refusal("404 Not Found", "There is nothing here.")
    if head.method not in methods:
        return Refusal("405 Method Not Allowed", "This method is not accepted here.", ", ".join(methods))
    # The Web Connector and the SOAP toolkits tried all send Content-Length, and a chunked body of single bytes
    # keeps the decoder busy for seconds.
    if head.has_transfer_encoding:
        return Refusal("411 Length Required", "A body needs a Content-Length.")
    if head.content_length > LARGEST_BODY:
        return Refusal("413 Content Too Large", "The body is larger than 16 MiB.")
    return None


def _is_own_host(head: RequestHead, port: int) -> bool:
    names = ("localhost", "127.0.0.1", "[::1]")
    own = {f"{name}:{port}" for name in names} | (set(names) if port == 80 else set())
    if head.authority and head.authority.lower() not in own:
        return False
    if head.host is None:
        return head.version == "1.0"  # HTTP/1.0 has no Host header, and no browser speaks it
    return head.host.lower() in own
