"""One HTTP call as text: what is asked of QuickBooks Online, kept exactly as it is sent. No I/O.

The first line is method and path below the company with its query, then an empty line, then the body.
"""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

MINOR_VERSION: Final = "75"
"""Source: Intuit's page on minor versions; since August 2025 the floor and the default at once."""


def call_text(method: str, path: str, query: Mapping[str, str] | None = None, body: str = "") -> str:
    """Write a call.

    Args:
        method: ``GET`` or ``POST``.
        path: Below ``/v3/company/{realm}``, such as ``/query``.
        query: More of the query; the minor version is always said.
        body: Exactly as it is to be sent.
    """
    return f"{method} {path}?{urlencode({'minorversion': MINOR_VERSION, **(query or {})})}\n\n{body}"


def query_text(statement: str) -> str:
    """Write a query; as a POST, since statements get long."""
    return call_text("POST", "/query", body=statement)


def quoted(value: str) -> str:
    """Write a value inside a statement."""
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
