"""Noticing a bookkeeper's hand by ourselves: what was changed or deleted in the books since we last looked. No I/O."""

from collections.abc import Generator
from datetime import datetime, timedelta
from typing import Final

from app.books.port import Answer, Ask
from app.books.quickbooks_desktop.context import Context, ask, by_id
from app.books.quickbooks_desktop.introduction import can_hold_sales_orders
from app.books.quickbooks_desktop.qbxml import requests, responses
from app.domain.books_document import BooksStray
from app.domain.facts import BooksWatched
from app.domain.reasons import ReasonCode
from app.domain.sales_order import DocumentKind

EVERY: Final = timedelta(minutes=10)
"""How often, at the most, the books are asked for changes by other hands."""

AT_ONCE: Final = 50
"""Documents asked for in one question."""

FIRST_LOOK: Final = timedelta(days=186)
"""How far back the first look goes: a record that was lost, and begun anew, knows nothing of what it wrote."""

OVERLAP: Final = timedelta(hours=2)
"""Looked at twice: QuickBooks' times carry a wrong offset while daylight saving is in force, and clocks differ."""


def watch(context: Context) -> Generator[Ask, Answer, None]:
    """Have the rows compared whose documents somebody else changed or deleted.

    Our own changes show too, but with the EditSequence we know. Only what is kept of the documents' kinds is asked.
    """
    yield from _look_for_witness(context)
    now = context.ledger.now()
    last = context.ledger.known(BooksWatched)
    # A clock that was set back makes the last look one of the future: nobody knows how long ago it was.
    until = last.until if last is not None and last.until <= now else now - FIRST_LOOK
    if now - until < EVERY:
        return
    yield from _look_for_deleted(context)
    since = (until - OVERLAP).astimezone().replace(tzinfo=None)
    for kind in _kinds(context, is_first=last is None):
        found = yield from _changed(context, kind, since)
        strays = yield from by_id(context, kind, [stray.txn_id for stray in context.ledger.strays(found)])
        context.strays[kind] = context.ledger.doubt_strays(kind, list(strays.values()))
        changed = {each.txn_id: each.edit_sequence for each in found}
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
    there = responses.strays(response) if response is not None else []
    if not there or is_older(there[0].edit_sequence, witness.document.edit_sequence):
        context.ledger.doubt_everything(
            "The last order is not in QuickBooks any more: all are compared with the books."
        )


def _look_for_deleted(context: Context) -> Generator[Ask, Answer, None]:
    """Ask for documents that had been deleted: with another copy of the company file they may be there again."""
    rows = context.ledger.in_conflict_for([ReasonCode.DELETED_IN_QUICKBOOKS])
    texts = [
        requests.order_there(row.document.kind, f"there{number}", row.document.txn_id)
        for number, row in enumerate(rows)
        if row.document.txn_id is not None
    ]
    back: dict[str, str] = {}
    for start in range(0, len(texts), AT_ONCE):
        answer = yield from ask(context, texts[start : start + AT_ONCE])
        for response in answer.responses:
            back |= {each.txn_id: each.edit_sequence for each in responses.strays(response)}
    context.ledger.doubt({}, (), "It is in QuickBooks again.", back)


def _kinds(context: Context, *, is_first: bool) -> list[DocumentKind]:
    """List the kinds of document to look at: those the rows have; at first, when they have none, those they will."""
    kinds = set(context.ledger.document_kinds())
    wanted = context.options.document
    if is_first and (wanted is not DocumentKind.SALES_ORDER or can_hold_sales_orders(context.company.product)):
        kinds.add(wanted)
    return sorted(kinds)


def is_older(found: str, known: str | None) -> bool:
    """Tell whether an EditSequence is from before the one we know; seen ones count the seconds since 1970."""
    return known is not None and found.isdecimal() and known.isdecimal() and int(found) < int(known)


def _changed(context: Context, kind: DocumentKind, since: datetime) -> Generator[Ask, Answer, list[BooksStray]]:
    found: list[BooksStray] = []
    iterator_id: str | None = None
    while True:
        answer = yield from ask(context, [requests.orders_modified_since(kind, "changed", since, iterator_id)])
        response = answer.get("changed")
        if response is None:
            return found
        found += responses.strays(response)
        iterator_id = response.iterator_id
        if response.remaining <= 0 or iterator_id is None:
            return found
