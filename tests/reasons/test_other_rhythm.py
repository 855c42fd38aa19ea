"""A rhythm that is changed in the settings is the running program's at once."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.sync import scheduler
from app.system.settings_file import change
from tests.reasons.online_office import OnlineOffice, an_online_office

AN_HOUR = timedelta(hours=1)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OnlineOffice]:
    # The office's clock is moved by hand: the threads look at it often.
    monkeypatch.setattr(scheduler, "LONGEST_SLEEP", timedelta(seconds=0.01))
    with an_online_office(tmp_path, push_minutes=1440) as office:
        change(office.home, "main", {"cedar.poll_minutes": 1440}, None)
        office.restart()
        yield office


def asked(office: OnlineOffice) -> tuple[int, int]:
    """Count what Cedar and QuickBooks Online were asked."""
    return len(office.sandbox.requests), len(office.service.requests)


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.005)


def at_rest(office: OnlineOffice) -> tuple[int, int]:
    """Wait until neither is asked any more; give how often they were."""
    before, now = (-1, -1), asked(office)
    while before != now:
        time.sleep(0.1)
        before, now = now, asked(office)
    return now


def test_how_often_cedar_is_read_and_work_is_pushed(office: OnlineOffice) -> None:
    office.program.start()
    until(lambda: office.states() == {"main/INV-1/4410": "synced"})
    at_first = at_rest(office)
    change(office.home, "main", {"cedar.poll_minutes": 30, "destination.push_minutes": 30}, None)
    # As the window does when settings were saved.
    office.program.scheduler.check_now()
    until(lambda: all(now > before for now, before in zip(asked(office), at_first, strict=True)))
    changed = at_rest(office)
    office.wait(AN_HOUR)
    until(lambda: all(now > before for now, before in zip(asked(office), changed, strict=True)))
