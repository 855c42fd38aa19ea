from __future__ import annotations

import pytest

from tests.record_fixtures import (
    database_url,
    empty_record_file,
    on_every_database,
    postgresql,
    record,
    record_file,
    shared_record,
    shared_record_of_all,
)

__all__ = [
    "database_url",
    "empty_record_file",
    "postgresql",
    "record",
    "record_file",
    "shared_record",
    "shared_record_of_all",
]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    on_every_database(metafunc)
