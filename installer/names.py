"""What the installed program's parts are called, where the program itself does not say so already."""

from typing import Final

from app import PRODUCT
from app.system.own_program import TRAY

COMMANDS: Final = "cedar-sync"
"""The program with a console, for commands."""

COMPANY: Final = "Cedar AI"
FOLDER: Final = PRODUCT
"""Under the user's Programs; never changed, since Windows keeps pins and its tray settings by path."""

LICENCES: Final = "LICENSES"
"""The folder of licences in the installed program."""

EXECUTABLES: Final = (f"{COMMANDS}.exe", f"{TRAY}.exe")


def setup_name(version: str) -> str:
    """Name the installer's file."""
    return f"CedarSync-{version}-setup.exe"
