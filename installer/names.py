"""What the installed program's parts are called, where the program itself does not say so already."""

from typing import Final

from app import PRODUCT
from app.system.own_program import CONSOLE, TRAY

COMMANDS: Final = CONSOLE

COMPANY: Final = "The Cedar Sync team"
FOLDER: Final = PRODUCT
"""Under the user's Programs; never changed, since Windows keeps pins and its tray settings by path."""

INSIDE: Final = "_internal"
"""The folder of everything the two programs share."""

LICENCES: Final = "LICENSES"
"""The folder of licences in the installed program."""

EXECUTABLES: Final = (f"{COMMANDS}.exe", f"{TRAY}.exe")


def setup_name(version: str) -> str:
    """Name the installer's file, as the update feed does."""
    return f"cedar-sync-setup-{version}.exe"
