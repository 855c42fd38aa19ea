"""Cedar's own count and sums over a query, to reconcile against without reading rows. No I/O.

Published use: the count of charges, the sums of amount and adjustments, the first and last moment applied.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from app.cedar import cells, wire
from app.cedar.column_rules import Field
from app.cedar.columns import ColumnMap
from app.cedar.query import ChargeQuery, column_key, summary_request
from app.domain.money import ZERO


@dataclass(frozen=True, slots=True)
class ChargeSummary:
    """What Cedar says about all charges of a query together."""

    count: int
    amount: Decimal
    """Whole cents; the sum Cedar computed."""
    adjustment_total: Decimal
    """Already part of the amount: never added again. Zero where the carrier publishes none."""
    first_applied_at: datetime | None
    last_applied_at: datetime | None


def request(query: ChargeQuery, columns: ColumnMap | None) -> bytes:
    """Write the request for a query's summary."""
    return summary_request(
        [
            (column_key(columns, field), op)
            for field, op in _WANTED
            if columns is None or columns.key(field) is not None
        ],
        query,
        columns,
    )


def read(body: bytes, columns: ColumnMap | None) -> ChargeSummary:
    """Read the answer.

    Raises:
        Unreadable: If the count is missing, or a sum is no number.
    """
    answered = {(item.column_key, item.op): item for item in wire.summary(body).aggregates or ()}
    figures = {wanted: _figure(answered, column_key(columns, wanted[0]), wanted[1]) for wanted in _WANTED}
    count = cells.number(figures[_COUNT])
    if count is None or count < 0 or count != count.to_integral_value():
        raise wire.Unreadable("no count")
    amount = cells.cents(figures[_AMOUNT])
    if amount is None and count > 0:
        raise wire.Unreadable("no sum of the amounts")
    return ChargeSummary(
        count=int(count),
        amount=amount or ZERO,
        adjustment_total=cells.cents(figures[_ADJUSTMENTS]) or ZERO,
        first_applied_at=cells.moment(figures[_FIRST], UTC),
        last_applied_at=cells.moment(figures[_LAST], UTC),
    )


_COUNT = (Field.CHARGE_ID, "AO_COUNT")
_AMOUNT = (Field.AMOUNT, "AO_SUM")
_ADJUSTMENTS = (Field.ADJUSTMENT_TOTAL, "AO_SUM")
_FIRST = (Field.APPLIED_AT, "AO_MIN")
_LAST = (Field.APPLIED_AT, "AO_MAX")
_WANTED = (_COUNT, _AMOUNT, _ADJUSTMENTS, _FIRST, _LAST)


def _figure(answered: Mapping[tuple[str, str], wire.Aggregate], key: str, op: str) -> wire.Aggregate | None:
    # Proto's JSON leaves an enum's first value out, so an operation that is not named is the one not found otherwise.
    return answered.get((key, op)) or answered.get((key, ""))
