"""The page on this computer the browser comes back to after a sign-in: one path on loopback, while somebody waits.

Rule: nothing of what the browser brings is logged or shown again; whoever it is, an answer that is not to our question
changes nothing.
"""

import logging
import selectors
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import urlsplit

from app.system.listening import listen
from app.system.network import is_loopback

log = logging.getLogger(__name__)

STEP: Final = 0.2
"""Seconds between two looks at whether waiting has an end."""
PATIENCE: Final = 10.0
"""Seconds a browser may take to send its request."""

_HEADERS: Final = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
    "Connection": "close",
}
_PAGE: Final = (
    '<!doctype html><html><head><meta charset="utf-8"><title>{title}</title><style>body{{font:16px/1.5 system-ui,'
    "sans-serif;max-width:32em;margin:20vh auto 0;padding:0 1em;color:#1f2328}}h1{{font-size:1.4em}}</style></head>"
    "<body><h1>{title}</h1><p>{text}</p></body></html>"
)

Page = tuple[str, str]
"""A title and a sentence."""


class CallbackPage:
    """Listens on a port of this computer while somebody signs in."""

    def __init__(self, port: int, path: str, take: Callable[[str], Page]) -> None:
        """Begin to listen.

        Args:
            port: The port, on 127.0.0.1 and ::1.
            path: The only path that is answered.
            take: Gets the query the browser comes back with; gives the page to show.

        Raises:
            PortTaken: If another program has the port.
        """
        self._sending = threading.Lock()
        parts = {"path_wanted": path, "take": staticmethod(take), "sending": self._sending}
        handler = type("_Handler", (_Handler,), parts)
        self._servers = [_Server(each, handler) for each in listen(port)]

    def serve(self, is_over: Callable[[], bool], seconds: float) -> None:
        """Answer browsers until something is over, or the time is."""
        end = time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            for server in self._servers:
                selector.register(server, selectors.EVENT_READ, server)
            while not is_over() and time.monotonic() < end:
                for key, _ in selector.select(STEP):
                    key.data.handle_request()

    def close(self) -> None:
        """Stop listening; the page that is being sent is sent to its end."""
        with ExitStack() as stack:
            for server in self._servers:
                stack.callback(server.server_close)
        if self._sending.acquire(timeout=PATIENCE):
            self._sending.release()


class _Server(ThreadingHTTPServer):
    """Serves a socket that listens already."""

    # A browser opens connections ahead of need and sends nothing: they must not hold up the end.
    daemon_threads = True
    timeout = 0

    def __init__(self, listener: Any, handler: type[BaseHTTPRequestHandler]) -> None:  # noqa: ANN401 (a socket)
        super().__init__(listener.getsockname()[:2], handler, bind_and_activate=False)
        self.socket.close()
        self.socket = listener

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002
        log.info("a browser's request broke off: %s", sys.exc_info()[0])


class _Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    path_wanted: str
    take: Callable[[str], Page]
    sending: threading.Lock
    timeout = PATIENCE
    server_version = "CedarSync"
    sys_version = ""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        host = urlsplit(f"//{self.headers.get('Host', '')}").hostname or ""
        if parts.path != self.path_wanted or not is_loopback(host):
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        with self.sending:
            title, text = self.take(parts.query)
            self._show(_PAGE.format(title=escape(title), text=escape(text)).encode())

    def _show(self, body: bytes) -> None:
        self.send_response(HTTPStatus.OK)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing: the request line holds the code."""
