"""The thread runs for real; time is a clock that moves a minute whenever it is looked at."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest

from app.cedar.faults import Cancelled
from app.domain.facts import CedarContact, Problem
from app.domain.faults import CedarRefused, CedarUnavailable
from app.domain.reasons import Reason, ReasonCode
from app.sync import scheduler as scheduler_module
from app.sync.scheduler import Rhythm, Scheduler
from tests.builders import NOW
from tests.fakes import FakeClock

MINUTE = timedelta(minutes=1)
PATIENCE = 20.0
REFUSED = CedarRefused("Cedar does not know the key.", ReasonCode.CEDAR_KEY_REFUSED)
REFUSED_CONTACT = CedarContact(None, NOW, Problem(Reason(ReasonCode.CEDAR_KEY_REFUSED), NOW))


class HurryingClock:
    """Moves on by itself, so that no test has to wait."""

    def __init__(self, step: timedelta = MINUTE) -> None:
        self._now = NOW
        self._step = step

    def now(self) -> datetime:
        self._now += self._step
        return self._now


class Reading:
    """Counts how often Cedar was read, and fails as often as it is told to."""

    def __init__(self, *faults: BaseException) -> None:
        self._faults = list(faults)
        self.count = 0
        self.contact: CedarContact | None = None
        self.contacts_asked = 0
        self._happened = threading.Condition()

    def pull(self) -> None:
        with self._happened:
            self.count += 1
            self._happened.notify_all()
            if self._faults:
                raise self._faults.pop(0)

    def last_contact(self) -> CedarContact | None:
        with self._happened:
            self.contacts_asked += 1
            self._happened.notify_all()
            return self.contact

    def wait_for(self, claim: Callable[[], bool]) -> bool:
        with self._happened:
            return self._happened.wait_for(claim, PATIENCE)

    def rhythm(self, every: timedelta = MINUTE) -> Rhythm:
        return Rhythm(self.pull, self.last_contact, lambda: every)


@contextmanager
def running(scheduler: Scheduler) -> Iterator[Scheduler]:
    scheduler.start()
    try:
        yield scheduler
    finally:
        scheduler.stop()


def threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name == "sync"]


def test_the_first_reading_is_at_once() -> None:
    reading = Reading()
    with running(Scheduler({"main": reading.rhythm()}, FakeClock())):
        assert reading.wait_for(lambda: reading.count == 1)


def test_readings_follow_each_other_in_their_rhythm() -> None:
    reading = Reading()
    with running(Scheduler({"main": reading.rhythm()}, HurryingClock())):
        assert reading.wait_for(lambda: reading.count >= 5)


def test_nothing_is_read_before_its_time() -> None:
    reading, other = Reading(), Reading()
    rhythms = {"main": reading.rhythm(timedelta(days=9)), "branch": other.rhythm()}
    with running(Scheduler(rhythms, HurryingClock())):
        other.wait_for(lambda: other.count >= 20)
    assert reading.count == 1


def test_stopping_takes_no_time_though_the_next_reading_is_far() -> None:
    scheduler = Scheduler({"main": Reading().rhythm(timedelta(days=1))}, FakeClock())
    scheduler.start()
    before = time.monotonic()
    scheduler.stop()
    assert (time.monotonic() - before < 5, threads()) == (True, [])


def test_a_reading_in_progress_is_told_to_stop() -> None:
    seen = threading.Event()

    def pull() -> None:
        seen.set()
        while not scheduler.is_stopping:
            threading.Event().wait(0.01)
        raise Cancelled("stopped", ReasonCode.CEDAR_UNREACHABLE)

    scheduler = Scheduler({"main": Rhythm(pull, lambda: None, lambda: MINUTE)}, FakeClock())
    scheduler.start()
    seen.wait(PATIENCE)
    scheduler.stop()
    assert threads() == []


def test_stopping_twice_is_harmless() -> None:
    scheduler = Scheduler({}, FakeClock())
    scheduler.start()
    scheduler.stop()
    scheduler.stop()
    assert threads() == []


def test_starting_twice_runs_one_thread() -> None:
    scheduler = Scheduler({"main": Reading().rhythm()}, FakeClock())
    with running(scheduler):
        scheduler.start()
        assert len(threads()) == 1


def test_a_fault_that_heals_is_read_over() -> None:
    reading = Reading(CedarUnavailable("Offline.", ReasonCode.CEDAR_UNREACHABLE))
    with running(Scheduler({"main": reading.rhythm()}, HurryingClock())):
        assert reading.wait_for(lambda: reading.count >= 3)


def test_a_bug_in_one_connection_does_not_stop_the_others(caplog: pytest.LogCaptureFixture) -> None:
    broken, other = Reading(*(RuntimeError() for _ in range(99))), Reading()
    with running(Scheduler({"main": broken.rhythm(), "branch": other.rhythm()}, HurryingClock())):
        assert other.wait_for(lambda: other.count >= 3)


def test_a_refused_key_is_not_tried_again() -> None:
    reading = Reading(REFUSED)
    reading.contact = REFUSED_CONTACT
    with running(Scheduler({"main": reading.rhythm()}, HurryingClock())):
        reading.wait_for(lambda: reading.contacts_asked >= 5)
    assert reading.count == 1


def test_a_key_that_works_again_is_used_again() -> None:
    reading = Reading(REFUSED)
    reading.contact = REFUSED_CONTACT
    with running(Scheduler({"main": reading.rhythm()}, HurryingClock())):
        reading.wait_for(lambda: reading.contacts_asked >= 2)
        reading.contact = CedarContact(NOW, NOW, None)
        assert reading.wait_for(lambda: reading.count >= 2)


def test_a_person_can_have_a_refused_key_tried() -> None:
    reading = Reading(REFUSED)
    reading.contact = REFUSED_CONTACT
    with running(Scheduler({"main": reading.rhythm()}, HurryingClock())) as scheduler:
        reading.wait_for(lambda: reading.contacts_asked >= 1)
        scheduler.check_now()
        assert reading.wait_for(lambda: reading.count >= 2)


def test_a_new_key_is_tried_though_the_old_one_is_refused_after_it_was_entered() -> None:
    reading = Reading()
    reading.contact = REFUSED_CONTACT
    entered = threading.Event()

    def pull() -> None:
        reading.pull()
        if reading.count == 1:
            entered.wait(PATIENCE)
            raise REFUSED

    rhythm = Rhythm(pull, reading.last_contact, lambda: MINUTE)
    with running(Scheduler({"main": rhythm}, HurryingClock())) as scheduler:
        reading.wait_for(lambda: reading.count == 1)
        scheduler.check_now()
        entered.set()
        reading.wait_for(lambda: reading.count >= 2 or reading.contacts_asked >= 3)
    assert reading.count >= 2


def test_a_person_can_have_cedar_read_now() -> None:
    reading = Reading()
    scheduler = Scheduler({"main": reading.rhythm(timedelta(days=1))}, FakeClock())
    with running(scheduler):
        reading.wait_for(lambda: reading.count == 1)
        scheduler.check_now()
        assert reading.wait_for(lambda: reading.count == 2)


def test_a_clock_that_is_set_back_does_not_stop_the_readings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler_module, "LONGEST_SLEEP", timedelta(milliseconds=1))
    reading = Reading()
    with running(Scheduler({"main": reading.rhythm()}, HurryingClock(step=timedelta(days=-1)))):
        assert reading.wait_for(lambda: reading.count >= 3)


def test_looking_again_reads_at_once() -> None:
    reading = Reading()
    with running(Scheduler({"main": reading.rhythm(timedelta(days=1))}, FakeClock())) as scheduler:
        assert reading.wait_for(lambda: reading.count == 1)
        scheduler.look_again()
        assert reading.wait_for(lambda: reading.count == 2)


def test_looking_again_does_not_knock_with_a_key_that_was_refused() -> None:
    reading, other = Reading(REFUSED), Reading()
    reading.contact = REFUSED_CONTACT
    rhythms = {"main": reading.rhythm(timedelta(days=1)), "branch": other.rhythm(timedelta(days=1))}
    with running(Scheduler(rhythms, FakeClock())) as scheduler:
        assert other.wait_for(lambda: other.count == 1)
        scheduler.look_again()
        assert other.wait_for(lambda: other.count == 2)
    assert reading.count == 1
