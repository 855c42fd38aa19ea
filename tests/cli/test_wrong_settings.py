"""``configure`` refuses a value by the name of its option, and what it says of the file is true of the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli.main import run
from app.practice.world import free_port
from app.system.settings_file import NAME, change


@pytest.fixture
def home(tmp_path: Path) -> Path:
    change(tmp_path, "main", {"cedar.carrier": "1234"}, free_port())
    return tmp_path


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--poll-minutes=0"], "--poll-minutes is 0; it has to be a whole number from 1 to 1440."),
        (["--port=70000"], "--port is 70000; it has to be a whole number from 1 to 65535."),
        (["--region=uk"], '--region is "uk"; it has to be one of us, eu.'),
        (
            ["--billing-status=INVOICED", "--billing-status={name}"],
            '--billing-status is ["INVOICED", "{name}"]; it has to be a list such as ["IN_PROGRESS"], of at least one '
            "of IN_PROGRESS, PENDING, ASSIGNED, INVOICED, ARCHIVED.",
        ),
        (["--username="], '--username is ""; it has to be 1 to 40 characters long.'),
        (["--time-zone=Chicago"], '--time-zone is "Chicago", which is no IANA zone such as "America/Chicago".'),
        (
            ["--connection=north"],
            '--username is "cedar-sync", which another connection has already; each needs its own.',
        ),
        (
            ["--connection=MAIN", "--username=north"],
            '--connection is "MAIN", and another connection is called "main"; the names of two connections have to '
            "differ in more than capitals and signs.",
        ),
    ],
)
def test_a_refused_option_is_named(
    home: Path, capsys: pytest.CaptureFixture[str], options: list[str], sentence: str
) -> None:
    before = (home / NAME).read_text()
    assert run(["configure", *options, f"--home={home}"]) == 3
    assert capsys.readouterr().err.strip() == sentence
    assert (home / NAME).read_text() == before


def test_what_was_wrong_in_the_file_before_is_told_with_its_line(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = home / NAME
    file.write_text(f'{file.read_text()}poll_minutes = "five"\n')
    line = len(file.read_text().splitlines())
    for command in (["status"], ["configure", "--region=eu"]):
        assert run([*command, f"--home={home}"]) == 3
        told = f'{file}, line {line}: poll_minutes is "five"; it has to be a whole number from 1 to 1440.'
        assert capsys.readouterr().err.strip() == told
