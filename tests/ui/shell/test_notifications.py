"""One gate for all toasts: a change to worse, once a problem and run."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from app.domain.reasons import ReasonCode
from app.domain.states import State
from app.ui.notifications import Gate
from app.ui.ports import Level, Notice, RowsFilter
from tests.ui.shell.standing import MONDAY, a_connection, a_problem, a_snapshot, needing

START = MONDAY - timedelta(hours=1)


@pytest.fixture
def gate() -> Gate:
    return Gate(START)


def failed(
    gate: Gate, *customers: str, now: datetime = MONDAY, level: Level = Level.PROBLEMS, is_in_session: bool = False
) -> Notice | None:
    counts = {State.FAILED: len(customers), State.SYNCED: 1}
    snapshot = a_snapshot(a_connection(counts, now=now, is_in_session=is_in_session), now=now)
    return gate.consider(snapshot, needing(*customers), level, now)


def test_500_failures_of_one_run_are_one_toast(gate: Gate) -> None:
    customers = [f"44{number}" for number in range(500)]
    during = [failed(gate, *customers[:number], is_in_session=True) for number in range(0, 500, 100)]
    after = [failed(gate, *customers) for _ in range(3)]
    shown = [notice for notice in (*during, *after) if notice is not None]
    assert [notice.title for notice in shown] == ["500 invoices need you"]


def test_a_toast_names_the_problem_and_leads_to_its_rows(gate: Gate) -> None:
    notice = failed(gate, "4410")
    assert notice == Notice("1 invoice needs you", "No customer named 4410.", RowsFilter.NEEDS_YOU)
    assert gate.clicked() is RowsFilter.NEEDS_YOU


def test_a_click_that_comes_late_leads_nowhere(gate: Gate) -> None:
    failed(gate, "4410")
    assert (gate.clicked(), gate.clicked()) == (RowsFilter.NEEDS_YOU, None)


def test_another_problem_is_another_toast(gate: Gate) -> None:
    failed(gate, "4410")
    notice = failed(gate, "4410", "4420")
    assert notice is not None
    assert (notice.title, notice.text) == ("2 invoices need you", "No customer named 4420.")


def test_more_rows_of_the_same_problem_are_none(gate: Gate) -> None:
    failed(gate, "4410")
    assert failed(gate, "4410", "4410") is None


def test_fewer_problems_are_none(gate: Gate) -> None:
    failed(gate, "4410", "4420")
    assert failed(gate, "4410") is None


def test_an_unsolved_problem_is_told_again_on_the_next_working_day_only(gate: Gate) -> None:
    friday = MONDAY - timedelta(days=3)
    gate = Gate(friday - timedelta(hours=1))
    told = [
        now for hour in range(24 * 7) if failed(gate, "4410", now=(now := friday + timedelta(hours=hour))) is not None
    ]
    assert [now.strftime("%a") for now in told] == ["Fri", "Mon", "Tue", "Wed", "Thu", "Fri"]


def test_what_was_told_survives_a_new_start(gate: Gate) -> None:
    failed(gate, "4410")
    again = Gate(MONDAY, gate.told)
    assert failed(again, "4410", now=MONDAY + timedelta(minutes=5)) is None


def test_nonsense_about_what_was_told_is_dropped() -> None:
    gate = Gate(START, {"No customer named 4410": "yesterday", "x": "2026-11-22T09:00:00"})
    assert failed(gate, "4410") is not None


def test_a_problem_that_only_wavers_is_told_once(gate: Gate) -> None:
    problem = a_problem(since=MONDAY - timedelta(minutes=5))
    bad, good = a_snapshot(a_connection(cedar_problem=problem)), a_snapshot(a_connection())
    found = [
        gate.consider(bad if minute % 10 == 0 else good, [], Level.PROBLEMS, MONDAY + timedelta(minutes=minute))
        for minute in range(50)
    ]
    assert len([notice for notice in found if notice]) == 1


def test_a_problem_that_was_solved_for_long_is_a_new_one(gate: Gate) -> None:
    assert failed(gate, "4410") is not None
    failed(gate, now=MONDAY + timedelta(minutes=10))
    failed(gate, now=MONDAY + timedelta(hours=2))
    assert failed(gate, "4410", now=MONDAY + timedelta(hours=3)) is not None


@pytest.mark.parametrize("code", [ReasonCode.CEDAR_UNREACHABLE, ReasonCode.CEDAR_KEY_REFUSED])
def test_a_side_out_of_reach_is_told_once(gate: Gate, code: ReasonCode) -> None:
    snapshot = a_snapshot(a_connection(cedar_problem=a_problem(code, MONDAY - timedelta(minutes=2))))
    found = [gate.consider(snapshot, [], Level.PROBLEMS, MONDAY) for _ in range(3)]
    assert [notice.rows for notice in found if notice] == [RowsFilter.ALL]


def test_within_its_grace_a_fault_is_nobodys_business(gate: Gate) -> None:
    snapshot = a_snapshot(a_connection(cedar_problem=a_problem(since=MONDAY - timedelta(seconds=50))))
    assert gate.consider(snapshot, [], Level.PROBLEMS, MONDAY) is None


def test_a_silent_web_connector_is_told_when_work_waits(gate: Gate) -> None:
    long_ago = MONDAY - timedelta(days=3)
    waiting = a_snapshot(a_connection({State.QUEUED: 4}, books_at=long_ago))
    notice = gate.consider(waiting, [], Level.PROBLEMS, MONDAY)
    assert notice is not None
    assert notice.title == "QuickBooks does not ask for work"
    idle = a_snapshot(a_connection(books_at=long_ago))
    assert Gate(START).consider(idle, [], Level.PROBLEMS, MONDAY) is None


def test_nothing_is_told_right_after_the_start_and_after_sleep() -> None:
    gate = Gate(MONDAY)
    assert failed(gate, "4410", now=MONDAY + timedelta(seconds=59)) is None
    assert failed(gate, "4410", now=MONDAY + timedelta(seconds=61)) is not None
    gate.resumed(MONDAY + timedelta(hours=1))
    assert failed(gate, "4410", "4420", now=MONDAY + timedelta(hours=1, seconds=30)) is None
    assert failed(gate, "4410", "4420", now=MONDAY + timedelta(hours=1, seconds=90)) is not None


def test_while_paused_nothing_is_told(gate: Gate) -> None:
    snapshot = a_snapshot(a_connection({State.FAILED: 1}, is_paused=True))
    assert gate.consider(snapshot, needing("4410"), Level.PROBLEMS, MONDAY) is None


def test_none_means_none(gate: Gate) -> None:
    assert failed(gate, "4410", level=Level.NONE) is None
    assert failed(gate, level=Level.NONE) is None
    assert gate.hint(Notice("a", "b", RowsFilter.ALL), Level.NONE) is None


def test_success_is_told_only_to_who_wants_all() -> None:
    for level, number in ((Level.PROBLEMS, 1), (Level.ALL, 2)):
        gate = Gate(START)
        found = [failed(gate, "4410", level=level), failed(gate, level=level), failed(gate, level=level)]
        assert len([notice for notice in found if notice]) == number
