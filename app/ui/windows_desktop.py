"""What only the Windows desktop needs to be told or asked; elsewhere each of these does nothing."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app import APP_ID
from app.ui.icons import TaskBar

_ANY_PROCESS = -1


def introduce() -> None:
    """Tell Windows which program this is; before any window."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(APP_ID)


def let_the_other_come_forward() -> None:
    """Let the running program take the foreground, which Windows gives to the program just started."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(_ANY_PROCESS)


def task_bar() -> TaskBar:
    """Tell what the tray's icon is seen on: on Windows the task bar has a setting of its own."""
    if sys.platform == "win32":
        from app.system.windows_registry import WindowsRegistry

        key = r"Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"
        is_light = WindowsRegistry().read_number(key, "SystemUsesLightTheme") == 1
        found = TaskBar.LIGHT if is_light else TaskBar.DARK
    else:
        is_dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        found = TaskBar.DARK if is_dark else TaskBar.UNKNOWN
    return found
