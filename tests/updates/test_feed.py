"""Where a feed is named, and which names are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.faults import NotConfigured
from app.updates.feed import ADDRESS_FILE, VARIABLE, Feed, configured_feed, has_feed
from app.updates.version import is_newer, numbers
from tests.updates.makers import put_into


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    return tmp_path


def test_this_build_has_no_feed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert not has_feed()
    with pytest.raises(NotConfigured, match="without a feed"):
        configured_feed()


def test_both_files_make_a_feed(folder: Path) -> None:
    put_into(folder, Feed("https://updates.example/cedar-sync", b"{}"))
    assert has_feed()
    assert configured_feed() == Feed("https://updates.example/cedar-sync/", b"{}")
    (folder / "root.json").unlink()
    assert not has_feed()


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8000"])
def test_this_computer_needs_no_encryption(folder: Path, address: str) -> None:
    put_into(folder, Feed(address, b"{}"))
    assert configured_feed().address == f"{address}/"


@pytest.mark.parametrize("address", ["http://updates.example", "http://10.0.0.7/", "ftp://updates.example"])
def test_anybody_else_needs_it(folder: Path, address: str) -> None:
    put_into(folder, Feed(address, b"{}"))
    with pytest.raises(NotConfigured, match="https://"):
        configured_feed()


@pytest.mark.parametrize("text", ["", "url = 7", "url = ", 'url = "nowhere"', 'url = "https://a.example/?x=1"'])
def test_what_is_no_address_is_refused_in_a_sentence(folder: Path, text: str) -> None:
    put_into(folder, Feed("https://updates.example/", b"{}"))
    (folder / ADDRESS_FILE).write_text(text)
    with pytest.raises(NotConfigured, match="install Cedar Sync again"):
        configured_feed()


@pytest.mark.parametrize(
    ("version", "than", "expected"),
    [
        ("1.10.0", "1.9.0", True),
        ("1.9.0", "1.10.0", False),
        ("1.0.0", "1.0.0", False),
        ("2.0.0rc1", "1.0.0", False),
        ("1.1", "1.0.0", False),
    ],
)
def test_versions_are_compared_as_numbers(version: str, than: str, *, expected: bool) -> None:
    assert is_newer(version, than) is expected


@pytest.mark.parametrize("text", ["", "1.0", "1.0.0.0", "01.0.0", "1.0.0\n", "٣.0.0", "1.0.-1", "../1.0.0"])
def test_what_is_no_version_is_none(text: str) -> None:
    assert numbers(text) is None
