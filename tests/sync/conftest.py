from __future__ import annotations

import pytest

from app.store.database import Record
from tests.record_fixtures import empty_record_file, record, record_file
from tests.sync.bench import Bench

__all__ = ["bench", "empty_record_file", "record", "record_file"]


@pytest.fixture
def bench(record: Record) -> Bench:
    return Bench(record)
