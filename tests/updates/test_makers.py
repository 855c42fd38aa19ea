"""The makers' command: keys that nobody else can read, versions that only grow, and a feed that is kept fresh."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.updates.feed import Feed
from app.updates.reading import look
from installer.feed import LIVES, PASSPHRASE, main
from tests.updates.makers import Makers, served

PHRASE = "a phrase"


def feed(folder: Path, *arguments: str, passphrase: str = PHRASE) -> Result:
    where = ["--feed", str(folder / "feed"), "--keys", str(folder / "keys")]
    return CliRunner().invoke(main, [*where, *arguments], env={PASSPHRASE: passphrase})


@pytest.fixture
def made(tmp_path: Path) -> Path:
    result = feed(tmp_path, "init", "--url", "https://updates.example/", "--output", str(tmp_path / "build"))
    assert result.exit_code == 0, result.output
    return tmp_path


@pytest.fixture
def setup(tmp_path: Path) -> Path:
    file = tmp_path / "setup.exe"
    file.write_bytes(b"MZ")
    return file


def test_a_feed_is_made_and_a_version_given_out(made: Path, setup: Path) -> None:
    assert feed(made, "publish", str(setup), "--version", "99.0.0", "--notes", "Faster.").exit_code == 0
    assert feed(made, "refresh").exit_code == 0
    assert (made / "build" / "feed.toml").read_text() == 'url = "https://updates.example/"\n'
    with served(made / "feed") as address:
        found = look(Feed(address, (made / "build" / "root.json").read_bytes()), made / "home", fetches=True)
    assert found.newer is not None
    assert found.newer.notes == "Faster."
    assert found.setup is not None
    assert found.setup.path.read_bytes() == b"MZ"


def test_keys_are_encrypted_and_their_owners_alone(made: Path, setup: Path) -> None:
    for key in (made / "keys").iterdir():
        assert b"ENCRYPTED" in key.read_bytes()
        assert os.name != "posix" or key.stat().st_mode & 0o077 == 0
    result = feed(made, "publish", str(setup), "--version", "99.0.0", passphrase="another")
    assert result.exit_code == 1
    assert "cannot be opened with this passphrase" in result.output


def test_keys_never_lie_where_everybody_reads(tmp_path: Path) -> None:
    where = ["--feed", str(tmp_path), "--keys", str(tmp_path / "keys"), "--without-passphrase"]
    result = CliRunner().invoke(main, [*where, "init", "--url", "https://a.example", "--output", str(tmp_path)])
    assert result.exit_code == 1
    assert "below the feed" in result.output
    assert not (tmp_path / "keys").exists()


def test_nothing_is_made_over_what_is_there(made: Path) -> None:
    before = (made / "keys" / "root.pem").read_bytes()
    result = feed(made, "init", "--url", "https://updates.example/", "--output", str(made / "build"))
    assert (result.exit_code, (made / "keys" / "root.pem").read_bytes()) == (1, before)


@pytest.mark.parametrize("version", ["1.0", "1.9.0", "1.10.0"])
def test_a_version_that_nobody_would_take_is_refused(made: Path, setup: Path, version: str) -> None:
    assert feed(made, "publish", str(setup), "--version", "1.10.0").exit_code == 0
    assert feed(made, "publish", str(setup), "--version", version).exit_code == 1


def ends(makers: Makers) -> dict[str, tuple[int, datetime]]:
    """Give version and end of the newest metadata of each role."""
    found: dict[str, tuple[int, datetime]] = {}
    for file in (makers.feed / "metadata").iterdir():
        signed = json.loads(file.read_bytes())["signed"]
        end = signed["version"], datetime.fromisoformat(signed["expires"])
        found[signed["_type"]] = max(found.get(signed["_type"], end), end)
    return found


def test_a_refresh_renews_what_nears_its_end(tmp_path: Path) -> None:
    makers = Makers(tmp_path)
    makers.publish("99.0.0")
    soon = datetime.now(UTC) + timedelta(days=20)
    assert makers.at(soon).refresh() == []
    assert {role: version for role, (version, _) in ends(makers).items()} == {
        "root": 1,
        "targets": 2,
        "snapshot": 2,
        "timestamp": 3,
    }
    later = datetime.now(UTC) + LIVES["root"] * 0.51
    assert makers.at(later).refresh() == []
    assert all(end > later + LIVES["timestamp"] * 0.9 for _, end in ends(makers).values())


def test_a_refresh_says_which_keys_it_would_need(tmp_path: Path) -> None:
    makers = Makers(tmp_path)
    for role in ("root", "targets"):
        (makers.keys / f"{role}.pem").unlink()
    assert makers.at().refresh() == []
    later = datetime.now(UTC) + LIVES["root"] * 0.51
    assert makers.at(later).refresh() == ["root", "targets"]
