"""A record as the first version made it, with rows in it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, insert

from app.domain.values import replace
from app.store import migrations, rows, tables
from tests.builders import a_row


def fill_first_record(engine: Engine) -> None:
    """Make the tables of revision 0001, and three rows: 1 in USD, 10 in CAD, 100 in no one currency."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with engine.connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for number, currency in enumerate(("USD", "CAD", None)):
            row = replace(a_row(str(number), ref_number=None), currency=currency, amount=Decimal(10**number))
            # As that version wrote it: it knew none of the columns that came later.
            connection.execute(insert(tables.rows), [rows._values(row, rows._COLUMNS)])
