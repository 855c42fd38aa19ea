"""How a value travels in a cell, with the bad manners a client has to expect.

Rule: legal but awkward on purpose. Amounts of type REAL are floats and some carry the noise of a sum; a null is now an
absent cell and now one that holds nothing. Rounded to cents every amount is right.
"""

from collections.abc import Callable
from decimal import Decimal

from app.practice.cedar.charge import PracticeCharge
from app.practice.cedar.columns import Column
from app.practice.cedar.messages import Cell, DecimalValue, Row
from app.practice.cedar.values import ColumnType, Value, to_text

_CENT = Decimal("0.01")
_NOISY_ONE_IN = 4


def as_float(amount: Decimal, charge_id: int) -> float:
    """Turn an amount into the float a service would send that adds up parts of it.

    Args:
        amount: The amount in the railroad's books.
        charge_id: Decides whether this charge was added up, so that the answer is always the same.

    Returns:
        A float that rounds to the same cents; one in four was added up and may read 0.30000000000000004 for 0.30.
    """
    plain = float(amount)
    if charge_id % _NOISY_ONE_IN or amount != amount.quantize(_CENT):
        return plain
    part = (amount / 3).quantize(_CENT)
    added = float(part) + float(part) + float(amount - part - part)
    return added if Decimal(repr(added)).quantize(_CENT) == amount else plain


def rows_of(columns: list[Column], charges: list[PracticeCharge]) -> list[Row]:
    """Write charges with these columns and no others."""
    plan = [(column.key, len(column.key), column.read, _FORMS[column.type]) for column in columns]
    rows = []
    for charge in charges:
        charge_id = charge.charge_id
        data: dict[str, Cell] = {}
        for key, length, read, form in plan:
            value = read(charge)
            if value is not None:
                data[key] = form(key, value, charge_id)
            elif (charge_id + length) % 2:
                # The other half of the nulls are cells left out of the row.
                data[key] = Cell(column_key=key)
        rows.append(Row(int_key=str(charge_id), data=data))
    return rows


def _string(key: str, value: Value, _: int) -> Cell:
    """Write a text."""
    return Cell(column_key=key, string_val=to_text(value))


def _int(key: str, value: Value, _: int) -> Cell:
    """Write a whole number, as text because JSON's readers lose digits."""
    return Cell(column_key=key, int_val=to_text(value))


def _real(key: str, value: Value, charge_id: int) -> Cell:
    """Write a float."""
    if not isinstance(value, int | Decimal):
        raise TypeError(f"column {key!r} of type REAL read {value!r}")
    return Cell(column_key=key, real_val=as_float(Decimal(value), charge_id))


def _decimal(key: str, value: Value, _: int) -> Cell:
    """Write a decimal number."""
    return Cell(column_key=key, decimal_val=DecimalValue(value=to_text(value) or ""))


def _boolean(key: str, value: Value, _: int) -> Cell:
    """Write true or false."""
    return Cell(column_key=key, bool_val=bool(value))


def _timestamp(key: str, value: Value, _: int) -> Cell:
    """Write an instant."""
    return Cell(column_key=key, ts_val=to_text(value))


_FORMS: dict[ColumnType, Callable[[str, Value, int], Cell]] = {
    ColumnType.STRING: _string,
    ColumnType.INT: _int,
    ColumnType.REAL: _real,
    ColumnType.TIMESTAMP: _timestamp,
    ColumnType.DECIMAL: _decimal,
    ColumnType.BOOLEAN: _boolean,
    ColumnType.TIME: _string,
}
