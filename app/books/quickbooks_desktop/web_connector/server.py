"""The endpoint: the address the Web Connector calls, on this computer only.

Puts the rooms together: sockets (`listening`), HTTP (`http_server`), envelopes and the service. State belongs to the
service, by ticket; the endpoint keeps none, since the calls of a session may come over any connection.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from typing import Final
from wsgiref.types import StartResponse, WSGIEnvironment

from app.books.quickbooks_desktop.web_connector.answering import answer
from app.books.quickbooks_desktop.web_connector.envelope import MalformedEnvelope, parse, render_fault
from app.books.quickbooks_desktop.web_connector.faults import described
from app.books.quickbooks_desktop.web_connector.guessing import Guessing
from app.books.quickbooks_desktop.web_connector.http_connection import HEADERS, HOLD, KEEP
from app.books.quickbooks_desktop.web_connector.http_server import HttpServer
from app.books.quickbooks_desktop.web_connector.refusal_log import refusals
from app.books.quickbooks_desktop.web_connector.service import WebConnectorService
from app.books.quickbooks_desktop.web_connector.wsdl import service_description
from app.system.listening import PortTaken, listen

__all__ = ["Endpoint", "PortTaken"]

_logger = logging.getLogger(__name__)

_XML: Final = "text/xml; charset=utf-8"
_TEXT: Final = "text/plain; charset=utf-8"
_WRONG_PASSWORD: Final = b"<string>nvu</string>"
"""How `authenticate` refuses: "not a valid user" (QBWC Programmer's Guide, p. 62)."""
_GREETING: Final = (
    "Cedar Sync is ready for the QuickBooks Web Connector.\nThere is nothing to do on this page; /support tells more.\n"
)


class Endpoint:
    """Answers SOAP at ``/qbwc`` and people at ``/support``."""

    def __init__(
        self,
        port: int,
        service: WebConnectorService,
        support_page: Callable[[], str],
        connection_limit: int = 20,
    ) -> None:
        """Open nothing yet.

        Args:
            port: The port on loopback; 0 lets the system choose (for tests).
            service: Who answers the calls, from several threads at once.
            support_page: Returns the text of ``/support``, without secrets or customers' data.
            connection_limit: Connections at once; a further one takes the place of the one silent longest.
        """
        self._port = port
        self._service = service
        self._support_page = support_page
        self._connection_limit = connection_limit
        self._guessing = Guessing()
        self._server: HttpServer | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    @property
    def port(self) -> int:
        """The port in use; with 0 asked for, known after `start`."""
        return self._port

    @property
    def url(self) -> str:
        """The address for AppURL: by name, because the Web Connector refuses IP addresses (QBWC1001)."""
        return f"http://localhost:{self._port}/qbwc"

    @property
    def support_url(self) -> str:
        """The address for AppSupport."""
        return f"http://localhost:{self._port}/support"

    @property
    def is_listening(self) -> bool:
        """Whether calls are answered now."""
        thread = self._thread
        return thread is not None and thread.is_alive()

    def start(self) -> None:
        """Listen and answer from now on; does nothing while it is listening.

        Raises:
            PortTaken: If another program has the port.
        """
        with self._lock:
            if self.is_listening:
                return
            listeners = listen(self._port)
            self._port = listeners[0].getsockname()[1]
            self._server = HttpServer(
                self._application, listeners, port=self._port, most_connections=self._connection_limit
            )
            self._thread = threading.Thread(target=_serve, args=(self._server,), name="endpoint", daemon=True)
            self._thread.start()
        _logger.info("Listening on %s", self.url)

    def stop(self, timeout: float = 5.0) -> None:
        """Take no more calls and finish the ones being answered, within about `timeout` seconds. Idempotent."""
        with self._lock:
            server, thread = self._server, self._thread
            self._server = self._thread = None
        if server is None or thread is None:
            return
        server.stop(timeout)
        thread.join(timeout + 1.0)
        _logger.info("Stopped listening on %s", self.url)

    def _application(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request whose head has passed `refusal`."""
        status, kind, body = self._respond(environ)
        start_response(status, [*HEADERS, ("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _respond(self, environ: WSGIEnvironment) -> tuple[str, str, bytes]:
        if environ["REQUEST_METHOD"] == "POST":
            return self._respond_to_call(environ)
        if environ["PATH_INFO"] == "/support":
            return "200 OK", _TEXT, self._support_text().encode("utf-8", "replace")
        if environ["QUERY_STRING"].partition("=")[0].lower() == "wsdl":
            return "200 OK", _XML, service_description(self.url)
        return "200 OK", _TEXT, _GREETING.encode()

    def _respond_to_call(self, environ: WSGIEnvironment) -> tuple[str, str, bytes]:
        body = environ["wsgi.input"].read()
        try:
            call = parse(body)
            answered = answer(self._service, call)
        except MalformedEnvelope as exc:
            refusals.note("Refused a call of %d bytes: %s", len(body), exc.reason)
            return "400 Bad Request", _XML, render_fault(exc.reason)
        if call.operation == "authenticate":
            if _WRONG_PASSWORD in answered:
                environ[HOLD](self._guessing.delay(time.monotonic()))
            else:
                environ[KEEP]()
        return "200 OK", _XML, answered

    def _support_text(self) -> str:
        """Answer 200 in any case: the Web Connector adds no application whose support page fails (QBWC1003)."""
        try:
            return self._support_page()
        except Exception as exc:  # noqa: BLE001 - the server's loop top
            _logger.error("The support page failed\n%s", described(exc))  # noqa: TRY400 - the message is cleaned
            return _GREETING


def _serve(server: HttpServer) -> None:
    try:
        server.serve()
    except Exception:
        _logger.exception("The endpoint stopped because of an unexpected error")
