"""Fixtures around the durable record: a real SQLite file in a folder of the test's own, or a real PostgreSQL server.

Where `on_every_database` is in force, a test that asks for the record is run on both, unless it is marked
``sqlite_alone``.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from app.store.database import Record
from app.store.postgresql import PostgresqlServer
from app.store.tables import metadata
from tests import postgresql_server
from tests.postgresql_server import Server


def on_every_database(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for the record on each kind of database."""
    is_alone = metafunc.definition.get_closest_marker("sqlite_alone") is not None
    if "record" in metafunc.fixturenames and not is_alone:
        metafunc.parametrize("record", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(scope="session")
def empty_record_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the file once; migrating it anew for every test would take most of the time."""
    file = tmp_path_factory.mktemp("record") / "record.sqlite"
    Record.open(file).close()
    return file


@pytest.fixture
def record_file(tmp_path: Path, empty_record_file: Path) -> Path:
    return Path(shutil.copy(empty_record_file, tmp_path / "record.sqlite"))


@pytest.fixture
def record(request: pytest.FixtureRequest) -> Iterator[Record]:
    if getattr(request, "param", "sqlite") == "postgresql":
        yield request.getfixturevalue("shared_record")
        return
    record = Record.open(request.getfixturevalue("record_file"))
    yield record
    record.close()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """Start PostgreSQL once, at the first test that wants it."""
    if why := postgresql_server.missing():
        pytest.skip(why)
    with postgresql_server.server() as started:
        yield started


@pytest.fixture(scope="session")
def shared_record_of_all(postgresql: Server) -> Iterator[Record]:
    """Open one record on the server: making its tables anew for every test would take most of the time."""
    record = Record.open(PostgresqlServer(make_url(postgresql.url())))
    yield record
    record.close()


@pytest.fixture
def shared_record(shared_record_of_all: Record) -> Iterator[Record]:
    """Give the record on the server, empty."""
    yield shared_record_of_all
    with shared_record_of_all.write() as tx:
        for table in metadata.sorted_tables:
            tx.execute(table.delete())


@pytest.fixture
def database_url(postgresql: Server, request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the address of a database of the test's own, with nothing in it."""
    with a_database(postgresql) as url:
        yield url


@contextmanager
def a_database(postgresql: Server, name: str = "office") -> Iterator[str]:
    """Make a database, and drop it with whatever still uses it."""
    administrator = create_engine(postgresql.url(), isolation_level="AUTOCOMMIT")
    with administrator.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0 STRATEGY FILE_COPY"))
        try:
            yield postgresql.url(name)
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    administrator.dispose()
