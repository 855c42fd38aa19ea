"""Starting at sign-in is shown as the system will act."""

import sys
from pathlib import Path

import pytest

from app.domain.faults import HomeUnusable
from app.system.autostart import (
    APPROVED,
    RUN,
    AutostartState,
    DesktopEntryAutostart,
    WindowsAutostart,
    own_command,
    quoted,
    system_autostart,
)

COMMAND = [r"C:\Program Files\Cedar Sync\Cedar Sync.exe", "--hidden"]


class FakeRegistry:
    def __init__(self) -> None:
        self.values: dict[tuple[str, str], str | bytes] = {}
        self.is_locked = False

    def read(self, key: str, name: str) -> str | bytes | None:
        return self.values.get((key, name))

    def write(self, key: str, name: str, value: str) -> None:
        if self.is_locked:
            raise PermissionError(13, "Access is denied")
        self.values[key, name] = value

    def delete(self, key: str, name: str) -> None:
        if self.is_locked:
            raise PermissionError(13, "Access is denied")
        self.values.pop((key, name), None)


@pytest.fixture
def registry() -> FakeRegistry:
    return FakeRegistry()


@pytest.fixture
def windows(registry: FakeRegistry) -> WindowsAutostart:
    return WindowsAutostart(registry, COMMAND)


def test_on_windows_it_is_a_quoted_value_under_run(windows: WindowsAutostart, registry: FakeRegistry) -> None:
    assert windows.state() is AutostartState.OFF
    windows.turn_on()
    assert registry.values == {(RUN, "Cedar Sync"): r'"C:\Program Files\Cedar Sync\Cedar Sync.exe" --hidden'}
    assert windows.state() is AutostartState.ON


def test_turned_off_twice_is_harmless(windows: WindowsAutostart, registry: FakeRegistry) -> None:
    windows.turn_on()
    windows.turn_off()
    windows.turn_off()
    assert (windows.state(), registry.values) == (AutostartState.OFF, {})


@pytest.mark.parametrize(
    ("first_byte", "state"),
    [
        (2, AutostartState.ON),
        (6, AutostartState.ON),
        (3, AutostartState.OFF_BY_SYSTEM),
        (7, AutostartState.OFF_BY_SYSTEM),
    ],
)
def test_the_task_managers_switch_wins(
    windows: WindowsAutostart, registry: FakeRegistry, first_byte: int, state: AutostartState
) -> None:
    windows.turn_on()
    registry.values[APPROVED, "Cedar Sync"] = bytes([first_byte]) + bytes(11)
    assert windows.state() is state
    windows.turn_on()
    assert windows.state() is state, "only Windows turns its own switch"


def test_without_our_value_the_task_managers_switch_means_nothing(
    windows: WindowsAutostart, registry: FakeRegistry
) -> None:
    registry.values[APPROVED, "Cedar Sync"] = bytes([2]) + bytes(11)
    assert windows.state() is AutostartState.OFF


def test_a_refusal_is_one_sentence(windows: WindowsAutostart, registry: FakeRegistry) -> None:
    registry.is_locked = True
    for order in (windows.turn_on, windows.turn_off):
        with pytest.raises(HomeUnusable, match="Access is denied"):
            order()


def test_elsewhere_it_is_a_desktop_entry(tmp_path: Path) -> None:
    entry = DesktopEntryAutostart(tmp_path / "autostart", ["/opt/cedar sync/run", "--hidden"])
    assert entry.state() is AutostartState.OFF
    entry.turn_on()
    text = (tmp_path / "autostart" / "cedar-sync.desktop").read_text()
    assert 'Exec="/opt/cedar sync/run" --hidden' in text
    assert entry.state() is AutostartState.ON
    entry.turn_off()
    entry.turn_off()
    assert entry.state() is AutostartState.OFF


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_an_entry_the_desktop_switched_off_is_shown_as_off(tmp_path: Path, line: str) -> None:
    entry = DesktopEntryAutostart(tmp_path, ["/opt/run"])
    entry.turn_on()
    file = tmp_path / "cedar-sync.desktop"
    file.write_text(file.read_text() + line + "\n")
    assert entry.state() is AutostartState.OFF_BY_SYSTEM


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(HomeUnusable, match="sign-in"):
        DesktopEntryAutostart(tmp_path / "file", ["/opt/run"]).turn_on()


@pytest.mark.skipif(sys.platform == "win32", reason="would change this computer")
def test_this_computers_switch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    switch = system_autostart()
    switch.turn_on()
    assert switch.state() is AutostartState.ON
    assert "-m app --hidden" in (tmp_path / "autostart" / "cedar-sync.desktop").read_text()


def test_a_program_of_its_own_is_started_without_a_console(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "cedar-sync.exe"))
    tray, home = tmp_path / "cedar-sync-tray.exe", tmp_path / "two words"
    assert quoted(own_command(home)) == f'"{tray}" --hidden --home "{home}"'
