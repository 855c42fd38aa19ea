"""Migrations of the record: in order, forward only, never edited after a release."""

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, text

HEAD: Final = "0004"
"""The revision this version of the program works with; a test compares it with the scripts."""

_FOLDER: Final = Path(__file__).parent


def known_revisions() -> frozenset[str]:
    """List the revisions this version can open or migrate."""
    from alembic.script import ScriptDirectory

    return frozenset(script.revision for script in ScriptDirectory(str(_FOLDER)).walk_revisions())


def stamp(connection: Connection) -> None:
    """Note in a record that was made new that it needs no migration; in Alembic's own table."""
    connection.execute(
        text(
            "CREATE TABLE alembic_version ("
            "version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
    )
    connection.execute(text("INSERT INTO alembic_version (version_num) VALUES (:head)"), {"head": HEAD})


def upgrade(connection: Connection) -> None:
    """Bring a record to `HEAD` inside the caller's transaction."""
    # Alembic is needed at a migration only: importing it here saves a tenth of a second at every other start.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
