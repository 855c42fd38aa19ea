"""Noticing a bookkeeper's hand by ourselves: what was changed or deleted in the books since we last looked. No I/O."""

from collections.abc import Generator
from datetime import timedelta
from typing import Final

from app.books.port import Answer, Ask
from app.books.run.context import Context, by_id
from app.domain.facts import BooksWatched
from app.domain.reasons import ReasonCode
from app.domain.sales_order import DocumentKind

FIRST_LOOK: Final = timedelta(days=186)
"""How far back the first look goes: a record that was lost, and begun anew, knows nothing of what it wrote."""


def watch(context: Context) -> Generator[Ask, Answer, None]:
    """Have the rows compared whose documents somebody else changed or deleted.

    Our own changes show too, but with the edit sequence we know. Only what is kept of the documents' kinds is asked.
    """
    if context.system.may_be_another_copy:
        yield from _look_for_witness(context)
    now = context.ledger.now()
    last = context.ledger.known(BooksWatched)
    # A clock that was set back makes the last look one of the future: nobody knows how long ago it was.
    until = last.until if last is not None and last.until <= now else now - FIRST_LOOK
    if now - until < context.system.watch_every:
        return
    if context.system.may_be_another_copy:
        yield from _look_for_deleted(context)
    for kind in _kinds(context, is_first=last is None):
        changed = yield from context.system.changed_since(kind, until - context.system.watch_overlap)
        strays = yield from by_id(context, kind, [stray.txn_id for stray in context.ledger.strays(changed.documents)])
        context.strays[kind] = context.ledger.doubt_strays(kind, list(strays.values()))
        edit_sequences = {each.txn_id: each.edit_sequence for each in changed.documents}
        gone = changed.gone
        if not changed.is_complete and last is not None:
            known = context.ledger.documents(kind)
            there = yield from context.system.there([(kind, txn_id) for txn_id in known])
            gone |= frozenset(known) - there.keys()
        context.ledger.doubt(edit_sequences, gone, "Somebody changed it in QuickBooks.")
    context.ledger.learn(BooksWatched(now))


def _look_for_witness(context: Context) -> Generator[Ask, Answer, None]:
    """Ask for the document we wrote last: if it is not there as we left it, the books may be an older copy."""
    witness = context.ledger.newest_synced()
    if witness is None or witness.document.txn_id is None:
        return
    there = yield from context.system.there([(witness.document.kind, witness.document.txn_id)])
    found = there.get(witness.document.txn_id)
    if found is None or is_older(found, witness.document.edit_sequence):
        context.ledger.doubt_everything(
            "The last order is not in QuickBooks any more: all are compared with the books."
        )


def _look_for_deleted(context: Context) -> Generator[Ask, Answer, None]:
    """Ask for documents that had been deleted: with another copy of the books they may be there again."""
    rows = context.ledger.in_conflict_for([ReasonCode.DELETED_IN_QUICKBOOKS])
    wanted = [(row.document.kind, row.document.txn_id) for row in rows if row.document.txn_id is not None]
    back = yield from context.system.there(wanted)
    context.ledger.doubt({}, (), "It is in QuickBooks again.", back)


def _kinds(context: Context, *, is_first: bool) -> list[DocumentKind]:
    """List the kinds of document to look at: those the rows have; at first, when they have none, those they will."""
    kinds = set(context.ledger.document_kinds())
    wanted = context.options.document
    if is_first and context.system.can_hold(wanted):
        kinds.add(wanted)
    return sorted(kinds)


def is_older(found: str, known: str | None) -> bool:
    """Tell whether an edit sequence is from before the one we know: where they are numbers, they rise."""
    return known is not None and found.isdecimal() and known.isdecimal() and int(found) < int(known)
