from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, event

from app.domain.row import Actor, Row, RowId
from app.domain.states import State
from app.domain.values import replace
from app.store import rows
from app.store.database import Record
from app.store.row_memory import RowMemory
from tests.builders import NOW, a_row

A, B = a_row("A"), a_row("B")


def save(record: Record, *new: Row) -> None:
    with record.write() as tx:
        rows.save_all(tx, [rows.Change(None, row, Actor.CEDAR) for row in new])


def look(record: Record, memory: RowMemory, *ids: RowId) -> list[Row]:
    with record.read() as tx:
        return memory.get_many(tx, ids)


def questions(record: Record, ask: Callable[[Connection], object]) -> list[str]:
    """List what a database is asked about rows."""
    asked: list[str] = []

    def listen(*arguments: object) -> None:
        asked.append(str(arguments[2]))

    with record.read() as tx:
        event.listen(tx, "before_cursor_execute", listen)
        ask(tx)
    return asked


def test_what_nobody_has_written_since_is_not_read_again(record: Record) -> None:
    memory = RowMemory()
    save(record, A, B)
    assert look(record, memory, B.id, A.id) == [B, A]
    (asked,) = questions(record, lambda tx: memory.get_many(tx, [A.id, B.id]))
    assert "search_text" not in asked


def test_what_was_written_here_is_not_read_again(record: Record) -> None:
    memory = RowMemory()
    save(record, A)
    look(record, memory, A.id)
    sending = replace(A.moved(State.SENDING, NOW), attempts=1)
    with record.write() as tx:
        memory.save_all(tx, [rows.Change(A, sending, Actor.PROGRAM)])
    asked = questions(record, lambda tx: memory.get_many(tx, [A.id]))
    assert len(asked) == 1
    assert look(record, memory, A.id) == [sending]


def test_what_somebody_else_wrote_is_seen(record: Record) -> None:
    memory = RowMemory()
    save(record, A, B)
    look(record, memory, A.id, B.id)
    held = A.moved(State.HELD, NOW)
    with record.write() as tx:
        rows.save(tx, A, held, Actor.PERSON)
    assert look(record, memory, A.id, B.id) == [held, B]


def test_what_was_dropped_is_missing(record: Record) -> None:
    memory = RowMemory()
    save(record, A, B)
    look(record, memory, A.id, B.id)
    with record.write() as tx:
        rows.drop(tx, A.id)
    assert look(record, memory, A.id, B.id) == [B]


def test_what_was_dropped_and_made_again_is_the_new_one(record: Record) -> None:
    memory = RowMemory()
    save(record, A)
    look(record, memory, A.id)
    with record.write() as tx:
        rows.drop(tx, A.id)
    again = replace(A, amount=Decimal(7))
    save(record, again)
    assert look(record, memory, A.id) == [again]


def test_what_was_undone_is_forgotten(record: Record) -> None:
    memory = RowMemory()
    save(record, A)
    look(record, memory, A.id)
    step(record, memory, "undone", A.moved(State.SENDING, NOW))
    assert look(record, memory, A.id) == [A]


def test_a_new_round_forgets_the_rows_of_the_last(record: Record) -> None:
    memory = RowMemory()
    save(record, A, B)
    with record.read() as tx:
        assert memory.due(tx, "main", NOW, 1) == [A]
    with record.write() as tx:
        memory.save_all(tx, [rows.Change(A, A.moved(State.SENDING, NOW), Actor.PROGRAM)])
    with record.read() as tx:
        assert memory.due(tx, "main", NOW, 1) == [B]
    asked = questions(record, lambda tx: memory.get_many(tx, [A.id]))
    assert "search_text" in asked[-1]


NAMES = ["A", "B", "C"]
STEPS = st.lists(
    st.tuples(st.sampled_from(["here", "elsewhere", "undone", "drop"]), st.sampled_from(NAMES), st.integers(0, 9)),
    max_size=12,
)


@given(STEPS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_it_always_gives_what_the_record_holds(record: Record, steps: list[tuple[str, str, int]]) -> None:
    memory = RowMemory()
    ids = [a_row(name).id for name in NAMES]
    with record.write() as tx:
        for row_id in ids:
            rows.drop(tx, row_id)
    for how, name, amount in steps:
        step(record, memory, how, replace(a_row(name), amount=Decimal(amount)))
        with record.read() as tx:
            assert memory.get_many(tx, ids) == rows.get_many(tx, ids)


def step(record: Record, memory: RowMemory, how: str, row: Row) -> None:
    with record.write() as tx:
        before = rows.get(tx, row.id)
        match how:
            case "elsewhere":
                rows.save(tx, before, row, Actor.PERSON)
            case "drop":
                rows.drop(tx, row.id)
            case "here":
                memory.save_all(tx, [rows.Change(before, row, Actor.PROGRAM)])
            case "undone":
                part = tx.begin_nested()
                memory.save_all(tx, [rows.Change(before, row, Actor.PROGRAM)])
                part.rollback()
