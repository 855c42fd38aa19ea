r"""Paths in a line that wraps: broken after a separator, and never between ``C:`` and what follows. No Qt.

Rule: the signs put in for that are for the eye alone; whoever copies gets the path without them.
"""

import re
from typing import Final

_BREAK: Final = "\u200b"
"""A space without width: a line may break here."""

_JOINER: Final = "\u2060"
"""A space without width where no line may break."""

_DRIVE: Final = re.compile(r"(?<![A-Za-z])([A-Za-z]:)(?=[\\/])")
_SEPARATOR: Final = re.compile(r"(?<=[^\\\s:\u2060])\\(?=[^\\\s])")


def breakable(text: str) -> str:
    """Give a text whose paths break after their separators."""
    return _SEPARATOR.sub(lambda found: found[0] + _BREAK, _DRIVE.sub(rf"\1{_JOINER}", text))


def plain(text: str) -> str:
    """Take the signs out again."""
    return text.replace(_BREAK, "").replace(_JOINER, "")
