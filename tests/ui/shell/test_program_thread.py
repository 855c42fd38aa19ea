"""A start that cannot be is told; only a mistake of ours is logged as one."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.bootstrap.connection_kit import kit_of
from app.bootstrap.installation import Installation
from app.domain.faults import NotConfigured, PortUsed, RecordUnreachable
from app.practice.credentials import PracticeCredentials
from app.practice.world import API_KEY, PASSWORD
from app.store import charges, facts
from app.system.settings_file import change
from app.ui import program_thread
from app.ui.program_thread import ProgramThread
from app.ui.setup.listening import free_port
from app.ui.standstill import standstill_of
from tests.builders import a_charge


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

    monkeypatch.setattr(program_thread, "not_set_up", refuse)
    caplog.set_level(logging.INFO, program_thread.__name__)
    (tmp_path / "settings.toml").write_text('[[connections]]\nname = "main"\n')
    assert failure(ProgramThread(tmp_path), qtbot) is fault
    (record,) = (each for each in caplog.records if each.name == program_thread.__name__)
    assert (record.levelno, record.exc_info is not None) == (level, level == logging.ERROR)


def test_a_renamed_connection_is_shown_as_one_and_not_set_up_anew(qtbot: QtBot, tmp_path: Path) -> None:
    secrets = PracticeCredentials(cedar_api_key=API_KEY, web_connector_password=PASSWORD)
    change(tmp_path, "main", {"cedar.carrier": "1234", "cedar.assume_user": "a@b.example"}, free_port())
    with Installation(tmp_path, credentials=secrets) as installation, installation.record.write() as tx:
        charges.save_changed(tx, "main", [a_charge("1")])
        facts.put(tx, "main", kit_of(installation, "main").belonging.sides.belongs_to)
    file = tmp_path / "settings.toml"
    file.write_text(file.read_text("utf-8").replace('"main"', '"rail"'), "utf-8")
    thread = ProgramThread(tmp_path, credentials=secrets)
    with qtbot.waitSignal(thread.started, timeout=20_000) as told:
        thread.start()
    snapshot = told.args[0].installation.service.snapshot()
    assert snapshot.overall.line == "A connection was renamed"
    with qtbot.waitSignal(thread.ended, timeout=20_000):
        thread.end()
    thread.wait()


def test_a_server_that_comes_up_later_is_waited_for_and_told_of_once(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = iter([RecordUnreachable("The server sleeps.")] * 3 + [NotConfigured("There is no key.")])

    def look(_: Installation) -> str | None:
        raise next(tries)

    monkeypatch.setattr(program_thread, "not_set_up", look)
    monkeypatch.setattr(program_thread, "AGAIN", 0.01)
    (tmp_path / "settings.toml").write_text('[[connections]]\nname = "main"\n')
    thread, told = ProgramThread(tmp_path), list[str]()
    thread.failed.connect(lambda fault: told.append(str(fault)))
    with qtbot.waitSignal(thread.ended, timeout=20_000):
        thread.start()
    thread.wait()
    assert told == ["The server sleeps.", "There is no key."]


def test_a_server_that_never_comes_up_holds_up_no_end(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(_: Installation) -> str | None:
        raise RecordUnreachable("The server sleeps.")

    monkeypatch.setattr(program_thread, "not_set_up", look)
    (tmp_path / "settings.toml").write_text('[[connections]]\nname = "main"\n')
    thread = ProgramThread(tmp_path)
    with qtbot.waitSignal(thread.failed, timeout=20_000):
        thread.start()
    with qtbot.waitSignal(thread.ended, timeout=2_000):
        thread.end()
    thread.wait()


def test_a_record_out_of_reach_is_explained_and_needs_no_setting_up() -> None:
    found = standstill_of(RecordUnreachable("The database server office/books cannot be reached."))
    assert found is not None
    assert (found.why, found.heals, found.may_set_up) == (
        "The database server office/books cannot be reached.",
        True,
        False,
    )
