"""A program that is told to stop does not wait for Cedar or Intuit, nor for another program that does."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from app.bootstrap import cedar_side
from app.bootstrap.books_side import pusher
from app.cedar.faults import Cancelled
from app.practice.online_world import OnlineWorld
from app.practice.quickbooks_online.exchange import TOKEN, Ask, writes
from app.practice.world import PracticeWorld
from tests.exactly_once.clock import MORNING
from tests.exactly_once.online_office import small_online_company
from tests.exactly_once.small_railroad import small_company, small_railroad

QUICK = 2.0
QUICK_PUSH = 1.0
HANGS = 20.0
"""Seconds after which Intuit answers here of itself."""


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


@contextlib.contextmanager
def stopped_while(world: OnlineWorld, where: Callable[[Ask], bool]) -> Iterator[None]:
    """Stop the program while Intuit, having done what it was asked, does not answer; it does at the end."""
    asked, answers = threading.Event(), threading.Event()

    def hang() -> None:
        asked.set()
        answers.wait(HANGS)

    world.service.mishaps.after(hang, where=where)
    world.program.pushing.start()
    try:
        assert asked.wait(HANGS)
        before = time.monotonic()
        world.program.pushing.stop()
        assert time.monotonic() - before < QUICK_PUSH
        yield
    finally:
        answers.set()


def paths(world: OnlineWorld) -> list[str]:
    """List what Intuit was asked."""
    return [each.path for each in vars(world.service)["_service"].log]


def online_office(home: Path) -> OnlineWorld:
    return OnlineWorld(home, small_railroad(MORNING.date()), company=small_online_company(lambda: MORNING))


def test_an_intuit_that_does_not_answer_a_write_does_not_hold_up_the_end(tmp_path: Path) -> None:
    with online_office(tmp_path) as world:
        world.pull()
        with stopped_while(world, writes):
            assert world.installation.service.snapshot().connections[0].books_problem is None
        # What was sent is in the books, and nobody heard of it: the next program settles that first.
        world.restart()
        assert not world.push_until_quiet().error
        assert len(world.documents()) == len({(each.memo, each.customer) for each in world.documents()}) == 6


def test_tokens_that_are_on_their_way_at_the_end_are_kept_and_nothing_is_sent_with_them(tmp_path: Path) -> None:
    with online_office(tmp_path) as world:
        world.service.grants.rotates_always = True
        world.pull()
        with stopped_while(world, lambda ask: ask.path == TOKEN):
            world.installation.close()
            left = [each for each in threading.enumerate() if each.name in {"tokens", "books-call"}]
            # The process itself waits for the tokens, and not for what they were wanted for.
            assert {each.name: each.daemon for each in left} == {"tokens": False, "books-call": True}
        for each in left:
            each.join(HANGS)
        assert paths(world) == [TOKEN]
        # The token before is not taken any more.
        vars(world.service.grants)["_grants"][0].previous = None
        world.restart()
        assert not world.push_until_quiet().error
        assert paths(world).count(TOKEN) == 1
        assert len(world.documents()) == 6


def test_the_push_of_another_program_is_not_waited_for_then(tmp_path: Path) -> None:
    with online_office(tmp_path) as world, FileLock(tmp_path / "push-main.lock"):
        before = time.monotonic()
        pusher(world.kit).push(lambda: True)
        assert time.monotonic() - before < QUICK_PUSH
