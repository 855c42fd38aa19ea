from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.message_set import Action, Errand, MessageSet, MessageSetState
from app.domain.row import RowId
from app.store import message_sets
from app.store.database import Record
from tests.builders import NOW, an_order


def a_set(name: str = "k1", minutes: int = 0) -> MessageSet:
    errand = Errand("add0", RowId("main/INV-1001/4410"), Action.ADD, an_order())
    removal = Errand("rem1", RowId("main/INV-1002/4410"), Action.DELETE, None)
    prepared_at = NOW + timedelta(minutes=minutes)
    return MessageSet(
        name, "main", MessageSetState.PREPARED, "C:\\railroad.qbw", prepared_at, "<QBXML/>\n", (errand, removal)
    )


def add(record: Record, *sets: MessageSet) -> None:
    with record.write() as tx:
        for each in sets:
            message_sets.add(tx, each)


def unanswered(record: Record) -> list[str]:
    with record.read() as tx:
        return [each.id for each in message_sets.unanswered(tx, "main")]


def test_a_message_set_comes_back_letter_by_letter(record: Record) -> None:
    add(record, a_set())
    with record.read() as tx:
        assert message_sets.get(tx, "k1") == a_set()


def test_what_has_no_answer_is_listed_oldest_first(record: Record) -> None:
    add(record, a_set("k2", minutes=1), a_set("k1"))
    assert unanswered(record) == ["k1", "k2"]


def test_what_was_handed_out_still_has_no_answer(record: Record) -> None:
    add(record, a_set())
    with record.write() as tx:
        message_sets.handed_out(tx, "k1", NOW)
    assert unanswered(record) == ["k1"]


def test_what_was_answered_is_settled(record: Record) -> None:
    add(record, a_set())
    with record.write() as tx:
        message_sets.answered(tx, "k1", NOW)
        assert not message_sets.any_unanswered(tx, "main")


def test_what_was_answered_is_never_in_doubt_again(record: Record) -> None:
    add(record, a_set())
    with record.write() as tx:
        message_sets.answered(tx, "k1", NOW)
        message_sets.handed_out(tx, "k1", NOW)
    assert unanswered(record) == []


@pytest.mark.parametrize(("days", "is_kept"), [(1, False), (-1, True)])
def test_only_what_was_answered_long_ago_is_dropped(record: Record, days: int, is_kept: bool) -> None:  # noqa: FBT001
    add(record, a_set())
    with record.write() as tx:
        message_sets.answered(tx, "k1", NOW)
        message_sets.prune(tx, "main", NOW + timedelta(days=days))
        assert (message_sets.get(tx, "k1") is not None) is is_kept


def test_what_has_no_answer_is_never_dropped(record: Record) -> None:
    add(record, a_set())
    with record.write() as tx:
        message_sets.prune(tx, "main", NOW + timedelta(days=999))
    assert unanswered(record) == ["k1"]
