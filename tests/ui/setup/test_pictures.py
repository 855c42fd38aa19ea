from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.ui.setup.pictures import take


def test_every_page_can_be_pictured(qtbot: QtBot, tmp_path: Path) -> None:
    taken = take(tmp_path)
    assert len(taken) == 12
    assert all(picture.stat().st_size > 5_000 for picture in taken)
