"""Somebody sets up and waits for the company file to answer: QuickBooks is opened once, and nothing is written."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.facts import BooksProblem, IntroductionWanted, Paused, Problem
from app.domain.reasons import Reason, ReasonCode
from tests.builders import NOW, a_charge
from tests.sync.bench import Bench
from tests.sync.test_desk import a_desk


def test_a_wanted_introduction_is_work(bench: Bench) -> None:
    bench.ledger.learn(IntroductionWanted())
    assert a_desk(bench).has_work()


def test_a_wanted_introduction_is_work_for_a_paused_connection_too(bench: Bench) -> None:
    bench.ledger.learn(Paused(None))
    bench.ledger.learn(IntroductionWanted())
    assert a_desk(bench).has_work()


def test_without_it_a_pause_holds(bench: Bench) -> None:
    bench.list_again(a_charge())
    bench.ledger.learn(Paused(None))
    bench.ledger.learn(IntroductionWanted())
    bench.ledger.forget(IntroductionWanted)
    assert not a_desk(bench).has_work()


@pytest.mark.parametrize(("minutes", "is_work"), [(29, False), (30, True)])
def test_a_problem_that_needs_a_person_is_not_probed_more_often_for_it(
    bench: Bench,
    minutes: int,
    is_work: bool,  # noqa: FBT001
) -> None:
    problem = Problem(Reason(ReasonCode.PERMISSION_DENIED), NOW, bench.clock.now() + timedelta(minutes=30))
    bench.ledger.learn(BooksProblem(problem))
    bench.ledger.learn(IntroductionWanted())
    bench.clock.move(minutes=minutes)
    assert a_desk(bench).has_work() is is_work
