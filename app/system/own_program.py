"""How the program starts itself for a task of its own, installed as a program or run by a Python."""

import sys
from pathlib import Path


def is_frozen() -> bool:
    """Tell whether this is the built program, with its Python inside."""
    return bool(getattr(sys, "frozen", False))


def own_console(*arguments: str) -> list[str]:
    """Give the command line of this program with these arguments.

    Built, the tray is a program without standard output, and the command line one of its own in the same folder.
    """
    if not is_frozen():
        return [sys.executable, "-m", "app", *arguments]
    name = "cedar-sync.exe" if sys.platform == "win32" else "cedar-sync"
    return [str(Path(sys.executable).with_name(name)), *arguments]
