"""The Web Connector's password: shown once, to somebody, whoever made it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest

from app.bootstrap.installation import Installation
from app.bootstrap.running_program import RunningProgram
from app.cli.main import run
from app.domain.faults import HomeUnusable
from app.practice.world import free_port
from app.system.credentials import Secret, SystemCredentials
from app.system.home import VARIABLE
from app.system.settings_file import NAME, change
from tests.system.test_credentials import MemoryKeyring

SHOWN = "Password for the Web Connector, shown this once: "
NOT_SHOWN = "The password was shown when it was made; cedar-sync qwc --connection main --new-password makes another."


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for secret in Secret:
        monkeypatch.delenv(f"CEDAR_SYNC_{secret.name}", raising=False)
    before = keyring.get_keyring()
    keyring.set_keyring(MemoryKeyring())
    change(tmp_path, "main", {"cedar.carrier": "1234", "cedar.assume_user": "books@railroad.example"}, free_port())
    yield tmp_path
    keyring.set_keyring(before)


def kept() -> str | None:
    return SystemCredentials().get("main", Secret.WEB_CONNECTOR_PASSWORD)


def said_by_qwc(home: Path, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert run(["qwc", "--home", str(home), *options]) == 0
    return capsys.readouterr().err.strip()


def test_it_is_shown_when_it_is_made_and_never_again(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said_by_qwc(home, capsys) == f"{SHOWN}{kept()}"
    first = kept()
    assert said_by_qwc(home, capsys) == NOT_SHOWN
    assert kept() == first
    assert said_by_qwc(home, capsys, "--new-password") == f"{SHOWN}{kept()}"
    assert kept() != first
    assert said_by_qwc(home, capsys) == NOT_SHOWN


def test_what_makes_another_one_names_the_connection(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(home, "yard", {"cedar.carrier": "77", "web_connector.username": "yard"}, free_port())
    first = said_by_qwc(home, capsys, "--connection", "yard")
    _, found, command = said_by_qwc(home, capsys, "--connection", "yard").partition("cedar-sync qwc ")
    assert found
    again = said_by_qwc(home, capsys, *command.removesuffix(" makes another.").split())
    assert again.startswith(SHOWN)
    assert again != first
    assert run(["qwc", "--home", str(home)]) == 2, "without the name nobody knows which is meant"


@pytest.mark.parametrize("is_before", [True, False])
def test_a_relative_home_is_named_whole(
    home: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    is_before: bool,  # noqa: FBT001
) -> None:
    monkeypatch.chdir(home.parent)
    monkeypatch.setenv(VARIABLE, "")
    option = ["--home", home.name]
    (home / NAME).unlink()
    assert run([*option, "qwc"] if is_before else ["qwc", *option]) == 3
    assert str(home / NAME) in capsys.readouterr().err


def test_one_that_the_program_made_alone_is_shown_by_the_first_qwc(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Installation(home) as installation:
        RunningProgram(installation)
    made = kept()
    assert made is not None
    assert said_by_qwc(home, capsys) == f"{SHOWN}{made}"
    assert said_by_qwc(home, capsys) == NOT_SHOWN


def test_a_new_one_counts_as_shown(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Installation(home) as installation:
        RunningProgram(installation)
    assert said_by_qwc(home, capsys, "--new-password") == f"{SHOWN}{kept()}"
    assert said_by_qwc(home, capsys) == NOT_SHOWN


def test_without_a_credential_store_the_file_is_good_all_the_same(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise HomeUnusable("This computer has no credential store that can be used.")

    monkeypatch.setattr(SystemCredentials, "put", refuse)
    assert "no credential store" in said_by_qwc(home, capsys)
    assert run(["qwc", "--home", str(home), "--new-password"]) == 6
