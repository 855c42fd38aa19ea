"""A home named on the command line, all the way to what starts at sign-in."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from app.bootstrap.installation import Installation
from app.cli.main import run
from app.system.home import VARIABLE
from app.system.settings_file import change
from app.ui.setup.flow import Page
from app.ui.setup.settings_dialog import SettingsDialog
from app.ui.setup.sign_in_box import SignInBox
from app.ui.setup.start_page import StartPage
from app.ui.setup.wizard import SetupWizard
from app.ui.tasks import Tasks
from tests.ui.setup.office import MemoryCredentials

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there it would write the real registry")

Started = Callable[..., str]


@pytest.fixture(params=["wizard", "settings"])
def started(
    request: pytest.FixtureRequest, qtbot: QtBot, tasks: Tasks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Started:
    """Start by the command line, tick the start at sign-in in that home, and read what will be started then."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv(VARIABLE, "")

    def tick(box: SignInBox) -> None:
        box.box.setChecked(True)
        box.switching().apply()

    def run_desktop(home: Path, **_: object) -> int:
        credentials = MemoryCredentials()
        if request.param == "wizard":
            wizard = SetupWizard(home, credentials, tasks)
            qtbot.addWidget(wizard)
            page = wizard.pages[Page.START]
            assert isinstance(page, StartPage)
            tick(page.sign_in)
            qtbot.waitUntil(lambda: wizard.here is not None)
            wizard.reject()
        else:
            home.mkdir(parents=True)
            change(home, "main", {"cedar.carrier": "1234"}, None)
            with Installation(home, credentials=credentials) as installation:
                dialog = SettingsDialog(installation, tasks)
                qtbot.addWidget(dialog)
                tick(dialog.startup.sign_in)
                dialog.reject()
        return 0

    monkeypatch.setattr("app.cli.main.desktop", lambda: SimpleNamespace(run_desktop=run_desktop))

    def start(*arguments: str) -> str:
        assert run(arguments) == 0
        return (tmp_path / "config" / "autostart" / "cedar-sync.desktop").read_text(encoding="utf-8")

    return start


def test_another_home_is_started_at_sign_in_too(started: Started, tmp_path: Path) -> None:
    assert f"--hidden --home {tmp_path / 'other'}\n" in started("--home", str(tmp_path / "other"))


def test_the_usual_home_needs_no_naming(started: Started) -> None:
    assert "--home" not in started("--hidden")


def test_a_home_named_from_where_one_stands_is_found_from_elsewhere(
    started: Started, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert f"--hidden --home {tmp_path / 'other'}\n" in started("--home", "other")
