r"""The Web Connector on Windows: its key in the registry, its log, its program.

Sources: the settings are under ``HKCU\Software\Intuit\QBWebConnector``, for each Windows user; the log is
``%ProgramData%\Intuit\QBWebConnector\log\QWCLog.txt``; the program is a 32-bit one under the common files. What an
installer leaves under ``HKLM`` stands in the registry's 32-bit view, and is looked for in both.
"""

import os
import sys
from pathlib import Path
from typing import Final

if sys.platform == "win32":
    import winreg

    from app.system.web_connector_install import LOG_END, ConnectorLook, without_secret
    from app.system.windows_processes import seen_processes

    KEY: Final = r"Software\Intuit\QBWebConnector"
    PROGRAM: Final = r"Intuit\QuickBooks\QBWebConnector\QBWebConnector.exe"
    LOG: Final = r"Intuit\QBWebConnector\log\QWCLog.txt"
    MOST_KEYS: Final = 500
    """More than anybody has; a key that is something else altogether is not read without end."""
    LONGEST_VALUE: Final = 4096

    class WindowsWebConnector:
        """Looks at the registry, the log and the processes."""

        def __init__(self, key: str = KEY, log: Path | None = None) -> None:
            """Take other places than the usual ones, for a test."""
            self._key = key
            self._log = log or Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / LOG

        def look(self) -> ConnectorLook:
            """Look at it now."""
            processes = seen_processes()
            settings = self._settings()
            log, trouble = self._end_of_log()
            has_left = bool(settings) or log is not None or bool(trouble)
            is_installed = has_left or _is_program_there() or self._is_known() or _opens_its_files()
            return ConnectorLook(is_installed, processes, settings, log, trouble)

        def _settings(self) -> dict[str, dict[str, str | int]] | None:
            """Read the whole key; an empty tree where there is none, None where it may not be read."""
            found: dict[str, dict[str, str | int]] = {}
            waiting = [""]
            while waiting and len(found) < MOST_KEYS:
                path = waiting.pop(0)
                try:
                    with winreg.OpenKey(winreg.HKEY_CURRENT_USER, f"{self._key}\\{path}".rstrip("\\")) as opened:
                        below, values, _ = winreg.QueryInfoKey(opened)
                        found[path] = _values(opened, values)
                        waiting += [f"{path}\\{winreg.EnumKey(opened, number)}".lstrip("\\") for number in range(below)]
                except FileNotFoundError:
                    continue
                except OSError:
                    return None
            return found

        def _end_of_log(self) -> tuple[bytes | None, str]:
            try:
                with self._log.open("rb") as opened:
                    size = opened.seek(0, os.SEEK_END)
                    # An even place: a character of two bytes is not cut in its middle.
                    opened.seek(max(size - LOG_END, 0) // 2 * 2)
                    return opened.read(LOG_END + 1), ""
            except FileNotFoundError:
                return None, ""
            except OSError as exc:
                return None, exc.strerror or str(exc)

        def _is_known(self) -> bool:
            """Tell whether an installer left the key for the whole computer."""
            for view in (winreg.KEY_WOW64_32KEY, winreg.KEY_WOW64_64KEY):
                try:
                    with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, self._key, 0, winreg.KEY_READ | view):
                        return True
                except OSError:
                    continue
            return False

    def _values(opened: winreg.HKEYType, number: int) -> dict[str, str | int]:
        found: dict[str, str | int] = {}
        for position in range(number):
            name, value, _ = winreg.EnumValue(opened, position)
            if isinstance(value, str):
                value = value[:LONGEST_VALUE]
            elif isinstance(value, bytes):
                # Nothing but an encrypted password is known to be kept as bytes; that it is there is enough.
                value = "" if not value else "(bytes)"
            elif not isinstance(value, int):
                continue
            found[name] = without_secret(name, value)
        return found

    def _opens_its_files() -> bool:
        """Tell whether something opens .QWC files on a double click: that is the Web Connector, wherever it is."""
        try:
            with winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, ".qwc"):
                return True
        except OSError:
            return False

    def _is_program_there() -> bool:
        folders = (os.environ.get(name) for name in ("COMMONPROGRAMFILES(X86)", "COMMONPROGRAMFILES"))
        return any((Path(folder) / PROGRAM).exists() for folder in folders if folder)
