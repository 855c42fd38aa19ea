"""The command that takes pictures takes them; what is on them a person looks at."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tests.screenshots.__main__ import main


def sizes(folder: Path) -> dict[str, tuple[int, int]]:
    """Give each picture's size; one that shows a single colour counts as empty."""
    found = {}
    for file in sorted(folder.iterdir()):
        image = QImage(str(file))
        colours = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
        found[file.stem] = (image.width(), image.height()) if len(colours) > 1 else (0, 0)
    return found


def test_the_tray_and_the_practice_window_in_the_dark(
    qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path), "tray", "practice", "--look", "light", "--look", "dark"]) == 0
    found = sizes(tmp_path)
    assert capsys.readouterr().out.startswith(f"{len(found)} pictures")
    assert {"light-tray-icons-dark", "dark-tray-menu-attention", "dark-practice-window"} <= found.keys()
    for name, (width, height) in found.items():
        assert width >= 80, name
        assert height >= 40, name
    assert found["dark-practice-window"] == (1280, 760)
    assert found["light-tray-icons-light"][1] > 8 * 64


def test_every_page_of_wizard_and_settings(qtbot: QtBot, tmp_path: Path) -> None:
    assert main([str(tmp_path), "setup", "--look", "light"]) == 0
    found = sizes(tmp_path)
    assert len(found) == 12
    assert all(width > 400 and height > 300 for width, height in found.values())


def test_the_desk_is_refused_without_a_screen(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="2"):
        main([str(tmp_path), "desk"])
