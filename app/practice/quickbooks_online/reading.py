"""Reading what a program sends: JSON into the objects of `bodies`, or the fault that tells what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, TypeVar

import msgspec
from msgspec import UNSET, Struct, UnsetType

from app.practice.quickbooks_online.bodies import Maybe
from app.practice.quickbooks_online.json_text import Json, decode
from app.practice.quickbooks_online.refusals import (
    Refusal,
    invalid_id,
    invalid_property,
    invalid_value,
    missing,
    unknown_property,
    wrong_length,
)

_Body = TypeVar("_Body", bound=Struct)
_T = TypeVar("_T")

_UNKNOWN: Final = re.compile(r"Object contains unknown field `(.*?)`")
_TOO_LONG: Final = re.compile(r"Expected `str` of length <= (\d+)")
_PLACE: Final = re.compile(r" - at `\$.*?(\w+)(?:\[\d+\])?`$")
_FORBIDDEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""What XML 1.0 cannot hold; tabs and line breaks it can."""
_NUMBERS: Final = frozenset({"Amount", "Qty", "UnitPrice", "TotalAmt", "Balance", "PurchaseCost"})


def read_body(text: bytes, kind: type[_Body], entity: str) -> _Body:
    """Read an object.

    Args:
        text: JSON.
        kind: What it is to be.
        entity: Intuit's name of that.

    Raises:
        Refusal: It is something else, or breaks a rule.
    """
    for name, value in _leaves("", _decoded(text)):
        if isinstance(value, str) and _FORBIDDEN.search(value):
            raise invalid_property(f"{name} holds a control character and")
        if name in _NUMBERS and isinstance(value, str):
            raise invalid_property(f"{name} is a text and not a number and")
    return read_envelope(text, kind, entity)


def read_envelope(text: bytes, kind: type[_Body], entity: str) -> _Body:
    """Read an object whose parts are read one by one later, so that what is wrong in one is not held against all.

    Args:
        text: JSON.
        kind: What it is to be.
        entity: Intuit's name of that.

    Raises:
        Refusal: It is something else.
    """
    _decoded(text)
    try:
        return msgspec.json.decode(text, type=kind)
    except msgspec.ValidationError as exc:
        raise _explained(str(exc), kind, entity) from exc


def _decoded(text: bytes) -> Json:
    try:
        return decode(text)
    except ValueError as exc:
        raise invalid_property("the body is no JSON document and as such") from exc


def _explained(message: str, kind: type[Struct], entity: str) -> Refusal:
    """Turn the reader's complaint into a fault."""
    place = _PLACE.search(message)
    name = entity if place is None else place[1]
    if unknown := _UNKNOWN.match(message):
        known = kind.__struct_encode_fields__ if place is None else ()
        return unknown_property(unknown[1], name, known)
    if too_long := _TOO_LONG.match(message):
        return wrong_length(name, int(too_long[1]))
    if message.startswith("Invalid enum value"):
        return invalid_value(name)
    return invalid_property(f"{name}: {message.partition(' - at ')[0]}, which")


def _leaves(name: str, value: Json) -> Iterator[tuple[str, Json]]:
    """Walk over every simple value with the name of its property."""
    match value:
        case dict():
            for key, each in value.items():
                yield from _leaves(key, each)
        case list():
            for each in value:
                yield from _leaves(name, each)
        case _:
            yield name, value


def check_id(value: str) -> str:
    """Give an id back if it is one.

    Raises:
        Refusal: It is no number.
    """
    if not (value.isascii() and value.isdecimal()):
        raise invalid_id(value)
    return value


def needed(value: Maybe[_T], name: str) -> _T:
    """Give a value that must be there.

    Raises:
        Refusal: It was left out or is null.
    """
    if isinstance(value, UnsetType) or value is None:
        raise missing(name)
    return value


def given(value: Maybe[_T]) -> _T | None:
    """Give a value; None if it was left out, is null, or is an empty text."""
    return None if value is UNSET or value == "" else value


def plain(value: object) -> Json:
    """Turn a value of an object into the JSON it is kept as."""
    made: Json = msgspec.to_builtins(value, builtin_types=(Decimal,))
    return made
