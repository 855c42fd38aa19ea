from __future__ import annotations

from datetime import timedelta

from app.domain.values import replace
from app.store import sessions
from app.store.database import Record
from app.store.sessions import SessionRecord
from tests.builders import NOW

SESSION = SessionRecord("ticket-1", "main", "ready", NOW, NOW, "k1", 42, "nothing")


def test_a_session_comes_back(record: Record) -> None:
    with record.write() as tx:
        sessions.save(tx, SESSION)
        assert sessions.get(tx, "ticket-1") == SESSION


def test_a_session_is_kept_once(record: Record) -> None:
    later = replace(SESSION, state="done", message_set_id=None)
    with record.write() as tx:
        sessions.save(tx, SESSION)
        sessions.save(tx, later)
        assert (sessions.get(tx, "ticket-1"), sessions.open_of(tx, "main", ("ready",))) == (later, [])


def test_an_unknown_ticket_is_none(record: Record) -> None:
    with record.read() as tx:
        assert sessions.get(tx, "ticket-2") is None


def test_sessions_of_long_ago_are_forgotten(record: Record) -> None:
    with record.write() as tx:
        sessions.save(tx, SESSION)
        sessions.prune(tx, "main", NOW + timedelta(seconds=1))
        assert sessions.get(tx, "ticket-1") is None
