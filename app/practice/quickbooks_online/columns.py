"""The columns a query may compare and sort by, per entity, and how their values are compared.

PrivateNote, lines and addresses are none: the service does not filter by them. Texts are compared without regard to
case, as names are; ids as numbers where they are ordered.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final, TypeAlias, cast

from app.practice.quickbooks_online.company import OnlineCompany
from app.practice.quickbooks_online.query_text import Condition
from app.practice.quickbooks_online.records import Document, ListRecord, Record
from app.practice.quickbooks_online.refusals import invalid_query
from app.practice.quickbooks_online.stamps import read_moment

Value: TypeAlias = str | int | Decimal | date | datetime | bool
_Getter: TypeAlias = Callable[[OnlineCompany, Record], Value | None]


@dataclass(frozen=True, slots=True)
class Column:
    """A column."""

    read: Callable[[str], Value]
    """Reads a literal; raises ValueError if it is no value of the column."""
    get: _Getter
    """Gives the value of a record; None if it has none."""


def _text(value: str) -> str:
    return value.casefold()


def _bool(value: str) -> bool:
    return {"true": True, "false": False}[value.lower()]


def _number(value: str) -> Decimal:
    try:
        number = Decimal(value)
    except InvalidOperation as exc:
        raise ValueError(value) from exc
    if not number.is_finite():
        raise ValueError(value)
    return number


def _field(name: str) -> _Getter:
    def get(_: OnlineCompany, record: Record) -> Value | None:
        value = cast("ListRecord | Document", record).fields.get(name)
        if isinstance(value, dict):
            value = value.get("value")
        return value.casefold() if isinstance(value, str) else cast("Value | None", value)

    return get


def _of_list(get: Callable[[ListRecord], Value | None]) -> _Getter:
    return lambda _, record: get(cast("ListRecord", record))


def _of_document(get: Callable[[Document], Value | None]) -> _Getter:
    return lambda _, record: get(cast("Document", record))


_COMMON: Final = {
    "Id": Column(int, lambda _, record: int(record.id)),
    "MetaData.CreateTime": Column(read_moment, lambda _, record: record.created),
    "MetaData.LastUpdatedTime": Column(read_moment, lambda _, record: record.modified),
}
_LIST: Final = {
    **_COMMON,
    "Active": Column(_bool, _of_list(lambda record: record.is_active)),
    "FullyQualifiedName": Column(
        _text, lambda company, record: company.full_name(cast("ListRecord", record)).casefold()
    ),
    "ParentRef": Column(_text, _of_list(lambda record: record.parent_id)),
}
_DOCUMENT: Final = {
    **_COMMON,
    "DocNumber": Column(
        _text, _of_document(lambda each: None if each.doc_number is None else each.doc_number.casefold())
    ),
    "TxnDate": Column(date.fromisoformat, _of_document(lambda each: each.txn_date)),
    "CustomerRef": Column(_text, _of_document(lambda each: each.customer_id)),
    "TotalAmt": Column(_number, _of_document(lambda each: each.total)),
}
_NAMED: Final = {**_LIST, "Name": Column(_text, _of_list(lambda record: record.name.casefold()))}

COLUMNS: Final[dict[str, dict[str, Column]]] = {
    "Customer": {
        **_LIST,
        "DisplayName": Column(_text, _of_list(lambda record: record.name.casefold())),
        **{
            name: Column(_text, _field(name)) for name in ("GivenName", "FamilyName", "CompanyName", "PrintOnCheckName")
        },
        "Balance": Column(_number, lambda company, record: company.balance_of(record.id)),
    },
    "Item": {
        **_NAMED,
        "Type": Column(_text, _field("Type")),
        "Sku": Column(_text, _field("Sku")),
        "UnitPrice": Column(_number, _field("UnitPrice")),
    },
    "Account": {
        **_NAMED,
        **{name: Column(_text, _field(name)) for name in ("AccountType", "AccountSubType", "Classification")},
    },
    "Estimate": {
        **_DOCUMENT,
        "TxnStatus": Column(_text, _of_document(lambda each: each.status.casefold())),
    },
    "Invoice": {
        **_DOCUMENT,
        "DueDate": Column(date.fromisoformat, _of_document(lambda each: each.due_date)),
        "Balance": Column(_number, _of_document(lambda each: each.balance)),
    },
}
"""The columns of each entity, by their names."""


def column(entity: str, name: str) -> Column:
    """Find a column.

    Raises:
        Refusal: The entity has none of that name, or none that can be compared.
    """
    for known, found in COLUMNS[entity].items():
        if known.lower() == name.lower():
            return found
    raise invalid_query(f"Property {name} not found for Entity {entity} or it is not queryable")


def test_of(entity: str, condition: Condition) -> Callable[[OnlineCompany, Record], bool]:
    """Make the test of a condition.

    Raises:
        Refusal: The column is unknown, or a value is none of its values.
    """
    found = column(entity, condition.column)
    if condition.operator == "LIKE":
        pattern = re.compile(
            ".*".join(re.escape(part) for part in condition.values[0].casefold().split("%")), re.DOTALL
        )
        return lambda company, record: pattern.fullmatch(str(found.get(company, record) or "")) is not None
    try:
        values = [found.read(value) for value in condition.values]
    except (ValueError, KeyError) as exc:
        raise invalid_query(f"invalid value for property {condition.column}: {condition.values}") from exc
    if condition.operator in {"=", "IN"}:
        return lambda company, record: found.get(company, record) in values
    compare = _COMPARISONS[condition.operator]
    wanted = values[0]

    def holds(company: OnlineCompany, record: Record) -> bool:
        value = found.get(company, record)
        return value is not None and compare(value, wanted)

    return holds


_COMPARISONS: Final[dict[str, Callable[[Value, Value], bool]]] = {
    "<": lambda value, wanted: value < wanted,  # type: ignore[operator]
    ">": lambda value, wanted: value > wanted,  # type: ignore[operator]
    "<=": lambda value, wanted: value <= wanted,  # type: ignore[operator]
    ">=": lambda value, wanted: value >= wanted,  # type: ignore[operator]
}
"""Values of one column are of one type."""
