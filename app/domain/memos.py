"""The memo of a document of ours begins with our words and the full invoice number; people write after it. No I/O."""

import re
from collections.abc import Iterator
from typing import Final

from app.domain.plain_text import name_key

_OURS: Final = re.compile(r"\s*cedar invoice (?P<rest>\S.*)", re.IGNORECASE | re.DOTALL)
_WORD_ENDS: Final = re.compile(r"$|[\s,;.:()\[\]]")
_NUMBER_ENDS: Final = re.compile(r"$|[\s,;:(\[]|\.(?!\w)")
"""A number may hold points."""


def memo_of(invoice: str) -> str:
    """Write the memo a document begins with."""
    return f"Cedar invoice {invoice}"


def is_ours(memo: str) -> bool:
    """Tell whether a memo begins with our words, for whichever invoice."""
    return _OURS.match(memo) is not None


def names_invoice(memo: str, invoice: str) -> bool:
    """Tell whether a memo begins with our words for this invoice, and not for one whose number only begins alike."""
    start, text = name_key(memo_of(invoice)), name_key(memo)
    return text.startswith(start) and _WORD_ENDS.match(text[len(start) :]) is not None


def invoices_perhaps(memo: str) -> Iterator[str]:
    """Yield the invoice numbers a memo of ours may name, the longest first: numbers and notes may both hold spaces."""
    found = _OURS.match(memo)
    if found is None:
        return
    rest = found["rest"].strip()
    ends = sorted({end.start() for end in _NUMBER_ENDS.finditer(rest)} | {len(rest)}, reverse=True)
    yield from dict.fromkeys(number for end in ends if (number := rest[:end].strip()))
