"""The hidden command the window runs: one document, one sentence, and the exit code for each kind of trouble."""

from __future__ import annotations

import errno
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app import __version__
from app.cli.main import run
from app.updates.feed import VARIABLE, Feed
from tests.updates.makers import SETUP, Makers, put_into, served

Command = Callable[..., tuple[int, dict[str, Any], str]]


@pytest.fixture
def command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    def check(*options: str) -> tuple[int, dict[str, Any], str]:
        code = run(["check-updates", "--json", "--home", str(tmp_path / "home"), *options])
        said = capsys.readouterr()
        return code, json.loads(said.out), said.err

    return check


@pytest.fixture
def makers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Makers]:
    makers = Makers(tmp_path)
    monkeypatch.setenv(VARIABLE, str(tmp_path / "build"))
    with served(makers.feed) as address:
        put_into(tmp_path / "build", Feed(address, makers.root))
        yield makers


def test_it_tells_of_a_newer_version_and_fetches_it(makers: Makers, command: Command, tmp_path: Path) -> None:
    makers.publish("99.0.0", "Faster.")
    code, document, said = command()
    assert (code, document["newer"]) == (0, {"version": "99.0.0", "notes": "Faster.", "size": len(SETUP)})
    assert (document["version"], document["setup"], document["problem"]) == (__version__, None, None)
    assert said == "Version 99.0.0 is ready.\nFaster.\n"
    code, document, _ = command("--fetch")
    assert code == 0
    assert Path(document["setup"]["path"]).read_bytes() == SETUP


def test_it_tells_of_none(makers: Makers, command: Command) -> None:
    makers.publish(__version__)
    code, document, said = command()
    assert (code, document["newer"], said) == (0, None, f"There is no newer version than {__version__}.\n")


def test_a_feed_that_cannot_be_trusted_is_five(makers: Makers, command: Command) -> None:
    makers.publish("99.0.0")
    makers.setup_file().write_bytes(b"X" * len(SETUP))
    code, document, said = command("--fetch")
    assert (code, document["problem"], document["newer"]) == (5, "changed", None)
    assert said.count("\n") == 1


def test_a_home_that_cannot_be_written_is_six(
    makers: Makers, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    makers.publish("99.0.0")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refuse)
    code, document, said = command("--fetch")
    assert (code, document["problem"]) == (6, "home")
    assert "Read-only file system" in said
    assert said.count("\n") == 1


def test_no_feed_is_three(command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "nothing"))
    code, document, said = command()
    assert (code, document["problem"]) == (3, "no_feed")
    assert "without a feed" in said
