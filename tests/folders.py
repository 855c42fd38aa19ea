"""Folders in memory, for tests that are not about what a disk keeps: on a disk the record waits for each write."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def memory_folder() -> Iterator[Path]:
    """Give a folder in memory where there is one, and anywhere else otherwise; it is gone afterwards."""
    memory = Path("/dev/shm")  # noqa: S108 (a folder of its own is made in it)
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        yield Path(name)


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """Take the place of pytest's own."""
    with memory_folder() as folder:
        yield folder
