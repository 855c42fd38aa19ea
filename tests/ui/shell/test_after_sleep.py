"""After sleep both sides are looked at again, and the Web Connector gets a moment before it counts as silent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.bootstrap import cedar_side
from app.bootstrap.connection_kit import kit_of
from app.bootstrap.installation import Installation
from app.bootstrap.running_program import RunningProgram
from app.cedar import client as client_module
from app.cedar.client import CedarClient
from app.domain.facts import BooksContact, BooksProblem, CedarContact, Problem
from app.domain.reasons import Reason, ReasonCode
from app.domain.row import Actor
from app.domain.states import State
from app.domain.status import Overall
from app.domain.values import replace
from app.store import facts, rows
from app.ui.setup.keeping import begin, keep_cedar
from tests.builders import NOW, a_row
from tests.fakes import FakeClock
from tests.ui.setup.office import GOOD, SetupOffice


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SetupOffice]:
    made = SetupOffice(tmp_path)
    made.point_at_sandbox()
    keep_cedar(made.place, GOOD)
    begin(made.place)
    yield made
    made.stop()


@pytest.fixture
def installation(office: SetupOffice) -> Iterator[Installation]:
    """Open a home where an invoice waits, and the Web Connector called in the evening."""
    with Installation(office.home, credentials=office.credentials, clock=FakeClock()) as opened:
        with opened.record.write() as tx:
            rows.save(tx, None, a_row(state=State.QUEUED), Actor.PROGRAM)
            facts.put(tx, "main", BooksContact(NOW))
            facts.put(tx, "main", CedarContact(NOW, NOW))
        yield opened


def line(installation: Installation) -> tuple[Overall, str]:
    found = installation.service.snapshot().overall
    return found.state, found.line.partition(" since")[0]


def moved(installation: Installation, **by: float) -> None:
    clock = installation.clock
    assert isinstance(clock, FakeClock)
    clock.move(**by)
    with installation.record.write() as tx:
        # Cedar was read meanwhile; this is about the other side.
        facts.put(tx, "main", CedarContact(clock.now(), clock.now()))


def test_the_web_connector_gets_a_moment_after_sleep_and_no_more(installation: Installation) -> None:
    program = RunningProgram(installation)
    silent, ready = "QuickBooks has not asked for work", "1 ready for QuickBooks"
    assert line(installation) == (Overall.WAITING, ready)
    moved(installation, hours=13)
    assert line(installation) == (Overall.WAITING, silent)
    program.resumed()
    assert line(installation) == (Overall.WAITING, ready)
    moved(installation, minutes=2)
    assert line(installation) == (Overall.WAITING, ready)
    moved(installation, seconds=1)
    assert line(installation) == (Overall.WAITING, silent)


def test_what_kept_quickbooks_from_answering_before_the_sleep_is_tried_at_once(installation: Installation) -> None:
    later = NOW + timedelta(days=1)
    problem = Problem(Reason(ReasonCode.QUICKBOOKS_UNREACHABLE, {"sentence": "It did not answer."}), NOW, later)
    with installation.record.write() as tx:
        facts.put(tx, "main", BooksProblem(problem))
    program = RunningProgram(installation)
    with installation.record.write() as tx:
        facts.put(tx, "main", BooksProblem(problem))
    program.resumed()
    with installation.record.read() as tx:
        assert facts.get(tx, "main", BooksProblem) == BooksProblem(replace(problem, next_attempt_at=None))


def test_whoever_shows_how_things_stand_hears_of_it(installation: Installation) -> None:
    heard: list[object] = []
    installation.events.subscribe(heard.append)
    RunningProgram(installation).resumed()
    assert heard


def test_no_connection_to_cedar_outlives_its_reading(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[CedarClient] = []
    closed: list[CedarClient] = []

    class Watched(CedarClient):
        def __enter__(self) -> Watched:
            opened.append(self)
            return self

        def close(self) -> None:
            closed.append(self)
            super().close()

    monkeypatch.setattr(client_module, "CedarClient", Watched)
    for _ in range(2):
        cedar_side.pull(kit_of(installation, "main"))
    assert len(opened) == 2
    assert opened == closed
