"""The real program, killed by SIGKILL at every commit of its record and at random moments: nothing lost or doubled."""

import random
import threading
from pathlib import Path

import pytest

from tests.exactly_once.cedar_changes import a_busy_day
from tests.exactly_once.commits import Side
from tests.exactly_once.real_program import RealOffice, a_real_office, wait_until
from tests.exactly_once.tally import Tally
from tests.exactly_once.test_crashes import change_for

PARTS = 4


@pytest.mark.parametrize("part", range(PARTS))
def test_killed_at_any_commit(folder: Path, tally: Tally, part: int) -> None:
    """Before one commit, after the next; `test_crashes` takes both sides of each, in the test's own process."""
    number, is_killed = part + 1, True
    while is_killed:
        side = list(Side)[number // PARTS % 2]
        with a_real_office(folder / f"{number}-{side}") as office:
            is_killed = run_killed_at(office, number, side)
            tally.add("processes killed")
            office.kill()
            change_for(number)(office.railroad)
            office.settle()
            office.check()
        number += PARTS
    assert number > 30, "the record has hardly been written to"


def run_killed_at(office: RealOffice, number: int, side: Side) -> bool:
    """Let the program read Cedar and do its updates; tells whether it was killed at the commit, or made fewer."""
    office.start(number, side)
    if not office.is_ready() or not office.has_read_cedar():
        return True
    while (outcome := office.update()) == "done":
        pass
    if outcome != "none":
        wait_until(lambda: not office.is_alive)
    return outcome != "none"


@pytest.mark.parametrize("seed", [20261122, 7, 42])
def test_killed_at_random_moments(folder: Path, tally: Tally, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (which moments they are must repeat)
    print(f"seed {seed}")  # noqa: T201 (visible with -s)
    with a_real_office(folder) as office:
        for number in range(12):
            kill_at_random(office, chance, from_the_command_line=number == 0)
            tally.add("processes killed")
            change_for(chance.randrange(7))(office.railroad)
            if number == 5:
                a_busy_day(office.railroad)
            office.settle()
            office.check()


def kill_at_random(office: RealOffice, chance: random.Random, *, from_the_command_line: bool) -> None:
    """Run updates in a program that is killed some time; it has work, because Cedar has just changed."""
    if from_the_command_line:
        office.kill()
        office.start_from_the_command_line()
    elif not office.is_alive:
        office.start()
    assert office.is_ready()
    killer = threading.Timer(chance.uniform(0, 0.4), office.kill)
    killer.start()
    while killer.is_alive():
        office.update()
    killer.join()
