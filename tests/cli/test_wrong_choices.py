"""Commands that were told two things at once, that are for other books, or whose home is none: nothing is done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.bootstrap.installation import Installation
from app.cli.main import run
from app.domain.facts import Identity
from app.domain.row import Actor
from app.domain.states import State
from app.practice.world import free_port
from app.store import facts, rows
from app.system.home import VARIABLE
from app.system.settings_file import NAME, change
from tests.builders import a_row

ONLINE: dict[str, object] = {"destination.kind": "quickbooks_online", "destination.document": "estimate"}
ON_THE_WAY = (State.QUEUED, State.SENDING, State.CONFLICT)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    change(tmp_path, "main", {"cedar.carrier": "1234", "cedar.assume_user": "books@railroad.example"}, free_port())
    return tmp_path


def said(capsys: pytest.CaptureFixture[str]) -> str:
    """Give the one sentence that was said."""
    told = capsys.readouterr()
    (line,) = told.err.splitlines()
    assert told.out == ""
    return str(line)


# Two choices that contradict each other


@pytest.mark.parametrize(
    "choices", [["--keep-theirs", "--send-ours"], ["--send-ours", "--keep-theirs"], ["--stop-tracking", "--send-ours"]]
)
def test_two_choices_settle_nothing(home: Path, capsys: pytest.CaptureFixture[str], choices: list[str]) -> None:
    with Installation(home) as installation, installation.record.write() as tx:
        before = None
        for state in ON_THE_WAY:
            after = a_row(state=state)
            rows.save(tx, before, after, Actor.PROGRAM)
            before = after
    assert run(["resolve", "main/INV-1001/4410", *choices, f"--home={home}"]) == 2
    assert "Choose one, and only one" in said(capsys)
    with Installation(home) as installation:
        assert [row.state for row in installation.service.rows()] == [State.CONFLICT]
    assert run(["resolve", "main/INV-1001/4410", choices[0], f"--home={home}"]) == 0


# A connection that needs no Web Connector


def test_no_file_is_written_for_a_connection_no_web_connector_reaches(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(home, "main", ONLINE, None)
    output = home / "cedar-sync.qwc"
    assert run(["qwc", "--output", str(output), f"--home={home}"]) == 2
    assert "cedar-sync sign-in" in said(capsys)
    assert not output.exists()
    with Installation(home) as installation, installation.record.read() as tx:
        assert facts.get(tx, "main", Identity) is None


def test_beside_it_the_one_that_needs_the_file_is_meant(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(home, "cloud", ONLINE, None)
    assert run(["qwc", f"--home={home}"]) == 0
    assert "<UserName>cedar-sync</UserName>" in capsys.readouterr().out
    assert run(["qwc", "--connection=cloud", f"--home={home}"]) == 2


# Homes that are none


@pytest.mark.parametrize("arguments", [["--home", "", "status"], ["status", "--home="], ["demo", "--home="]])
def test_an_empty_home_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == 2
    assert "--home names no folder" in said(capsys)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_variable_counts_as_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv(VARIABLE, "")
    monkeypatch.setattr("app.system.home.usual_home", lambda: tmp_path / "usual")
    assert run(["configure", "--carrier", "1"]) == 0
    assert str(tmp_path / "usual" / NAME) in said(capsys)
    assert list((tmp_path / "here").iterdir()) == []


COMMANDS = ["status", "pull", "invoices", "qwc", "support-file"]
RUN_ALL = """
import sys
from app.cli.main import run
for home in (sys.argv[1], f"{sys.argv[1]}/below"):
    for command in sys.argv[2:]:
        print(command, run([command, "--home", home]), file=sys.stderr)
"""


def test_a_home_that_may_not_be_read_is_told_in_a_sentence(tmp_path: Path) -> None:
    if os.name != "posix":
        pytest.skip("rights are kept otherwise here")
    # Rights do not count for root, unless that is taken away.
    as_anybody = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    if as_anybody and shutil.which("setpriv") is None:
        pytest.skip("rights do not count for root, and there is no setpriv")
    shut = tmp_path / "shut"
    (shut / "below").mkdir(parents=True)
    shut.chmod(0)
    ran = subprocess.run(
        [*as_anybody, sys.executable, "-c", RUN_ALL, str(shut), *COMMANDS, "doctor"],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    shut.chmod(0o700)
    told = iter(ran.stderr.splitlines())
    for is_below in (False, True):
        for command in COMMANDS:
            sentence = next(told)
            assert str(shut) in sentence
            assert "Permission denied" in sentence
            assert "right" in sentence, "what to do about it"
            assert next(told) == f"{command} 6"
        if not is_below:
            assert next(told) == "✗ The home folder cannot be used", "for the doctor it is a finding"
        assert "Permission denied" in next(told)
        assert next(told) == f"doctor {6 if is_below else 1}"
