from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.system.whole_file import write_whole


def test_a_file_is_written_in_place_of_what_it_was(tmp_path: Path) -> None:
    file = tmp_path / "below" / "file.json"
    for text in ("one", "zwei ü\n"):
        write_whole(file, text)
        assert file.read_bytes() == text.encode()
    assert [each.name for each in file.parent.iterdir()] == ["file.json"]


@pytest.mark.skipif(os.name != "posix", reason="looks at POSIX rights")
def test_it_is_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "file.json"
    file.touch(0o666)
    write_whole(file, "secret")
    assert file.stat().st_mode & 0o777 == 0o600


def test_what_cannot_be_written_leaves_it_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file.json"
    file.write_text("before", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(file, "after")
    assert [(each.name, each.read_text(encoding="utf-8")) for each in tmp_path.iterdir()] == [("file.json", "before")]
