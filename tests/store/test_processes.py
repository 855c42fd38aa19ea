"""Several processes on one record, and one that is killed in the middle of a write."""

from __future__ import annotations

import contextlib
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from app.store.database import Record

ROOT = Path(__file__).parents[2]

WRITER = """
import sys
from pathlib import Path
from app.domain.row import Actor
from app.store import rows
from app.store.database import Record
from tests.builders import a_row
file, name, number = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
record = Record.open(file)
for each in range(number):
    with record.write() as tx:
        for part in range(3):
            rows.save(tx, None, a_row(f"{name}-{each}-{part}"), Actor.CEDAR)
    print(each, flush=True)
"""


def writer(file: Path, name: str, number: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(file), name, str(number)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )


def invoices(file: Path) -> list[str]:
    with contextlib.closing(sqlite3.connect(file)) as connection:
        return [row[0] for row in connection.execute("SELECT invoice FROM order_rows")]


def test_two_processes_that_write_at_once_lose_nothing(record_file: Path) -> None:
    processes = [writer(record_file, name, 30) for name in ("A", "B")]
    for process in processes:
        process.communicate(timeout=60)
    assert ([process.returncode for process in processes], len(invoices(record_file))) == ([0, 0], 180)


def test_two_processes_may_make_the_record_at_once(tmp_path: Path) -> None:
    file = tmp_path / "record.sqlite"
    processes = [writer(file, name, 1) for name in ("A", "B")]
    for process in processes:
        process.communicate(timeout=60)
    assert ([process.returncode for process in processes], len(invoices(file))) == ([0, 0], 6)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a kill that cannot be caught")
@pytest.mark.parametrize("after", [1, 7, 25])
def test_a_process_killed_in_the_middle_leaves_a_whole_record(record_file: Path, after: int) -> None:
    process = writer(record_file, "A", 100_000)
    assert process.stdout is not None
    done = -1
    for line in process.stdout:
        done = int(line)
        if done >= after:
            break
    process.kill()
    process.communicate(timeout=60)
    Record.open(record_file).close()
    found = {invoice.rpartition("-")[0] for invoice in invoices(record_file)}
    assert len(invoices(record_file)) == 3 * len(found), "a transaction is there in part"
    assert {f"A-{each}" for each in range(done + 1)} <= found
