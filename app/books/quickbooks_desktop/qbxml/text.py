"""Text as qbXML takes it: pure ASCII, with numeric references for the rest of ISO-8859-1. No I/O.

QuickBooks keeps ISO-8859-1 text; other characters make it refuse the whole message set or turn into question marks, so
they become their nearest plain form before they are sent.
"""

import re
from typing import Final

from app.domain.plain_text import folded

_MARKUP: Final = re.compile('[&<>"]')

DESC_LIMIT: Final = 4095
"""qbXML: the longest Desc and Memo."""


def escaped(text: str) -> str:
    """Write folded text as XML content in pure ASCII."""
    plain = folded(text)
    if _MARKUP.search(plain):
        plain = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return plain if plain.isascii() else plain.encode("ascii", "xmlcharrefreplace").decode("ascii")


def cut(text: str, limit: int) -> str:
    """Shorten a description or memo to what QuickBooks holds; never used for names or numbers."""
    plain = folded(text)
    return plain if len(plain) <= limit else plain[: limit - 3] + "..."
