"""Records to JSON and back, led by their type hints.

Rule: knows dataclasses, enums, dates, Decimals and the usual containers, nothing else; what it does not know is a bug.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import TypeVar, Union, cast, get_args, get_origin, get_type_hints

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]
_Wanted = TypeVar("_Wanted")


def plain(value: object) -> Json:
    """Turn a value into JSON."""
    if isinstance(value, Enum):
        return str(value.value)
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    raise TypeError(f"{type(value).__name__} has no place in a company file")


def typed(kind: type[_Wanted], value: Json) -> _Wanted:
    """Turn JSON back into a value of a kind."""
    return cast("_Wanted", _read(kind, value))


@cache
def _hints(kind: type) -> dict[str, object]:
    return dict(get_type_hints(kind))


def _read(hint: object, value: Json) -> object:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _read_union(arguments, value)
    if origin is tuple:
        entries = cast("list[Json]", value)
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return tuple(_read(arguments[0], entry) for entry in entries)
        return tuple(_read(argument, entry) for argument, entry in zip(arguments, entries, strict=True))
    if origin is list:
        return [_read(arguments[0], entry) for entry in cast("list[Json]", value)]
    if origin is dict:
        pairs = cast("dict[str, Json]", value).items()
        return {_read(arguments[0], key): _read(arguments[1], entry) for key, entry in pairs}
    return _read_simple(cast("type", hint), value)


def _read_simple(kind: type, value: Json) -> object:
    if kind is datetime:
        return datetime.fromisoformat(cast("str", value))
    if kind is date:
        return date.fromisoformat(cast("str", value))
    if is_dataclass(kind):
        stored = cast("dict[str, Json]", value)
        hints = _hints(kind)
        return kind(**{name: _read(hints[name], entry) for name, entry in stored.items()})
    if kind is Decimal:
        return Decimal(cast("str", value))
    if issubclass(kind, Enum):
        return kind(value)
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value


def _read_union(options: tuple[object, ...], value: Json) -> object:
    """Read an optional value, or one of the shapes a stored element can have."""
    if value is None:
        return None
    for option in options:
        shape = get_origin(option) or option
        fits = (
            isinstance(value, str)
            if shape is str or shape in (Decimal, date, datetime)
            else isinstance(value, dict)
            if isinstance(shape, type) and is_dataclass(shape)
            else isinstance(value, list)
            if shape in (tuple, list)
            else shape is not NoneType and isinstance(value, cast("type", shape))
        )
        if fits:
            return _read(option, value)
    raise TypeError(f"{value!r} fits none of {options}")
