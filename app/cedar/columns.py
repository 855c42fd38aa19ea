"""Which of a carrier's columns holds each field of a charge. No I/O.

Rule, for each field in turn: what a person chose in the settings; else the column with the right key, else alias,
else name, without regard to case, blanks, underscores and hyphens. Better candidates come first. Where two columns
answer to the same candidate in the same way, the exactly written key wins; failing that, a person has to choose
wherever money, a date or the customer hangs on it. Elsewhere the first column is taken.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.cedar.column_rules import DOCUMENTED, RULES, Field
from app.cedar.faults import ChosenColumnMissing, columns_missing


@dataclass(frozen=True, slots=True)
class ColumnDefinition:
    """One column as Cedar describes it."""

    key: str
    name: str = ""
    type: str = "STRING"
    """``STRING INT REAL TIMESTAMP DECIMAL BOOLEAN TIME``, or what Cedar adds later."""
    aliases: tuple[str, ...] = ()


class FoundBy(StrEnum):
    """How a column was chosen, in words for the settings."""

    SETTINGS = "chosen in settings"
    KEY = "found by key"
    ALIAS = "found by alias"
    NAME = "found by name"


@dataclass(frozen=True, slots=True)
class Choice:
    """The column chosen for one field."""

    key: str
    found_by: FoundBy

    def __str__(self) -> str:
        return f"{self.key} ({self.found_by})"


_CAR_PARTS = frozenset({Field.CAR, Field.CAR_INITIALS, Field.CAR_NUMBER})
"""The car is published whole or in parts; one of the two is enough."""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """The column of every field the carrier publishes."""

    chosen: Mapping[Field, Choice]

    def key(self, field: Field) -> str | None:
        """Give the key of a field's column; None where the carrier publishes none."""
        choice = self.chosen.get(field)
        return None if choice is None else choice.key

    def row_keys(self) -> tuple[str, ...]:
        """Give the keys to ask for with the rows, each once."""
        return tuple(dict.fromkeys(c.key for f, c in self.chosen.items() if f is not Field.ADJUSTMENT_TOTAL))

    def choices(self) -> dict[str, str]:
        """Tell every field's column in words, such as ``glCode (found by key)``."""
        return {field.value: str(self.chosen.get(field, "not published")) for field in RULES}

    def not_published(self) -> tuple[str, ...]:
        """Give the names of the fields the carrier has no column for."""
        has_car = Field.CAR in self.chosen or Field.CAR_NUMBER in self.chosen
        parts = _CAR_PARTS if has_car else frozenset()
        return tuple(field.value for field in RULES if field not in self.chosen and field not in parts)


def resolve_columns(definition: Sequence[ColumnDefinition], overrides: Mapping[str, str]) -> ColumnMap:
    """Find the column of every field.

    Args:
        definition: The carrier's columns.
        overrides: Columns a person chose, by field name; empty ones count as not chosen. A key is meant, but the
            name or an alias of one column is understood too.

    Raises:
        CedarUnavailable: With ``CEDAR_COLUMNS_MISSING``, if a needed column is missing, a chosen one does not exist,
            or the choice is doubtful.
    """
    columns = list({column.key: column for column in reversed(definition)}.values())[::-1]
    chosen = {
        field: _by_settings(field, overrides[field], columns) for field in RULES if overrides.get(field, "").strip()
    }
    for field in RULES:
        if field not in chosen:
            choice = _by_itself(field, columns)
            if choice is not None:
                chosen[field] = choice
    missing = [field for field, rule in RULES.items() if rule.needed and field not in chosen]
    if missing:
        raise columns_missing(_missing_sentence(missing, columns))
    return ColumnMap({field: chosen[field] for field in RULES if field in chosen})


def plain(text: str) -> str:
    """Give a name without case, blanks, underscores and hyphens, the form in which names are compared."""
    return "".join(text.split()).replace("_", "").replace("-", "").casefold()


_LEVELS: tuple[tuple[FoundBy, Callable[[ColumnDefinition], Iterable[str]]], ...] = (
    (FoundBy.KEY, lambda column: (column.key,)),
    (FoundBy.ALIAS, lambda column: column.aliases),
    (FoundBy.NAME, lambda column: (column.name,)),
)


def _by_settings(field: Field, wish: str, columns: Sequence[ColumnDefinition]) -> Choice:
    wish = wish.strip()
    for column in columns:
        if column.key == wish:
            return Choice(column.key, FoundBy.SETTINGS)
    for _, names in _LEVELS:
        matches = [column for column in columns if plain(wish) in map(plain, names(column))]
        if len(matches) == 1:
            return Choice(matches[0].key, FoundBy.SETTINGS)
    raise ChosenColumnMissing(
        f"The column “{wish}” chosen in the settings for {RULES[field].words} ({field}) is not among Cedar's columns; "
        f"choose one of: {_listed(columns)}."
    )


def _by_itself(field: Field, columns: Sequence[ColumnDefinition]) -> Choice | None:
    rule = RULES[field]
    own = set(rule.candidates)
    fit = [
        column
        for column in columns
        if column.type.upper() not in rule.never and (column.key in own or column.key not in DOCUMENTED)
    ]
    for found_by, names in _LEVELS:
        for candidate in rule.candidates:
            matches = [column for column in fit if plain(candidate) in map(plain, names(column))]
            if not matches:
                continue
            exact = [column for column in matches if column.key == candidate]
            if len(matches) > 1 and not exact and rule.decides:
                raise columns_missing(
                    f"Cedar has several columns that could hold {rule.words} ({_listed(matches)}); "
                    f"choose one of them for {field} in the settings."
                )
            return Choice((exact or matches)[0].key, found_by)
    return None


def _missing_sentence(missing: Sequence[Field], columns: Sequence[ColumnDefinition]) -> str:
    wanted = ", ".join(f"{RULES[field].words} ({field}, usually {RULES[field].candidates[0]})" for field in missing)
    return (
        f"Cedar shows no column for {wanted}; ask Cedar to show it to this user, "
        f"or choose another column in the settings. Columns there are: {_listed(columns)}."
    )


def _listed(columns: Iterable[ColumnDefinition]) -> str:
    return ", ".join(column.key for column in columns) or "none"
