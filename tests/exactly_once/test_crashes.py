"""Whatever breaks and whenever it breaks, each invoice is in the books exactly once afterwards, to the cent.

Here the program is killed inside the test's process at every commit of its record, the answer of every call is lost
in turn, and QuickBooks itself breaks down. `test_killed_processes` kills real ones.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from itertools import cycle, islice
from pathlib import Path

import pytest

from app.practice.mishaps import Fate, at_call
from app.practice.quickbooks.hooks import Hooks
from tests.exactly_once.cedar_changes import SINGLE, CedarChange, a_busy_day
from tests.exactly_once.commits import Side
from tests.exactly_once.office import Office, an_office
from tests.exactly_once.online_office import an_online_office
from tests.exactly_once.tally import Tally

CALLS = range(1, 17)
"""As many calls as the longest of these updates makes, and then some."""

PARTS = 8
"""Into how many tests a long series is split, so that they can run side by side."""


def change_for(number: int) -> CedarChange:
    """Choose the change in Cedar that comes in between: another one each time."""
    return next(islice(cycle(SINGLE.values()), number, None))


OFFICES: dict[str, tuple[Callable[[Path], AbstractContextManager[Office]], int]] = {
    "desktop": (an_office, 2 * PARTS),
    "online": (an_online_office, PARTS),
}
"""What opens an office, by where its books are, and how many commits there are at the least."""


@pytest.mark.parametrize("books", OFFICES)
@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("part", range(PARTS))
def test_a_program_killed_at_any_commit_loses_and_doubles_nothing(
    folder: Path, tally: Tally, part: int, side: Side, books: str
) -> None:
    (open_office, least), number, kills = OFFICES[books], part + 1, 1
    while kills:
        kills = 0
        with open_office(folder / str(number)) as office:
            # At first everything is new; the second time orders are added, changed and taken back.
            for prepare in (change_for(0), a_busy_day):
                prepare(office.railroad)
                kills += office.run_killed_at(number, side)
                change_for(number)(office.railroad)
                office.clock.advance(minutes=1)
                office.settle()
                office.check()
        tally.add("programs killed in the process", kills)
        number += PARTS
    assert number > least, "the record has hardly been written to"


@pytest.mark.parametrize("fate", [Fate.DROP_ANSWER, Fate.VANISH_BEFORE, Fate.TWICE])
@pytest.mark.parametrize("part", range(4))
def test_a_call_that_meets_a_mishap_loses_and_doubles_nothing(
    folder: Path, tally: Tally, part: int, fate: Fate
) -> None:
    for number in CALLS[part::4]:
        with an_office(folder / str(number)) as office:
            for prepare in (change_for(0), a_busy_day):
                prepare(office.railroad)
                office.world.pull()
                office.update(at_call(number, fate))
                tally.add("calls met a mishap")
                if number % 2:
                    office.world.restart()
                change_for(number)(office.railroad)
                office.clock.advance(minutes=1)
                office.settle()
                office.check()


def _breakdowns(requests: int) -> dict[str, Callable[[Hooks], None]]:
    """Name the ways QuickBooks can break down over a message set of so many requests."""
    ways: dict[str, Callable[[Hooks], None]] = {
        "before": Hooks.crash_before,
        "after": Hooks.lose_answer,
        "not stored": Hooks.fail_to_store,
    }
    for count in range(0, requests + 1, 2):
        ways[f"after {count} requests"] = partial(_crash_after, count)
    return ways


def _crash_after(count: int, hooks: Hooks) -> None:
    hooks.crash_after_requests(count)


@pytest.mark.parametrize("way", _breakdowns(4))
def test_quickbooks_breaking_down_over_any_message_set_loses_and_doubles_nothing(
    folder: Path, tally: Tally, way: str
) -> None:
    for number in range(1, 7):
        with an_office(folder / str(number)) as office:
            for prepare in (change_for(0), a_busy_day):
                prepare(office.railroad)
                office.world.pull()
                update_with_breakdown(office, number, _breakdowns(4)[way])
                tally.add("QuickBooks crashes")
                change_for(number)(office.railroad)
                office.clock.advance(minutes=1)
                office.settle()
                office.check()


def update_with_breakdown(office: Office, number: int, order: Callable[[Hooks], None]) -> None:
    """Run an update in which QuickBooks breaks down over its n-th message set, if there are so many."""
    asked = 0
    for ahead in office.world.connector().steps():
        asked += ahead.operation == "sendRequestXML"
        if ahead.operation == "sendRequestXML" and asked == number:
            order(office.company.hooks)
    office.company.hooks.clear()
