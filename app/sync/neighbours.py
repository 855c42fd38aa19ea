"""Several connections that write into one company: whose document is whose.

Two railroads may have an invoice of the same number for the same customer, and then number, memo and customer are the
same in both documents. What tells them apart is which connection's row has a document, and whose charges stand in it.
"""

from collections.abc import Iterable, Mapping
from itertools import combinations

from sqlalchemy import Connection

from app.domain.books_document import BooksDocument
from app.domain.facts import CompanyFile, OnlineCompany
from app.store import belongings, charges, facts, rows
from app.system.settings import DestinationSettings


def of_another(tx: Connection, connection: str, documents: Iterable[BooksDocument]) -> frozenset[str]:
    """Tell which of some documents are another railroad's, by their TxnIDs; what nothing tells apart is not among them.

    Args:
        tx: A transaction.
        connection: Whose documents are looked for.
        documents: As they are in the books now.
    """
    found = list(documents)
    others = belongings.of_other_carriers(tx, connection) if found else []
    if not others:
        return frozenset()
    ids = {document.txn_id for document in found}
    theirs: set[str] = set()
    own_books = _books(tx, connection)
    for name in others:
        # Ids of documents mean nothing in another company, which may be a copy of this one.
        if own_books and own_books == _books(tx, name):
            theirs |= rows.taken(tx, name, ids)
    charge_ids = {line.charge_id for document in found for line in document.lines if line.charge_id}
    own_charges = charges.known(tx, [connection], charge_ids)
    their_charges = charges.known(tx, others, charge_ids) - own_charges
    for document in found:
        held = {line.charge_id for line in document.lines if line.charge_id}
        if held & their_charges and not held & own_charges:
            theirs.add(document.txn_id)
    return frozenset(theirs - rows.taken(tx, connection, ids))


def sharing(tx: Connection, destinations: Mapping[str, DestinationSettings]) -> list[tuple[str, str]]:
    """List the pairs of connections that write into one company, as far as it is known or the settings say."""
    books = {name: _books(tx, name) or _named(destination) for name, destination in destinations.items()}
    return [(one, other) for one, other in combinations(books, 2) if books[one] and books[one] == books[other]]


def _books(tx: Connection, connection: str) -> str:
    """Name the company that has answered a connection; empty where none has."""
    file, company = facts.get(tx, connection, CompanyFile), facts.get(tx, connection, OnlineCompany)
    return file.path.casefold() if file is not None else company.realm_id if company is not None else ""


def _named(destination: DestinationSettings) -> str:
    return destination.company_file.strip().casefold() or destination.realm_id.strip()
