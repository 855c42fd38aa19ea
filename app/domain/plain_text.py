"""Text in the plain form that older accounting systems keep, and in which names are compared. No I/O.

QuickBooks Desktop keeps ISO-8859-1 text. Typographic signs become their plain twins, other letters their base letter.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_PLAIN: Final = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201a": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2212": "-",
        "\u2026": "...",
        "\u2022": "*",
        "\u20ac": "EUR",
        "\u2122": "(TM)",
        "\u00a0": " ",
        "\u0152": "OE",
        "\u0153": "oe",
        "\u0141": "L",
        "\u0142": "l",
        "\u0131": "i",
    }
)
_LATIN_1_END: Final = 0x100
_ASCII_END: Final = 0x80
_IS_PLAIN: Final = re.compile("[\t\n\r -~\u00a1-\u00ac\u00ae-\u00ff]*")
"""What needs no folding: nearly every text; no-break spaces and soft hyphens do."""

_NAMES_KEPT: Final = 10_000
"""Customers and services of a railroad are few, and each is compared with every order."""


def folded(text: str) -> str:
    """Turn text into characters of ISO-8859-1 without control characters; unknown ones become ``?``."""
    if _IS_PLAIN.fullmatch(text):
        return text
    return "".join(_fold(character) for character in unicodedata.normalize("NFC", text).translate(_PLAIN))


@lru_cache(_NAMES_KEPT)
def name_key(name: str) -> str:
    """Give the form in which two names are the same to the books: plain, without case, without outer spaces."""
    plain = folded(name)
    if plain.count("?") > name.count("?"):
        # In another script every name would become question marks: such a name is equal to itself alone.
        return name.strip().casefold()
    # Lower case, not case folding: that turns some letters of ISO-8859-1 into ones outside it.
    return folded(plain.lower()).strip()


def _fold(character: str) -> str:
    code = ord(character)
    if 0x20 <= code < _ASCII_END - 1 or character in "\t\n\r" or 0xA0 <= code < _LATIN_1_END:
        return character
    if unicodedata.category(character) in {"Cc", "Cf", "Mn", "Me"}:
        return ""
    base = "".join(part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part))
    if base == character:
        return "?"
    return "".join(_fold(part) for part in base)
