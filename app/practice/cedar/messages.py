"""The documents that travel: requests as they must be, answers as they are written.

Rule: requests refuse unknown fields and wrong types, so that a client's slip is seen here and not in production.
"""

from enum import StrEnum
from typing import Annotated, TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from app.practice.cedar.errors import malformed

MAX_PAGE_SIZE = 1000
"""Largest page the service hands out."""

PageSize = Annotated[int, msgspec.Meta(ge=1, le=MAX_PAGE_SIZE)]
"""Rows asked for at once."""


class FilterOp(StrEnum):
    """How a filter compares a cell with its search term."""

    DEFAULT = "RO_DEFAULT"
    """Part of the text for free text, equality for everything else."""
    SUBSTRING = "RO_SUBSTRING"
    """Contains, whatever the case."""
    EXACT = "RO_EXACT"
    """Is equal."""
    STARTSWITH = "RO_STARTSWITH"
    """Begins with, whatever the case."""
    ENDSWITH = "RO_ENDSWITH"
    """Ends with, whatever the case."""
    EMPTY = "RO_EMPTY"
    """Has no value; takes no search term."""
    LT = "RO_LT"
    """Is less or earlier."""
    GT = "RO_GT"
    """Is more or later."""
    LE = "RO_LE"
    """Is at most, or not later."""
    GE = "RO_GE"
    """Is at least, or not earlier."""
    NE = "RO_NE"
    """Is not equal; a cell without a value is not equal to anything."""
    BETWEEN = "RO_BETWEEN"
    """Known by name, always refused: how its pair is written is not published."""
    NOT_EMPTY = "RO_NOT_EMPTY"
    """Has a value; takes no search term."""
    NOT_SUBSTRING = "RO_NOT_SUBSTRING"
    """The opposite of `SUBSTRING`; true of a cell without a value."""
    NOT_STARTSWITH = "RO_NOT_STARTSWITH"
    """The opposite of `STARTSWITH`; true of a cell without a value."""
    NOT_ENDSWITH = "RO_NOT_ENDSWITH"
    """The opposite of `ENDSWITH`; true of a cell without a value."""


class AggregateOp(StrEnum):
    """What a summary works out over a column."""

    COUNT = "AO_COUNT"
    """How many rows have a value."""
    SUM = "AO_SUM"
    """Sum of the values."""
    AVG = "AO_AVG"
    """Mean of the values."""
    MIN = "AO_MIN"
    """Least or earliest value."""
    MAX = "AO_MAX"
    """Greatest or latest value."""
    STRING_CONCAT = "AO_STRING_CONCAT"
    """All values, with commas."""
    STRING_CONCAT_DISTINCT = "AO_STRING_CONCAT_DISTINCT"
    """All different values, with commas."""


class Direction(StrEnum):
    """Which way to sort."""

    ASCENDING = "ASCENDING"
    """Least first, rows without a value last."""
    DESCENDING = "DESCENDING"
    """Greatest first, rows without a value first."""


class _Request(msgspec.Struct, rename="camel", forbid_unknown_fields=True, kw_only=True):
    """A part of a request."""


class RequestedColumn(_Request):
    """A column to be delivered."""

    column_key: str


class Filter(_Request):
    """A condition on one column."""

    column_key: str
    op: FilterOp = FilterOp.DEFAULT
    search_term: str = ""


class SortColumn(_Request):
    """A column to sort by."""

    column: str
    direction: Direction = Direction.ASCENDING


class TableDataRequest(_Request):
    """Which columns of which rows in which order; may carry the paging fields too."""

    requested_columns: tuple[RequestedColumn, ...] = ()
    additional_filters: tuple[Filter, ...] = ()
    sort_columns: tuple[SortColumn, ...] = ()
    page_size: PageSize | UnsetType = UNSET
    page_next_token: str = ""
    page_previous_token: str = ""


class RowsRequest(_Request):
    """The body of a request for rows."""

    table_data_request: TableDataRequest
    page_size: PageSize | UnsetType = UNSET
    page_next_token: str = ""
    page_previous_token: str = ""


class Aggregate(_Request):
    """One figure to be worked out."""

    column_key: str
    op: AggregateOp


class SummaryRequest(_Request):
    """The body of a request for a summary."""

    aggregates: tuple[Aggregate, ...]
    filters: tuple[Filter, ...] = ()


class CustomersRequest(_Request):
    """The body of a request for customers."""

    carrier_id: int | str


class _Answer(msgspec.Struct, rename="camel", omit_defaults=True, kw_only=True):
    """A part of an answer; what is None is not written."""


class DecimalValue(_Answer):
    """A decimal number as text."""

    value: str


class Cell(_Answer):
    """A value in one of its forms; none of them means null."""

    column_key: str
    string_val: str | None = None
    int_val: str | None = None
    real_val: float | None = None
    decimal_val: DecimalValue | None = None
    bool_val: bool | None = None
    ts_val: str | None = None


class Row(_Answer):
    """One charge."""

    int_key: str
    data: dict[str, Cell]


class ColumnDefinition(_Answer):
    """What the table definition says of a column."""

    key: str
    name: str
    type: str
    searchable: bool
    description: str | None = None
    aliases: tuple[str, ...] | None = None
    enum_values: tuple[str, ...] | None = None


class TableDefinition(_Answer):
    """The columns there are and those delivered when none are named."""

    columns: list[ColumnDefinition]
    default_columns: list[str]


class RowsAnswer(_Answer):
    """A page of rows."""

    table_def: TableDefinition
    rows: list[Row]
    next_token: str | None = None
    prev_token: str | None = None


class AggregateAnswer(_Answer):
    """One figure; none of the three forms when there was nothing to work on."""

    column_key: str
    op: str
    int_val: str | None = None
    real_val: float | None = None
    string_val: str | None = None


class SummaryAnswer(_Answer):
    """The figures in the order they were asked for."""

    aggregates: list[AggregateAnswer]


class LocationAnswer(_Answer):
    """A customer's location."""

    resource_id: int
    uuid: str
    name: str
    abbreviated_name: str
    block_code: str
    currency_code: str


class CustomerAnswer(_Answer):
    """A customer; no GL number is published here."""

    resource_id: int
    uuid: str
    name: str
    block_code_prefix: str
    printed_name: str
    scac: str
    locations: list[LocationAnswer]


class CustomersAnswer(_Answer):
    """Every customer of the carrier."""

    customers: list[CustomerAnswer]


RequestT = TypeVar("RequestT", RowsRequest, SummaryRequest, CustomersRequest)


def decode(body: bytes, form: type[RequestT]) -> RequestT:
    """Read a request.

    Raises:
        RefusedError: It is no JSON, or not of that form.
    """
    try:
        return msgspec.json.decode(body, type=form)
    except msgspec.MsgspecError as exc:
        raise malformed(str(exc)) from exc
