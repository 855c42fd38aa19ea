"""The dates of invoices are the carrier's, wherever this computer is taken."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from app.practice.cedar import PracticeRailroad
from app.practice.world import PracticeWorld
from app.sync import carrier_zone
from app.system.settings_file import change
from app.system.zone import computers_zone_name
from tests.exactly_once.clock import MORNING, StandingClock
from tests.exactly_once.small_railroad import add_charge, small_company

LATE = datetime(2026, 11, 19, 5, 40, tzinfo=UTC)
"""Twenty to twelve at night in Chicago, and the next day in New York."""

Taking = Callable[[str | None], None]


@pytest.fixture
def taken_to(monkeypatch: pytest.MonkeyPatch) -> Iterator[Taking]:
    def take(zone: str | None) -> None:
        monkeypatch.setattr(carrier_zone, "computers_zone_name", lambda: zone)
        monkeypatch.setenv("TZ", zone or "America/Chicago")
        if hasattr(time, "tzset"):
            time.tzset()

    yield take
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


def office(home: Path) -> PracticeWorld:
    railroad = PracticeRailroad([], today=MORNING.date())
    settings: dict[str, object] = {"cedar.time_zone": ""}
    world = PracticeWorld(home, railroad, company=small_company(), clock=StandingClock(), settings=settings)
    bill(world, 1)
    return world


def bill(world: PracticeWorld, charge_id: int) -> None:
    """Add a charge without a date to the one invoice."""
    add_charge(world.railroad, charge_id, "INV-1", "4410")
    world.railroad.amend(charge_id, invoice_date=None, applied_at=LATE)


def dates(world: PracticeWorld) -> list[date | None]:
    world.pull()
    return [row.date for row in world.installation.service.rows()]


def test_another_zone_of_the_computer_moves_no_date(tmp_path: Path, taken_to: Taking) -> None:
    taken_to("America/Chicago")
    with office(tmp_path) as world:
        assert dates(world) == [date(2026, 11, 18)]
        taken_to("America/New_York")
        bill(world, 2)
        world.restart()
        assert dates(world) == [date(2026, 11, 18)]
        assert [row.amount for row in world.installation.service.rows()] == [Decimal(200)]


def test_a_zone_in_the_settings_counts_from_then_on(tmp_path: Path, taken_to: Taking) -> None:
    taken_to("America/Chicago")
    with office(tmp_path) as world:
        dates(world)
        change(tmp_path, "main", {"cedar.time_zone": "America/New_York"}, None)
        world.restart()
        assert dates(world) == [date(2026, 11, 19)]


def test_a_zone_without_a_name_is_the_computers(tmp_path: Path, taken_to: Taking) -> None:
    taken_to(None)
    with office(tmp_path) as world:
        assert len(dates(world)) == 1


def test_the_computers_zone_has_a_name_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tzlocal.get_localzone_name", lambda: "America/Chicago")
    assert computers_zone_name() == "America/Chicago"
    monkeypatch.setattr("tzlocal.get_localzone_name", lambda: "Nowhere/At all")
    assert computers_zone_name() is None
