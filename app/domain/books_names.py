"""Customers and items as the books name them. No I/O."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from app.domain.plain_text import name_key
from app.domain.values import Struct

SEPARATOR: Final = ":"
"""Stands between the names of a full name, from the outermost in; no name of its own holds it."""


class NameKind(StrEnum):
    """Which list a name is in."""

    CUSTOMER = "customer"
    ITEM = "item"


class BooksName(Struct, frozen=True):
    """One entry of a list."""

    kind: NameKind
    list_id: str
    full_name: str
    is_active: bool
    currency: str | None = None
    is_known_by_last_name: bool = False
    """It stands below another one, and its last name alone names it too, as long as no other entry has that name."""


def last_name(full_name: str) -> str:
    """Give a name without those of what it stands below."""
    return full_name.rpartition(SEPARATOR)[2]


def named(key: str, entries: Sequence[BooksName]) -> BooksName | None:
    """Tell which of some entries a name names.

    A full name goes before a last name, and an active entry before an inactive one. A name that several active items
    share names none of them: nobody but a person knows which is meant.

    Args:
        key: The name's key.
        entries: Those whose full name it is, or whose last name; the latest of equals comes last.
    """
    found = _closest(key, entries)
    active = [each for each in found if each.is_active]
    return None if _is_shared(active) else next(iter([*reversed(active), *reversed(found)]), None)


def namesakes(key: str, entries: Sequence[BooksName]) -> tuple[str, ...]:
    """Give the full names of the active items that share a name; none where it names one, or nothing."""
    active = [each for each in _closest(key, entries) if each.is_active]
    return tuple(sorted(each.full_name for each in active)) if _is_shared(active) else ()


def _closest(key: str, entries: Sequence[BooksName]) -> Sequence[BooksName]:
    return [each for each in entries if name_key(each.full_name) == key] or entries


def _is_shared(active: Sequence[BooksName]) -> bool:
    # A customer's name is its own among all customers, however deep it stands.
    return len(active) > 1 and active[0].kind is NameKind.ITEM
