"""A railroad office in the test's own process: Cedar, books and program, killed and restarted without a new process."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, event

from app.bootstrap import cedar_side
from app.domain.row import RowSummary
from app.practice.cedar import PracticeRailroad
from app.practice.mishaps import Script, as_planned
from app.practice.quickbooks import PracticeCompany, RequestProcessor
from app.practice.web_connector import ConnectorError
from app.practice.world import PracticeWorld
from tests.exactly_once.check import (
    UNDER_WAY,
    assert_books_are_right,
    assert_rows_say_so,
    assert_totals_reconcile,
)
from tests.exactly_once.clock import StandingClock
from tests.exactly_once.commits import Commits, Side
from tests.exactly_once.small_railroad import small_company, small_railroad

_PATIENCE: Final = 12
"""Rounds of back-off after which whatever is still under way counts as stuck."""


class ProgramKilled(Exception):
    """The program is dead: raised wherever it would touch its record, so that nothing it does counts any more."""


class Office:
    """Everything around one connection, with a clock that is moved by hand."""

    def __init__(self, world: PracticeWorld, clock: StandingClock, home: Path) -> None:
        self.world = world
        self.clock = clock
        self._home = home

    @property
    def railroad(self) -> PracticeRailroad:
        """What Cedar holds."""
        return self.world.railroad

    @property
    def company(self) -> PracticeCompany:
        """What the books hold."""
        return self.world.company

    @property
    def rows(self) -> list[RowSummary]:
        """The program's rows."""
        return self.world.installation.service.rows()

    def update(self, script: Script = as_planned) -> None:
        """Run an update that may break off."""
        try:
            self.world.update(script)
        except ConnectorError:
            # The Web Connector shows it to the user; the program hears nothing more.
            return

    def settle(self) -> None:
        """Read Cedar, then let updates run until nothing is under way, however long faults take to heal."""
        self.world.pull()
        for _ in range(_PATIENCE):
            self.world.update_until_quiet()
            if not [row for row in self.rows if row.state in UNDER_WAY]:
                return
            self.clock.advance(minutes=31)
        raise AssertionError(f"stuck: {[(row.id, row.state) for row in self.rows if row.state in UNDER_WAY]}")

    def check(self) -> None:
        """Make sure that every invoice is in the books exactly once, to the cent."""
        assert_books_are_right(self.railroad, self.company)
        assert_rows_say_so(self.rows, self.company)
        assert_totals_reconcile(cedar_side.reconcile(self.world.kit, None, None), self.company)

    def run_killed_at(self, number: int, side: Side) -> bool:
        """Read Cedar and run an update, in a program that is killed at a commit of its record; start it anew.

        Returns:
            False if there were fewer commits, so nothing was killed.
        """
        is_dead = False

        def kill() -> None:
            nonlocal is_dead
            is_dead = True
            raise ProgramKilled

        with Commits(number, side, kill).watched(), nothing_begins_once(lambda: is_dead):
            try:
                self.world.pull()
                self.world.update()
            except (ProgramKilled, ConnectorError):
                assert is_dead
        self.world.restart()
        return is_dead

    def take_over(self, text: str) -> None:
        """Open another company file in QuickBooks: a copy of this one, as text."""
        self.world.company = PracticeCompany.from_json(text)
        self.world.company.clock = self.clock.now
        before = self.world.processor
        self.world.processor = RequestProcessor(self.world.company, before.app_name, before.owner_id)

    def save_record(self) -> Path:
        """Copy the record as a backup program would, while the program runs."""
        copy = self._home.parent / "backup.sqlite"
        copy.unlink(missing_ok=True)
        self.world.installation.record.copy_to(copy)
        return copy

    def stop(self) -> None:
        """End the program, whichever life it is in."""
        self.world.program.endpoint.stop()
        self.world.program.stop()
        self.world.installation.close()

    def restore_record(self, copy: Path) -> None:
        """Put an older record in place of the present one, and start the program."""
        self.stop()
        record = self._home / "record.sqlite"
        for part in ("", "-wal", "-shm"):
            record.with_name(record.name + part).unlink(missing_ok=True)
        shutil.copyfile(copy, record)
        self.world.restart()


@contextmanager
def nothing_begins_once(is_dead: Callable[[], bool]) -> Iterator[None]:
    """Let no thread of a dead program touch the record any more."""

    def begin(_: Connection) -> None:
        if is_dead():
            raise ProgramKilled

    event.listen(Engine, "begin", begin)
    try:
        yield
    finally:
        event.remove(Engine, "begin", begin)


@contextmanager
def an_office(folder: Path, railroad: PracticeRailroad | None = None, **settings: object) -> Iterator[Office]:
    """Open an office whose program has read nothing yet.

    Args:
        folder: Where the home is made.
        railroad: What Cedar holds; the small railroad if not said otherwise.
        **settings: Settings of the destination; voided invoices are deleted in the books if not said otherwise.
    """
    clock = StandingClock()
    railroad = railroad or small_railroad(clock.now().date())
    company = small_company()
    company.clock = clock.now
    home = folder / "home"
    destination = {"on_void": "delete"} | settings
    chosen: dict[str, object] = {f"destination.{name}": value for name, value in destination.items()}
    with PracticeWorld(home, railroad, company=company, settings=chosen, clock=clock) as world:
        yield Office(world, clock, home)
