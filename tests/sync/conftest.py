from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store.database import Record
from tests.folders import memory_folder
from tests.record_fixtures import (
    database_url,
    empty_record_file,
    postgresql,
    record,
    shared_record,
    shared_record_of_all,
)
from tests.sync.bench import Bench

__all__ = [
    "bench",
    "database_url",
    "empty_record_file",
    "postgresql",
    "record",
    "record_file",
    "shared_record",
    "shared_record_of_all",
]


@pytest.fixture
def record_file(empty_record_file: Path) -> Iterator[Path]:
    """Take the place of the one on a disk: `tests/store` is about what that keeps."""
    with memory_folder() as folder:
        yield Path(shutil.copy(empty_record_file, folder / "record.sqlite"))


@pytest.fixture
def bench(record: Record) -> Bench:
    return Bench(record)
