"""Cedar's JSON as typed structures, and how bytes become them. No I/O.

Rule: a well-formed answer is decoded in one pass straight into its structure. One that is not goes through the
patient reader once more, where a cell of the wrong kind is an empty cell and only an answer that is not Cedar's at
all is a fault: one spoilt cell of one charge must not stop the reading of all others.
"""

import json
from collections.abc import Iterable
from typing import Any, Final, TypeVar

import msgspec

_LONGEST_WHOLE_NUMBER: Final = 40
"""Digits; a longer number is no amount of money, and Python refuses to read the very long ones."""


class Unreadable(Exception):
    """The answer is not what was asked for; the text says why, in our words only."""


class DecimalValue(msgspec.Struct, gc=False):
    """The inside of a ``decimalVal``."""

    value: str | int | float | None = None


class Cell(msgspec.Struct, rename="camel", gc=False):
    """One value of a row; at most one of these is there, none means null."""

    string_val: str | None = None
    int_val: str | int | None = None
    real_val: int | float | str | None = None
    decimal_val: DecimalValue | None = None
    bool_val: bool | None = None
    ts_val: str | None = None


class Row(msgspec.Struct, gc=False):
    """One row of the charges table."""

    data: dict[str, Cell | None] | None = None


class RowsPage(msgspec.Struct, rename="camel", gc=False):
    """One page of rows."""

    rows: list[Row] | None = None
    next_token: str | None = None


class Aggregate(Cell, rename="camel", gc=False):
    """One figure of a summary."""

    column_key: str = ""
    op: str = ""


class Summary(msgspec.Struct, gc=False):
    """The answer of the summary call."""

    aggregates: list[Aggregate] | None = None


class WireColumn(msgspec.Struct, gc=False):
    """One column of the table definition."""

    key: str | None = None
    name: str | None = None
    type: str | None = None
    aliases: list[str] | None = None


class TableDefinition(msgspec.Struct, gc=False):
    """The answer of the table definition call."""

    columns: list[WireColumn] | None = None


Shape = TypeVar("Shape", bound=msgspec.Struct)

_PAGE: Final = msgspec.json.Decoder(RowsPage)
_SUMMARY: Final = msgspec.json.Decoder(Summary)
_DEFINITION: Final = msgspec.json.Decoder(TableDefinition)
_PAGE_KEYS: Final = frozenset({"tableDef", "rows", "nextToken", "prevToken"})


def rows_page(body: bytes) -> RowsPage:
    """Read a page of rows.

    Raises:
        Unreadable: If the answer is no such page.
    """
    page = _quick(_PAGE, body)
    if page is not None and page.rows is not None:
        return page
    answer = _patient(body)
    # Proto's JSON may leave an empty list out; anything else without rows is some other answer, not "no charges".
    if "rows" not in answer and not answer.keys() <= _PAGE_KEYS:
        raise Unreadable("no rows")
    rows = [
        Row({key: _cell(Cell, cell) for key, cell in _object(row.get("data")).items()}) for row in _list(answer, "rows")
    ]
    token = answer.get("nextToken")
    return RowsPage(rows, str(token) if isinstance(token, str | int) and not isinstance(token, bool) else None)


def summary(body: bytes) -> Summary:
    """Read a summary.

    Raises:
        Unreadable: If the answer is no summary.
    """
    quick = _quick(_SUMMARY, body)
    if quick is not None and quick.aggregates is not None:
        return quick
    aggregates = []
    for item in _list(_patient(body), "aggregates"):
        aggregate = _cell(Aggregate, item)
        aggregate.column_key = _string(item.get("columnKey")) or ""
        aggregate.op = _string(item.get("op")) or ""
        aggregates.append(aggregate)
    return Summary(aggregates)


def table_definition(body: bytes) -> list[WireColumn]:
    """Read the columns of the table definition.

    Raises:
        Unreadable: If the answer is no table definition.
    """
    quick = _quick(_DEFINITION, body)
    if quick is not None and quick.columns:
        return quick.columns
    columns = [
        WireColumn(
            _string(item.get("key")),
            _string(item.get("name")),
            _string(item.get("type")),
            [alias for alias in _sequence(item.get("aliases")) if isinstance(alias, str)],
        )
        for item in _list(_patient(body), "columns")
    ]
    if not columns:
        raise Unreadable("no columns")
    return columns


def _quick(decoder: msgspec.json.Decoder[Shape], body: bytes) -> Shape | None:
    try:
        return decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _patient(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body.decode("utf-8-sig", errors="replace"), parse_int=_whole_number)
    except (ValueError, RecursionError) as exc:
        raise Unreadable("no JSON") from exc
    if not isinstance(answer, dict):
        raise Unreadable("no JSON object")
    return answer


def _whole_number(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONGEST_WHOLE_NUMBER else digits


def _list(answer: dict[str, Any], key: str) -> list[dict[str, Any]]:
    items = answer.get(key) if answer.get(key) is not None else []
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise Unreadable(f"{key} is no list of objects")
    return items


AnyCell = TypeVar("AnyCell", bound=Cell)


def _cell(kind: type[AnyCell], value: object) -> AnyCell:
    parts = _object(value)
    inner = parts.get("decimalVal")
    # Some gateways write a decimal plainly instead of wrapped in an object.
    plain = inner.get("value") if isinstance(inner, dict) else inner
    flag = parts.get("boolVal")
    return kind(
        string_val=_string(parts.get("stringVal")),
        int_val=_number(parts.get("intVal"), str, int),
        real_val=_number(parts.get("realVal"), str, int, float),
        decimal_val=None if plain is None else DecimalValue(_number(plain, str, int, float)),
        bool_val=flag if isinstance(flag, bool) else None,
        ts_val=_string(parts.get("tsVal")),
    )


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _sequence(value: object) -> Iterable[object]:
    return value if isinstance(value, list) else ()


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: Any, *kinds: type) -> Any:  # noqa: ANN401 (the parser's own)
    return value if isinstance(value, kinds) and not isinstance(value, bool) else None
