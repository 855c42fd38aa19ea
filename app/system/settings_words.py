"""A setting that cannot be used, in words: what stands there, and what may. No I/O."""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final

import msgspec

from app.domain.faults import NotConfigured
from app.domain.language import _
from app.system.settings import Settings, allowed_values

LONGEST_SHOWN: Final = 60
"""Characters of a value that are shown."""

_WRONG: Final = _("{name} is {there}; it has to be {wanted}.")
_ON_LINE: Final = _("{file}, line {line}: {sentence}")
_SOMEWHERE: Final = _("{file}: {sentence}")

_NUMBER: Final = _("a whole number from {least} to {most}")
_TEXT: Final = _("text in quotation marks")
_SIZE: Final = _("{least} to {most} characters long")
_TRUTH: Final = _("true or false")
_CHOICE: Final = _("one of {choices}")
_CHOICES: Final = _('a list such as ["{example}"], of at least one of {choices}')
_TABLE: Final = _("a table under the line [{path}]")
_TABLES: Final = _("tables, each under a line [[{path}]]")
_ANYTHING: Final = _("something else")

_IS_TABLE: Final = _("a table")
_IS_EMPTY_LIST: Final = _("an empty list")
_IS_LIST: Final = _("a list")
_IS_LARGE: Final = _("a very large number")
_CUT: Final = _("{beginning}…")


class WrongSetting(NotConfigured):
    """A setting has a value that cannot be used."""

    def __init__(
        self, path: str, words: str, names: Mapping[str, object], file: object = None, line: int | None = None
    ) -> None:
        """Take what is wrong, and where.

        Args:
            path: Such as ``connections[0].cedar.region``.
            words: The sentence; ``{name}`` in it is the setting.
            names: What else is filled in.
            file: The file it stands in; None if it stands in none, but was to be written.
            line: The line there, where that is known.
        """
        self.path, self._words, self._names = path, words, names
        self.is_written = file is not None
        sentence = self.said_of(path.rpartition(".")[2])
        if file is not None:
            place = _SOMEWHERE if line is None else _ON_LINE
            sentence = place.format(file=file, line=line, sentence=sentence)
        super().__init__(sentence)

    def said_of(self, name: str) -> str:
        """Give the sentence with another name for the setting, such as an option's."""
        return self._words.format(name=name, **self._names)

    def at(self, file: object, line: int | None) -> "WrongSetting":
        """Give the same for another place; None for a file means that it was to be written."""
        return WrongSetting(self.path, self._words, self._names, file, line)


def wrong_kind(path: str, document: Mapping[str, Any]) -> WrongSetting:
    """Tell of a value that is none of those the setting may have.

    Args:
        path: As msgspec gives it, after the ``$``: an element of a list by its number, one of a table as ``[...]``.
        document: The settings as they are written.
    """
    # Of a list that holds a wrong value, all is shown.
    path = re.sub(r"\[\d+\]$", "", path)
    kind: Any = msgspec.inspect.type_info(Settings)
    value: Any = document
    plain: list[str] = []
    for part in re.findall(r"\[[^\]]*\]|[^.\[\]]+", path):
        if part == "[...]":
            kind = kind.value_type
            key = next((key for key, each in value.items() if not isinstance(each, str)), "")
            value = value[key]
            plain.append(f".{key}")
        elif part.startswith("["):
            kind, value = kind.item_type, value[int(part[1:-1])]
            plain.append(part)
        else:
            kind = next(each.type for each in kind.fields if each.encode_name == part)
            value = value[part]
            plain.append(f".{part}")
    whole = "".join(plain).lstrip(".")
    # In an address of a database, in whatever form, there may be a password.
    there = _ANYTHING if whole == "store.url" else shown(value)
    return WrongSetting(whole, _WRONG, {"there": there, "wanted": _wanted(kind, value, whole)})


def shown(value: object) -> str:
    """Give a value as it stands in the file, as far as a sentence has room for it."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value) if abs(value) < 10**LONGEST_SHOWN else _IS_LARGE
        case str():
            return _cut(json.dumps(value, ensure_ascii=False))
        case datetime() | date() | time():
            return value.isoformat()
        case dict():
            return _IS_TABLE
        case []:
            return _IS_EMPTY_LIST
        case list():
            is_plain = not any(isinstance(each, list | dict) for each in value)
            return _cut(f"[{', '.join(shown(each) for each in value)}]") if is_plain else _IS_LIST
        case _:
            return str(value)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else _CUT.format(beginning=text[:LONGEST_SHOWN])


def _wanted(kind: object, value: object, path: str) -> str:
    """Say what a setting may be."""
    inspect = msgspec.inspect
    # In the order they are written down in, which is the order of meaning.
    choices = allowed_values(path)
    table = re.sub(r"\[\d+\]", "", path)
    match kind:
        case inspect.IntType():
            return _NUMBER.format(least=kind.ge, most=kind.le)
        case inspect.StrType() if isinstance(value, str):
            return _SIZE.format(least=kind.min_length, most=kind.max_length)
        case inspect.StrType():
            return _TEXT
        case inspect.BoolType():
            return _TRUTH
        case inspect.LiteralType():
            return _CHOICE.format(choices=", ".join(choices))
        case inspect.ListType() if choices:
            return _CHOICES.format(example=choices[0], choices=", ".join(choices))
        case inspect.ListType():
            return _TABLES.format(path=table)
        case inspect.StructType() | inspect.DictType():
            return _TABLE.format(path=table)
        case _:
            return _ANYTHING
