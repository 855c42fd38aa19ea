"""A Cedar in memory for tests: rows of JSON behind an httpx transport, and faults from a list."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, tzinfo
from typing import Any, Final, TypedDict, Unpack

import httpx

from app.cedar.client import CedarClient
from app.cedar.columns import ColumnDefinition, ColumnMap, resolve_columns
from app.cedar.retry import RetryPolicy
from app.domain.values import replace

KEY: Final = "k3y-which+must/never=show"

DOCUMENTED: Final = (
    ("chargeId", "Charge ID", "INT"),
    ("customer", "Customer", "STRING"),
    ("customerLocation", "Customer Location", "STRING"),
    ("customerLocationAccountNumber", "Customer Location Account #", "STRING"),
    ("invoice", "Invoice", "STRING"),
    ("accountingPeriod", "Accounting Period", "STRING"),
    ("billingType", "Billing Type", "STRING"),
    ("billingStatus", "Billing Status", "STRING"),
    ("amount", "Amount", "REAL"),
    ("appliedAt", "Applied At", "TIMESTAMP"),
    ("serviceType", "Service Type", "STRING"),
    ("glCode", "GL Code", "STRING"),
    ("rateTableEntry", "Rate Table Entry", "STRING"),
    ("rateDescription", "Rate Description", "STRING"),
    ("adjustment_total", "Adjustment Total", "REAL"),
)


def column(key: str, name: str = "", kind: str = "STRING", aliases: Sequence[str] = ()) -> ColumnDefinition:
    return ColumnDefinition(key, name, kind, tuple(aliases))


def documented(*extra: ColumnDefinition, without: str = "") -> list[ColumnDefinition]:
    return [column(key, name, kind) for key, name, kind in DOCUMENTED if key != without] + list(extra)


def a_map(*extra: ColumnDefinition, **overrides: str) -> ColumnMap:
    return resolve_columns(documented(*extra), overrides)


def a_row(charge_id: int, **cells: object) -> dict[str, Any]:
    data: dict[str, Any] = {
        "chargeId": {"columnKey": "chargeId", "intVal": str(charge_id)},
        "billingStatus": {"stringVal": "INVOICED"},
        "invoice": {"stringVal": "INV-1"},
        "amount": {"realVal": 12.5},
        "appliedAt": {"tsVal": "2026-10-31T12:00:00Z"},
        "serviceType": {"stringVal": "Switching"},
        "glCode": {"stringVal": "4410"},
    }
    data.update(cells)
    return {"intKey": str(charge_id), "data": {key: cell for key, cell in data.items() if cell is not ...}}


class Changes(TypedDict, total=False):
    attempts: int
    time_limit: float
    wait_initial: float
    wait_max: float
    jitter: float
    sleep: Callable[[float], None]


def patient(**changes: Unpack[Changes]) -> RetryPolicy:
    """A policy that waits without sleeping."""
    return replace(RetryPolicy(sleep=lambda _: None, jitter=0.0), **changes)


def a_client(
    handler: Callable[[httpx.Request], httpx.Response],
    *,
    retry: RetryPolicy | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    zone: tzinfo = UTC,
) -> CedarClient:
    return CedarClient(
        region="us",
        base_url="",
        carrier="1234",
        assume_user="books@railroad.example",
        api_key=KEY,
        time_zone=zone,
        transport=httpx.MockTransport(handler),
        retry=retry or patient(),
        cancelled=cancelled,
    )


class Script:
    """Answers with one thing after another; the last one again and again."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers = list(answers)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)


class Listing:
    """Serves rows in pages whose tokens come from a list."""

    def __init__(self, rows: Sequence[dict[str, Any]], tokens: Iterable[str]) -> None:
        self.rows = rows
        self.tokens = iter(tokens)
        self.starts: dict[str, int] = {}
        self.asked: list[dict[str, Any]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        asked = json.loads(request.content)
        self.asked.append(asked)
        start = self.starts[asked["pageNextToken"]] if "pageNextToken" in asked else 0
        end = start + asked["pageSize"]
        answer: dict[str, Any] = {"rows": self.rows[start:end]}
        if end < len(self.rows):
            token = next(self.tokens)
            self.starts[token] = end
            answer["nextToken"] = token
        return httpx.Response(200, json=answer)


def answering(document: object) -> Script:
    return Script(httpx.Response(200, content=json.dumps(document)))
