from __future__ import annotations

import shutil
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.store import copies, rescue
from app.store.database import Record

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
Usage = namedtuple("Usage", "total used free")


def spoil(file: Path) -> None:
    file.write_bytes(b"half a cat" * 1000)


def test_a_week_of_copies_is_kept_and_one_is_made_a_day(record: Record, record_file: Path) -> None:
    for day in range(10):
        now = NOON + timedelta(days=day)
        assert copies.is_due(record_file, now)
        copies.make_daily(record, record_file, now)
        assert not copies.is_due(record_file, now + timedelta(hours=11))
    kept = copies.copies(record_file, NOON + timedelta(days=10))
    assert [copy.made_at for copy in kept] == [NOON + timedelta(days=day) for day in range(9, 2, -1)]
    assert len(list((record_file.parent / "backups").iterdir())) == 7


def test_a_clock_that_jumped_ahead_costs_no_more_than_one_copy(record: Record, record_file: Path) -> None:
    for day in (0, 1, 2, 3, 4, 5, 6, 20_000, 7):
        copies.make_daily(record, record_file, NOON + timedelta(days=day))
    found = copies.copies(record_file, NOON + timedelta(days=7))
    assert found[0].made_at == NOON + timedelta(days=7)
    assert len(found) == copies.KEPT


def test_a_copy_never_fills_the_disk(record: Record, record_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9, copies.LEAST_LEFT))
    assert copies.make_daily(record, record_file, NOON) is None
    assert not list((record_file.parent / "backups").iterdir())


def test_a_sound_record_and_none_at_all_are_left_alone(record_file: Path, tmp_path: Path) -> None:
    assert rescue.damage(record_file) is None
    assert rescue.damage(tmp_path / "none.sqlite") is None


def test_the_damaged_file_is_kept_with_its_log(record_file: Path) -> None:
    spoil(record_file)
    wal = record_file.with_name(record_file.name + "-wal")
    wal.write_bytes(b"log")
    rescued = rescue.rescue(record_file, "no good", NOON)
    aside = record_file.parent / rescued.kept_as
    assert (aside.name, aside.read_bytes()[:10]) == ("record-20261120-120000.sqlite", b"half a cat")
    assert aside.with_name(aside.name + "-wal").read_bytes() == b"log"
    assert not record_file.exists()
    assert not wal.exists()


@pytest.mark.parametrize("step", ["_set_aside", "_restore"])
def test_a_rescue_that_broke_off_goes_on(
    record: Record, record_file: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    copies.make_daily(record, record_file, NOON)
    record.close()
    spoil(record_file)

    def full(*_: object) -> bool:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(rescue, step, full)
        with pytest.raises(OSError, match="No space"):
            rescue.rescue(record_file, "no good", NOON)
    complaint = rescue.damage(record_file)
    assert complaint == "no good"
    rescued = rescue.rescue(record_file, complaint, NOON + timedelta(hours=1))
    assert (rescued.at, rescued.copied_at) == (NOON, NOON)
    assert rescue.rescue(record_file, complaint, NOON + timedelta(hours=2)) == rescued, "done once"
    rescue.finish(record_file)
    assert rescue.damage(record_file) is None
    assert len(list((record_file.parent / "damaged").glob("*.sqlite"))) == 1


def test_a_suspicion_that_was_wrong_is_dropped(record: Record, record_file: Path) -> None:
    rescue.suspect(record_file)
    assert rescue.damage(record_file) is None
    assert not (record_file.parent / "record.damaged").exists()
