"""The practice service as a WSGI application: routes, mishaps, people in between, and the log of requests.

Rule: knows HTTP and nothing of threads; what is answered is decided in `api` and `sign_in`.
"""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Callable, Iterable
from datetime import datetime
from http import HTTPStatus
from threading import Event
from typing import Final
from urllib.parse import parse_qsl
from wsgiref.types import StartResponse, WSGIEnvironment

from app.practice.cedar.server import reset_connection
from app.practice.quickbooks_online.api import Api
from app.practice.quickbooks_online.company import Clock
from app.practice.quickbooks_online.exchange import Ask, Reply, ServedRequest
from app.practice.quickbooks_online.gate_answers import not_authenticated, throttled, unavailable
from app.practice.quickbooks_online.json_text import encode
from app.practice.quickbooks_online.mishaps import Mishap, MishapKind, Mishaps
from app.practice.quickbooks_online.sign_in import SignIn
from app.practice.quickbooks_online.stamps import precise_stamp

_LOGGED_REQUESTS: Final = 20_000
_CUT: Final = (MishapKind.CUT_BEFORE, MishapKind.ANSWER_LOST)


class Service:
    """Answers requests as the real service would."""

    def __init__(self, api: Api, sign_in: SignIn, mishaps: Mishaps, clock: Clock) -> None:
        """Make a service.

        Args:
            api: The accounting API.
            sign_in: The sign-in.
            mishaps: What goes wrong.
            clock: Tells the practice time.
        """
        self._api = api
        self._sign_in = sign_in
        self._mishaps = mishaps
        self._clock = clock
        self.log: deque[ServedRequest] = deque(maxlen=_LOGGED_REQUESTS)
        """The latest requests."""
        self.stopping = Event()
        """Set to end every delay at once."""

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request; the WSGI entry point."""
        ask = _read(environ)
        self._mishaps.let_people_in(ask, is_before=True)
        begun = self._clock()
        mishap = self._mishaps.take(ask)
        reply = self._with_mishap(ask, begun, mishap)
        self._mishaps.let_people_in(ask, is_before=False)
        is_cut = mishap is not None and mishap.kind in _CUT
        tid = f"1-{int(begun.timestamp()):x}-{secrets.token_hex(12)}"
        self.log.append(
            ServedRequest(
                ask.method,
                ask.path,
                ask.query,
                ask.body.decode("utf-8", errors="replace"),
                None if is_cut else reply.status,
                ask.operation,
                tid,
            )
        )
        if mishap is not None:
            self.stopping.wait(mishap.seconds)
        if is_cut:
            reset_connection(environ)
        start_response(
            f"{reply.status} {HTTPStatus(reply.status).phrase}",
            [
                ("Content-Type", reply.content_type),
                ("Content-Length", str(len(reply.body))),
                ("intuit_tid", tid),
                *reply.headers,
            ],
        )
        return [reply.body]

    def _with_mishap(self, ask: Ask, begun: datetime, mishap: Mishap | None) -> Reply:
        """Answer, unless a mishap stands in the way."""
        match mishap:
            case Mishap(kind=MishapKind.UNAUTHORIZED):
                return not_authenticated(begun, ask.header("Authorization").partition(" ")[2])
            case Mishap(kind=MishapKind.THROTTLED, retry_after=seconds):
                return throttled(begun, seconds)
            case Mishap(kind=MishapKind.UNAVAILABLE | MishapKind.CUT_BEFORE):
                return unavailable()
            case Mishap(kind=MishapKind.FAULT_IN_200, refusal=refusal) if refusal is not None:
                return Reply(200, encode({"Fault": refusal.fault(), "time": precise_stamp(begun)}))
            case Mishap(kind=MishapKind.TRUNCATED):
                whole = self._answer(ask, begun)
                return Reply(whole.status, whole.body[: len(whole.body) // 2], whole.content_type, whole.headers)
        return self._answer(ask, begun)

    def _answer(self, ask: Ask, begun: datetime) -> Reply:
        if ask.steps:
            return self._api.answer(ask, begun)
        return self._sign_in.answer(ask) or Reply(404, b"There is nothing here.", "text/plain")


def _read(environ: WSGIEnvironment) -> Ask:
    """Take a request out of the server's hands."""
    # PEP 3333: the path is UTF-8, handed over as Latin-1.
    path = str(environ["PATH_INFO"]).encode("latin-1").decode("utf-8", errors="replace")
    query = dict(parse_qsl(str(environ.get("QUERY_STRING", "")), keep_blank_values=True))
    return Ask(str(environ["REQUEST_METHOD"]), path, query, environ["wsgi.input"].read(), _headers(environ))


def _headers(environ: WSGIEnvironment) -> Callable[[str], str]:
    """Make a function that returns a request header by its name, empty if it is missing."""

    def header(name: str) -> str:
        variable = name.upper().replace("-", "_")
        if variable != "CONTENT_TYPE":
            variable = f"HTTP_{variable}"
        return str(environ.get(variable, "")).strip()

    return header
