"""One HTTP connection: judges heads before bodies are read, writes answers in one piece, knows when its time is up.

Adapts waitress's parser, channel and tasks. Against stock waitress, each with a test that shows it:

* a refused request is answered from its head alone, and what it still sends is drained, so that the answer is not lost;
* header and body of an answer go out in one write;
* a request must have arrived within a minute, whatever it trickles;
* an answer may be held back for a while without a thread waiting for it.
"""

import socket
import time
from collections.abc import Callable
from typing import Any, Final

from waitress.channel import HTTPChannel  # type: ignore[import-untyped]
from waitress.parser import HTTPRequestParser, ParsingError  # type: ignore[import-untyped]
from waitress.task import ErrorTask, WSGITask  # type: ignore[import-untyped]

from app.books.quickbooks_desktop.web_connector.refusal import Refusal, RequestHead, refusal
from app.books.quickbooks_desktop.web_connector.refusal_log import refusals

HEADERS: Final = (("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"))
"""On every answer: nothing here is for caches, and no browser should guess what a text is."""

HOLD: Final = "cedar_sync.hold"
"""In the WSGI environment: a function that holds the answer back for so many seconds."""
KEEP: Final = "cedar_sync.keep"
"""In the WSGI environment: a function that makes this connection one of the last to give up its place."""

_REQUEST_SECONDS: Final = 60.0
"""From a request's first byte to its last; on loopback even 16 MiB take a fraction of a second."""
_IDLE_SECONDS: Final = 300.0
"""Longer than the 100 s after which a .NET client gives up an idle connection itself, so that no call meets a closed
one."""
_DRAIN_SECONDS: Final = 2.0


class _OnePiece:
    """Writes the header together with the body: in two writes the second waits for the first's acknowledgement."""

    channel: Any
    content_length: int | None
    wrote_header: bool
    content_bytes_written: int
    build_response_header: Callable[[], bytes]

    def write(self, data: bytes) -> None:
        if self.wrote_header or not data:
            super().write(data)  # type: ignore[misc]
            return
        self.channel.write_soon(self.build_response_header() + data)
        self.wrote_header = True
        self.content_bytes_written += len(data)


class _Answer(_OnePiece, WSGITask):  # type: ignore[misc]
    """An answer of the application."""

    def get_environment(self) -> dict[str, Any]:
        """Let the application hold its answer back."""
        environment: dict[str, Any] = super().get_environment()
        environment[HOLD] = self.channel.hold
        environment[KEEP] = self.channel.keep
        return environment


class _RefusalAnswer(_OnePiece, ErrorTask):  # type: ignore[misc]
    """An answer without the application: a refusal of ours, or a request waitress could not read."""

    def execute(self) -> None:
        error = self.request.error
        if isinstance(error, Refusal):
            status, text, allow = error.status, error.reason, error.allow
        else:
            status, text, allow = f"{error.code} {error.reason}", "The request cannot be answered.", ""
        refusals.note("Refused a request: %s: %s", status, text)
        body = b"" if getattr(self.request, "command", "") == "HEAD" else text.encode()
        self.status = status
        self.response_headers.extend((*HEADERS, ("Content-Type", "text/plain; charset=utf-8")))
        if allow:
            self.response_headers.append(("Allow", allow))
        self.content_length = len(text)
        self.channel.lingers = True
        self.set_close_on_finish()
        self.write(body)


class Parser(HTTPRequestParser):  # type: ignore[misc]
    """Judges the head as soon as it is complete."""

    port = 0
    content_length: int
    body_rcv: Any

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head; refused requests become an error at once, without a body to wait for."""
        try:
            super().parse_header(header_plus)
            self._judge()
        except ValueError as exc:  # waitress lets lengths of 5000 digits and half an IPv6 address through to Python
            raise ParsingError("the head cannot be read") from exc
        finally:
            if self.body_rcv is None:
                # waitress would send "100 Continue" and wait for ever for a body that does not come.
                self.expect_continue = False

    def _judge(self) -> None:
        self.error = refusal(
            RequestHead(
                method=self.command,
                version=self.version,
                authority=self.proxy_netloc,
                path=self.path,
                host=self.headers.get("HOST"),
                has_origin="ORIGIN" in self.headers,
                fetch_site=self.headers.get("SEC_FETCH_SITE"),
                has_transfer_encoding=self.chunked or "TRANSFER_ENCODING" in self.headers,
                content_length=self.content_length,
            ),
            self.port,
        )
        if self.error is not None:
            self.body_rcv = None  # not read: what follows is drained
            self.content_length = 0


class Channel(HTTPChannel):  # type: ignore[misc]
    """One connection, with its deadlines."""

    task_class = _Answer
    error_task_class = _RefusalAnswer
    lingers = False
    """Set with a refusal: the rest of the request is still on its way."""

    def __init__(self, server: Any, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - waitress's own
        self.parser_class = server.parser_class
        self.moved = time.monotonic()
        self._request_began: float | None = None
        self._drained_by: float | None = None
        self._held: bytearray | None = None
        self.is_known = False
        self._held_until = 0.0
        super().__init__(server, *args, **kwargs)

    @property
    def is_answering(self) -> bool:
        """Whether a complete request is being worked on, or its answer is on its way."""
        return bool(self.requests or (self.total_outbufs_len and self._drained_by is None))

    @property
    def deadline(self) -> float | None:
        """When to give the connection up, or to send what is held; None while it is our turn."""
        if self._held is not None:
            return self._held_until
        if self.requests:
            return None
        if self._drained_by is not None:
            return self._drained_by
        if self._request_began is not None:
            return self._request_began + _REQUEST_SECONDS
        return self.moved + (_REQUEST_SECONDS if self.total_outbufs_len else _IDLE_SECONDS)

    def keep(self) -> None:
        """Note that whoever is at the other end is known: others give up their places first."""
        self.is_known = True

    def hold(self, seconds: float) -> None:
        """Hold the answer that comes now, and those after it on this connection, back for so many seconds.

        No thread waits meanwhile, and whoever needs the place gets it: this connection counts as a silent one.
        """
        with self.outbuf_lock:
            self._held = bytearray() if self._held is None else self._held
            self._held_until = time.monotonic() + seconds

    def write_soon(self, data: bytes) -> int:
        """Write, or put with what is held."""
        with self.outbuf_lock:
            if self._held is not None:
                self._held += data
                return len(data)
            written: int = super().write_soon(data)
            return written

    def writable(self) -> bool:
        """Tell whether there is anything to send or to end."""
        return self._held is None and bool(super().writable())

    def readable(self) -> bool:
        """Tell whether more may be received: not while an answer is held."""
        return self._held is None and bool(super().readable())

    def expire(self) -> None:
        """Do what the deadline is for: send what is held, or end the connection."""
        with self.outbuf_lock:
            held, self._held = self._held, None
        if held is None:
            # Not through waitress's will_close: that waits for a peer that may never read again.
            self.handle_close()
        elif held:
            self.moved = time.monotonic()
            super().write_soon(bytes(held))

    def handle_read(self) -> None:
        """Receive; throw away what follows a refusal."""
        self.moved = time.monotonic()
        if self._drained_by is None:
            super().handle_read()
            self._note_beginning()
            return
        try:
            self.recv(self.adj.recv_bytes)  # closes at the end of the stream
        except OSError:
            self.handle_close()

    def handle_write(self) -> None:
        """Send; after a refusal drain instead of closing."""
        pending = self.total_outbufs_len
        if self.lingers and self.close_when_flushed:
            self._flush_exception(self._flush_some)
            if self.will_close:
                self.handle_close()
            elif not self.total_outbufs_len:
                self._drain()
        else:
            super().handle_write()
        if self.total_outbufs_len < pending:
            self.moved = time.monotonic()

    def service(self) -> None:
        """Answer one request, in a worker thread."""
        super().service()
        self.moved = time.monotonic()

    def _note_beginning(self) -> None:
        if self.request is None:
            self._request_began = None
        elif self._request_began is None:
            self._request_began = self.moved

    def _drain(self) -> None:
        """Say that we are done, and read on for a while.

        Closing with unread data makes the system reset the connection, and Windows then throws the answer away
        before the client has read it.
        """
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            self.handle_close()
            return
        self.close_when_flushed = False
        self._drained_by = time.monotonic() + _DRAIN_SECONDS
