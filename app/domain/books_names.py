"""Customers and items as the books name them. No I/O."""

from dataclasses import dataclass
from enum import StrEnum


class NameKind(StrEnum):
    """Which list a name is in."""

    CUSTOMER = "customer"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class BooksName:
    """One entry of a list."""

    kind: NameKind
    list_id: str
    full_name: str
    is_active: bool
    currency: str | None = None
