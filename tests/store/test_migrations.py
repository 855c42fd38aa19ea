from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.store import migrations
from app.store.database import Record
from app.store.tables import metadata


def scripts() -> ScriptDirectory:
    return ScriptDirectory(str(Path(migrations.__file__).parent))


def test_the_migrations_make_exactly_the_tables(record: Record) -> None:
    with record.read() as tx:
        context = MigrationContext.configure(tx, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_head_is_the_last_script() -> None:
    assert scripts().get_heads() == [migrations.HEAD]


def test_every_script_is_known() -> None:
    assert migrations.known_revisions() == {script.revision for script in scripts().walk_revisions()}


def test_the_scripts_are_one_chain() -> None:
    assert len(scripts().get_bases()) == 1
