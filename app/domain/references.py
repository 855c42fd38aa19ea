"""Reference numbers for the books: at most 11 characters, stable, readable, never two alike. No I/O.

QuickBooks compares RefNumber without case and does not refuse a second document with the same number, so uniqueness
is ours to keep. A short invoice number is its own reference; a longer one keeps its last six characters (where the
counting happens) and four of a digest over the full number and the GL number.
"""

import base64
import hashlib
import itertools
import re
from collections.abc import Iterator
from typing import Final

LIMIT: Final = 11
"""qbXML: RefNumber is a STRTYPE of at most 11 characters on sales orders, estimates and invoices."""

_TAIL: Final = 6
_DIGEST: Final = 4
_PLAIN: Final = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?")


def fits(invoice: str) -> bool:
    """Tell whether an invoice number can be the reference itself."""
    return len(invoice) <= LIMIT and _PLAIN.fullmatch(invoice) is not None


def reference_numbers(invoice: str, gl_number: str) -> Iterator[str]:
    """Yield the references an order may take, the best one first, without end and always in the same order."""
    if fits(invoice):
        yield invoice
    tail = re.sub(r"[^A-Za-z0-9]+", "", invoice)[-_TAIL:] or "CEDAR"
    for attempt in itertools.count():
        yield f"{tail}-{_digest(invoice, gl_number, attempt)}"


def reference_key(reference: str) -> str:
    """Give the form in which two references are the same to QuickBooks."""
    return reference.strip().casefold()


def _digest(invoice: str, gl_number: str, attempt: int) -> str:
    text = f"{invoice}\x1f{gl_number}\x1f{attempt}".encode()
    return base64.b32encode(hashlib.blake2b(text, digest_size=5).digest()).decode()[:_DIGEST]
