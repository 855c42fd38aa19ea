"""A record that several computers share, from the command line: settings, the password's whereabouts, the words."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from urllib.parse import quote

import pytest

from app.bootstrap.installation import Installation
from app.bootstrap.previewing import scratch
from app.cli.main import run
from app.practice.credentials import PracticeCredentials
from app.store import leases
from app.system.settings_file import change
from tests.record_fixtures import database_url, postgresql

__all__ = ["database_url", "postgresql"]

CANARY = "Kanarie-7@vogel/"
NOWHERE = "127.0.0.1:1/office?connect_timeout=2"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CEDAR_SYNC_CEDAR_API_KEY", "key")
    monkeypatch.setenv("CEDAR_SYNC_WEB_CONNECTOR_PASSWORD", "practice-password")
    home = tmp_path / "home"
    change(
        home,
        "main",
        {"cedar.carrier": "1", "cedar.assume_user": "a@b.example", "cedar.base_url": "http://127.0.0.1:1"},
        8085,
    )
    return home


def written(folder: Path) -> str:
    """Read everything that is in a folder, the insides of archives too."""
    found = []
    for file in folder.rglob("*"):
        if file.suffix == ".zip":
            with zipfile.ZipFile(file) as archive:
                found += [archive.read(name) for name in archive.namelist()]
        elif file.is_file():
            found.append(file.read_bytes())
    return "\n".join(each.decode(errors="replace") for each in found)


@pytest.mark.parametrize("is_in_file", [False, True])
def test_the_databases_password_is_in_no_log_no_output_and_no_support_file(
    home: Path,
    tmp_path: Path,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    is_in_file: bool,  # noqa: FBT001
) -> None:
    coded = quote(CANARY, safe="")
    change(
        home,
        "main",
        {},
        None,
        database_url=f"postgresql+psycopg://office:{coded}@{NOWHERE}"
        if is_in_file
        else f"postgresql+psycopg://office@{NOWHERE}",
    )
    if not is_in_file:
        monkeypatch.setenv("CEDAR_SYNC_DATABASE_PASSWORD", CANARY)
    codes = [run([command, "--home", str(home)]) for command in ("status", "serve")]
    # Without a key Cedar is not asked, which would be tried again for seconds.
    monkeypatch.delenv("CEDAR_SYNC_CEDAR_API_KEY")
    codes.append(run(["doctor", "--json", "--home", str(home)]))
    assert codes == [6, 6, 1]
    # The server is there now: the same secret, and the support file that was asked for because of the trouble.
    there = database_url.replace("postgres@", f"postgres:{coded}@") if is_in_file else database_url
    change(home, "main", {}, None, database_url=there)
    assert run(["support-file", "--output", str(tmp_path / "support.zip"), "--home", str(home)]) == 0
    said = capsys.readouterr()
    findings = {each["check"]: each["ok"] for each in json.loads(said.out)}
    assert (findings["record"], findings["database_password"]) == (False, not is_in_file)
    assert "cannot be reached" in said.err
    (home / "settings.toml").unlink()
    everything = said.out + said.err + written(tmp_path)
    assert "cannot be reached" in everything
    for secret in (CANARY, coded, "Kanarie"):
        assert secret not in everything


def test_settings_of_another_database_are_refused_without_showing_the_password(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(["configure", "--home", str(home), "--database-url", f"mysql://office:{CANARY}@server/office"])
    said = capsys.readouterr().err
    assert code == 3
    assert "--database-url is not usable" in said
    assert "Kanarie" not in said


def test_the_status_says_who_keeps_quickbooks_in_step(
    home: Path, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    change(home, "main", {}, None, database_url=database_url)
    with Installation(home, credentials=PracticeCredentials(cedar_api_key="key")) as installation:
        with installation.record.write() as tx:
            leases.take(tx, "main", "another", "PC-2 (maria)")
        assert run(["status", "--json", "--home", str(home)]) == 0
        kept = json.loads(capsys.readouterr().out)["connections"][0]["kept_by"]
        assert (kept["who"], kept["here"]) == ("PC-2 (maria)", False)
        assert run(["status", "--home", str(home)]) == 0
        assert "PC-2 (maria) keeps QuickBooks in step." in capsys.readouterr().err
        assert run(["pull", "--home", str(home)]) == 6
        assert "PC-2 (maria) keeps QuickBooks in step; Cedar is read there." in capsys.readouterr().err
        # What only writes the record works from everywhere.
        assert run(["retry", "--all", "--home", str(home)]) == 0


def test_a_preview_leaves_the_shared_record_as_it_is(home: Path, database_url: str) -> None:
    change(home, "main", {}, None, database_url=database_url)
    with Installation(home, credentials=PracticeCredentials(cedar_api_key="key")) as installation:
        with scratch(installation) as copy:
            assert not copy.record.is_shared
            assert copy.holder.lease("main") is None
        with installation.record.read() as tx:
            assert leases.standing(tx, "main") is None
