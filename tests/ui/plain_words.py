"""What no text for people says, and how all texts of a module are found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import ModuleType

FORBIDDEN = re.compile(r"\b(SOAP|HTTPS?|queues?d?|exceptions?|tickets?|sessions?|endpoint|API|null)\b", re.IGNORECASE)


def texts_of(module: ModuleType) -> list[str]:
    """List every text of a module of texts."""
    return sorted({text for name, value in vars(module).items() if name.isupper() for text in _strings(value)})


def is_plain(text: str) -> bool:
    """Tell whether a text is free of jargon and of shouting."""
    return "!" not in text and FORBIDDEN.search(text) is None


def _strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for each in value.values():
                yield from _strings(each)
        case tuple():
            for each in value:
                yield from _strings(each)
