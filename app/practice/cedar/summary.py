"""Figures over the charges a filter chooses: what `charges-table-summary` answers.

Rule: amounts are added up as the floats the rows show, as a database adds a double column.
"""

from decimal import Decimal
from functools import cmp_to_key

from app.practice.cedar.cells import as_float
from app.practice.cedar.charge import PracticeCharge
from app.practice.cedar.columns import Column, ColumnSet
from app.practice.cedar.errors import malformed
from app.practice.cedar.filters import known
from app.practice.cedar.messages import (
    Aggregate,
    AggregateAnswer,
    AggregateOp,
    SummaryAnswer,
    SummaryRequest,
)
from app.practice.cedar.values import NUMERIC, ColumnType, Value, is_less, to_text
from app.practice.cedar.views import Views

_SEPARATOR = ", "


class Summary:
    """Answers requests for figures."""

    def __init__(self, views: Views, columns: ColumnSet) -> None:
        self._views = views
        self._columns = columns

    def answer(self, request: SummaryRequest) -> SummaryAnswer:
        """Work out what was asked.

        Raises:
            RefusedError: The request makes no sense.
        """
        if not request.aggregates:
            raise malformed("aggregates is empty")
        columns = [known(self._columns.by_key, wanted.column_key) for wanted in request.aggregates]
        _, charges = self._views.view(request.filters, ())
        return SummaryAnswer(
            aggregates=[
                _figure(wanted, column, charges) for wanted, column in zip(request.aggregates, columns, strict=True)
            ]
        )


def _figure(wanted: Aggregate, column: Column, charges: list[PracticeCharge]) -> AggregateAnswer:
    """Work out one figure."""
    answer = AggregateAnswer(column_key=wanted.column_key, op=wanted.op.value)
    match wanted.op:
        case AggregateOp.COUNT:
            answer.int_val = str(sum(column.read(charge) is not None for charge in charges))
        case AggregateOp.SUM | AggregateOp.AVG:
            _add_up(answer, wanted.op, column, charges)
        case AggregateOp.MIN | AggregateOp.MAX:
            _find_extreme(answer, wanted.op, column, charges)
        case AggregateOp.STRING_CONCAT | AggregateOp.STRING_CONCAT_DISTINCT:
            texts = [text for charge in charges if (text := to_text(column.read(charge))) is not None]
            if wanted.op is AggregateOp.STRING_CONCAT_DISTINCT:
                texts = list(dict.fromkeys(texts))
            answer.string_val = _SEPARATOR.join(texts)
    return answer


def _add_up(answer: AggregateAnswer, op: AggregateOp, column: Column, charges: list[PracticeCharge]) -> None:
    """Fill in a sum (zero over nothing) or a mean (left empty over nothing)."""
    if column.type not in NUMERIC:
        raise malformed(f"{op} works on numbers, and column {column.key!r} is {column.type}")
    numbers = [
        (value, charge.charge_id) for charge in charges if isinstance(value := column.read(charge), int | Decimal)
    ]
    if op is AggregateOp.SUM and column.type is ColumnType.INT:
        answer.int_val = str(sum(value for value, _ in numbers))
        return
    total = sum(as_float(Decimal(value), charge_id) for value, charge_id in numbers)
    if op is AggregateOp.SUM:
        answer.real_val = float(total)
    elif numbers:
        answer.real_val = total / len(numbers)


def _find_extreme(answer: AggregateAnswer, op: AggregateOp, column: Column, charges: list[PracticeCharge]) -> None:
    """Fill in the least or greatest value, or nothing where there is none."""
    if column.type is ColumnType.BOOLEAN:
        raise malformed(f"{op} does not work on column {column.key!r} of type BOOLEAN")
    values = [value for charge in charges if (value := column.read(charge)) is not None]
    if not values:
        return
    pick = min if op is AggregateOp.MIN else max
    value = pick(values, key=cmp_to_key(_compare))
    match column.type:
        case ColumnType.INT:
            answer.int_val = to_text(value)
        case ColumnType.REAL | ColumnType.DECIMAL if isinstance(value, int | Decimal):
            answer.real_val = float(value)
        case _:
            answer.string_val = to_text(value)


def _compare(left: Value, right: Value) -> int:
    """Compare two values that are not null, the way sorting functions expect it."""
    return is_less(right, left) - is_less(left, right)
