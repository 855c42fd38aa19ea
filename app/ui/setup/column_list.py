"""Which of Cedar's columns hold what, as the columns page shows it. No Qt, no I/O.

Rule: five fields are a person's to choose, because their keys are not published; the others are only named.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from app.cedar.column_rules import RULES, Field
from app.cedar.columns import ColumnDefinition, ColumnMap
from app.domain.charge import Charge

CHOOSABLE: Final = (Field.GL_NUMBER, Field.QUANTITY, Field.RATE, Field.INVOICE_DATE, Field.CURRENCY)


@dataclass(frozen=True, slots=True)
class FieldFound:
    """One field with the column it is read from."""

    field: str
    """The field's name, as the settings have it."""
    words: str
    """The field in a sentence, such as ``the GL number``."""
    key: str
    """The column in use; empty where there is none."""
    is_needed: bool
    """Nothing can be sent without it."""
    example: str
    """What a recent charge has there; empty where none has anything."""


@dataclass(frozen=True, slots=True)
class ColumnsFound:
    """Cedar's columns, and what they are used for."""

    choosable: tuple[FieldFound, ...]
    others: tuple[FieldFound, ...]
    """Fields that find their column by themselves."""
    columns: tuple[ColumnDefinition, ...]
    """All that may be chosen from."""
    problem: str
    """The sentence that says what is missing or doubtful; empty if all is well."""


def columns_found(
    definition: Sequence[ColumnDefinition], columns: ColumnMap | None, charges: Sequence[Charge], problem: str = ""
) -> ColumnsFound:
    """Put together what is known of the columns.

    Args:
        definition: All columns of the carrier.
        columns: The columns in use; None where a needed one is missing or doubtful.
        charges: Some recent charges, for examples.
        problem: What is missing or doubtful.
    """
    found = {
        field: FieldFound(
            field.value,
            rule.words,
            (columns.key(field) or "") if columns is not None else "",
            rule.needed,
            _example(field, charges),
        )
        for field, rule in RULES.items()
    }
    return ColumnsFound(
        tuple(found[field] for field in CHOOSABLE),
        tuple(each for field, each in found.items() if field not in CHOOSABLE and each.key),
        tuple(sorted(definition, key=lambda column: (column.name or column.key).casefold())),
        problem,
    )


def _example(field: Field, charges: Sequence[Charge]) -> str:
    values = (getattr(charge, field.value, None) for charge in charges)
    value = next((value for value in values if value is not None), None)
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else str(value or "")
