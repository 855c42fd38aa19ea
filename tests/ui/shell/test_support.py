"""Help, Save support file: looked through first, then written as it was shown; in whatever state the program is."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from app.diagnostics.support_file import MANIFEST, NOT_IN_IT
from app.system.home import Home
from app.ui.setup.result_line import Result
from app.ui.shell import Shell
from app.ui.support import TROUBLE
from app.ui.support_window import LONGEST_PREVIEW, SupportWindow
from app.ui.tasks import Tasks
from app.ui.tray_state import Choice, Icon
from tests.ui.shell.stand_ins import Desk, Start


def support_window() -> SupportWindow:
    found = [each for each in QApplication.topLevelWidgets() if isinstance(each, SupportWindow) and each.isVisible()]
    assert len(found) == 1
    return found[0]


def opened_folder(folders: list[QUrl]) -> Callable[[QUrl], bool]:
    """Stand in for the desktop's own opening of a folder."""

    def open_url(url: QUrl) -> bool:
        folders.append(url)
        return True

    return open_url


def opened(shell: Shell, qtbot: QtBot) -> SupportWindow:
    shell.choose(Choice.SUPPORT)
    window = support_window()
    qtbot.waitUntil(window.save.isEnabled, timeout=20_000)
    return window


def test_what_was_shown_is_what_is_written(
    desk: Desk, running: Shell, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Home(desk.home).log
    log.parent.mkdir(exist_ok=True)
    log.write_text("a line about a@b.example\n")
    window = opened(running, qtbot)
    labels = "\n".join(label.text() for label in window.findChildren(QLabel))
    assert all(each in labels for each in NOT_IN_IT)
    shown: dict[str, str] = {}
    for row in range(window.files.count()):
        window.files.setCurrentRow(row)
        shown[window.files.item(row).text().partition(" (")[0]] = window.text.toPlainText()
    assert next(iter(shown)) == MANIFEST
    assert {"settings.toml", "status.txt", "doctor.txt", "versions.txt", "logs/cedar-sync.log"} < set(shown)
    assert "a@b.example" not in "".join(shown.values())
    target = tmp_path / "for support.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    assert not window.folder.isVisible()
    window.save.click()
    qtbot.waitUntil(lambda: window.result.result is Result.GOOD, timeout=20_000)
    assert str(target) in window.result.words
    with zipfile.ZipFile(target) as archive:
        assert {name: archive.read(name).decode() for name in archive.namelist()} == shown
    folders: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened_folder(folders))
    window.folder.click()
    assert [Path(url.toLocalFile()) for url in folders] == [tmp_path]


@pytest.mark.parametrize(
    ("typed", "written"), [("mine", "mine.zip"), ("mine 2.1", "mine 2.1.zip"), ("mine.ZIP", "mine.ZIP")]
)
def test_a_name_without_its_ending_gets_it(
    running: Shell, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, written: str
) -> None:
    window = opened(running, qtbot)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / typed), ""))
    window.save.click()
    qtbot.waitUntil(lambda: window.result.result is Result.GOOD, timeout=20_000)
    assert (tmp_path / written).is_file()
    assert written in window.result.words


def test_the_window_asks_for_it_too_and_there_is_one(desk: Desk, running: Shell, qtbot: QtBot) -> None:
    window = opened(running, qtbot)
    desk.window.commands.save_support_file()
    assert support_window() is window


def test_a_dialog_that_was_cancelled_writes_nothing(
    running: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(running, qtbot)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    window.save.click()
    assert window.result.result is Result.NOTE
    assert window.save.isEnabled()


def test_a_place_that_cannot_be_written_is_told(running: Shell, qtbot: QtBot, tmp_path: Path) -> None:
    window = opened(running, qtbot)
    window.save_to(tmp_path / "nowhere" / "file.zip")
    qtbot.waitUntil(lambda: window.result.result is Result.BAD, timeout=20_000)
    assert "choose another place" in window.result.words
    assert window.save.isEnabled()


def test_before_anything_is_set_up_there_is_a_file_too(desk: Desk, start: Start, qtbot: QtBot) -> None:
    shell = start(hidden=True)
    qtbot.waitUntil(lambda: desk.tray.icon is Icon.NOT_SET_UP, timeout=20_000)
    window = opened(shell, qtbot)
    names = [window.files.item(row).text() for row in range(window.files.count())]
    assert any(name.startswith(TROUBLE) for name in names)


def test_of_a_long_part_the_end_is_shown_and_said_to_be_the_end(qtbot: QtBot) -> None:
    tasks = Tasks()
    text = "".join(f"line {number}\n" for number in range(20_000))
    window = SupportWindow(tasks, lambda: {"long.log": text})
    qtbot.addWidget(window)
    qtbot.waitUntil(window.save.isEnabled)
    shown = window.text.toPlainText()
    assert shown.endswith("line 19999\n")
    assert shown.startswith("The end of this part is shown")
    assert len(shown) < LONGEST_PREVIEW + 200
    tasks.stop()
