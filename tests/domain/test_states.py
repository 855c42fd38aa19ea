from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from app.domain.states import TRANSITIONS, IllegalTransitionError, State, check_move

ALL = st.sampled_from(State)


class LifeOfARow(RuleBasedStateMachine):
    """Whatever is tried with a row, it only ever goes where the table lets it go."""

    def __init__(self) -> None:
        super().__init__()
        self.path: list[State | None] = [None]

    @rule(wanted=ALL)
    def try_to_move(self, wanted: State) -> None:
        try:
            check_move(self.path[-1], wanted)
        except IllegalTransitionError:
            return
        self.path.append(wanted)

    @invariant()
    def every_step_is_in_the_table(self) -> None:
        steps = list(zip(self.path, self.path[1:], strict=False))
        assert all(before is after or after in TRANSITIONS[before] for before, after in steps if after is not None)

    @invariant()
    def only_what_was_in_the_books_is_taken_back(self) -> None:
        before = {earlier for earlier, later in zip(self.path, self.path[1:], strict=False) if later is State.REMOVED}
        assert State.SKIPPED not in before
        assert None not in before


LifeOfARow.TestCase.settings = settings(max_examples=50, stateful_step_count=30, deadline=None)
TestLifeOfARow = LifeOfARow.TestCase


@pytest.mark.parametrize("before", [None, *State])
@pytest.mark.parametrize("after", State)
def test_a_move_is_possible_exactly_if_the_table_names_it(before: State | None, after: State) -> None:
    if before is after or after in TRANSITIONS[before]:
        check_move(before, after)
    else:
        with pytest.raises(IllegalTransitionError):
            check_move(before, after)


@pytest.mark.parametrize("state", State)
def test_no_state_is_a_dead_end(state: State) -> None:
    assert TRANSITIONS[state]


@pytest.mark.parametrize("state", [state for state in State if state is not State.SENDING])
def test_a_person_can_leave_a_row_out_of_any_state_but_sending(state: State) -> None:
    check_move(state, State.HELD)


@pytest.mark.parametrize("after", [State.SENDING, State.SYNCED, State.WAITING, State.CONFLICT, State.REMOVED])
def test_a_new_row_cannot_be_born_halfway(after: State) -> None:
    with pytest.raises(IllegalTransitionError):
        check_move(None, after)


@pytest.mark.parametrize("before", [State.SKIPPED, State.SYNCED, State.FAILED, State.REMOVED])
def test_nothing_is_sent_that_was_not_queued(before: State) -> None:
    with pytest.raises(IllegalTransitionError):
        check_move(before, State.SENDING)
