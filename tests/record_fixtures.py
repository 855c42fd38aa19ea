"""Fixtures around the durable record: a real SQLite file in a folder of the test's own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store.database import Record


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
def record(record_file: Path) -> Iterator[Record]:
    record = Record.open(record_file)
    yield record
    record.close()
