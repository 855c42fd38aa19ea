"""Damage met while the desktop program runs: it begins anew by itself, with the day's copy."""

from __future__ import annotations

import contextlib
import sqlite3

from pytestqt.qtbot import QtBot

from app.ui.shell import Shell
from tests.ui.shell.stand_ins import Desk


def test_the_program_begins_anew_with_the_days_copy(desk: Desk, running: Shell, qtbot: QtBot) -> None:
    before = running.orders.running
    assert before is not None
    before.installation.home_record.copy_daily()
    file = before.installation.home.record
    with contextlib.closing(sqlite3.connect(file)) as connection:
        # What is still in the write-ahead log would mend the file.
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with file.open("rb+") as record:
        record.seek(4096)
        record.write(b"\xff" * (file.stat().st_size - 4096))
    before.installation.record.on_damage()

    def has_begun_anew() -> bool:
        now = running.orders.running
        return now is not None and now is not before

    qtbot.waitUntil(has_begun_anew, timeout=20_000)
    after = running.orders.running
    assert after is not None
    rescued = after.installation.service.snapshot().rescued
    assert rescued is not None
    assert rescued.copy is not None
    assert (file.parent / rescued.kept_as).is_file()
    assert not running.is_ending
