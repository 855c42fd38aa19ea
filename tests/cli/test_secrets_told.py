"""What is said of secrets is true with a credential store, without one, and where a variable gives them."""

from __future__ import annotations

import io
import json
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from app.bootstrap.installation import Installation
from app.bootstrap.running_program import RunningProgram
from app.cli.main import run
from app.domain.facts import SignInRefused
from app.practice.world import free_port
from app.store import facts
from app.system.credentials import Secret, SystemCredentials
from app.system.settings_file import change
from tests.builders import NOW
from tests.system.test_credentials import MemoryKeyring

DESKTOP: dict[str, object] = {
    "cedar.carrier": "1234",
    "cedar.assume_user": "books@railroad.example",
}
ONLINE = DESKTOP | {"destination.kind": "quickbooks_online", "destination.document": "estimate"}
PASSWORD = "CEDAR_SYNC_WEB_CONNECTOR_PASSWORD"
SECRET = "CEDAR_SYNC_QBO_CLIENT_SECRET"
KEY = "CEDAR_SYNC_CEDAR_API_KEY"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for secret in Secret:
        monkeypatch.delenv(f"CEDAR_SYNC_{secret.name}", raising=False)
    before = keyring.get_keyring()
    keyring.set_keyring(MemoryKeyring())
    change(tmp_path, "main", DESKTOP, free_port())
    yield tmp_path
    keyring.set_keyring(before)


def examined(home: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    capsys.readouterr()
    assert run(["doctor", "--json", f"--home={home}"]) == 1
    return {each["check"]: each for each in json.loads(capsys.readouterr().out)}


def typed(home: Path, fix: str) -> int:
    """Run the command a fix begins with, as a person would."""
    words = fix.partition("cedar-sync ")[2].partition(" makes")[0].partition('"')[0].partition(" opens")[0]
    return run([*shlex.split(words), f"--home={home}"])


# The Web Connector's password


def test_with_a_store_the_doctors_fix_makes_one(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = examined(home, capsys)
    assert found["credential_store"]["ok"]
    assert not found["password:main"]["ok"]
    assert typed(home, found["password:main"]["fix"]) == 0
    assert examined(home, capsys)["password:main"]["ok"]


def test_without_a_store_the_doctor_names_the_variables(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    found = examined(home, capsys)
    assert not found["credential_store"]["ok"]
    assert f"{KEY}, {PASSWORD}." in found["credential_store"]["fix"]
    for check, variable in (("password:main", PASSWORD), ("cedar:main", KEY)):
        assert "cedar-sync" not in found[check]["fix"], "no command can help"
        assert f"set the variable {variable}" in found[check]["fix"].replace("Set", "set")
        monkeypatch.setenv(variable, "given")
    # So that nobody is asked with that key.
    change(home, "main", {"cedar.carrier": ""}, None)
    found = examined(home, capsys)
    assert found["credential_store"]["ok"], "it is not missed"
    assert PASSWORD in found["password:main"]["title"]


def test_one_that_a_variable_gives_was_never_shown_and_cannot_be_made_anew(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Installation(home) as installation:
        # Makes one that nobody has seen.
        RunningProgram(installation)
    made = SystemCredentials().stored("main", Secret.WEB_CONNECTOR_PASSWORD)
    monkeypatch.setenv(PASSWORD, "canary-given")
    assert run(["qwc", f"--home={home}"]) == 0
    told = capsys.readouterr().err
    assert told.strip() == f"The password for the Web Connector is the one in the variable {PASSWORD}."
    assert run(["qwc", "--new-password", f"--home={home}"]) == 2
    refused = capsys.readouterr()
    assert (refused.out, PASSWORD in refused.err) == ("", True)
    assert SystemCredentials().stored("main", Secret.WEB_CONNECTOR_PASSWORD) == made


@pytest.mark.parametrize("is_given", [True, False])
def test_after_a_call_with_another_password_the_fix_is_one_that_works(
    home: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    is_given: bool,  # noqa: FBT001
) -> None:
    if is_given:
        monkeypatch.setenv(PASSWORD, "given")
    with Installation(home) as installation, installation.record.write() as tx:
        facts.put(tx, "main", SignInRefused(NOW))
    fix = examined(home, capsys)["web_connector:main"]["fix"]
    if is_given:
        assert fix.endswith(f"It is the one in the variable {PASSWORD}.")
    else:
        assert typed(home, fix) == 0


# The Cedar key, and QuickBooks Online


@pytest.mark.parametrize("name", ["main", "north"])
def test_the_keys_fix_is_for_its_connection(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    change(home, "north", DESKTOP | {"web_connector.username": "north"}, None)
    fix = examined(home, capsys)[f"cedar:{name}"]["fix"]
    monkeypatch.setattr("sys.stdin", io.StringIO("a-key\n"))
    assert typed(home, fix) == 0
    assert SystemCredentials().get(name, Secret.CEDAR_API_KEY) == "a-key"


def test_of_quickbooks_online_each_thing_that_is_missing_is_a_check(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    change(home, "main", ONLINE, None)
    assert "client_id" in examined(home, capsys)["intuit_app:main"]["fix"]
    change(home, "main", {"destination.client_id": "ABC"}, None)
    found = examined(home, capsys)
    assert "sign_in:main" not in found, "the sign-in comes after that"
    monkeypatch.setattr("sys.stdin", io.StringIO("a-secret\n"))
    assert typed(home, found["intuit_app:main"]["fix"]) == 0
    found = examined(home, capsys)
    assert found["intuit_app:main"]["ok"]
    assert found["sign_in:main"]["title"] == "Nobody has signed in to QuickBooks Online yet"
    assert found["sign_in:main"]["fix"].startswith("cedar-sync sign-in --connection main ")
    assert not found["quickbooks:main"]["ok"], "it was never asked"
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    assert SECRET in examined(home, capsys)["intuit_app:main"]["fix"]
