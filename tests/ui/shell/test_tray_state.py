"""Icon, tooltip and menu are never better than the facts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.reasons import ReasonCode
from app.domain.states import NEEDS_PERSON, State
from app.domain.values import replace
from app.sync.service import ConnectionSnapshot
from app.ui.tray_state import (
    LONGEST_TOOLTIP,
    Choice,
    Icon,
    Item,
    TrayState,
    describe,
    not_set_up,
    starting,
    stopped,
)
from tests.ui.shell.standing import MONDAY, a_connection, a_problem, a_snapshot

LONG_AGO = MONDAY - timedelta(days=40)

connections = st.builds(
    a_connection,
    st.dictionaries(st.sampled_from(list(State)), st.integers(0, 10**6)),
    name=st.sampled_from(["main", "north"]),
    cedar_at=st.sampled_from([None, MONDAY, LONG_AGO]),
    books_at=st.sampled_from([None, MONDAY, LONG_AGO]),
    cedar_problem=st.sampled_from([None, *(a_problem(code) for code in ReasonCode if code.startswith("CEDAR"))]),
    books_problem=st.sampled_from([None, a_problem(ReasonCode.WRONG_COMPANY_FILE)]),
    is_in_session=st.booleans(),
    is_paused=st.booleans(),
)


def choices(items: tuple[Item, ...]) -> list[Choice]:
    return [choice for item in items for choice in ([item.choice] if item.choice else choices(item.below))]


@settings(deadline=None)
@given(st.lists(connections, min_size=1, max_size=2, unique_by=lambda each: each.name))
def test_a_failed_row_is_never_shown_as_ok(found: list[ConnectionSnapshot]) -> None:
    state = describe(a_snapshot(*found), MONDAY)
    if any(each.facts.counts.get(kind, 0) for each in found for kind in NEEDS_PERSON):
        assert state.icon not in {Icon.OK, Icon.WORKING, Icon.WAITING}
    assert len(state.tooltip.encode("utf-16-le")) <= 2 * LONGEST_TOOLTIP


@pytest.mark.parametrize(
    ("state", "icon"),
    [
        (describe(a_snapshot(a_connection()), MONDAY), Icon.OK),
        (describe(a_snapshot(a_connection({State.FAILED: 1})), MONDAY), Icon.ATTENTION),
        (describe(a_snapshot(a_connection({State.QUEUED: 1})), MONDAY), Icon.WAITING),
        (describe(a_snapshot(a_connection({State.QUEUED: 1}, books_at=LONG_AGO)), MONDAY), Icon.SILENT),
        (describe(a_snapshot(a_connection({State.QUEUED: 1}, is_in_session=True)), MONDAY), Icon.WORKING),
        (describe(a_snapshot(a_connection(cedar_at=None)), MONDAY), Icon.WORKING),
        (describe(a_snapshot(a_connection(is_paused=True)), MONDAY), Icon.PAUSED),
        (
            describe(a_snapshot(a_connection(cedar_problem=a_problem(ReasonCode.CEDAR_KEY_REFUSED))), MONDAY),
            Icon.STOPPED,
        ),
        (describe(a_snapshot(), MONDAY), Icon.NOT_SET_UP),
        (starting(), Icon.WORKING),
        (not_set_up(), Icon.NOT_SET_UP),
        (stopped("The record is damaged."), Icon.STOPPED),
    ],
)
def test_every_state_has_its_shape(state: TrayState, icon: Icon) -> None:
    assert state.icon is icon


def test_the_tooltip_says_state_counts_and_both_contacts() -> None:
    counts = {State.FAILED: 3, State.CONFLICT: 1, State.QUEUED: 12, State.SKIPPED: 7}
    found = a_snapshot(a_connection(counts, books_at=MONDAY - timedelta(days=2), cedar_at=MONDAY))
    assert describe(found, MONDAY).tooltip.splitlines() == [
        "Cedar Sync: 4 invoices need you",
        "12 waiting · 7 left out",
        "Cedar read 10:00 · QuickBooks called Sat 10:00",
    ]


def test_the_tooltip_says_that_cedar_is_down_beside_what_needs_a_person() -> None:
    trouble = a_problem(since=MONDAY - timedelta(minutes=30))
    down = a_connection({State.FAILED: 3, State.QUEUED: 2, State.SKIPPED: 7}, cedar_problem=trouble)
    assert describe(a_snapshot(down), MONDAY).tooltip.splitlines() == [
        "Cedar Sync: 3 invoices need you",
        "2 waiting · 7 left out",
        "Cedar cannot be reached since 09:30",
        "Cedar 10:00 · QuickBooks 10:00",
    ]
    alone = a_connection(cedar_problem=trouble)
    assert describe(a_snapshot(alone), MONDAY).tooltip.count("cannot be reached") == 1


def test_the_tooltip_says_which_other_computer_keeps_quickbooks_in_step() -> None:
    found = a_connection({State.QUEUED: 2})
    there = replace(found, facts=replace(found.facts, kept_by="PC-2 (maria)"))
    assert describe(a_snapshot(there), MONDAY).tooltip.splitlines() == [
        "Cedar Sync: 2 ready for QuickBooks",
        "2 waiting",
        "PC-2 (maria) keeps QuickBooks in step",
        "Cedar read 10:00 · QuickBooks called 10:00",
    ]


def test_a_long_line_shortens_the_words_before_itself() -> None:
    waiting = a_connection({State.QUEUED: 12, State.SKIPPED: 70}, books_at=MONDAY - timedelta(days=2))
    assert describe(a_snapshot(waiting), MONDAY).tooltip.splitlines() == [
        "Cedar Sync: QuickBooks has not asked for work since Sat 10:00",
        "12 waiting · 70 left out",
        "Cedar 10:00 · QuickBooks Sat 10:00",
    ]


def test_of_two_connections_the_longer_silence_is_told() -> None:
    found = a_snapshot(a_connection(), a_connection(name="north", books_at=None))
    assert "QuickBooks called never" in describe(found, MONDAY).tooltip


def test_the_menu_at_rest() -> None:
    menu = describe(a_snapshot(a_connection()), MONDAY).menu
    assert menu[0] == Item("All invoices are in QuickBooks")
    assert choices(menu) == [
        Choice.OPEN,
        Choice.CHECK_NOW,
        Choice.PAUSE_HOUR,
        Choice.PAUSE_TOMORROW,
        Choice.PAUSE_OPEN,
        Choice.SETTINGS,
        Choice.GUIDE,
        Choice.LOGS,
        Choice.SUPPORT,
        Choice.PRACTICE,
        Choice.ABOUT,
        Choice.QUIT,
    ]


def test_retry_is_there_only_for_failed_rows_and_counts_exactly_them() -> None:
    menu = describe(a_snapshot(a_connection({State.FAILED: 3, State.CONFLICT: 2})), MONDAY).menu
    assert [item.text for item in menu if item.choice is Choice.RETRY_ALL] == ["&Retry all failed (3)"]
    menu = describe(a_snapshot(a_connection({State.CONFLICT: 2})), MONDAY).menu
    assert Choice.RETRY_ALL not in choices(menu)


def test_who_paused_can_resume() -> None:
    menu = choices(describe(a_snapshot(a_connection(is_paused=True)), MONDAY).menu)
    assert Choice.RESUME in menu
    assert Choice.PAUSE_HOUR not in menu


def test_before_setting_up_the_menu_leads_there() -> None:
    found = choices(not_set_up().menu)
    assert found[0] is Choice.FINISH_SETUP
    assert Choice.QUIT in found
    assert not {Choice.OPEN, Choice.RETRY_ALL, Choice.PAUSE_HOUR} & set(found)


@pytest.mark.parametrize("sentence", ["x" * 500, "\U0001d54f" * 200])
def test_a_long_sentence_is_shortened_for_windows(sentence: str) -> None:
    assert len(stopped(sentence).tooltip.encode("utf-16-le")) <= 2 * LONGEST_TOOLTIP
