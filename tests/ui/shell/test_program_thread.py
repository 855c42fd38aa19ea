"""A start that cannot be is told; only a mistake of ours is logged as one."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.bootstrap import Installation
from app.domain.faults import NotConfigured, PortUsed
from app.ui import program_thread
from app.ui.program_thread import ProgramThread


def failure(thread: ProgramThread, qtbot: QtBot) -> object:
    with qtbot.waitSignal(thread.ended, timeout=20_000), qtbot.waitSignal(thread.failed, timeout=20_000) as told:
        thread.start()
    thread.wait()
    assert told.args is not None
    return told.args[0]


def test_a_start_before_setting_up_is_no_mistake(
    qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, program_thread.__name__)
    assert isinstance(failure(ProgramThread(tmp_path), qtbot), NotConfigured)
    (record,) = (each for each in caplog.records if each.name == program_thread.__name__)
    assert (record.levelno, record.exc_info) == (logging.INFO, None)


@pytest.mark.parametrize(
    ("fault", "level"),
    [(PortUsed("Another program uses port 8085.", 8085), logging.INFO), (ValueError("a bug"), logging.ERROR)],
)
def test_only_a_mistake_of_ours_leaves_a_traceback(
    qtbot: QtBot,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    fault: Exception,
    level: int,
) -> None:
    def refuse(_: Installation) -> str | None:
        raise fault

    monkeypatch.setattr(Installation, "not_set_up", refuse)
    caplog.set_level(logging.INFO, program_thread.__name__)
    (tmp_path / "settings.toml").write_text('[[connections]]\nname = "main"\n')
    assert failure(ProgramThread(tmp_path), qtbot) is fault
    (record,) = (each for each in caplog.records if each.name == program_thread.__name__)
    assert (record.levelno, record.exc_info is not None) == (level, level == logging.ERROR)
