"""What is PostgreSQL's alone: writers that wait for each other, migrations, faults in words."""

from __future__ import annotations

import subprocess
import sys
import threading
from decimal import Decimal
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, make_url, text

from app.domain.faults import HomeUnusable, NoRoom
from app.domain.row import Actor
from app.domain.states import State
from app.domain.sums import Sums
from app.store import migrations, row_lists, rows
from app.store.database import Record
from app.store.postgresql import PostgresqlServer, _unusable
from app.store.tables import metadata
from tests.builders import a_row
from tests.postgresql_server import Server
from tests.store.old_record import fill_first_record

ROOT = Path(__file__).parents[2]


def at(url: str) -> PostgresqlServer:
    return PostgresqlServer(make_url(url))


def test_the_record_is_on_a_real_server(shared_record: Record) -> None:
    with shared_record.read() as tx:
        assert tx.dialect.name == "postgresql"
        assert tx.execute(text("SHOW transaction_isolation")).scalar() == "repeatable read"


def test_a_commit_waits_until_it_is_on_the_disk(shared_record: Record) -> None:
    with shared_record.write() as tx:
        assert tx.execute(text("SHOW synchronous_commit")).scalar() == "on"


def test_trying_for_room_leaves_nothing_behind(shared_record: Record) -> None:
    assert shared_record.lack_of_room() is None
    with shared_record.write() as tx:
        assert tx.execute(text("SELECT count(*) FROM pg_class WHERE relname = 'cedar_sync_room'")).scalar() == 0
    assert shared_record.lack_of_room() is None


def test_a_writer_waits_for_another_and_sees_what_it_wrote(shared_record: Record) -> None:
    order: list[object] = []
    begun = threading.Event()

    def second() -> None:
        begun.set()
        with shared_record.write() as tx:
            order.append(rows.get(tx, a_row().id) is not None)

    thread = threading.Thread(target=second)
    with shared_record.write() as tx:
        thread.start()
        begun.wait(5)
        thread.join(0.2)
        order.append("first")
        rows.save(tx, None, a_row(), Actor.CEDAR)
    thread.join(5)
    assert order == ["first", True]


def test_two_processes_may_make_the_record_at_once_and_lose_nothing(database_url: str) -> None:
    writer = """
import sys
from sqlalchemy import make_url
from app.domain.row import Actor
from app.store import rows
from app.store.database import Record
from app.store.postgresql import PostgresqlServer
from tests.builders import a_row
record = Record.open(PostgresqlServer(make_url(sys.argv[1])))
for each in range(20):
    with record.write() as tx:
        number = rows.count_due(tx, "main", a_row().updated_at)
        rows.save(tx, None, a_row(f"{sys.argv[2]}-{each}", ref_number=str(number)), Actor.CEDAR)
"""
    processes = [subprocess.Popen([sys.executable, "-c", writer, database_url, name], cwd=ROOT) for name in ("A", "B")]
    assert [process.wait(60) for process in processes] == [0, 0]
    record = Record.open(at(database_url))
    with record.read() as tx:
        found = row_lists.summaries(tx, ["main"])
    record.close()
    # Each counted the rows before it added one: two at once would have counted the same.
    assert sorted(int(row.document.ref_number or "") for row in found) == list(range(40))


def test_the_migrations_make_exactly_the_tables_and_keep_every_row(database_url: str) -> None:
    old = create_engine(database_url)
    fill_first_record(old)
    record = Record.open(at(database_url))
    with record.read() as tx:
        queued = row_lists.totals(tx, "main")[State.QUEUED]
        context = MigrationContext.configure(tx, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    assert queued.amount == Sums.of([("USD", Decimal(1)), ("CAD", Decimal(10)), (None, Decimal(100))])
    record.close()
    old.dispose()


def test_a_new_record_is_like_one_that_came_through_all_migrations(database_url: str, shared_record: Record) -> None:
    engine = create_engine(database_url)
    with engine.connect() as connection, connection.begin():
        migrations.upgrade(connection)
    question = text(
        "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, collation_name "
        "FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2"
    )
    indexes = text("SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2")
    with engine.connect() as migrated, shared_record.read() as new:
        for each in (question, indexes):
            assert migrated.execute(each).all() == new.execute(each).all()
    engine.dispose()


def test_a_migration_that_fails_leaves_the_record_as_it_was(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Record.open(at(database_url)).close()

    def broken(connection: object) -> None:
        connection.execute(text("DROP TABLE facts"))  # type: ignore[attr-defined]
        connection.execute(text("DROP TABLE nowhere"))  # type: ignore[attr-defined]

    with monkeypatch.context() as patch:
        patch.setattr(migrations, "HEAD", "9000")
        patch.setattr(migrations, "upgrade", broken)
        with pytest.raises(HomeUnusable):
            Record.open(at(database_url))
    engine = create_engine(database_url)
    assert "facts" in inspect(engine).get_table_names()
    engine.dispose()


def test_a_record_that_a_newer_version_migrates_meanwhile_is_not_written_to(database_url: str) -> None:
    record = Record.open(at(database_url))
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(HomeUnusable, match="written by a newer version"), record.write():
        raise AssertionError("it may write")
    with pytest.raises(HomeUnusable, match="written by a newer version"):
        Record.open(at(database_url))
    record.close()
    engine.dispose()


def test_what_goes_on_while_a_connection_is_cut_is_undone_and_the_next_write_works(database_url: str) -> None:
    record = Record.open(at(database_url))
    administrator = create_engine(database_url, isolation_level="AUTOCOMMIT")
    with pytest.raises(HomeUnusable, match=r"cannot be reached.*Nothing was lost"), record.write() as tx:  # noqa: PT012
        rows.save(tx, None, a_row("lost"), Actor.CEDAR)
        with administrator.connect() as connection:
            connection.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'Cedar Sync%'")
            )
        rows.save(tx, None, a_row("lost too"), Actor.CEDAR)
    with record.write() as tx:
        rows.save(tx, None, a_row("kept"), Actor.CEDAR)
    with record.read() as tx:
        assert [row.invoice for row in row_lists.summaries(tx, ["main"])] == ["kept"]
    record.close()
    administrator.dispose()


def test_a_copy_holds_everything(shared_record: Record, tmp_path: Path) -> None:
    with shared_record.write() as tx:
        rows.save(tx, None, a_row(), Actor.CEDAR)
    shared_record.copy_to(tmp_path / "copy.sqlite")
    copy = Record.open(tmp_path / "copy.sqlite")
    with shared_record.read() as one, copy.read() as other:
        assert rows.get(one, a_row().id) == rows.get(other, a_row().id)
        assert rows.history_of(one, a_row().id) == rows.history_of(other, a_row().id)
    copy.close()


# Faults, as the server and the driver really put them


@pytest.mark.parametrize(
    ("change", "advice"),
    [
        ({"database": "nowhere"}, "There is no database .*nowhere"),
        ({"username": "nobody-here"}, "refused the user name or the password"),
        ({"host": "127.0.0.1", "port": 1, "query": {}}, "cannot be reached"),
        ({"host": "no-such-server.invalid", "query": {}}, "cannot be reached"),
    ],
)
def test_who_cannot_come_in_is_told_why_in_one_sentence(
    postgresql: Server, change: dict[str, object], advice: str
) -> None:
    url = make_url(postgresql.url()).set(**change)  # type: ignore[arg-type]
    with pytest.raises(HomeUnusable, match=advice) as caught:
        Record.open(PostgresqlServer(url))
    assert "\n" not in str(caught.value)


def test_who_may_not_make_tables_is_told_so(postgresql: Server, database_url: str) -> None:
    engine = create_engine(database_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP ROLE IF EXISTS bookkeeper"))
        connection.execute(text("CREATE ROLE bookkeeper LOGIN"))
    engine.dispose()
    with pytest.raises(HomeUnusable, match="does not give this user the rights"):
        Record.open(at(postgresql.url("office", "bookkeeper")))


@pytest.mark.parametrize(
    ("code", "said", "advice"),
    [
        ("", 'connection failed: FATAL:  password authentication failed for user "office"', "refused the user name"),
        ("", "connection failed: FATAL:  sorry, too many clients already", "takes no more connections"),
        ("", "connection failed: FATAL:  the database system is starting up", "cannot be reached"),
        ("", "connection timeout expired", "cannot be reached"),
        ("53100", "could not extend file", "out of room"),
        ("25006", "cannot execute INSERT in a read-only transaction", "takes no changes now"),
        ("55P03", "canceling statement due to lock timeout", "in use by another program for too long"),
        ("57014", "canceling statement due to statement timeout", "in use by another program"),
        ("57P01", "terminating connection due to administrator command", "cannot be reached"),
        ("XX001", "invalid page in block 0", "is damaged"),
        ("42P01", 'relation "facts" does not exist', "cannot be used .relation"),
    ],
)
def test_what_the_server_says_becomes_one_sentence(code: str, said: str, advice: str) -> None:
    sentence = str(_unusable("server/office", code, said))
    assert advice.replace(".relation", "(relation") in sentence
    assert sentence.endswith(".")


def test_a_server_without_room_is_known_as_such() -> None:
    fault = _unusable("server/office", "53100", "could not extend file")
    assert isinstance(fault, NoRoom)
    assert fault.line == "The database server server/office is out of room"
