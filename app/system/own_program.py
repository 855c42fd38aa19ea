"""How this program starts itself: installed as a program of its own, or as a package of some Python.

Installed on Windows it is two files that share one folder: one for commands, with a console, and one for the tray,
without; whichever of them asks, the one that is meant is started.
"""

import sys
from pathlib import Path
from typing import Final

TRAY: Final = "cedar-sync-tray"
"""The program without a console, as the installer and pyproject.toml name it."""

CONSOLE: Final = "cedar-sync"
"""The program for commands."""


def is_frozen() -> bool:
    """Tell whether this is the built program, with its Python inside."""
    return bool(getattr(sys, "frozen", False))


def tray_command() -> list[str]:
    """Give the command that starts the tray program; options and commands may follow."""
    this = Path(sys.executable)
    if is_frozen():
        return [str(this.with_name(TRAY + this.suffix))]
    windowed = this.with_name("pythonw.exe")
    return [str(windowed if windowed.exists() else this), "-m", "app"]


def own_console(*arguments: str) -> list[str]:
    """Give the command line of this program with these arguments."""
    this = Path(sys.executable)
    if is_frozen():
        return [str(this.with_name(CONSOLE + this.suffix)), *arguments]
    return [str(this), "-m", "app", *arguments]
