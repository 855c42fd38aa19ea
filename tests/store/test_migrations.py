from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, text

from app.domain.states import State
from app.domain.sums import Sums
from app.store import migrations, row_lists
from app.store.database import Record
from app.store.tables import metadata
from tests.store.old_record import fill_first_record


def scripts() -> ScriptDirectory:
    return ScriptDirectory(str(Path(migrations.__file__).parent))


def schema(engine: Engine) -> set[tuple[str, str]]:
    with engine.connect() as connection:
        found = connection.execute(text("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"))
        return {(row.type, row.name) for row in found}


def test_the_migrations_make_exactly_the_tables() -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection, connection.begin():
        migrations.upgrade(connection)
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


@pytest.mark.sqlite_alone
def test_a_new_record_is_like_one_that_came_through_all_migrations(record: Record, tmp_path: Path) -> None:
    migrated = create_engine(f"sqlite:///{tmp_path / 'migrated.sqlite'}")
    with migrated.connect() as connection, connection.begin():
        migrations.upgrade(connection)
    record.copy_to(tmp_path / "new.sqlite")
    new = create_engine(f"sqlite:///{tmp_path / 'new.sqlite'}")
    assert schema(new) == schema(migrated)
    with new.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == migrations.HEAD
    new.dispose()
    migrated.dispose()


def test_head_is_the_last_script() -> None:
    assert scripts().get_heads() == [migrations.HEAD]


def test_every_script_is_known() -> None:
    assert migrations.known_revisions() == {script.revision for script in scripts().walk_revisions()}


def test_the_scripts_are_one_chain() -> None:
    assert len(scripts().get_bases()) == 1


def test_totals_by_currency_come_to_a_record_of_before_with_every_row(tmp_path: Path) -> None:
    file = tmp_path / "record.sqlite"
    old = create_engine(f"sqlite:///{file}")
    fill_first_record(old)
    old.dispose()
    record = Record.open(file)
    with record.read() as tx:
        queued = row_lists.totals(tx, "main")[State.QUEUED]
    record.close()
    assert queued.rows == 3
    assert queued.amount == Sums.of([("USD", Decimal(1)), ("CAD", Decimal(10)), (None, Decimal(100))])
    (copy,) = (tmp_path / "backups").iterdir()
    assert "0001" in copy.name
