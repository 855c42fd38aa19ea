"""Column types that mean the same on every database: aware times, dates, money in cents, typed documents."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import BigInteger, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from app.domain.money import amount_from_cents, cents_of

T = TypeVar("T")


class Moment(TypeDecorator[datetime]):
    """An aware time, kept as UTC text that sorts as time does and that a person can read."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write a time; a naive one is our own mistake."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be kept")
        return _utc_text(value if value.tzinfo is UTC else value.astimezone(UTC))

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Read a time."""
        return None if value is None else datetime.fromisoformat(value)


@lru_cache(64)
def _utc_text(at: datetime) -> str:
    """Write a time in UTC; the rows of a message set are all written with one time."""
    return f"{at.replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


class Cents(TypeDecorator[Decimal]):
    """An amount of money, kept as a whole number of cents so that any database adds it up exactly."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Write an amount."""
        return None if value is None else cents_of(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """Read an amount."""
        return None if value is None else amount_from_cents(value)


class Json(TypeDecorator[T], Generic[T]):
    """A dataclass, or a tuple of them, kept as JSON text."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: Any) -> None:  # noqa: ANN401 (a type form has no type of its own)
        super().__init__()
        self.kind = kind
        self._decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(kind)

    def process_bind_param(self, value: T | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write a document."""
        return None if value is None else msgspec.json.encode(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> T | None:  # noqa: ARG002
        """Read a document."""
        if value is None:
            return None
        document: T = self._decoder.decode(value)
        return document
