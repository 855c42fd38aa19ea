"""Calls the sandbox over HTTP the way a well-behaved program does."""

from collections.abc import Iterator, Sequence
from typing import Any

import httpx

from app.practice.cedar import CedarSandbox

DEF = "/t/v1/charges-table-def"
ROWS = "/t/v1/charges-table-rows"
SUMMARY = "/t/v1/charges-table-summary"
CUSTOMERS = "/ims/customers?carrierId=1234"


def client_of(sandbox: CedarSandbox, **headers: str) -> httpx.Client:
    """Make a client that carries every header the service wants."""
    return httpx.Client(
        base_url=sandbox.base_url,
        headers={
            "x-arms-api-key": "practice-key",
            "x-arms-assume-user": "books@prairie.example",
            "Content-Type": "application/json",
            "Carrier": "1234",
            **headers,
        },
        trust_env=False,
        timeout=10,
    )


def rows_request(
    columns: Sequence[str] = ("chargeId",),
    filters: Sequence[tuple[str, str, str]] = (),
    sort: Sequence[tuple[str, str]] = (),
    **paging: object,
) -> dict[str, Any]:
    """Write the body of a request for rows."""
    return {
        "tableDataRequest": {
            "requestedColumns": [{"columnKey": key} for key in columns],
            "additionalFilters": [{"columnKey": key, "op": op, "searchTerm": term} for key, op, term in filters],
            "sortColumns": [{"column": key, "direction": direction} for key, direction in sort],
        },
        **paging,
    }


class Caller:
    """Asks and expects an answer."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client

    def post(self, path: str, body: object) -> dict[str, Any]:
        """Post JSON and return JSON; anything but 200 is a failure."""
        answer = self.client.post(path, json=body)
        assert answer.status_code == 200, answer.text
        content: dict[str, Any] = answer.json()
        return content

    def refusal(self, path: str, body: object) -> str:
        """Post JSON that must be refused with 400 and return the message."""
        answer = self.client.post(path, json=body)
        assert answer.status_code == 400, answer.text
        content = answer.json()
        assert content.keys() == {"code", "message", "details"}
        assert content["code"] == 3
        return str(content["message"])

    def pages(self, body: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Follow the next tokens to the end."""
        page = self.post(ROWS, body)
        yield page
        while page.get("nextToken"):
            page = self.post(ROWS, {**body, "pageNextToken": page["nextToken"]})
            yield page

    def ids(self, *filters: tuple[str, str, str], sort: Sequence[tuple[str, str]] = ()) -> list[int]:
        """Return the ids of all charges that pass some filters."""
        body = rows_request(filters=filters, sort=sort, pageSize=1000)
        return [int(row["intKey"]) for page in self.pages(body) for row in page["rows"]]
