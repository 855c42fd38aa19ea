"""The HTTP server under the practice service: one waitress in a thread of its own.

Rule: `start()` returns when the port answers, `stop()` returns when no thread is left; both may be called again.
"""

import contextlib
import socket
import struct
import sys
from threading import Event, Thread
from types import MethodType
from typing import Protocol, Self, cast
from wsgiref.types import WSGIApplication, WSGIEnvironment

import waitress  # type: ignore[import-untyped]
from waitress.channel import ClientDisconnected  # type: ignore[import-untyped]

_THREADS = 8
_LARGEST_BODY = 1 << 20


class _Channel(Protocol):
    """The server's connection to a client."""

    socket: socket.socket


class LoopbackServer:
    """Serves a WSGI application."""

    def __init__(
        self,
        application: WSGIApplication,
        host: str,
        port: int,
        *,
        name: str = "practice-cedar",
        largest_body: int = _LARGEST_BODY,
    ) -> None:
        """Prepare a server.

        Args:
            application: What answers.
            host: The address to listen on.
            port: The port; 0 lets the system choose at the first start, later starts take the same one.
            name: What its thread is called.
            largest_body: Bytes a request may have.
        """
        self._application = application
        self._host = host
        self._name = name
        self._largest_body = largest_body
        self.port = port
        """The port; 0 until the first start if the system chooses."""
        self._thread: Thread | None = None

    def start(self) -> None:
        """Listen.

        Raises:
            OSError: The port is taken.
        """
        if self._thread is not None:
            return
        listener = _bind(self._host, self.port)
        self.port = int(listener.getsockname()[1])
        self._server = waitress.create_server(
            self._application,
            sockets=[listener],
            threads=_THREADS,
            max_request_body_size=self._largest_body,
            clear_untrusted_proxy_headers=True,
        )
        self._thread = Thread(target=self._server.run, name=f"{self._name}-{self.port}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish the requests under way, close every connection and end the threads."""
        if self._thread is None:
            return
        # Workers first: one that finishes later would write to a wake-up pipe already closed.
        self._server.task_dispatcher.shutdown()
        # Sockets belong to the loop's thread, so closing them is its work; without sockets the loop ends.
        # A loop that has ended already has closed them, the wake-up pipe too.
        with contextlib.suppress(OSError):
            self._server.trigger.pull_trigger(self._close_sockets)
        self._thread.join()
        self._thread = None

    def _close_sockets(self) -> None:
        """Close the clients' connections, the listener and the wake-up pipe."""
        for channel in list(self._server.active_channels.values()):
            channel.handle_close()
        self._server.close()


def reset_connection(environ: WSGIEnvironment) -> None:
    """End the connection with a reset and without an answer, or without the rest of one.

    Called by the application in place of an answer. Lingering for zero seconds makes the close a reset, and the
    exception makes it close.
    """
    _socket_of(environ).setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    raise ClientDisconnected


def has_hung_up(environ: WSGIEnvironment) -> bool:
    """Tell whether the client has gone: the server itself does not look while a request is being answered."""
    try:
        return _socket_of(environ).recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def _socket_of(environ: WSGIEnvironment) -> socket.socket:
    """Give a request's socket, which does not block.

    The one thing the server gives away of a connection is a method that asks whether the client is still there.
    """
    return cast("_Channel", cast("MethodType", environ["waitress.client_disconnected"]).__self__).socket


def _bind(host: str, port: int) -> socket.socket:
    """Take a port, and on no system share it with another program.

    Raises:
        OSError: The port is taken.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        # Address reuse means "do not wait for old connections" on POSIX and "share with anybody" on Windows.
        if sys.platform == "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


class _Service(Protocol):
    """What answers behind the server."""

    stopping: Event
    """Set while the server is being stopped: whatever makes a caller wait ends then."""


class OnLoopback:
    """A practice service with an address on this computer, while it is started."""

    _host: str
    _service: _Service
    _server: LoopbackServer

    @property
    def base_url(self) -> str:
        """The address to give to the program in place of the real service's, without a slash at the end.

        Raises:
            RuntimeError: The system has not chosen a port yet.
        """
        if self._server.port == 0:
            raise RuntimeError("the practice service has no address before start()")
        return f"http://{self._host}:{self._server.port}"

    def start(self) -> None:
        """Listen; after a stop, on the same port again.

        Raises:
            OSError: The port is taken.
        """
        self._service.stopping.clear()
        self._server.start()

    def stop(self) -> None:
        """Stop listening and end every thread; harmless if repeated."""
        self._service.stopping.set()
        self._server.stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
