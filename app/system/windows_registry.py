"""The user's part of the Windows registry, behind the few calls the program needs."""

import sys

if sys.platform == "win32":
    import winreg

    class WindowsRegistry:
        """Reads and writes under ``HKEY_CURRENT_USER``."""

        def read(self, key: str, name: str) -> str | bytes | None:
            """Read a text or bytes; None if there is none."""
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                    value: object = winreg.QueryValueEx(opened, name)[0]
            except OSError:
                return None
            return value if isinstance(value, str | bytes) else None

        def read_number(self, key: str, name: str) -> int | None:
            """Read a number; None if there is none."""
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                    value: object = winreg.QueryValueEx(opened, name)[0]
            except OSError:
                return None
            return value if isinstance(value, int) else None

        def write(self, key: str, name: str, value: str) -> None:
            """Write a text."""
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
                winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, value)

        def delete(self, key: str, name: str) -> None:
            """Delete a value; harmless if there is none."""
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key, 0, winreg.KEY_SET_VALUE) as opened:
                    winreg.DeleteValue(opened, name)
            except FileNotFoundError:
                return
