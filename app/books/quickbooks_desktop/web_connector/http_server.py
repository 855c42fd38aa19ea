"""The HTTP server: waitress over sockets that are already listening, made fit for a small endpoint.

Against stock waitress, each with a test that shows it:

* bodies stay in memory: waitress would spool large ones, with customers' data, to temporary files;
* when all places are taken, the connection that has been silent longest makes room, so that slow or half-open ones
  cannot block;
* the loop sleeps until something happens: no tick.
"""

import socket
import threading
import time
from collections.abc import Iterable
from typing import Any, Final
from wsgiref.types import WSGIApplication

from waitress import wasyncore  # type: ignore[import-untyped]
from waitress.adjustments import Adjustments  # type: ignore[import-untyped]
from waitress.server import TcpWSGIServer  # type: ignore[import-untyped]
from waitress.task import ThreadedTaskDispatcher  # type: ignore[import-untyped]

from app.books.quickbooks_desktop.web_connector.http_connection import Channel, Parser
from app.books.quickbooks_desktop.web_connector.refusal import LARGEST_BODY

_THREADS: Final = 4
_LARGEST_HEAD: Final = 16 * 1024
_NEVER_SPOOL: Final = 2**40


class HttpServer:
    """The loop over our listening sockets; `serve` runs in a thread of its own, work in four others."""

    def __init__(
        self, application: WSGIApplication, listeners: Iterable[socket.socket], *, port: int, most_connections: int
    ) -> None:
        """Take over sockets that already listen."""
        self._map: dict[int, Any] = {}
        self._dispatcher = ThreadedTaskDispatcher()
        self._dispatcher.set_thread_count(_THREADS)
        settings = Adjustments(
            listen=f"127.0.0.1:{port}",
            ident=None,
            max_request_header_size=_LARGEST_HEAD,
            max_request_body_size=LARGEST_BODY + 1,
            inbuf_overflow=_NEVER_SPOOL,
            outbuf_overflow=_NEVER_SPOOL,
            outbuf_high_watermark=_NEVER_SPOOL,
            recv_bytes=1 << 16,
            log_socket_errors=False,
            clear_untrusted_proxy_headers=False,
        )
        self._listeners = [
            _Listener(application, listener, self._map, self._dispatcher, settings, port, most_connections)
            for listener in listeners
        ]
        self._stop_after: float | None = None

    def serve(self) -> None:
        """Answer until `stop`, then finish what is being answered."""
        while self._stop_after is None:
            wasyncore.poll(self._close_overdue(), self._map)
        for listener in self._listeners:
            listener.stop_accepting()
        deadline = time.monotonic() + self._stop_after
        while any(channel.is_answering for channel in _channels(self._map)) and time.monotonic() < deadline:
            wasyncore.poll(0.05, self._map)
        self._dispatcher.shutdown(timeout=max(0.0, deadline - time.monotonic()))
        for channel in _channels(self._map):
            channel.handle_close()
        for listener in self._listeners:
            listener.close_trigger()

    def stop(self, seconds: float) -> None:
        """Let `serve` return within about so many seconds; may be called from any thread, also twice."""
        if self._stop_after is None:
            self._stop_after = seconds
            self._listeners[0].pull_trigger()

    def _close_overdue(self) -> float | None:
        """Close the connections whose time is up; return the seconds until the next one's is, None for never."""
        now = time.monotonic()
        nearest: float | None = None
        for channel in _channels(self._map):
            deadline = channel.deadline
            if deadline is None:
                continue
            if deadline <= now:
                channel.expire()
            elif nearest is None or deadline < nearest:
                nearest = deadline
        return None if nearest is None else nearest - now


class _Listener(TcpWSGIServer):  # type: ignore[misc]
    """One listening socket; accepts as long as there is a place or somebody silent to give up theirs."""

    channel_class = Channel

    def __init__(
        self,
        application: WSGIApplication,
        listener: socket.socket,
        sockets: dict[int, Any],
        dispatcher: Any,  # noqa: ANN401 - waitress has no types
        settings: Any,  # noqa: ANN401
        port: int,
        most_connections: int,
    ) -> None:
        self.parser_class = type("PortParser", (Parser,), {"port": port})
        self._most_connections = most_connections
        self._trigger_lock = threading.Lock()
        self._has_ended = False
        super().__init__(
            application,
            sockets,
            _sock=listener,
            dispatcher=dispatcher,
            adj=settings,
            sockinfo=(listener.family, listener.type, listener.proto, listener.getsockname()),
            bind_socket=False,
        )

    def set_reuse_addr(self) -> None:
        """Leave the socket's options alone: on Windows address reuse would give the port away."""

    def readable(self) -> bool:
        channels = _channels(self._map)
        return bool(self.accepting) and (len(channels) < self._most_connections or _most_silent(channels) is not None)

    def handle_accept(self) -> None:
        channels = _channels(self._map)
        if len(channels) >= self._most_connections:
            silent = _most_silent(channels)
            if silent is None:
                return
            silent.handle_close()
        super().handle_accept()

    def pull_trigger(self) -> None:
        """Wake the loop, unless it has ended.

        A worker that comes late would otherwise write to the closed trigger's file number, which may be another file's
        by then.
        """
        with self._trigger_lock:
            if not self._has_ended:
                super().pull_trigger()

    def stop_accepting(self) -> None:
        """Close the listening socket and keep the trigger, with which the workers wake the loop."""
        wasyncore.dispatcher.close(self)

    def close_trigger(self) -> None:
        """Take no more wake-ups."""
        with self._trigger_lock:
            self._has_ended = True
            self.trigger.close()


def _channels(sockets: dict[int, Any]) -> list[Channel]:
    return [each for each in sockets.values() if isinstance(each, Channel)]


def _most_silent(channels: list[Channel]) -> Channel | None:
    """Return the connection that has been silent longest and is not being answered, a stranger's if there is one."""
    silent = (each for each in channels if not each.is_answering)
    return min(silent, key=lambda each: (each.is_known, each.moved), default=None)
