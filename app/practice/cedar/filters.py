"""Which charges a request means: filters compiled into one test per column, joined by AND.

Rule: a filter that cannot mean what its writer thought is refused, never answered with a guess.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from app.practice.cedar.charge import PracticeCharge
from app.practice.cedar.columns import Column
from app.practice.cedar.errors import malformed
from app.practice.cedar.messages import Filter, FilterOp
from app.practice.cedar.values import TEXTUAL, ColumnType, Value, from_text, is_less

Test: TypeAlias = Callable[[Value], bool]
"""Decides about the value of one column."""

_WITHOUT_TERM = frozenset({FilterOp.EMPTY, FilterOp.NOT_EMPTY})
_ORDER = frozenset({FilterOp.LT, FilterOp.GT, FilterOp.LE, FilterOp.GE})
_PART_OF_TEXT = frozenset(
    {
        FilterOp.SUBSTRING,
        FilterOp.STARTSWITH,
        FilterOp.ENDSWITH,
        FilterOp.NOT_SUBSTRING,
        FilterOp.NOT_STARTSWITH,
        FilterOp.NOT_ENDSWITH,
    }
)


def chosen(
    filters: Sequence[Filter], columns: Mapping[str, Column], charges: list[PracticeCharge]
) -> list[PracticeCharge]:
    """Return the charges that pass every filter, in their order.

    Raises:
        RefusedError: A filter is not understood.
    """
    for wanted in filters:
        column = known(columns, wanted.column_key)
        passes, read = _test(column, wanted), column.read
        charges = [charge for charge in charges if passes(read(charge))]
    return charges


def known(columns: Mapping[str, Column], key: str) -> Column:
    """Look a column up.

    Raises:
        RefusedError: This carrier has no such column.
    """
    try:
        return columns[key]
    except KeyError:
        raise malformed(f"unknown columnKey {key!r}") from None


def _test(column: Column, wanted: Filter) -> Test:
    """Compile one filter after checking that it makes sense for its column."""
    op, term = wanted.op, wanted.search_term
    if not column.searchable:
        raise malformed(f"column {column.key!r} is not searchable")
    if op is FilterOp.BETWEEN:
        raise malformed("RO_BETWEEN is not supported here; use RO_GE and RO_LE")
    if op in _WITHOUT_TERM:
        if term:
            raise malformed(f"{op} takes no searchTerm")
        wants_empty = op is FilterOp.EMPTY
        return lambda value: (value is None or value == "") is wants_empty
    if not term:
        raise malformed(f"{op} on {column.key!r} needs a searchTerm; for missing values use RO_EMPTY")
    if op is FilterOp.DEFAULT:
        is_free_text = column.type is ColumnType.STRING and not column.enum_values
        op = FilterOp.SUBSTRING if is_free_text else FilterOp.EXACT
    if op in _PART_OF_TEXT:
        return _text_test(column, op, term)
    return _value_test(column, op, term)


def _text_test(column: Column, op: FilterOp, term: str) -> Test:
    """Compile a test for a part of a text."""
    if column.type not in TEXTUAL:
        raise malformed(f"{op} works on text, and column {column.key!r} is {column.type}")
    if column.enum_values and any(mark in term for mark in ",;|"):
        raise malformed(f"searchTerm {term!r} for {column.key!r} holds several values; ask once for each")
    part = term.casefold()
    match op:
        case FilterOp.SUBSTRING:
            return lambda value: part in str(value or "").casefold()
        case FilterOp.STARTSWITH:
            return lambda value: str(value or "").casefold().startswith(part)
        case FilterOp.ENDSWITH:
            return lambda value: str(value or "").casefold().endswith(part)
        case FilterOp.NOT_SUBSTRING:
            return lambda value: part not in str(value or "").casefold()
        case FilterOp.NOT_STARTSWITH:
            return lambda value: not str(value or "").casefold().startswith(part)
        case _:
            return lambda value: not str(value or "").casefold().endswith(part)


def _value_test(column: Column, op: FilterOp, term: str) -> Test:
    """Compile a comparison with a whole value."""
    if op in _ORDER and column.type is ColumnType.BOOLEAN:
        raise malformed(f"{op} does not work on column {column.key!r} of type BOOLEAN")
    if column.enum_values and term not in column.enum_values:
        raise malformed(f"searchTerm {term!r} is not one value of {column.key!r}: {list(column.enum_values)}")
    bound = from_text(column.type, term)
    match op:
        case FilterOp.NE:
            return lambda value: value != bound
        case FilterOp.LT:
            return lambda value: value is not None and is_less(value, bound)
        case FilterOp.GT:
            return lambda value: value is not None and is_less(bound, value)
        case FilterOp.LE:
            return lambda value: value is not None and not is_less(bound, value)
        case FilterOp.GE:
            return lambda value: value is not None and not is_less(value, bound)
        case _:
            return lambda value: value == bound
