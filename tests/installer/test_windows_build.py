"""The Windows program itself under Wine: opt in by CEDAR_SYNC_WINDOWS_BUILD, what ``python -m installer`` made."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import __version__
from installer.names import COMMANDS, FOLDER, LICENCES
from installer.wine_prefix import Wine, screen

BUILT = os.environ.get("CEDAR_SYNC_WINDOWS_BUILD", "")
PROGRAM = Path(BUILT) / FOLDER / f"{COMMANDS}.exe"

pytestmark = [
    pytest.mark.skipif(not BUILT, reason="CEDAR_SYNC_WINDOWS_BUILD names no built folder"),
    pytest.mark.skipif(sys.platform != "win32" and shutil.which("wine") is None, reason="Wine is not here"),
    pytest.mark.timeout(600),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("Büro am Gleis") / "home"


@pytest.fixture(autouse=True, scope="module")
def display() -> Iterator[None]:
    """Give Windows' desktop under Wine a screen to be drawn on."""
    with contextlib.ExitStack() as stack:
        if sys.platform != "win32":
            patch = stack.enter_context(pytest.MonkeyPatch.context())
            patch.setenv("DISPLAY", stack.enter_context(screen()))
        yield


def run(*words: str, home: Path) -> subprocess.CompletedProcess[bytes]:
    is_wine = sys.platform != "win32"
    environment = Wine(Path(BUILT) / "work" / "wine").environment if is_wine else {}
    place = "Z:" + str(home).replace("/", "\\") if is_wine else str(home)
    return subprocess.run(
        [*(["wine"] if is_wine else []), str(PROGRAM), *words, "--home", place],
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=300,
        check=False,
    )


def test_status(home: Path) -> None:
    done = run("status", "--json", home=home)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["version"] == __version__
    assert told["overall"]["state"] == "not_set_up"


def test_doctor(home: Path) -> None:
    options = ["--carrier", "1234", "--assume-user", "books@railroad.example", "--time-zone", "America/Chicago"]
    done = run("configure", *options, home=home)
    assert done.returncode == 0, done.stderr
    done = run("doctor", "--json", home=home)
    found = {each["check"]: each for each in json.loads(done.stdout)}
    assert done.returncode == 1, "nothing answers for Cedar here, and there is no key"
    assert found["settings"]["ok"]
    assert all(each["ok"] or each["fix"] for each in found.values())


def test_self_check(home: Path) -> None:
    done = run("self-check", home=home)
    assert done.returncode == 0, done.stderr


def test_licences_are_inside() -> None:
    folder = PROGRAM.parent / LICENCES
    assert {"INDEX.txt", "Qt.txt", "LGPL-3.0.txt", "Python.txt"} <= {each.name for each in folder.iterdir()}
