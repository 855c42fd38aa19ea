"""What the installer asks of the program: can it start here, and the shortcut's and the secrets' end."""

import contextlib
import sqlite3
from pathlib import Path

import pytest

from app import APP_ID
from app.cli import installing
from app.cli.main import cli, run
from app.store.database import Record
from app.system import credentials
from app.system.home import RECORD
from app.system.settings_file import NAME as SETTINGS_FILE
from tests.system.test_shortcut import shortcut


@pytest.fixture(autouse=True)
def without_a_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare these tests a window: one application lives in a test process; the Windows build's test makes its own."""
    monkeypatch.setattr(installing, "desktop", lambda: None)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with contextlib.closing(Record.open(tmp_path / RECORD)):
        return tmp_path


def check(home: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = run(["self-check", "--home", str(home)])
    return code, capsys.readouterr().err


def test_it_can_start_where_nothing_is_yet_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "nothing yet"
    assert check(home, capsys) == (0, "")
    assert not home.exists()


def test_it_can_start_with_a_record_of_its_own(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(home, capsys) == (0, "")


def revision_is(home: Path, number: str) -> None:
    with contextlib.closing(sqlite3.connect(home / RECORD)) as record, record:
        record.execute("UPDATE alembic_version SET version_num = ?", [number])


def test_it_cannot_with_a_record_of_a_newer_version_which_stays_as_it_is(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    revision_is(home, "9999")
    before = (home / RECORD).read_bytes()
    code, said = check(home, capsys)
    assert code == 70
    assert "newer version of Cedar Sync" in said
    assert (home / RECORD).read_bytes() == before
    assert not (home / "backups").exists()


def test_it_cannot_with_a_damaged_record(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / RECORD).write_bytes(b"no database" * 1000)
    code, said = check(home, capsys)
    assert code == 70
    assert "damaged" in said


def test_it_cannot_when_a_file_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installing, "resources", lambda: tmp_path)
    code, said = check(tmp_path, capsys)
    assert code == 70
    assert "help/index.md is missing" in said


def test_it_cannot_when_a_library_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "app.sync.export", None)
    code, said = check(tmp_path, capsys)
    assert code == 70
    assert "app.sync.export" in said
    assert "Traceback" not in said


def test_the_shortcut_gets_the_programs_name(tmp_path: Path) -> None:
    file = tmp_path / "Cedar Sync.lnk"
    file.write_bytes(shortcut())
    assert run(["finish-shortcut", str(file)]) == 0
    assert APP_ID.encode("utf-16-le") in file.read_bytes()


def test_no_shortcut_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["finish-shortcut", str(tmp_path / "none.lnk")]) == 6
    assert capsys.readouterr().err.count("\n") == 1


def test_secrets_of_every_connection_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    removed: list[str] = []
    monkeypatch.setattr("keyring.delete_password", lambda service, name: removed.append(f"{service} {name}"))
    assert run(["forget-secrets", "--home", str(tmp_path)]) == 0
    tables = [
        f'[[connections]]\nname = "{name}"\n[connections.web_connector]\nusername = "{name}"\n'
        for name in ("main", "branch")
    ]
    (tmp_path / SETTINGS_FILE).write_text("\n".join(tables))
    assert run(["forget-secrets", "--home", str(tmp_path)]) == 0
    assert removed == [f"{credentials.SERVICE} {c}/{s}" for c in ("main", "branch") for s in credentials.Secret]


def test_none_of_them_is_offered_to_people() -> None:
    assert all(cli.commands[name].hidden for name in ("self-check", "finish-shortcut", "forget-secrets"))
