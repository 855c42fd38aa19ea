from __future__ import annotations

from datetime import timedelta

from app.domain.facts import CarrierZone, ListsKnown, SyncBegan, UnbilledLookedFor
from app.store import belongings, facts
from app.store.database import Record
from tests.builders import NOW


def test_other_books_change_nothing_of_what_was_learnt_of_cedar(record: Record) -> None:
    of_cedar = (CarrierZone("America/Chicago"), SyncBegan(NOW, timedelta(days=120)), UnbilledLookedFor(NOW))
    with record.write() as tx:
        for fact in (*of_cedar, ListsKnown(NOW)):
            facts.put(tx, "main", fact)
        belongings.forget_books(tx, "main")

    with record.read() as tx:
        assert tuple(facts.get(tx, "main", type(fact)) for fact in of_cedar) == of_cedar
        assert facts.get(tx, "main", ListsKnown) is None
