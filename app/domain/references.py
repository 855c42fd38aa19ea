"""Reference numbers for the books: as short as they want them, stable, readable, never two alike. No I/O.

QuickBooks compares numbers without case and does not refuse a second document with the same number, so uniqueness
is ours to keep. A short invoice number is its own reference; a longer one keeps a part (where there is room for
little, its end: that is where the counting happens) and some of a digest over the full number and the GL number.
"""

import base64
import hashlib
import itertools
import re
from collections.abc import Iterator
from typing import Final

from app.domain.books_system import BooksSystem
from app.domain.values import Struct

_PLAIN: Final = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?")


class ReferenceForm(Struct, frozen=True):
    """How an accounting system wants its document numbers."""

    limit: int
    """The most characters."""
    head: int
    """How many characters from the front of a longer invoice number stay; 0: some from its end do."""
    tail: int
    digest: int
    """How many characters of the digest follow."""


SHORT: Final = ReferenceForm(limit=11, head=0, tail=6, digest=4)
"""qbXML: RefNumber is a STRTYPE of at most 11 characters on sales orders, estimates and invoices."""

LONG: Final = ReferenceForm(limit=21, head=12, tail=0, digest=8)
"""QuickBooks Online: DocNumber has at most 21 characters on estimates and invoices."""

LIMIT: Final = SHORT.limit


def reference_form(system: BooksSystem) -> ReferenceForm:
    """Tell how an accounting system wants its document numbers."""
    return LONG if system is BooksSystem.QUICKBOOKS_ONLINE else SHORT


def fits(invoice: str, form: ReferenceForm = SHORT) -> bool:
    """Tell whether an invoice number can be the reference itself."""
    return len(invoice) <= form.limit and _PLAIN.fullmatch(invoice) is not None


def reference_numbers(invoice: str, gl_number: str, form: ReferenceForm = SHORT) -> Iterator[str]:
    """Yield the references an order may take, the best one first, without end and always in the same order."""
    if fits(invoice, form):
        yield invoice
    for attempt in itertools.count():
        yield f"{_kept(invoice, form)}-{_digest(invoice, gl_number, attempt, form.digest)}"


def next_edition(reference: str, form: ReferenceForm) -> str:
    """Give the number of a document that takes the place of one with this number, such as ``INV-1-R1``."""
    plain, _, edition = reference.rpartition("-R")
    base, number = (plain, int(edition) + 1) if plain and edition.isdecimal() else (reference, 1)
    ending = f"-R{number}"
    return f"{base[: form.limit - len(ending)]}{ending}"


def reference_key(reference: str) -> str:
    """Give the form in which two references are the same to QuickBooks."""
    return reference.strip().casefold()


def _kept(invoice: str, form: ReferenceForm) -> str:
    if form.head:
        return re.sub(r"[^\x21-\x7e]+", "", invoice)[: form.head] or "CEDAR"
    return re.sub(r"[^A-Za-z0-9]+", "", invoice)[-form.tail :] or "CEDAR"


def _digest(invoice: str, gl_number: str, attempt: int, characters: int) -> str:
    text = f"{invoice}\x1f{gl_number}\x1f{attempt}".encode()
    return base64.b32encode(hashlib.blake2b(text, digest_size=5).digest()).decode()[:characters]
