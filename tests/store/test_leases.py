"""Who holds a connection, by the server's clock."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text

from app.store import leases
from app.store.database import Record

ONE, OTHER = "one", "other"


def take(record: Record, holder: str, *, is_called: bool = False) -> bool:
    with record.write() as tx:
        return leases.take(tx, "main", holder, f"PC of {holder}", is_called=is_called)


def later(record: Record, by: timedelta) -> None:
    """Let time pass on the server: what is kept becomes so much older."""
    with record.write() as tx:
        tx.execute(
            text("UPDATE leases SET since = since - :by, until = until - :by, called_at = called_at - :by"), {"by": by}
        )


def holder(record: Record) -> str | None:
    with record.read() as tx:
        found = leases.standing(tx, "main")
    return None if found is None else found.holder


def test_a_free_connection_is_taken(shared_record: Record) -> None:
    assert holder(shared_record) is None
    assert take(shared_record, ONE)
    assert holder(shared_record) == ONE


def test_one_that_stands_is_not_taken(shared_record: Record) -> None:
    take(shared_record, ONE, is_called=True)
    assert not take(shared_record, OTHER)
    assert not take(shared_record, OTHER, is_called=True)
    assert holder(shared_record) == ONE


def test_one_that_ran_out_is_taken(shared_record: Record) -> None:
    take(shared_record, ONE, is_called=True)
    later(shared_record, timedelta(seconds=61))
    assert holder(shared_record) is None
    assert take(shared_record, OTHER)
    assert holder(shared_record) == OTHER


def test_one_that_is_renewed_does_not_run_out(shared_record: Record) -> None:
    take(shared_record, ONE)
    for _ in range(3):
        later(shared_record, timedelta(seconds=50))
        assert take(shared_record, ONE)
    assert not take(shared_record, OTHER)


def test_a_holder_that_nobody_replaced_may_finish_although_its_time_ran_out(shared_record: Record) -> None:
    take(shared_record, ONE)
    later(shared_record, timedelta(hours=3))
    with shared_record.read() as tx:
        assert leases.is_held_by(tx, "main", ONE)


def test_whose_web_connector_is_silent_gives_way_to_one_whose_calls(shared_record: Record) -> None:
    take(shared_record, ONE, is_called=True)
    later(shared_record, timedelta(minutes=9))
    take(shared_record, ONE)
    assert not take(shared_record, OTHER, is_called=True)
    later(shared_record, timedelta(minutes=2))
    take(shared_record, ONE)
    assert take(shared_record, OTHER, is_called=True)


def test_who_lets_go_lets_go_of_its_own_alone(shared_record: Record) -> None:
    take(shared_record, ONE)
    with shared_record.write() as tx:
        leases.take(tx, "west", OTHER, "PC of other")
        leases.give_up(tx, ONE)
        assert leases.standing(tx, "main") is None
        assert leases.standing(tx, "west") is not None
