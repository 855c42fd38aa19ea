"""The Web Connector's key, its log and its process are read as Windows has them: run on Windows, or under Wine."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    import winreg

    from app.system.web_connector_install import KEPT, LOG_END
    from app.system.windows_processes import is_elevated, seen_processes
    from app.system.windows_web_connector import WindowsWebConnector

    @pytest.fixture
    def key() -> Iterator[str]:
        """Give a key of our own under the user's part of the registry, empty and gone afterwards."""
        key = rf"Software\Cedar Sync Test\{uuid.uuid4()}"
        winreg.CreateKey(winreg.HKEY_CURRENT_USER, key).Close()
        yield key
        _delete(key)

    def _delete(key: str) -> None:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
            below = [winreg.EnumKey(opened, number) for number in range(winreg.QueryInfoKey(opened)[0])]
        for name in below:
            _delete(rf"{key}\{name}")
        winreg.DeleteKey(winreg.HKEY_CURRENT_USER, key)

    def write(key: str, **values: str | int | bytes) -> None:
        kinds = {str: winreg.REG_SZ, int: winreg.REG_DWORD, bytes: winreg.REG_BINARY}
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
            for name, value in values.items():
                winreg.SetValueEx(opened, name, 0, kinds[type(value)], value)

    def test_the_settings_are_read_with_all_keys_below(key: str, tmp_path: Path) -> None:
        write(key, Level="DEBUG", UpdateLock="FALSE")
        write(rf"{key}\Cedar Sync", AppURL="http://localhost:8085/qbwc", Password="canary", Blob=b"canary", AutoRun=1)
        write(rf"{key}\Cedar Sync\Scheduler", RunEveryNMinutes="5")
        look = WindowsWebConnector(key, tmp_path / "none.txt").look()
        assert look.is_installed
        assert look.settings == {
            "": {"Level": "DEBUG", "UpdateLock": "FALSE"},
            "Cedar Sync": {
                "AppURL": "http://localhost:8085/qbwc",
                "Password": KEPT,
                "Blob": "(bytes)",
                "AutoRun": 1,
            },
            r"Cedar Sync\Scheduler": {"RunEveryNMinutes": "5"},
        }

    def test_without_a_key_the_settings_are_empty(key: str, tmp_path: Path) -> None:
        look = WindowsWebConnector(rf"{key}\none", tmp_path / "none.txt").look()
        assert (look.settings, look.log, look.log_trouble) == ({}, None, "")

    def test_only_the_end_of_a_large_log_is_read(key: str, tmp_path: Path) -> None:
        log = tmp_path / "QWCLog.txt"
        log.write_bytes(b"a" * LOG_END + b"the end")
        with log.open("ab"):  # as the Web Connector holds it
            look = WindowsWebConnector(key, log).look()
        assert look.log is not None
        assert look.log.endswith(b"the end")
        assert len(look.log) <= LOG_END + 1

    def test_a_log_that_cannot_be_read_is_told(key: str, tmp_path: Path) -> None:
        look = WindowsWebConnector(key, tmp_path).look()
        assert (look.log, bool(look.log_trouble)) == (None, True)

    def test_processes_are_listed_by_their_program(tmp_path: Path) -> None:
        assert seen_processes() is not None
        assert is_elevated(os.getpid()) in {True, False}

    def test_a_program_named_as_the_web_connector_is_seen_while_it_runs(tmp_path: Path) -> None:
        source = Path(os.environ["SYSTEMROOT"]) / "System32" / "ping.exe"
        program = tmp_path / "QBWebConnector.exe"
        program.write_bytes(source.read_bytes())
        with subprocess.Popen([program, "-n", "30", "127.0.0.1"], stdout=subprocess.DEVNULL) as process:
            try:
                seen = seen_processes()
            finally:
                process.kill()
        assert seen is not None
        assert [each.is_elevated for each in seen if each.name == "qbwebconnector.exe"] == [is_elevated(os.getpid())]

else:
    pytest.skip("needs Windows' registry and processes", allow_module_level=True)
