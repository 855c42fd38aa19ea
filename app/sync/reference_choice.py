"""Chooses the reference number of a row: the best one that no other row has."""

from collections.abc import Set as AbstractSet

from sqlalchemy import Connection

from app.domain.references import SHORT, ReferenceForm, reference_key, reference_numbers
from app.domain.row import Row
from app.domain.values import replace
from app.store import rows


def free_reference(tx: Connection, row: Row, avoid: AbstractSet[str] = frozenset(), form: ReferenceForm = SHORT) -> str:
    """Give the first reference for a row that is free, or its own already.

    Args:
        tx: The transaction.
        row: The row.
        avoid: Keys of references that somebody else uses in the books.
        form: How the accounting system wants its numbers.
    """
    candidates = reference_numbers(row.invoice or "", row.gl_number or "", form)
    return next(
        reference
        for reference in candidates
        if reference_key(reference) not in avoid
        and rows.reference_owner(tx, row.connection, reference) in {None, row.id}
    )


def with_free_reference(tx: Connection, before: Row, after: Row) -> Row:
    """Keep our own reference where the books' one belongs to another row."""
    number = after.document.ref_number
    if number is None or number == before.document.ref_number:
        return after
    owner = rows.reference_owner(tx, before.connection, number)
    if owner is None or owner == after.id:
        return after
    return replace(after, document=replace(after.document, ref_number=before.document.ref_number))
