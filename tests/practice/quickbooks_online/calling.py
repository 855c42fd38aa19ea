"""Calls the practice service over HTTP the way a well-behaved program does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import httpx

from app.practice.quickbooks_online import CLIENT_ID, CLIENT_SECRET, OnlineCompany, PracticeQuickBooksOnline
from app.practice.quickbooks_online.json_text import decode, encode

REALM = "4620816365001"
CALLBACK = "http://localhost:8765/callback"
JSON = {"Accept": "application/json", "Content-Type": "application/json"}


class Clock:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 15, 15, 3, 450_000, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        self.now += timedelta(**span)


class Caller:
    """A program that is connected with the practice company."""

    def __init__(self, online: PracticeQuickBooksOnline, clock: Clock, http: httpx.Client) -> None:
        self.online = online
        self.clock = clock
        self.http = http
        self.company: OnlineCompany = online.company
        self.desk = online.desk
        self.token = ""
        self.renew()

    def renew(self) -> None:
        """Get a new access token, as is due when the clock was moved on."""
        self.token = self.online.grants.consent(self.company.realm_id).access

    def ask(self, method: str, path: str, body: object = None, **params: str) -> httpx.Response:
        """Send a request to the company and give the answer, whatever it is."""
        content = body if isinstance(body, bytes) else (b"" if body is None else encode(body))  # type: ignore[arg-type]
        return self.http.request(
            method,
            f"/v3/company/{REALM}{path}",
            content=content,
            params={"minorversion": "75", **params},
            headers={**JSON, "Authorization": f"Bearer {self.token}"},
        )

    def get(self, path: str, **params: str) -> dict[str, Any]:
        """Get JSON; anything but 200 is a failure."""
        return content_of(self.ask("GET", path, **params))

    def post(self, path: str, body: object, **params: str) -> dict[str, Any]:
        """Post JSON and give JSON; anything but 200 is a failure."""
        return content_of(self.ask("POST", path, body, **params))

    def refusal(self, path: str, body: object = None, method: str = "POST", **params: str) -> dict[str, Any]:
        """Ask what must be refused with 400 and give the one error."""
        answer = self.ask(method, path, body, **params)
        assert answer.status_code == 400, answer.text
        assert answer.headers["Content-Type"] == "application/json"
        fault = read(answer)["Fault"]
        assert fault["type"] == "ValidationFault"
        (error,) = fault["Error"]
        made: dict[str, Any] = error
        return made

    def query(self, statement: str) -> dict[str, Any]:
        """Run a statement by POST and give the QueryResponse."""
        answer = self.http.post(
            f"/v3/company/{REALM}/query",
            content=statement.encode(),
            headers={
                "Accept": "application/json",
                "Content-Type": "application/text",
                "Authorization": f"Bearer {self.token}",
            },
        )
        found: dict[str, Any] = content_of(answer)["QueryResponse"]
        return found

    def bad_query(self, statement: str) -> str:
        """Run a statement that must be refused and give the code."""
        return str(self.refusal("/query", method="GET", query=statement)["code"])

    def create(self, kind: str = "estimate", /, **properties: object) -> dict[str, Any]:
        """Create a document of one line and give it as the service shows it."""
        made: dict[str, Any] = self.post(f"/{kind}", document(**properties))[kind.capitalize()]
        return made

    def token_call(self, **form: str) -> httpx.Response:
        """Ask the token endpoint."""
        return self.http.post("/oauth2/v1/tokens/bearer", data=form, auth=(CLIENT_ID, CLIENT_SECRET))


@contextmanager
def connected(company: OnlineCompany) -> Iterator[Caller]:
    """Run a practice service for a company whose clock is a `Clock`, and connect a program with it."""
    clock = company.clock
    assert isinstance(clock, Clock)
    with (
        PracticeQuickBooksOnline(company, redirect_uris=[CALLBACK]) as online,
        httpx.Client(base_url=online.base_url, trust_env=False, timeout=10) as http,
    ):
        yield Caller(online, clock, http)


def read(answer: httpx.Response) -> dict[str, Any]:
    """Read the JSON of an answer, numbers exactly."""
    content = decode(answer.content)
    assert isinstance(content, dict)
    return content


def content_of(answer: httpx.Response) -> dict[str, Any]:
    """Read the JSON of an answer that must be good."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "application/json;charset=utf-8"
    assert answer.headers["intuit_tid"].startswith("1-")
    return read(answer)


def line(amount: str = "900.00", /, item: str = "1", **properties: object) -> dict[str, Any]:
    """Write a line; properties that only the detail has go there."""
    detail: dict[str, Any] = {"ItemRef": {"value": item}}
    for name in ("Qty", "UnitPrice", "ServiceDate", "TaxCodeRef"):
        if name in properties:
            detail[name] = properties.pop(name)
    return {
        "DetailType": "SalesItemLineDetail",
        "Amount": Decimal(amount),
        "SalesItemLineDetail": detail,
        **properties,
    }


def document(**properties: object) -> dict[str, Any]:
    """Write the smallest document, with properties over it."""
    return {"CustomerRef": {"value": "1"}, "Line": [line()], **properties}
