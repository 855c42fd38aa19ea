"""A damaged record: set aside, a good copy put in its place, and what that does not know found again in the books."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.facts import Identity
from app.store import facts
from tests.exactly_once.cedar_changes import a_busy_day
from tests.exactly_once.office import Office, an_office


def overwritten(file: Path) -> None:
    size = file.stat().st_size
    with file.open("r+b") as out:
        out.seek(size // 3 // 4096 * 4096)
        out.write(b"\xa5" * (size // 3 // 4096 * 4096))


def truncated(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def without_header(file: Path) -> None:
    with file.open("r+b") as out:
        out.write(bytes(4096))


def emptied(file: Path) -> None:
    os.truncate(file, 0)


def damage_and_restart(office: Office, damage: Callable[[Path], None]) -> Path:
    """Spoil the file of a program that has ended, and start it anew."""
    record = office.world.installation.home.record
    office.stop()
    with sqlite3.connect(record) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    for part in ("-wal", "-shm"):
        record.with_name(record.name + part).unlink(missing_ok=True)
    damage(record)
    office.world.restart()
    return record


def identity(office: Office) -> Identity | None:
    with office.world.installation.record.read() as tx:
        return facts.get(tx, "main", Identity)


@pytest.mark.parametrize("damage", [overwritten, emptied])
def test_a_copy_takes_the_place_and_what_came_later_is_found_in_the_books(
    folder: Path, damage: Callable[[Path], None]
) -> None:
    with an_office(folder) as office:
        office.settle()
        office.world.installation.home_record.copy_daily()
        office.clock.advance(minutes=5)
        a_busy_day(office.railroad)
        office.settle()
        before = office.company.orders()
        record = damage_and_restart(office, damage)
        rescued = office.world.installation.service.snapshot().rescued
        assert rescued is not None
        assert rescued.copy is not None
        assert (record.parent / rescued.kept_as).exists()
        office.settle()
        office.check()
        assert office.company.orders() == before, "nothing in the books was touched"


@pytest.mark.parametrize("damage", [truncated, without_header])
def test_without_a_copy_it_begins_anew_and_finds_everything_in_the_books(
    folder: Path, damage: Callable[[Path], None]
) -> None:
    with an_office(folder) as office:
        office.settle()
        before, pair = office.company.orders(), identity(office)
        damage_and_restart(office, damage)
        rescued = office.world.installation.service.snapshot().rescued
        assert rescued is not None
        assert rescued.copy is None
        assert identity(office) == pair, "the company file knows us by it"
        office.settle()
        office.check()
        assert office.company.orders() == before


def test_a_damaged_copy_is_passed_over_for_an_older_good_one(folder: Path) -> None:
    with an_office(folder) as office:
        office.settle()
        for _ in range(2):
            office.world.installation.home_record.copy_daily()
            office.clock.advance(days=1)
        backups = sorted((office.world.installation.home.path / "backups").iterdir())
        overwritten(backups[-1])
        damage_and_restart(office, truncated)
        rescued = office.world.installation.service.snapshot().rescued
        assert rescued is not None
        assert rescued.copy == backups[0].name
        office.settle()
        office.check()


def test_damage_met_by_a_query_is_looked_for_thoroughly_at_the_next_start(folder: Path) -> None:
    with an_office(folder) as office:
        office.world.pull()
        told: list[bool] = []
        installation = office.world.installation
        installation.home_record.on_damage = lambda: told.append(True)
        spoil_an_index(installation.home.record)
        installation.record.on_damage()
        assert told == [True]
        office.stop()
        office.world.restart()
        assert office.world.installation.service.snapshot().rescued is not None


def spoil_an_index(record: Path) -> None:
    """Let an index lack what its table holds: a quick look does not see that."""
    with sqlite3.connect(record) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        name = "ix_order_rows_connection_txn_id_document_kind"
        sql = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0]
        # A partial index without rows, then described as a whole one.
        connection.execute(f"DROP INDEX {name}")
        connection.execute(f"{sql} WHERE 0")
        connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (sql, name))
    connection.close()
