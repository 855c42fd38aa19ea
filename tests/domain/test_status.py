from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.books_system import BooksSystem
from app.domain.facts import Problem
from app.domain.reasons import Reason, ReasonCode
from app.domain.states import State
from app.domain.status import ConnectionFacts, Overall, kept_elsewhere, overall, unsaid
from app.domain.values import replace
from tests.builders import NOW

ORDER = list(Overall)
WAITS = ORDER.index(Overall.WAITING)
LONG_AGO, JUST_NOW = NOW - timedelta(minutes=5), NOW - timedelta(seconds=30)


def a_problem(code: ReasonCode = ReasonCode.CEDAR_UNREACHABLE, since: datetime = LONG_AGO) -> Problem:
    return Problem(Reason(code, {"sentence": "It did not answer."}), since)


def facts(
    counts: Mapping[State, int] | None = None,
    *,
    cedar_last_success: datetime | None = NOW,
    cedar_problem: Problem | None = None,
    books_problem: Problem | None = None,
    books_last_contact: datetime | None = NOW,
    is_in_session: bool = False,
    is_paused: bool = False,
    paused_until: datetime | None = None,
    is_reading: bool = False,
) -> ConnectionFacts:
    return ConnectionFacts(
        counts={State.SYNCED: 3} if counts is None else counts,
        cedar_last_success=cedar_last_success,
        cedar_problem=cedar_problem,
        books_problem=books_problem,
        books_last_contact=books_last_contact,
        books_interval=timedelta(minutes=1),
        is_in_session=is_in_session,
        paused_until=paused_until,
        is_paused=is_paused,
        is_reading=is_reading,
    )


@pytest.mark.parametrize(
    ("known", "state", "line"),
    [
        (facts(), Overall.OK, "All invoices are in QuickBooks"),
        (facts({}), Overall.OK, "No invoices in Cedar yet"),
        (facts({State.SKIPPED: 2}), Overall.OK, "Nothing is due in QuickBooks · 2 left out"),
        (
            facts({State.SYNCED: 9, State.SKIPPED: 2, State.HELD: 1}),
            Overall.OK,
            "All other invoices are in QuickBooks · 3 left out",
        ),
        (facts({State.REMOVED: 2}), Overall.OK, "Nothing is due in QuickBooks"),
        (facts(is_reading=True), Overall.WORKING, "Checking Cedar"),
        (facts({State.QUEUED: 1}, is_reading=True), Overall.WORKING, "Checking Cedar"),
        (facts({State.FAILED: 1}), Overall.ATTENTION, "1 invoice needs you"),
        (facts({State.FAILED: 1, State.CONFLICT: 2}), Overall.ATTENTION, "3 invoices need you"),
        (facts({State.QUEUED: 2}), Overall.WAITING, "2 ready for QuickBooks"),
        (facts({State.WAITING: 1, State.SENDING: 1}), Overall.WAITING, "2 ready for QuickBooks"),
        (facts({State.QUEUED: 2}, is_in_session=True), Overall.WORKING, "Sending to QuickBooks, 2 to go"),
        (
            facts({State.QUEUED: 1}, books_last_contact=None),
            Overall.WAITING,
            "QuickBooks has not asked for work yet",
        ),
        (facts(cedar_last_success=None, is_reading=True), Overall.WORKING, "Reading Cedar for the first time"),
        (facts(cedar_last_success=None), Overall.WORKING, "Cedar has not been read yet"),
        (facts(is_paused=True), Overall.PAUSED, "Paused until you resume"),
        (facts({State.QUEUED: 4}, is_paused=True), Overall.PAUSED, "Paused until you resume · 4 waiting"),
        (
            facts(cedar_problem=a_problem(ReasonCode.CEDAR_KEY_REFUSED)),
            Overall.STOPPED,
            "Cedar refused the key",
        ),
        (facts(cedar_problem=a_problem(since=JUST_NOW)), Overall.WORKING, "Trying to reach Cedar"),
        (
            facts(books_problem=a_problem(ReasonCode.QUICKBOOKS_UNREACHABLE, since=JUST_NOW)),
            Overall.WORKING,
            "Trying to reach QuickBooks",
        ),
    ],
)
def test_the_state_follows_from_the_facts(known: ConnectionFacts, state: Overall, line: str) -> None:
    status = overall({"main": known}, NOW)
    assert (status.state, status.line) == (state, line)


def test_without_a_connection_it_is_not_set_up() -> None:
    assert overall({}, NOW).state is Overall.NOT_SET_UP


@pytest.mark.parametrize(
    "known",
    [
        facts(cedar_problem=a_problem()),
        facts(books_problem=a_problem(ReasonCode.QUICKBOOKS_UNREACHABLE)),
        facts({State.QUEUED: 1}, cedar_problem=a_problem(), is_in_session=True),
    ],
)
def test_a_fault_that_does_not_heal_soon_needs_attention(known: ConnectionFacts) -> None:
    assert overall({"main": known}, NOW).state is Overall.ATTENTION


@pytest.mark.parametrize(
    "code", [ReasonCode.CEDAR_KEY_REFUSED, ReasonCode.CEDAR_PERMISSION, ReasonCode.CEDAR_COLUMNS_MISSING]
)
def test_a_refusal_of_cedar_stops_everything_at_once(code: ReasonCode) -> None:
    known = facts({State.FAILED: 1}, cedar_problem=a_problem(code, since=NOW), is_paused=True)
    assert overall({"main": known}, NOW).state is Overall.STOPPED


def test_silence_is_measured_by_the_connectors_own_rhythm() -> None:
    an_hour_ago = NOW - timedelta(hours=1)
    known = facts({State.QUEUED: 1}, books_last_contact=an_hour_ago)
    assert overall({"main": known}, NOW).line.startswith("QuickBooks has not asked for work since ")


def test_a_reading_long_ago_is_no_ground_to_call_all_well() -> None:
    days_ago = NOW - timedelta(days=9)
    assert overall({"main": facts(cedar_last_success=days_ago)}, NOW).state is Overall.ATTENTION
    assert overall({"main": facts(cedar_last_success=days_ago, is_reading=True)}, NOW).state is Overall.WORKING


def test_work_that_waits_in_vain_is_told_although_cedar_is_being_read() -> None:
    known = facts({State.QUEUED: 1}, books_last_contact=NOW - timedelta(hours=1), is_reading=True)
    status = overall({"main": known, "branch": facts(is_reading=True)}, NOW)
    assert (status.state, status.is_silent) == (Overall.WAITING, True)


def test_a_fault_says_since_when_and_when_it_is_tried_again() -> None:
    problem = replace(a_problem(), next_attempt_at=NOW + timedelta(minutes=5))
    status = overall({"main": facts(cedar_problem=problem)}, NOW)
    said = status.written(lambda at: f"<{at:%H:%M}>")
    assert said.endswith(f" since <{LONG_AGO:%H:%M}>, trying again at <{NOW + timedelta(minutes=5):%H:%M}>")


@pytest.mark.parametrize(
    ("known", "lines"),
    [
        (facts({State.FAILED: 1}), []),
        (facts({State.FAILED: 1}, cedar_problem=a_problem()), ["Cedar cannot be reached since 08:55"]),
        (facts({State.FAILED: 1}, cedar_problem=a_problem(since=JUST_NOW)), []),
        (facts({State.FAILED: 1}, cedar_problem=a_problem(), is_paused=True), []),
        (facts(cedar_problem=a_problem()), []),
        (facts({State.FAILED: 1}, books_last_contact=NOW - timedelta(hours=5)), []),
        (
            facts({State.FAILED: 1, State.QUEUED: 1}, books_last_contact=NOW - timedelta(hours=5)),
            ["QuickBooks has not asked for work since 04:00"],
        ),
        (
            facts({State.FAILED: 1, State.QUEUED: 1}, books_last_contact=None),
            ["QuickBooks has not asked for work yet"],
        ),
        (facts({State.QUEUED: 1}, books_last_contact=NOW - timedelta(hours=5)), []),
    ],
)
def test_what_the_line_hides_is_told_beside_it(known: ConnectionFacts, lines: list[str]) -> None:
    found = unsaid([known], overall({"main": known}, NOW), NOW)
    assert [each.written(lambda at: f"{at:%H:%M}") for each in found] == lines


def test_who_keeps_the_books_in_step_on_other_computers_is_told_once() -> None:
    there = replace(facts(), kept_by="PC-2 (maria)")
    assert kept_elsewhere([there, facts(), there]) == ("PC-2 (maria) keeps QuickBooks in step",)
    assert kept_elsewhere([facts()]) == ()
    assert overall({"main": there}, NOW) == overall({"main": facts()}, NOW)


def test_the_same_trouble_of_two_connections_is_told_once_since_it_began() -> None:
    failing = {State.FAILED: 1}
    both = {
        "main": facts(failing, cedar_problem=a_problem()),
        "north": facts(failing, cedar_problem=a_problem(since=LONG_AGO - timedelta(minutes=9))),
    }
    (found,) = unsaid(both.values(), overall(both, NOW), NOW)
    assert found.fields["since"] == LONG_AGO - timedelta(minutes=9)


def test_names_in_a_line_are_not_taken_for_places_to_fill() -> None:
    known = facts(cedar_problem=Problem(Reason(ReasonCode.CEDAR_COLUMNS_MISSING, {"missing": "{rate}"}), LONG_AGO))
    assert overall({"main": known}, NOW).line


def test_the_invoices_of_all_connections_that_need_a_person_are_counted() -> None:
    connections = {"main": facts({State.FAILED: 1}), "branch": facts({State.CONFLICT: 2})}
    assert overall(connections, NOW).line == "3 invoices need you"


COUNTS = st.dictionaries(st.sampled_from(State), st.integers(0, 3))
MOMENTS = st.none() | st.sampled_from([NOW, JUST_NOW, LONG_AGO, NOW - timedelta(days=2)])
PROBLEMS = st.none() | st.builds(
    a_problem,
    st.sampled_from([ReasonCode.CEDAR_UNREACHABLE, ReasonCode.CEDAR_KEY_REFUSED, ReasonCode.QUICKBOOKS_UNREACHABLE]),
    st.sampled_from([NOW, JUST_NOW, LONG_AGO]),
)
FACTS = st.builds(
    facts,
    COUNTS,
    cedar_last_success=MOMENTS,
    cedar_problem=PROBLEMS,
    books_problem=PROBLEMS,
    books_last_contact=MOMENTS,
    is_in_session=st.booleans(),
    is_paused=st.booleans(),
    paused_until=st.none() | st.just(datetime(2026, 11, 22, 12, 0, tzinfo=UTC)),
    is_reading=st.booleans(),
)
CONNECTIONS = st.dictionaries(st.sampled_from(["main", "branch", "port"]), FACTS, min_size=1)
AS_BAD_AS_ATTENTION = {Overall.NOT_SET_UP, Overall.STOPPED, Overall.PAUSED, Overall.ATTENTION}


@given(CONNECTIONS)
def test_a_row_that_needs_a_person_is_never_shown_as_well(connections: dict[str, ConnectionFacts]) -> None:
    needs = any(each.counts.get(State.FAILED, 0) + each.counts.get(State.CONFLICT, 0) for each in connections.values())
    assert not needs or overall(connections, NOW).state in AS_BAD_AS_ATTENTION


@given(CONNECTIONS)
def test_ok_means_that_nothing_is_on_its_way(connections: dict[str, ConnectionFacts]) -> None:
    on_the_way = any(
        each.counts.get(state, 0)
        for each in connections.values()
        for state in (State.QUEUED, State.SENDING, State.WAITING)
    )
    assert not on_the_way or overall(connections, NOW).state is not Overall.OK


@given(CONNECTIONS)
def test_ok_means_that_nothing_is_being_looked_at(connections: dict[str, ConnectionFacts]) -> None:
    looked_at = any(
        each.is_reading
        or each.is_in_session
        or each.cedar_problem
        or each.books_problem
        or not each.cedar_last_success
        or each.cedar_last_success < NOW - timedelta(days=1)
        for each in connections.values()
    )
    assert not looked_at or overall(connections, NOW).state is not Overall.OK


@given(CONNECTIONS)
def test_all_are_said_to_be_in_quickbooks_only_if_they_are(connections: dict[str, ConnectionFacts]) -> None:
    others = any(
        number
        for each in connections.values()
        for state, number in each.counts.items()
        if state not in {State.SYNCED, State.REMOVED}
    )
    assert not others or overall(connections, NOW).line != "All invoices are in QuickBooks"


@given(CONNECTIONS)
def test_no_connection_makes_another_look_better(connections: dict[str, ConnectionFacts]) -> None:
    each = [overall({name: known}, NOW).state for name, known in connections.items()]
    together = overall(connections, NOW).state
    assert together in each
    # Work under way and work that waits are both fine; neither hides what is worse.
    assert min(ORDER.index(together), WAITS) == min(*map(ORDER.index, each), WAITS)
    assert together is not Overall.OK or set(each) == {Overall.OK}


@given(CONNECTIONS)
def test_the_state_always_comes_with_a_line(connections: dict[str, ConnectionFacts]) -> None:
    assert overall(connections, NOW).line.strip()


def test_silence_after_another_password_says_so() -> None:
    refused = replace(facts({State.QUEUED: 1}, books_last_contact=None), sign_in_refused_at=NOW)
    status = overall({"main": refused}, NOW)
    assert (status.state, status.is_silent, status.is_refused) == (Overall.WAITING, True, True)
    assert status.line.startswith("The Web Connector called with another password at ")


def test_another_password_takes_nothing_from_a_connector_that_calls() -> None:
    status = overall({"main": replace(facts({State.QUEUED: 1}), sign_in_refused_at=NOW)}, NOW)
    assert (status.is_silent, status.is_refused, status.line) == (False, False, "1 ready for QuickBooks")


@pytest.mark.parametrize(("days", "state"), [(13, Overall.ATTENTION), (15, Overall.OK)])
def test_a_person_is_reminded_two_weeks_before_a_sign_in_ends(days: int, state: Overall) -> None:
    known = replace(facts(), system=BooksSystem.QUICKBOOKS_ONLINE, sign_in_ends_at=NOW + timedelta(days=days))
    found = overall({"main": known}, NOW)
    assert found.state is state
    assert ("Sign in to QuickBooks Online anew before" in found.line) == (state is Overall.ATTENTION)
