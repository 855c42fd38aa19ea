"""One request and one answer, before and after HTTP."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeAlias

from app.practice.quickbooks_online.json_text import decode

AUTHORIZE: Final = "/connect/oauth2"
TOKEN: Final = "/oauth2/v1/tokens/bearer"  # noqa: S105 (a path)
REVOKE: Final = "/v2/oauth2/tokens/revoke"
_SIGN_IN: Final = {AUTHORIZE: "authorize", TOKEN: "token", REVOKE: "revoke"}
API_ROOT: Final = "/v3/company/"


@dataclass(frozen=True, slots=True)
class Ask:
    """A request that came in."""

    method: str
    path: str
    """Without the query."""
    query: Mapping[str, str]
    body: bytes
    header: Callable[[str], str] = field(repr=False)
    """Gives a header by its name, empty if it is missing."""

    @property
    def steps(self) -> list[str]:
        """The path behind the API's root: company id, entity, id; empty for other paths."""
        return self.path.removeprefix(API_ROOT).split("/") if self.path.startswith(API_ROOT) else []

    @property
    def entity(self) -> str:
        """The word behind the company id in lower case, such as ``estimate``; empty if there is none."""
        return self.steps[1].lower() if len(self.steps) > 1 else ""

    @property
    def operation(self) -> str:
        """What is wanted.

        ``authorize``, ``token``, ``revoke``, ``query``, ``batch``, ``cdc``, ``read``, ``create``, ``update``,
        ``delete`` or ``void``.
        """
        if self.path in _SIGN_IN:
            return _SIGN_IN[self.path]
        if self.entity in {"query", "batch", "cdc"}:
            return self.entity
        if self.method != "POST":
            return "read"
        if wanted := self.query.get("operation"):
            return wanted
        try:
            body = decode(self.body)
        except ValueError:
            return "create"
        return "update" if isinstance(body, dict) and "Id" in body else "create"

    @property
    def is_write(self) -> bool:
        """Whether it may change something in a company."""
        return self.operation in {"create", "update", "delete", "void", "batch"}


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer before it is handed to the server."""

    status: int
    body: bytes
    content_type: str = "application/json;charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


class ServedRequest(NamedTuple):
    """A request that was served, for tests to look at."""

    method: str
    path: str
    query: Mapping[str, str]
    body: str
    status: int | None
    """HTTP status; None if the connection was cut."""
    operation: str
    """As in `Ask.operation`."""
    tid: str
    """The number in the answer's header `intuit_tid`."""


Where: TypeAlias = Callable[[Ask], bool]
"""Tells which requests something is meant for."""


def anything(_: Ask) -> bool:
    """Every request."""
    return True


def writes(ask: Ask) -> bool:
    """Requests that may change something in a company."""
    return ask.is_write


def api(ask: Ask) -> bool:
    """Requests to the accounting API."""
    return bool(ask.steps)


def on(*operations: str) -> Where:
    """Requests of some operations, as in `Ask.operation`."""
    return lambda ask: ask.operation in operations
