"""Changed settings count while the program runs, but for those that only a new start can take."""

import logging
from pathlib import Path

import pytest

from app.system.settings import Settings
from app.system.settings_file import NAME, change, load
from app.system.settings_watch import SettingsWatch

URL = "postgresql+psycopg://office@server/office"


@pytest.fixture
def in_force(tmp_path: Path) -> Settings:
    change(tmp_path, "main", {"cedar.carrier": "1234"}, 8085)
    return load(tmp_path).settings


def test_a_change_is_told_once(tmp_path: Path, in_force: Settings) -> None:
    watch = SettingsWatch(tmp_path)
    assert watch.fresh(in_force) is None
    change(tmp_path, "main", {"cedar.poll_minutes": 30}, None)
    fresh = watch.fresh(in_force)
    assert fresh is not None
    assert fresh.connections[0].cedar.poll_minutes == 30
    assert watch.fresh(fresh) is None


@pytest.mark.parametrize(
    ("connection", "changes", "url", "words"),
    [
        ("branch", {"web_connector.username": "branch"}, None, "connections were added"),
        (
            "main",
            {"destination.kind": "quickbooks_online", "destination.document": "estimate"},
            None,
            "another accounting system",
        ),
        ("main", {}, URL, "record is to be at another place"),
    ],
)
def test_what_counts_from_the_next_start_on_is_logged_and_changes_nothing(
    tmp_path: Path,
    in_force: Settings,
    caplog: pytest.LogCaptureFixture,
    connection: str,
    changes: dict[str, object],
    url: str | None,
    words: str,
) -> None:
    watch = SettingsWatch(tmp_path)
    change(tmp_path, connection, changes, None, database_url=url)
    with caplog.at_level(logging.WARNING, "app.system.settings_watch"):
        assert watch.fresh(in_force) is None
    assert words in caplog.text


def test_a_file_that_was_away_for_a_while_counts_again(tmp_path: Path, in_force: Settings) -> None:
    watch, file = SettingsWatch(tmp_path), tmp_path / NAME
    text = file.read_text("utf-8")
    file.unlink()
    assert watch.fresh(in_force) is None
    file.write_text(text.replace("1234", "12345"), "utf-8")
    fresh = watch.fresh(in_force)
    assert fresh is not None
    assert fresh.connections[0].cedar.carrier == "12345"
