"""The practice service as a WSGI application: routes, refusals, faults and the log of requests.

Rule: knows HTTP and nothing of sockets or threads; what is answered is decided in `listing`, `summary` and `customers`.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from threading import Event
from typing import NamedTuple
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIEnvironment

import msgspec

from app.practice.cedar.access import Access, check_content_type
from app.practice.cedar.charge_table import ChargeTable
from app.practice.cedar.columns import ColumnSet
from app.practice.cedar.customers import customers_of
from app.practice.cedar.errors import ErrorBody, RefusedError, malformed
from app.practice.cedar.faults import Fault, FaultKind, Switches, Where
from app.practice.cedar.listing import Listing
from app.practice.cedar.messages import CustomersRequest, RowsRequest, SummaryRequest, decode
from app.practice.cedar.server import has_hung_up, reset_connection
from app.practice.cedar.summary import Summary
from app.practice.cedar.views import Views

_LOGGED_REQUESTS = 20_000
_LOOK = 0.05
"""Seconds between two looks at whether whoever is kept waiting still waits."""
_ROUTES: dict[str, tuple[str, Where]] = {
    "/t/v1/charges-table-def": ("GET", "def"),
    "/t/v1/charges-table-rows": ("POST", "rows"),
    "/t/v1/charges-table-summary": ("POST", "summary"),
    "/ims/customers": ("POST", "customers"),
}
_REASONS = {
    200: "OK",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}
_HTML = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please sign in to the network.</body></html>"


class RecordedRequest(NamedTuple):
    """A request that came in."""

    path: str
    """Its path without the query."""
    body: str
    """Its body; empty for GET."""


class _Reply(NamedTuple):
    """An answer before it is handed to the server."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()
    content_type: str = "application/json"


class Service:
    """Answers requests as the real service would."""

    def __init__(self, table: ChargeTable, columns: ColumnSet, access: Access, switches: Switches) -> None:
        views = Views(table, columns)
        self._table = table
        self._columns = columns
        self._access = access
        self._switches = switches
        self._listing = Listing(views, columns)
        self._summary = Summary(views, columns)
        self.log: deque[RecordedRequest] = deque(maxlen=_LOGGED_REQUESTS)
        """The latest requests."""
        self.stopping = Event()
        """Set to end every delay at once."""

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request; the WSGI entry point."""
        path = str(environ["PATH_INFO"])
        body = environ["wsgi.input"].read()
        self.log.append(RecordedRequest(path, body.decode("utf-8", errors="replace")))
        if self._switches.delay:
            self.stopping.wait(self._switches.delay)
        route = _ROUTES.get(path)
        fault = self._switches.take(route[1] if route else "any")
        if fault is not None and fault.kind is FaultKind.DROP:
            reset_connection(environ)
        if fault is not None and fault.kind is FaultKind.SILENT:
            self._keep_waiting(environ)
        try:
            reply = self._with_fault(fault, environ, path, body)
        except RefusedError as refused:
            headers = (("Allow", route[0]),) if route and refused.status == 405 else ()
            reply = _Reply(refused.status, msgspec.json.encode(refused.body), headers)
        reason = _REASONS.get(reply.status, "Error")
        start_response(
            f"{reply.status} {reason}",
            [
                ("Content-Type", reply.content_type),
                ("Content-Length", str(len(reply.body))),
                *reply.headers,
            ],
        )
        if fault is not None and fault.kind is FaultKind.STALLED:
            return self._half(reply.body, environ)
        return [reply.body]

    def _half(self, body: bytes, environ: WSGIEnvironment) -> Iterator[bytes]:
        """Send half an answer, and never the rest."""
        yield body[: len(body) // 2]
        self._keep_waiting(environ)

    def _keep_waiting(self, environ: WSGIEnvironment) -> None:
        """Say nothing until the caller hangs up or all is well again; then it is too late for an answer."""
        healed = self._switches.healed
        while not (healed.wait(_LOOK) or self.stopping.is_set() or has_hung_up(environ)):
            pass
        reset_connection(environ)

    def _with_fault(self, fault: Fault | None, environ: WSGIEnvironment, path: str, body: bytes) -> _Reply:
        """Answer, unless a fault was ordered."""
        if fault is None or fault.kind is FaultKind.STALLED:
            return _Reply(200, self._answer(environ, path, body))
        match fault.kind:
            case FaultKind.HTML:
                return _Reply(200, _HTML, content_type="text/html; charset=utf-8")
            case FaultKind.TRUNCATED:
                whole = self._answer(environ, path, body)
                return _Reply(200, whole[: len(whole) // 2])
            case _:
                refused: ErrorBody = RefusedError(fault.status, f"ordered fault {fault.status}").body
                headers = () if fault.retry_after is None else (("Retry-After", str(fault.retry_after)),)
                return _Reply(fault.status, msgspec.json.encode(refused), headers)

    def _answer(self, environ: WSGIEnvironment, path: str, body: bytes) -> bytes:
        """Check a request and answer it.

        Raises:
            RefusedError: Something about it is wrong.
        """
        if path not in _ROUTES:
            raise RefusedError(404, f"no such path {path}")
        method, where = _ROUTES[path]
        if environ["REQUEST_METHOD"] != method:
            raise RefusedError(405, f"{path} takes {method} only")
        header = _headers(environ)
        self._access.check_user(header, self._switches)
        if where == "customers":
            return self._answer_customers(environ, header, body)
        self._access.check_carrier(header("Carrier"), "the header Carrier")
        if where == "def":
            return msgspec.json.encode(self._columns.definition())
        check_content_type(header("Content-Type"))
        if where == "rows":
            request = decode(body, RowsRequest)
            repeats = self._switches.repeats_token
            return msgspec.json.encode(self._listing.answer(request, repeats_token=repeats))
        return msgspec.json.encode(self._summary.answer(decode(body, SummaryRequest)))

    def _answer_customers(self, environ: WSGIEnvironment, header: Callable[[str], str], body: bytes) -> bytes:
        """Answer the request for customers, which names its carrier in the query and once more in the body."""
        asked = parse_qs(str(environ.get("QUERY_STRING", ""))).get("carrierId", [""])
        if len(asked) > 1:
            raise malformed("carrierId is given twice")
        self._access.check_carrier(asked[0], "the parameter carrierId")
        check_content_type(header("Content-Type"))
        carrier = decode(body, CustomersRequest).carrier_id
        if isinstance(carrier, str) and carrier.isdecimal():
            raise malformed("carrierId must be a number when it is numeric")
        self._access.check_carrier(str(carrier), "carrierId of the body")
        return msgspec.json.encode(customers_of(self._table))


def _headers(environ: WSGIEnvironment) -> Callable[[str], str]:
    """Make a function that returns a request header by its name, empty if it is missing."""

    def header(name: str) -> str:
        variable = name.upper().replace("-", "_")
        if variable != "CONTENT_TYPE":
            variable = f"HTTP_{variable}"
        return str(environ.get(variable, "")).strip()

    return header
