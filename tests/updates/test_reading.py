"""What is taken from a feed, and what is not: an attacker on the way or on the server gets nothing installed."""

from __future__ import annotations

import errno
import json
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from tuf.ngclient import Updater

from app import __version__
from app.domain.faults import HomeUnusable
from app.domain.values import replace
from app.updates import fetcher, reading
from app.updates.faults import SENTENCES, FeedFault, FeedProblem
from app.updates.feed import Feed
from app.updates.reading import look
from app.updates.setup_file import setup_name
from installer.feed import LIVES
from tests.cedar.raw_server import raw_server
from tests.updates.makers import SETUP, Makers, served

NEWER = "99.1.10"


@pytest.fixture
def makers(tmp_path: Path) -> Makers:
    return Makers(tmp_path)


@pytest.fixture
def feed(makers: Makers) -> Iterator[Feed]:
    with served(makers.feed) as address:
        yield Feed(address, makers.root)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "home" / "updates"


def problem_of(feed: Feed, folder: Path, *, fetches: bool = False, seconds: float | None = None) -> FeedProblem:
    """Look, get nothing, and say why; no setup is there afterwards."""
    with pytest.raises(FeedFault) as caught:
        look(feed, folder, fetches=fetches, seconds=seconds)
    assert str(caught.value) == SENTENCES[caught.value.problem]
    assert not list(folder.glob("*.exe"))
    return caught.value.problem


def rewrite(file: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change signed metadata as somebody does who has no key."""
    document = json.loads(file.read_bytes())
    change(document["signed"])
    file.write_text(json.dumps(document))


def test_a_newer_version_is_found_and_nothing_else_is_fetched(makers: Makers, feed: Feed, folder: Path) -> None:
    makers.publish("99.1.9")
    makers.publish(NEWER, "Faster, and quieter.")
    found = look(feed, folder)
    assert found.newer is not None
    assert (found.newer.version, found.newer.notes, found.newer.size) == (NEWER, "Faster, and quieter.", len(SETUP))
    assert found.setup is None
    assert not list(folder.glob("*.exe"))


def test_its_setup_is_fetched_once_and_is_whole(makers: Makers, feed: Feed, folder: Path) -> None:
    makers.publish(NEWER)
    setup = look(feed, folder, fetches=True).setup
    assert setup is not None
    assert setup.path == folder / setup_name(NEWER)
    assert setup.path.read_bytes() == SETUP
    assert setup.is_whole()
    makers.setup_file().unlink()
    assert look(feed, folder, fetches=True).setup == setup, "the one that is there already is taken"
    setup.path.write_bytes(b"X" + SETUP[1:])
    assert not setup.is_whole()
    assert problem_of_fetch_of_what_is_gone(feed, folder) is FeedProblem.UNREACHABLE


def problem_of_fetch_of_what_is_gone(feed: Feed, folder: Path) -> FeedProblem:
    with pytest.raises(FeedFault) as caught:
        look(feed, folder, fetches=True)
    return caught.value.problem


@pytest.mark.parametrize("version", [__version__, "0.9.9"])
def test_an_older_or_the_same_version_is_none(makers: Makers, feed: Feed, folder: Path, version: str) -> None:
    makers.publish(version)
    found = look(feed, folder, fetches=True)
    assert (found.newer, found.setup) == (None, None)


def test_setups_that_have_had_their_day_are_removed(makers: Makers, feed: Feed, folder: Path) -> None:
    folder.mkdir(parents=True)
    for version in (__version__, "0.9.0", "99.0.0"):
        (folder / setup_name(version)).write_bytes(SETUP)
    makers.publish(NEWER)
    look(feed, folder)
    assert [file.name for file in folder.glob("*.exe")] == [setup_name("99.0.0")]


def test_signed_by_others_is_not_taken(makers: Makers, feed: Feed, folder: Path, tmp_path: Path) -> None:
    makers.publish(NEWER)
    others = Makers(tmp_path / "others")
    assert problem_of(replace(feed, root=others.root), folder, fetches=True) is FeedProblem.NOT_SIGNED


def test_changed_metadata_is_not_taken(makers: Makers, feed: Feed, folder: Path) -> None:
    makers.publish(NEWER)

    def claim_another_version(signed: dict[str, Any]) -> None:
        signed["targets"][setup_name(NEWER)]["hashes"]["sha256"] = "0" * 64

    rewrite(makers.feed / "metadata" / "2.targets.json", claim_another_version)
    assert problem_of(feed, folder, fetches=True) is FeedProblem.NOT_SIGNED


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"X" + SETUP[1:], FeedProblem.CHANGED),
        (SETUP[:-1], FeedProblem.CHANGED),
        (SETUP + b"X", FeedProblem.TOO_LONG),
    ],
)
def test_another_setup_is_not_taken(
    makers: Makers, feed: Feed, folder: Path, content: bytes, problem: FeedProblem
) -> None:
    makers.publish(NEWER)
    makers.setup_file().write_bytes(content)
    assert problem_of(feed, folder, fetches=True) is problem


def test_an_expired_timestamp_is_not_taken(makers: Makers, feed: Feed, folder: Path) -> None:
    makers.publish(NEWER, now=datetime.now(UTC) - LIVES["timestamp"] - timedelta(hours=1))
    assert problem_of(feed, folder, fetches=True) is FeedProblem.STALE
    makers.at().refresh()
    assert look(feed, folder).newer is not None


def test_an_older_state_that_is_replayed_is_not_taken(makers: Makers, feed: Feed, folder: Path) -> None:
    makers.publish("99.0.0")
    copy = makers.keep_copy()
    makers.publish(NEWER)
    look(feed, folder)
    makers.replay(copy)
    assert problem_of(feed, folder, fetches=True) is FeedProblem.OLDER


def test_an_older_snapshot_under_a_newer_timestamp_is_not_taken(makers: Makers, feed: Feed, folder: Path) -> None:
    makers.publish("99.0.0")
    metadata = makers.feed / "metadata"
    older = (metadata / "2.snapshot.json").read_bytes()
    makers.publish(NEWER)
    look(feed, folder)
    makers.at().refresh()
    makers.publish("99.2.0")
    (metadata / "4.snapshot.json").write_bytes(older)
    assert problem_of(feed, folder, fetches=True) is FeedProblem.OLDER


def test_a_renewed_root_is_followed(makers: Makers, feed: Feed, folder: Path) -> None:
    late = datetime.now(UTC) + LIVES["root"] * 0.6
    makers.publish(NEWER)
    assert makers.at(late).refresh() == []
    assert (makers.feed / "metadata" / "2.root.json").is_file()
    assert look(feed, folder).newer is not None


def test_a_server_that_is_not_there_is_told(makers: Makers, folder: Path) -> None:
    with served(makers.feed) as address:
        pass
    assert problem_of(Feed(address, makers.root), folder) is FeedProblem.UNREACHABLE


def test_a_feed_that_is_still_empty_has_nothing_newer(feed: Feed, folder: Path) -> None:
    assert look(feed, folder, fetches=True).newer is None


def test_a_feed_that_was_never_made_is_told(makers: Makers, folder: Path, tmp_path: Path) -> None:
    with served(tmp_path / "nothing") as address:
        assert problem_of(Feed(address, makers.root), folder) is FeedProblem.UNREACHABLE


def test_a_root_that_is_none_is_told(feed: Feed, folder: Path) -> None:
    assert problem_of(replace(feed, root=b"<html>"), folder) is FeedProblem.NONSENSE


def test_a_redirect_is_not_followed(makers: Makers, feed: Feed, folder: Path) -> None:
    answer = f"HTTP/1.1 302 Found\r\nLocation: {feed.address}\r\nContent-Length: 0\r\n\r\n".encode()
    with raw_server(lambda connection, _: connection.sendall(answer)) as address:
        assert problem_of(Feed(f"{address}/", makers.root), folder) is FeedProblem.UNREACHABLE


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"


def test_endless_data_is_cut_off(makers: Makers, folder: Path) -> None:
    sent: list[int] = []

    def endless(connection: socket.socket, _: bytes) -> None:
        connection.sendall(HEAD)
        while True:
            connection.sendall(b" " * 65536)
            sent.append(65536)

    with raw_server(endless) as address:
        assert problem_of(Feed(f"{address}/", makers.root), folder) is FeedProblem.TOO_LONG
    assert sum(sent) < 20_000_000


def test_data_that_trickles_is_cut_off(makers: Makers, folder: Path) -> None:
    def trickling(connection: socket.socket, _: bytes) -> None:
        connection.sendall(HEAD)
        for _piece in range(200):
            connection.sendall(b" ")
            time.sleep(0.02)

    with raw_server(trickling) as address:
        began = time.monotonic()
        assert problem_of(Feed(f"{address}/", makers.root), folder, seconds=0.2) is FeedProblem.TOO_SLOW
    assert time.monotonic() - began < 2


def test_a_server_that_falls_silent_is_given_up(makers: Makers, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetcher, "TIMEOUTS", httpx.Timeout(0.1))

    def silent(connection: socket.socket, _: bytes) -> None:
        connection.sendall(HEAD)
        connection.recv(1)

    with raw_server(silent) as address:
        assert problem_of(Feed(f"{address}/", makers.root), folder) is FeedProblem.TOO_SLOW


def test_a_full_disk_is_one_sentence(makers: Makers, feed: Feed, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    makers.publish(NEWER)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Updater, "download_target", full)
    with pytest.raises(HomeUnusable, match=r"No space left on device.*Nothing was installed"):
        look(feed, folder, fetches=True)


def test_a_folder_that_cannot_be_written_is_one_sentence(
    makers: Makers, feed: Feed, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    makers.publish(NEWER)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refuse)
    with pytest.raises(HomeUnusable, match="Permission denied"):
        look(feed, folder)


def test_two_looks_at_a_time_are_one_too_many(feed: Feed, folder: Path) -> None:
    with reading._alone(folder), pytest.raises(HomeUnusable, match="already"):
        look(feed, folder)
