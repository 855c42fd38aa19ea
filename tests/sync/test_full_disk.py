"""A full disk: people read one sentence wherever they look, and everything goes on by itself once there is room."""

import contextlib
import resource
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from app.bootstrap import books_side
from app.bootstrap.installation import Installation
from app.domain.facts import BooksProblem
from app.domain.faults import HomeUnusable, NoRoom
from app.domain.status import Overall
from app.practice.mishaps import CallAhead, Fate
from app.practice.online_world import OnlineWorld
from app.practice.world import PracticeWorld
from app.store import facts, room
from app.store.database import Record, translated
from app.sync.pushing import Pusher
from app.sync.service import Snapshot
from app.ui.notifications import troubles_of
from app.ui.standstill import standstill_of
from app.ui.window import banner_words
from app.ui.window.banner_words import BannerAction
from tests.exactly_once.check import assert_books_are_right, assert_rows_say_so
from tests.exactly_once.clock import MORNING
from tests.exactly_once.online_office import small_online_company
from tests.exactly_once.small_railroad import add_charge, small_company, small_railroad

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
ENDLESS = 4_294_967_294
WHEN_IT_FILLS_UP = (
    ("authenticate", 1),
    ("sendRequestXML", 3),
    ("receiveResponseXML", 2),
    ("receiveResponseXML", 3),
)


class SmallDisk:
    """The record's disk. While it is full SQLite itself says so, though small notes still fit into its pages."""

    def __init__(self, record: Record) -> None:
        self.is_full = False
        event.listen(vars(record)["_engine"], "begin", self._begin, insert=True)

    def _begin(self, connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        driver.execute(f"PRAGMA max_page_count = {1 if self.is_full else ENDLESS}")


@contextlib.contextmanager
def files_end_at(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond a size: the system then refuses as with a quota."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PracticeWorld]:
    with PracticeWorld(tmp_path, small_railroad(MORNING.date()), company=small_company()) as world:
        yield world


def sentence(world: PracticeWorld | OnlineWorld) -> str:
    home = world.installation.home.path
    return (
        f"The disk with {home} is full. Free some space on that disk. Nothing is lost, and Cedar Sync goes on by "
        "itself once there is room."
    )


def said_by(snapshot: Snapshot) -> str:
    shown = banner_words.words(snapshot, NOW)
    assert (shown.state, shown.action) == (Overall.STOPPED, BannerAction.CHECK)
    assert shown.line == snapshot.overall.line
    assert [each.title for each in troubles_of(snapshot, (), NOW)] == [shown.line]
    return f"{shown.line}. {shown.below}"


def test_a_reading_that_finds_no_room_is_told_and_done_again(world: PracticeWorld) -> None:
    told: list[object] = []
    world.installation.events.subscribe(told.append)
    disk = SmallDisk(world.installation.record)
    disk.is_full = True
    for _ in range(2):
        with pytest.raises(NoRoom) as caught:
            world.pull()
        assert str(caught.value) == sentence(world)
        # Small notes could be written since: they prove nothing.
        assert said_by(world.installation.service.snapshot()) == sentence(world)
    assert told
    disk.is_full = False
    world.pull()
    assert world.installation.service.snapshot().lack is None
    world.update_until_quiet()
    assert_books_are_right(world.railroad, world.company)
    assert_rows_say_so(world.installation.service.rows(), world.company)


def test_sessions_that_find_no_room_tell_it_and_are_gone_on_with(world: PracticeWorld) -> None:
    disk = SmallDisk(world.installation.record)
    shown: set[tuple[str, str]] = set()
    for number, (operation, occurrence) in enumerate(WHEN_IT_FILLS_UP):

        def fills_up(ahead: CallAhead, operation: str = operation, occurrence: int = occurrence) -> Fate:
            disk.is_full |= (ahead.operation, ahead.occurrence) == (operation, occurrence)
            return Fate.GOES_WELL

        for charge_id in range(50):
            add_charge(world.railroad, 1000 * number + 2000 + charge_id, f"INV-2{number:03}", "4410")
        world.pull()
        report = world.update(fills_up)
        snapshot = world.installation.service.snapshot()
        if snapshot.lack is not None:
            assert said_by(snapshot) == sentence(world)
            assert report.closing_text == sentence(world)
            shown.add((operation, report.last_error))
        disk.is_full = False
        world.update_until_quiet()
        assert world.installation.service.snapshot().lack is None
    assert {text for _, text in shown} == {sentence(world)}
    assert {operation for operation, _ in shown} >= {"sendRequestXML", "receiveResponseXML"}
    assert_books_are_right(world.railroad, world.company)
    assert_rows_say_so(world.installation.service.rows(), world.company)


def test_a_push_that_finds_no_room_is_no_bug_and_goes_on(tmp_path: Path) -> None:
    company = small_online_company(lambda: MORNING)
    with OnlineWorld(tmp_path, small_railroad(MORNING.date()), company=company) as world:
        world.pull()
        pusher: Pusher = books_side.pusher(world.kit)
        disk = SmallDisk(world.installation.record)
        disk.is_full = True
        with pytest.raises(NoRoom):
            pusher.push()
        assert said_by(world.installation.service.snapshot()) == sentence(world)
        with world.installation.record.read() as tx:
            assert facts.get(tx, "main", BooksProblem) is None
        disk.is_full = False
        assert not pusher.push().error
        assert world.installation.service.snapshot().lack is None
        assert len(world.documents()) == 6


def test_a_quota_is_told_as_a_full_disk_wherever_somebody_looks(world: PracticeWorld) -> None:
    service = world.installation.service
    world.pull()
    with files_end_at(4096):
        # A sign-in that cannot be noted is told at the end of the update.
        report = world.update()
        assert (report.outcome, report.closing_text) == ("busy", sentence(world))
        with pytest.raises(NoRoom) as caught:
            world.pull()
        assert str(caught.value) == sentence(world)
        # A program that does no work itself tries whether there is room.
        with Installation(world.installation.home.path) as another:
            assert another.service.snapshot().lack is None
            assert said_by(another.service.snapshot(tries_room=True)) == sentence(world)
    world.update_until_quiet()
    world.pull()
    assert service.snapshot(tries_room=True).lack is None


@pytest.mark.parametrize("said", ["disk I/O error", "unable to open database file"])
def test_what_sqlite_says_of_a_quota_or_a_missing_file_is_looked_into(tmp_path: Path, said: str) -> None:
    with files_end_at(4096), pytest.raises(NoRoom, match="is full"), translated(tmp_path / "record.sqlite"):
        raise sqlite3.OperationalError(said)
    with pytest.raises(HomeUnusable, match="cannot be"), translated(tmp_path / "record.sqlite"):
        raise sqlite3.OperationalError(said)


def test_a_folder_that_may_not_be_written_is_not_called_full(tmp_path: Path) -> None:
    assert room.has_room(tmp_path / "missing")


def test_what_nobody_tried_again_for_an_hour_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    known = room.Room()
    with contextlib.suppress(NoRoom), known.needed_for("reading"):
        raise room.disk_full(Path("/books"))
    with known.needed_for("another"):
        pass
    assert known.lack() is not None
    later = time.monotonic() + timedelta(hours=2).total_seconds()
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert known.lack() is None


def test_a_program_that_finds_a_full_disk_at_its_start_says_so_and_waits() -> None:
    fault = room.disk_full(Path("/books"))
    found = standstill_of(fault)
    assert found is not None
    assert (found.line, found.why, found.heals) == ("The disk with /books is full", fault.fix, True)
    assert banner_words.unreachable(fault).line == found.line
