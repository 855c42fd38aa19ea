"""Noticing a bookkeeper's hand by ourselves: what was changed or deleted in the books since we last looked. No I/O."""

from collections.abc import Generator
from datetime import datetime, timedelta
from typing import Final

from app.books.port import Answer, Ask
from app.books.quickbooks_desktop.context import Context, ask
from app.books.quickbooks_desktop.qbxml import requests, responses
from app.domain.facts import BooksWatched
from app.domain.sales_order import DocumentKind

EVERY: Final = timedelta(minutes=10)
"""How often, at the most, the books are asked for changes by other hands."""

OVERLAP: Final = timedelta(hours=2)
"""Looked at twice: QuickBooks' times carry a wrong offset while daylight saving is in force, and clocks differ."""


def watch(context: Context) -> Generator[Ask, Answer, None]:
    """Have the rows compared whose documents somebody else changed or deleted.

    Our own changes show too, but with the EditSequence we know. Only what is kept of the documents' kinds is asked.
    """
    yield from _look_for_witness(context)
    now = context.ledger.now()
    last = context.ledger.known(BooksWatched)
    if last is None:
        # Nothing was written before now, so there is nothing to compare with what others did before.
        context.ledger.learn(BooksWatched(now))
        return
    if now - last.until < EVERY:
        return
    since = (last.until - OVERLAP).astimezone().replace(tzinfo=None)
    for kind in context.ledger.document_kinds():
        changed = yield from _changed(context, kind, since)
        answer = yield from ask(context, [requests.orders_deleted_since(kind, "deleted", since)])
        response = answer.get("deleted")
        gone = responses.deleted(response) if response is not None else frozenset()
        context.ledger.doubt(changed, gone, "Somebody changed it in QuickBooks.")
    context.ledger.learn(BooksWatched(now))


def _look_for_witness(context: Context) -> Generator[Ask, Answer, None]:
    """Ask for the document we wrote last: if it is not there as we left it, the company file may be an older copy."""
    witness = context.ledger.newest_synced()
    if witness is None or witness.document.txn_id is None:
        return
    answer = yield from ask(context, [requests.order_there(witness.document.kind, "witness", witness.document.txn_id)])
    response = answer.get("witness")
    found = responses.edit_sequences(response).get(witness.document.txn_id) if response is not None else None
    if found is None or _is_older(found, witness.document.edit_sequence or ""):
        context.ledger.doubt_everything(
            "The last order is not in QuickBooks any more: all are compared with the books."
        )


def _is_older(found: str, known: str) -> bool:
    """Tell whether an EditSequence is from before the one we know; seen ones count the seconds since 1970."""
    return found.isdecimal() and known.isdecimal() and int(found) < int(known)


def _changed(context: Context, kind: DocumentKind, since: datetime) -> Generator[Ask, Answer, dict[str, str]]:
    found: dict[str, str] = {}
    iterator_id: str | None = None
    while True:
        answer = yield from ask(context, [requests.orders_modified_since(kind, "changed", since, iterator_id)])
        response = answer.get("changed")
        if response is None:
            return found
        found |= responses.edit_sequences(response)
        iterator_id = response.iterator_id
        if response.remaining <= 0 or iterator_id is None:
            return found
