"""How this program starts itself: installed as a program of its own, or as a package of some Python.

Installed on Windows it is two files that share one folder: one for commands, with a console, and one for the tray,
without; whichever of them asks, it is the second that is started.
"""

import sys
from pathlib import Path
from typing import Final

TRAY: Final = "cedar-sync-tray"
"""The program without a console, as the installer and pyproject.toml name it."""


def tray_command() -> list[str]:
    """Give the command that starts the tray program; options and commands may follow."""
    this = Path(sys.executable)
    if getattr(sys, "frozen", False):
        return [str(this.with_name(TRAY + this.suffix))]
    windowed = this.with_name("pythonw.exe")
    return [str(windowed if windowed.exists() else this), "-m", "app"]
