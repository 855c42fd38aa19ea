"""The order of rows: by the columns asked for, then by charge id, so that no two rows ever tie.

Rule: rows without a value come last when ascending and first when descending. No I/O.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from app.practice.cedar.charge import PracticeCharge
from app.practice.cedar.columns import Column
from app.practice.cedar.filters import known
from app.practice.cedar.messages import Direction, SortColumn
from app.practice.cedar.values import Value, is_less

if TYPE_CHECKING:
    from _typeshed import SupportsRichComparison


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands in an order; comparable with other places of the same order."""

    values: tuple[Value, ...]
    """The row's values of the columns sorted by."""
    charge_id: int
    """Breaks ties."""
    descending: tuple[bool, ...]
    """The direction of each column."""

    def __lt__(self, other: "Place") -> bool:
        for mine, theirs, is_down in zip(self.values, other.values, self.descending, strict=True):
            if mine == theirs:
                continue
            if mine is None or theirs is None:
                return (theirs is None) is not is_down
            return is_less(mine, theirs) is not is_down
        return self.charge_id < other.charge_id


class Order:
    """One way to sort charges."""

    def __init__(self, sort: Sequence[SortColumn], columns: Mapping[str, Column]) -> None:
        """Prepare an order.

        Raises:
            RefusedError: A column is not known.
        """
        self._columns = [known(columns, wanted.column) for wanted in sort]
        self._descending = tuple(wanted.direction is Direction.DESCENDING for wanted in sort)
        self.types = tuple(column.type for column in self._columns)
        """Types of the columns sorted by."""

    def sort(self, charges: list[PracticeCharge]) -> list[PracticeCharge]:
        """Return the charges in this order."""
        ordered = sorted(charges, key=lambda charge: charge.charge_id)
        # The last column first: Python's sort keeps the order of equals, also in reverse.
        for column, is_down in zip(reversed(self._columns), reversed(self._descending), strict=True):
            read = column.read
            empty = [charge for charge in ordered if read(charge) is None]
            filled = [charge for charge in ordered if read(charge) is not None]
            filled.sort(key=cast("Callable[[PracticeCharge], SupportsRichComparison]", read), reverse=is_down)
            ordered = empty + filled if is_down else filled + empty
        return ordered

    def place_of(self, charge: PracticeCharge) -> Place:
        """Tell where a charge stands."""
        return self.place(tuple(column.read(charge) for column in self._columns), charge.charge_id)

    def place(self, values: tuple[Value, ...], charge_id: int) -> Place:
        """Make a place from its parts."""
        return Place(values, charge_id, self._descending)
