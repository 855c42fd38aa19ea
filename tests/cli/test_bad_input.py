"""Every bad input gets one plain sentence and the right exit code; a traceback goes to the log only."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError

from app.cli.main import run
from app.practice.cedar import PracticeCharge, PracticeRailroad
from app.sync.service import SyncService
from tests.e2e.office import Office

TODAY = date(2026, 11, 22)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    charges = [PracticeCharge(1, invoice="INV-1")]
    with Office(tmp_path / "home", PracticeRailroad(charges, today=TODAY), is_forked=True) as office:
        yield office


def one_sentence(result: subprocess.CompletedProcess[str]) -> str:
    lines = [line for line in result.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, result.stderr
    assert "Traceback" not in result.stderr
    return lines[0]


def test_no_settings(office: Office) -> None:
    (office.home / "settings.toml").unlink()
    result = office.run("pull")
    assert result.returncode == 3
    assert "cedar-sync configure" in one_sentence(result)


def test_an_unconfigured_status_is_no_failure(office: Office) -> None:
    (office.home / "settings.toml").unlink()
    assert office.json("status")["overall"]["state"] == "not_set_up"


def test_broken_toml(office: Office) -> None:
    (office.home / "settings.toml").write_text("[web_connector]\nport = \n")
    result = office.run("status")
    assert result.returncode == 3
    assert "line 2" in one_sentence(result)


def test_a_wrong_value_is_refused_with_line_field_and_what_is_allowed(office: Office) -> None:
    settings = office.home / "settings.toml"
    settings.write_text(settings.read_text() + '\n[connections.destination]\non_void = "burn"\n')
    result = office.run("status")
    number = settings.read_text().splitlines().index('on_void = "burn"') + 1
    assert result.returncode == 3
    sentence = one_sentence(result)
    assert f"line {number}" in sentence
    assert "on_void" in sentence
    assert "ask, close, delete" in sentence


def test_no_key(office: Office) -> None:
    result = office.run("pull", CEDAR_SYNC_CEDAR_API_KEY="")
    assert result.returncode == 3
    assert "key" in one_sentence(result)


def test_serve_without_a_key(office: Office) -> None:
    result = office.run("serve", CEDAR_SYNC_CEDAR_API_KEY="")
    assert (result.returncode, result.stdout) == (3, "")
    assert "There is no Cedar key" in one_sentence(result)


def test_a_connection_that_is_not_set_up_yet_does_not_hold_up_the_others(office: Office) -> None:
    office.run("configure", "--connection", "north", "--username", "north").check_returncode()
    key, password = (office.environment[f"CEDAR_SYNC_{name}"] for name in ("CEDAR_API_KEY", "WEB_CONNECTOR_PASSWORD"))
    office.environment |= {"CEDAR_SYNC_CEDAR_API_KEY_MAIN": key}
    office.environment |= {f"CEDAR_SYNC_WEB_CONNECTOR_PASSWORD_{name}": password for name in ("MAIN", "NORTH")}
    office.company_is_new = False
    assert office.serve().startswith("ready ")


@pytest.mark.parametrize("command", ["pull", "preview", "reconcile"])
def test_a_column_in_the_settings_that_cedar_does_not_have(office: Office, command: str) -> None:
    office.run("configure", "--column", "gl_number=nope").check_returncode()
    result = office.run(command)
    assert result.returncode == 3
    assert "“nope”" in one_sentence(result)


def test_settings_that_are_not_utf_8_get_the_same_advice_everywhere(office: Office) -> None:
    (office.home / "settings.toml").write_bytes("[web_connector]\nport = 8085 # für".encode("utf-16"))
    for command in (["pull"], ["configure", "--carrier", "1"]):
        result = office.run(*command)
        assert result.returncode == 3
        sentence = one_sentence(result)
        assert "save it as UTF-8" in sentence
        assert "move it aside" in sentence
    (office.home / "settings.toml").rename(office.home / "aside.toml")
    assert office.run("configure", "--carrier", "1").returncode == 0, "the advice holds"


@pytest.mark.parametrize("command", ["reconcile", "resync"])
def test_a_range_that_ends_before_it_begins(office: Office, command: str) -> None:
    result = office.run(command, "--from", "2026-11-02", "--to", "2026-11-01")
    assert result.returncode == 2
    assert "--from 2026-11-02 is later than --to 2026-11-01" in result.stderr


def test_a_fault_of_the_record_names_the_file_of_the_home_that_was_chosen(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise DatabaseError("SELECT 1", {}, sqlite3.DatabaseError("database disk image is malformed"))

    monkeypatch.setattr(SyncService, "rows", fail)
    assert run(["invoices", f"--home={office.home}"]) == 6
    assert str(office.home / "record.sqlite") in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_is_told_in_one_sentence(office: Office) -> None:
    office.run("pull").check_returncode()
    log = office.home / "logs" / "cedar-sync.log"
    log.unlink()
    log.symlink_to("/dev/full")
    settings = office.home / "settings.toml"
    # A key that means nothing is logged by every command.
    settings.write_text(settings.read_text() + "\n[nonsense]\nkey = 1\n")
    result = office.run("invoices", "--json")
    assert result.returncode == 6
    assert "No space left on device" in one_sentence(result)
    assert json.loads(result.stdout)[0]["id"] == "main/INV-1/4410", "what was asked for is answered all the same"


def test_the_status_says_once_that_cedar_cannot_be_reached(office: Office) -> None:
    office.sandbox.stop()
    office.run("pull")
    lines = office.run("status").stderr.splitlines()
    (line,) = [line for line in lines if "cannot be reached" in line]
    assert line.count("Cedar cannot be reached") == 1


def test_the_demo_takes_a_home(tmp_path: Path) -> None:
    result = bare("demo", "--headless", "--invoices", "3", "--home", str(tmp_path / "home"), TMPDIR="/nonexistent")
    assert result.returncode == 0, result.stderr
    assert list((tmp_path / "home").iterdir()) == [], "it is thrown away"


def test_a_wrong_key(office: Office) -> None:
    result = office.run("pull", CEDAR_SYNC_CEDAR_API_KEY="another")
    assert result.returncode == 4
    assert "another" not in one_sentence(result)
    assert office.json("status")["overall"]["state"] == "stopped"
    assert office.json("status")["connections"][0]["cedar"]["problem"]["code"] == "CEDAR_KEY_REFUSED"


def test_no_permission(office: Office) -> None:
    office.sandbox.forbid()
    assert office.run("pull").returncode == 4
    assert office.json("status")["connections"][0]["cedar"]["problem"]["code"] == "CEDAR_PERMISSION"


def test_cedar_down(office: Office) -> None:
    office.sandbox.stop()
    result = office.run("pull")
    assert result.returncode == 5
    assert one_sentence(result).startswith("Cedar")


def test_cedar_answers_nonsense(office: Office) -> None:
    office.sandbox.garbage_next(100, where="any")
    assert office.run("pull").returncode == 5


def test_port_taken(office: Office) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", office.port))
        other.listen()
        result = office.run("serve")
    assert result.returncode == 6
    assert str(office.port) in result.stderr
    assert "ready" not in result.stdout


def test_home_in_use(office: Office) -> None:
    office.serve()
    result = office.run("serve")
    assert result.returncode == 6
    assert "already running" in result.stderr


@pytest.mark.parametrize("place", ["a-file", "a-file/below"])
@pytest.mark.parametrize(
    "command", [["configure", "--carrier", "1"], ["status"], ["doctor"], ["pull"], ["demo", "--headless"]], ids=" ".join
)
def test_a_home_where_a_file_is(office: Office, tmp_path: Path, command: list[str], place: str) -> None:
    (tmp_path / "a-file").touch()
    office.home = tmp_path / place
    if command == ["doctor"]:
        command = [*command, "--json"]
    result = office.run(*command)
    assert result.returncode == 6
    assert f"{tmp_path / 'a-file'} is a file" in one_sentence(result)


@pytest.mark.parametrize("arguments", [["status"], ["pull"]])
def test_a_home_where_a_file_is_named_by_the_variable(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "a-file").touch()
    result = bare(*arguments, CEDAR_SYNC_HOME=str(tmp_path / "a-file"))
    assert result.returncode == 6
    assert "is a file" in one_sentence(result)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder even root cannot write in")
def test_home_read_only(office: Office) -> None:
    office.home = Path("/proc/self")
    result = office.run("configure", "--carrier", "1")
    assert result.returncode == 6
    one_sentence(result)


def test_a_record_from_a_newer_version(office: Office) -> None:
    office.run("pull").check_returncode()
    with sqlite3.connect(office.home / "record.sqlite") as record:
        record.execute("UPDATE alembic_version SET version_num = '9999'")
    result = office.run("invoices")
    assert result.returncode == 6
    assert "newer version" in one_sentence(result)


def test_a_record_that_is_no_database(office: Office) -> None:
    (office.home / "record.sqlite").write_bytes(b"half a cat" * 1000)
    result = office.run("invoices")
    assert result.returncode == 6
    assert "damaged" in one_sentence(result)


def test_a_half_written_record(office: Office) -> None:
    office.run("pull").check_returncode()
    file = office.home / "record.sqlite"
    with sqlite3.connect(file) as record:
        record.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    for command in (["invoices"], ["status"], ["pull"]):
        result = office.run(*command)
        assert result.returncode == 6, command
        assert "damaged" in result.stderr.splitlines()[-1]
    assert office.serve().startswith("ready "), "the long-lived program sets it aside"
    told = office.json("status")["record_rescued"]
    assert (office.home / told["kept_as"]).read_bytes() == content[: len(content) // 2]
    assert told["copy"] is None


@pytest.mark.parametrize(
    "arguments",
    [["show", "main/none/1"], ["retry", "main/none/1"], ["retry"], ["invoices", "--state", "lost"], ["nonsense"]],
)
def test_wrong_usage(office: Office, arguments: list[str]) -> None:
    result = office.run(*arguments) if arguments != ["nonsense"] else bare("nonsense")
    assert result.returncode == 2
    assert result.stdout == ""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display, and a window would open")
def test_no_command_says_what_there_is() -> None:
    result = bare()
    assert result.returncode == 2
    assert "cedar-sync serve" in result.stderr


def test_quit_with_nothing_running_is_fine(tmp_path: Path) -> None:
    pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)
    result = bare("--home", str(tmp_path / "home"), "--quit", QT_QPA_PLATFORM="offscreen")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert not (tmp_path / "home").exists()


def bare(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run without a display, so that no window ever opens."""
    displays = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={name: value for name, value in os.environ.items() if name not in displays} | environment,
        timeout=60,
    )
