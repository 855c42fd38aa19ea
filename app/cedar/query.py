"""The questions we put to the charges table, and the JSON they travel as. No I/O.

Rule: how several values of one filter, or the pair of a range, are written is not published. So a query names one
billing status, and a range is a lower and an upper filter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import msgspec

from app.cedar.column_rules import RULES, Field
from app.cedar.columns import ColumnMap

LARGEST_PAGE: Final = 1_000
"""Rows. Cedar publishes no limit; more would only fill the memory."""


@dataclass(frozen=True, slots=True)
class ChargeQuery:
    """Which charges are meant; None leaves a filter out, and all filters must hold."""

    billing_status: str | None = None
    applied_since: datetime | None = None
    """Aware; charges applied at this moment are still meant."""
    applied_until: datetime | None = None
    """Aware; charges applied at this moment are still meant."""
    invoice: str | None = None

    def __post_init__(self) -> None:
        for moment in (self.applied_since, self.applied_until):
            if moment is not None and moment.utcoffset() is None:
                raise ValueError("a moment without its time zone")


class _Filter(msgspec.Struct, rename="camel"):
    column_key: str
    op: str
    search_term: str


class _Column(msgspec.Struct, rename="camel"):
    column_key: str


class _Sort(msgspec.Struct):
    column: str
    direction: str


class _TableRequest(msgspec.Struct, rename="camel"):
    requested_columns: list[_Column]
    additional_filters: list[_Filter]
    sort_columns: list[_Sort]


class _RowsRequest(msgspec.Struct, rename="camel", omit_defaults=True):
    table_data_request: _TableRequest
    page_size: int
    page_next_token: str = ""


class _Aggregate(msgspec.Struct, rename="camel"):
    column_key: str
    op: str


class _SummaryRequest(msgspec.Struct):
    aggregates: list[_Aggregate]
    filters: list[_Filter]


def rows_request(columns: ColumnMap, query: ChargeQuery, page_size: int, token: str | None) -> bytes:
    """Write the request for one page, in the order of the charge ids so that no page shifts while we read.

    Raises:
        ValueError: If the page size is out of bounds.
    """
    if not 1 <= page_size <= LARGEST_PAGE:
        raise ValueError(f"a page has 1 to {LARGEST_PAGE} rows, not {page_size}")
    keys = columns.row_keys()
    return msgspec.json.encode(
        _RowsRequest(
            _TableRequest(
                [_Column(key) for key in keys],
                _filters(query, columns),
                [_Sort(column_key(columns, Field.CHARGE_ID), "ASCENDING")],
            ),
            page_size,
            token or "",
        )
    )


def summary_request(aggregates: Sequence[tuple[str, str]], query: ChargeQuery, columns: ColumnMap | None) -> bytes:
    """Write the request for the figures of a summary, given as pairs of column key and operation."""
    return msgspec.json.encode(
        _SummaryRequest([_Aggregate(key, op) for key, op in aggregates], _filters(query, columns))
    )


def column_key(columns: ColumnMap | None, field: Field) -> str:
    """Give the key of a field's column: the resolved one, or the documented one."""
    return (columns.key(field) if columns is not None else None) or RULES[field].candidates[0]


def _filters(query: ChargeQuery, columns: ColumnMap | None) -> list[_Filter]:
    wanted = (
        (Field.BILLING_STATUS, "RO_EXACT", query.billing_status),
        (Field.INVOICE, "RO_EXACT", query.invoice),
        (Field.APPLIED_AT, "RO_GE", _moment_text(query.applied_since)),
        (Field.APPLIED_AT, "RO_LE", _moment_text(query.applied_until)),
    )
    return [_Filter(column_key(columns, field), op, term) for field, op, term in wanted if term is not None]


def _moment_text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
