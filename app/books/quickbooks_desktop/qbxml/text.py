"""Text as QuickBooks takes it: pure ASCII, with numeric references for the rest of ISO-8859-1. No I/O.

QuickBooks keeps ISO-8859-1 text; other characters make it refuse the whole message set or turn into question
marks, so they become their nearest plain form before they are sent.
"""

import unicodedata
from typing import Final

DESC_LIMIT: Final = 4095
"""qbXML: the longest Desc and Memo."""

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
_MARKUP: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_LATIN_1_END: Final = 0x100
_ASCII_END: Final = 0x80


def folded(text: str) -> str:
    """Turn text into characters of ISO-8859-1 without control characters; unknown ones become ``?``."""
    return "".join(_fold(character) for character in unicodedata.normalize("NFC", text).translate(_PLAIN))


def escaped(text: str) -> str:
    """Write folded text as XML content in pure ASCII."""
    return folded(text).translate(_MARKUP).encode("ascii", "xmlcharrefreplace").decode("ascii")


def cut(text: str, limit: int) -> str:
    """Shorten a description or memo to what QuickBooks holds; never used for names or numbers."""
    plain = folded(text)
    return plain if len(plain) <= limit else plain[: limit - 3] + "..."


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
