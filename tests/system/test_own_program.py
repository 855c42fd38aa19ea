"""Whichever of the two programs asks: the one without a console is started."""

import sys
from pathlib import Path

import pytest

from app.system.own_program import tray_command


@pytest.mark.parametrize("asking", ["cedar-sync.exe", "cedar-sync-tray.exe"])
def test_installed_the_tray_program_is_started(asking: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / asking))
    assert tray_command() == [str(tmp_path / "cedar-sync-tray.exe")]


def test_as_a_package_python_without_a_console_is_started_where_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python.exe"))
    assert tray_command() == [str(tmp_path / "python.exe"), "-m", "app"]
    (tmp_path / "pythonw.exe").touch()
    assert tray_command() == [str(tmp_path / "pythonw.exe"), "-m", "app"]
