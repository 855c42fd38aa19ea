from __future__ import annotations

import pytest

from app.store.database import Record
from tests.record_fixtures import (
    database_url,
    empty_record_file,
    postgresql,
    record,
    record_file,
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
def bench(record: Record) -> Bench:
    return Bench(record)
