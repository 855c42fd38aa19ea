"""The grammar of query statements.

``select (* | count(*) | column, ...) from Entity [where column op value [and ...]] [orderby column [asc|desc], ...]
[startposition n] [maxresults n]``, the last two in either order. There is no OR and no join.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from app.practice.quickbooks_online.refusals import invalid_query, unreadable_query

_TOKEN: Final = re.compile(
    r"\s*(?:(?P<text>'(?:\\.|[^'\\])*')|(?P<number>-?\d+(?:\.\d+)?)|(?P<word>[A-Za-z_][\w.]*)|(?P<sign><=|>=|[=<>(),*]))"
)
_ESCAPED: Final = re.compile(r"\\(.)")
_MOST: Final = 1000
_USUAL: Final = 100
_SIGNS: Final = ("=", "<", ">", "<=", ">=")


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison."""

    column: str
    operator: str
    """``=``, ``<``, ``>``, ``<=``, ``>=``, ``LIKE`` or ``IN``."""
    values: tuple[str, ...]
    """What is compared with; several with ``IN`` alone."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that was read."""

    entity: str
    columns: tuple[str, ...]
    """What is asked for; ``*`` for everything."""
    is_count: bool
    conditions: tuple[Condition, ...]
    order: tuple[tuple[str, bool], ...]
    """Columns to sort by and whether downwards."""
    start: int
    """Position of the first row, from 1."""
    most: int
    """How many rows at most."""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def read_statement(text: str) -> Statement:
    """Read a statement.

    Raises:
        Refusal: It breaks the grammar.
    """
    return _Reader(text).statement()


class _Reader:
    """Reads one statement from left to right."""

    def __init__(self, text: str) -> None:
        self._tokens: list[_Token] = []
        position = 0
        text = text.strip()
        while position < len(text):
            found = _TOKEN.match(text, position)
            if found is None:
                raise unreadable_query(f"Encountered {text[position : position + 10]!r} at column {position + 1}")
            kind = str(found.lastgroup)
            self._tokens.append(_Token(kind, found[kind]))
            position = found.end()
        self._next = 0

    def statement(self) -> Statement:
        """Read the whole statement."""
        self._expect("select")
        columns, is_count = self._selection()
        self._expect("from")
        entity = self._name()
        conditions: list[Condition] = []
        if self._accept("where"):
            conditions.append(self._condition())
            while self._accept("and"):
                conditions.append(self._condition())
        order = self._order()
        start, most = self._page()
        if self._next < len(self._tokens):
            raise self._unexpected()
        return Statement(entity, columns, is_count, tuple(conditions), order, start, most)

    def _selection(self) -> tuple[tuple[str, ...], bool]:
        if self._accept("*"):
            return ("*",), False
        if self._accept("count"):
            for sign in "(*)":
                self._expect(sign)
            return (), True
        columns = [self._name()]
        while self._accept(","):
            columns.append(self._name())
        return tuple(columns), False

    def _condition(self) -> Condition:
        column = self._name()
        if self._accept("in"):
            self._expect("(")
            values = [self._value()]
            while self._accept(","):
                values.append(self._value())
            self._expect(")")
            return Condition(column, "IN", tuple(values))
        if self._accept("like"):
            return Condition(column, "LIKE", (self._value(),))
        for sign in _SIGNS:
            if self._accept(sign):
                return Condition(column, sign, (self._value(),))
        raise self._unexpected()

    def _order(self) -> tuple[tuple[str, bool], ...]:
        if not self._accept("orderby"):
            if not self._accept("order"):
                return ()
            self._expect("by")
        order = [self._direction()]
        while self._accept(","):
            order.append(self._direction())
        return tuple(order)

    def _direction(self) -> tuple[str, bool]:
        column = self._name()
        if self._accept("desc"):
            return column, True
        self._accept("asc")
        return column, False

    def _page(self) -> tuple[int, int]:
        start, most = 1, _USUAL
        seen: set[str] = set()
        while word := next((each for each in ("startposition", "maxresults") if self._accept(each)), None):
            if word in seen:
                raise self._unexpected()
            seen.add(word)
            number = self._whole_number()
            if number < 1:
                raise invalid_query(f"value {number} is too small. Min allowed value is 1")
            if word == "startposition":
                start = number
            elif number > _MOST:
                raise invalid_query(f"value {number} is too large. Max allowed value is {_MOST}")
            else:
                most = number
        return start, most

    def _whole_number(self) -> int:
        token = self._take("number")
        if "." in token.text:
            raise unreadable_query(f"Encountered {token.text!r}")
        return int(token.text)

    def _value(self) -> str:
        token = self._peek()
        if token is not None and token.kind == "word" and token.text.lower() not in {"true", "false"}:
            raise self._unexpected()
        token = self._take("text", "number", "word")
        return _ESCAPED.sub(r"\1", token.text[1:-1]) if token.kind == "text" else token.text

    def _name(self) -> str:
        return self._take("word").text

    def _peek(self) -> _Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _take(self, *kinds: str) -> _Token:
        token = self._peek()
        if token is None or token.kind not in kinds:
            raise self._unexpected()
        self._next += 1
        return token

    def _accept(self, word: str) -> bool:
        token = self._peek()
        if token is None or token.kind not in {"word", "sign"} or token.text.lower() != word:
            return False
        self._next += 1
        return True

    def _expect(self, word: str) -> None:
        if not self._accept(word):
            raise self._unexpected()

    def _unexpected(self) -> Exception:
        token = self._peek()
        return unreadable_query("Encountered the end" if token is None else f"Encountered {token.text!r}")
