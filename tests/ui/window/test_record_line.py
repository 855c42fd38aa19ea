from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.facts import EVERY_CONNECTION, RecordRescued
from app.store import facts
from app.ui.window.record_line import RecordLine
from tests.builders import NOW
from tests.reasons.office import Office, a_charge

RESTORED = RecordRescued(NOW, "malformed", "damaged/record-1.sqlite", "record-daily-1.sqlite", NOW - timedelta(days=1))


@pytest.mark.parametrize(
    ("rescued", "said"),
    [
        (RESTORED, "by the copy from"),
        (RecordRescued(NOW, "malformed", "damaged/record-1.sqlite"), "it began anew"),
    ],
)
def test_it_says_what_was_done_and_where_the_damaged_file_is(qtbot: QtBot, rescued: RecordRescued, said: str) -> None:
    line = RecordLine(lambda: None)
    qtbot.addWidget(line)
    line.show_rescued(rescued, NOW)
    assert not line.isHidden()
    assert said in line.words.text()
    assert "damaged/record-1.sqlite" in line.words.text()


def test_once_dismissed_it_is_never_said_again(qtbot: QtBot, tmp_path: Path) -> None:
    with Office(tmp_path / "home", a_charge(1)) as office:
        service = office.installation.service
        with office.installation.record.write() as tx:
            facts.put(tx, EVERY_CONNECTION, RESTORED)
        line = RecordLine(service.rescue_was_read)
        qtbot.addWidget(line)
        line.show_rescued(service.snapshot().rescued, NOW)
        line.dismiss.click()
        line.show_rescued(service.snapshot().rescued, NOW)
        assert line.isHidden()


def test_a_record_that_was_never_damaged_is_not_spoken_of(qtbot: QtBot) -> None:
    line = RecordLine(lambda: None)
    qtbot.addWidget(line)
    line.show_rescued(None, NOW)
    assert line.isHidden()
