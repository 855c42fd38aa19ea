from __future__ import annotations

import contextlib
import os
import re
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from app.domain.faults import HomeUnusable
from app.domain.row import Actor
from app.store import migrations, rows
from app.store.database import Record, translated
from tests.builders import a_row


def fill(file: Path, number: int = 20) -> None:
    """Write rows, and give the file back with nothing left in its write-ahead log."""
    record = Record.open(file)
    with record.write() as tx:
        for each in range(number):
            rows.save(tx, None, a_row(f"INV-{each}"), Actor.CEDAR)
    record.close()


def row_count(file: Path) -> int:
    with contextlib.closing(sqlite3.connect(file)) as connection:
        found: int = connection.execute("SELECT count(*) FROM order_rows").fetchone()[0]
    return found


def set_revision(file: Path, revision: str) -> None:
    with contextlib.closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        connection.commit()


def test_a_new_record_is_made_where_there_is_none(tmp_path: Path) -> None:
    Record.open(tmp_path / "record.sqlite").close()
    assert row_count(tmp_path / "record.sqlite") == 0


def test_a_record_is_there_when_it_is_opened_again(record_file: Path) -> None:
    fill(record_file)
    Record.open(record_file).close()
    assert row_count(record_file) == 20


def test_an_empty_file_becomes_a_record(tmp_path: Path) -> None:
    file = tmp_path / "record.sqlite"
    file.touch()
    Record.open(file).close()
    assert row_count(file) == 0


def test_opening_a_record_of_this_version_makes_no_copy(record_file: Path) -> None:
    Record.open(record_file).close()
    assert not (record_file.parent / "backups").exists()


def test_a_record_of_a_newer_version_is_refused(record_file: Path) -> None:
    set_revision(record_file, "9999")
    with pytest.raises(HomeUnusable, match="written by a newer version of Cedar Sync; install that version"):
        Record.open(record_file)


def test_a_record_of_a_newer_version_is_left_as_it_is(record_file: Path) -> None:
    fill(record_file)
    set_revision(record_file, "9999")
    before = record_file.read_bytes()
    with contextlib.suppress(HomeUnusable):
        Record.open(record_file)
    assert record_file.read_bytes() == before


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    file = tmp_path / "missing" / "record.sqlite"
    with pytest.raises(HomeUnusable, match=re.escape(f"The record {file} cannot be written")):
        Record.open(file)


def test_a_folder_in_the_records_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HomeUnusable, match="cannot be written"):
        Record.open(tmp_path)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder nobody can write in, such as /proc")
def test_a_folder_nobody_can_write_in_is_refused() -> None:
    with pytest.raises(HomeUnusable, match="cannot be written"):
        Record.open(Path("/proc/self/record.sqlite"))


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="rights do not bind the administrator")
def test_a_record_that_may_only_be_read_is_refused(record_file: Path) -> None:
    record_file.unlink()
    record_file.parent.chmod(0o500)
    try:
        with pytest.raises(HomeUnusable, match="cannot be written"):
            Record.open(record_file)
    finally:
        record_file.parent.chmod(0o700)


def test_a_file_that_is_no_record_is_called_damaged(tmp_path: Path) -> None:
    file = tmp_path / "record.sqlite"
    file.write_bytes(b"This was never a record. " * 400)
    with pytest.raises(HomeUnusable, match="is damaged; end Cedar Sync"):
        Record.open(file)


def test_a_file_that_is_no_record_is_not_written_to(tmp_path: Path) -> None:
    file = tmp_path / "record.sqlite"
    file.write_bytes(b"This was never a record. " * 400)
    with contextlib.suppress(HomeUnusable):
        Record.open(file)
    assert file.read_bytes() == b"This was never a record. " * 400


@pytest.mark.parametrize("share", [0.9, 0.5, 0.1])
def test_a_half_written_file_is_called_damaged(record_file: Path, share: float) -> None:
    fill(record_file, 200)
    os.truncate(record_file, int(record_file.stat().st_size * share))
    with pytest.raises(HomeUnusable, match="is damaged; end Cedar Sync"):
        Record.open(record_file)


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("attempt to write a readonly database", "right to write"),
        ("unable to open database file", "right to write"),
        ("database or disk is full", "Free some space"),
        ("[Errno 28] No space left on device", "Free some space"),
        ("database disk image is malformed", "is damaged"),
        ("file is not a database", "is damaged"),
        ("database is locked", "in use by another program"),
        ("disk I/O error", "restore a copy"),
    ],
)
def test_what_the_driver_says_becomes_one_sentence_with_advice(said: str, advice: str) -> None:
    with pytest.raises(HomeUnusable, match=advice), translated(Path("record.sqlite")):
        raise sqlite3.OperationalError(said)


def test_a_transaction_that_breaks_off_leaves_nothing(record: Record) -> None:
    def write_and_break_off() -> None:
        with record.write() as tx:
            rows.save(tx, None, a_row(), Actor.CEDAR)
            raise KeyError

    with contextlib.suppress(KeyError):
        write_and_break_off()
    with record.read() as tx:
        assert rows.get(tx, a_row().id) is None


def test_a_reader_sees_one_state_from_beginning_to_end(record: Record) -> None:
    with record.read() as reading:
        before = rows.count_due(reading, "main", a_row().updated_at)
        with record.write() as tx:
            rows.save(tx, None, a_row(), Actor.CEDAR)
        assert rows.count_due(reading, "main", a_row().updated_at) == before


@pytest.mark.sqlite_alone
def test_a_commit_survives_a_power_failure(record: Record) -> None:
    with record.read() as tx:
        assert (
            tx.execute(text("PRAGMA synchronous")).scalar(),
            tx.execute(text("PRAGMA journal_mode")).scalar(),
        ) == (2, "wal")


def test_a_copy_taken_while_in_use_holds_everything(record: Record, tmp_path: Path) -> None:
    with record.write() as tx:
        rows.save(tx, None, a_row(), Actor.CEDAR)
    record.copy_to(tmp_path / "copy.sqlite")
    assert row_count(tmp_path / "copy.sqlite") == 1


# Migrations


@pytest.fixture
def old_file(record_file: Path) -> Path:
    """Fill a record as the version before the next one left it."""
    fill(record_file)
    return record_file


@pytest.fixture
def next_script(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, old_file: Path) -> Path:
    """Let this version of the program be one that has a migration more, and give its script."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    source = Path(migrations.__file__).parent
    for name in ["env.py", *(f"versions/{file.name}" for file in (source / "versions").glob("0*.py"))]:
        (folder / name).write_text((source / name).read_text(encoding="utf-8"), encoding="utf-8")
    script = folder / "versions" / "9000_next.py"
    script.write_text(
        '"""Next."""\n'
        "from alembic import op\n"
        "import sqlalchemy as sa\n"
        f'revision = "9000"\ndown_revision = "{migrations.HEAD}"\nbranch_labels = None\ndepends_on = None\n'
        "def upgrade() -> None:\n"
        '    op.add_column("order_rows", sa.Column("added", sa.Text(), nullable=True))\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(migrations, "HEAD", "9000")
    monkeypatch.setattr(migrations, "_FOLDER", folder)
    return script


def columns(file: Path) -> list[str]:
    with contextlib.closing(sqlite3.connect(file)) as connection:
        return [row[1] for row in connection.execute("PRAGMA table_info(order_rows)")]


def the_copy(file: Path) -> Path:
    (copy,) = (file.parent / "backups").iterdir()
    return copy


def test_an_older_record_is_migrated_when_it_is_opened(old_file: Path, next_script: Path) -> None:
    Record.open(old_file).close()
    assert "added" in columns(old_file)


def test_a_migrated_record_keeps_all_rows(old_file: Path, next_script: Path) -> None:
    Record.open(old_file).close()
    assert row_count(old_file) == 20


def test_a_migration_is_done_once(old_file: Path, next_script: Path) -> None:
    Record.open(old_file).close()
    Record.open(old_file).close()
    assert len(list((old_file.parent / "backups").iterdir())) == 1


def test_the_copy_before_a_migration_holds_all_rows(old_file: Path, next_script: Path) -> None:
    Record.open(old_file).close()
    assert row_count(the_copy(old_file)) == 20


def test_the_copy_before_a_migration_is_of_the_old_version(old_file: Path, next_script: Path) -> None:
    Record.open(old_file).close()
    assert "added" not in columns(the_copy(old_file))


def test_a_migration_that_fails_leaves_the_record_as_it_was(old_file: Path, next_script: Path) -> None:
    next_script.write_text(next_script.read_text(encoding="utf-8") + '    op.drop_table("nowhere")\n', encoding="utf-8")
    with pytest.raises(HomeUnusable):
        Record.open(old_file)
    assert "added" not in columns(old_file)


def test_without_room_for_the_copy_nothing_is_migrated(old_file: Path, next_script: Path) -> None:
    (old_file.parent / "backups").write_text("a file in the folder's place", encoding="utf-8")
    with pytest.raises(HomeUnusable):
        Record.open(old_file)
    assert "added" not in columns(old_file)


def test_a_connection_that_is_out_when_the_record_is_closed_is_closed_when_it_comes_back(record_file: Path) -> None:
    record = Record.open(record_file)
    with record.read() as tx:
        driver = tx.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        record.close()
        assert driver.execute("SELECT 1").fetchone() == (1,)
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        driver.execute("SELECT 1")
