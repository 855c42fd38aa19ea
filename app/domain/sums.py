"""Money added up, each currency by itself: dollars and pesos have no sum. Pure; no I/O."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Self

from app.domain.money import ZERO
from app.domain.values import Struct


class Sums(Struct, frozen=True):
    """Amounts by currency; a currency that comes to nothing is not among them, so nothing is equal to nothing."""

    parts: tuple[tuple[str | None, Decimal], ...] = ()
    """ISO 4217 codes in order with their amounts. Last, under None, what Cedar names no currency or several for."""

    @classmethod
    def of(cls, amounts: Iterable[tuple[str | None, Decimal]]) -> Self:
        """Add up amounts with their currencies."""
        found: dict[str | None, Decimal] = {}
        for currency, amount in amounts:
            found[currency or None] = found.get(currency or None, ZERO) + amount
        order = sorted(found.items(), key=lambda part: (part[0] is None, part[0] or ""))
        return cls(tuple((currency, amount) for currency, amount in order if amount))

    @property
    def total(self) -> Decimal:
        """All of it, whatever the currency: for scripts that know there is only one."""
        return sum((amount for _, amount in self.parts), ZERO)

    @property
    def currencies(self) -> frozenset[str | None]:
        """The currencies there is money in."""
        return frozenset(currency for currency, _ in self.parts)

    def __add__(self, other: "Sums") -> "Sums":
        return Sums.of((*self.parts, *other.parts))

    def __sub__(self, other: "Sums") -> "Sums":
        return Sums.of((*self.parts, *((currency, -amount) for currency, amount in other.parts)))

    def __bool__(self) -> bool:
        return bool(self.parts)


NOTHING = Sums()
