from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.faults import HomeUnusable
from app.system.home import VARIABLE, Home, default_home, usual_home

HOLDER = """
import sys
from pathlib import Path
from app.system.home import Home
with Home(Path(sys.argv[1])).claimed():
    print("claimed", flush=True)
    sys.stdin.read()
"""


def test_a_home_is_made_where_there_is_none(tmp_path: Path) -> None:
    Home(tmp_path / "deep" / "home")
    assert (tmp_path / "deep" / "home").is_dir()


@pytest.mark.skipif(os.name != "posix", reason="rights of that kind are POSIX's")
def test_a_home_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    assert Home(tmp_path / "home").path.stat().st_mode & 0o777 == 0o700


def test_a_look_at_a_home_leaves_nothing_there(tmp_path: Path) -> None:
    Home(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["file", "file/home"])
def test_a_file_in_its_place_is_unusable(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(HomeUnusable, match="choose another home"):
        Home(tmp_path / place)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder nobody can write in, such as /proc")
def test_a_folder_nobody_can_write_in_is_unusable() -> None:
    with pytest.raises(HomeUnusable, match="cannot be written"):
        Home(Path("/proc/self/home"))


def test_a_home_is_used_by_one_program_at_a_time(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with home.claimed(), pytest.raises(HomeUnusable, match="already running with the home"), Home(tmp_path).claimed():
        pass


def test_a_home_can_be_used_again_after_its_program_ended(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with home.claimed():
        pass
    with home.claimed():
        assert home.is_running()


def test_a_home_nobody_uses_is_not_running(tmp_path: Path) -> None:
    assert not Home(tmp_path).is_running()


def test_another_process_is_noticed(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    try:
        assert Home(tmp_path).is_running()
    finally:
        holder.communicate(timeout=60)


def test_a_process_that_was_killed_does_not_keep_the_home(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    holder.kill()
    holder.communicate(timeout=60)
    assert not Home(tmp_path).is_running()


def test_the_variable_names_the_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert default_home() == tmp_path


def test_without_the_variable_it_is_the_users_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert "Cedar Sync" in str(default_home())


def test_the_variable_does_not_change_the_usual_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert usual_home() != tmp_path
    monkeypatch.delenv(VARIABLE)
    assert usual_home() == default_home()


def test_a_relative_home_is_made_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(VARIABLE, "books")
    assert default_home() == tmp_path / "books"
