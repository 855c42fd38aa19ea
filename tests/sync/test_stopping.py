"""A program that is told to stop does not wait for Cedar, nor for another program that does."""

import time
from pathlib import Path

import pytest
from filelock import FileLock

from app.bootstrap import cedar_side
from app.cedar.faults import Cancelled
from app.practice.world import PracticeWorld
from tests.exactly_once.clock import MORNING
from tests.exactly_once.small_railroad import small_company, small_railroad

QUICK = 2.0


def office(home: Path, *, polls: bool) -> PracticeWorld:
    return PracticeWorld(home, small_railroad(MORNING.date()), company=small_company(), polls=polls)


def test_a_cedar_that_never_answers_does_not_hold_up_the_end(tmp_path: Path) -> None:
    world = office(tmp_path, polls=True)
    world.sandbox.hang_next(100)
    with world:
        deadline = time.monotonic() + 10
        while len(world.sandbox.requests) < 2 and time.monotonic() < deadline:
            time.sleep(0.01)
        before = time.monotonic()
        world.program.stop()
        assert time.monotonic() - before < QUICK
        world.sandbox.heal()
        contact = world.kit.cedar_contact()
        assert contact is not None
        assert (contact.reading_since, contact.problem) == (None, None)
        assert world.pull().read == 10


def test_the_reading_of_another_program_is_not_waited_for_then(tmp_path: Path) -> None:
    with office(tmp_path, polls=False) as world, FileLock(tmp_path / "pull-main.lock"):
        before = time.monotonic()
        with pytest.raises(Cancelled):
            cedar_side.pull(world.kit, lambda: True)
        assert time.monotonic() - before < QUICK
