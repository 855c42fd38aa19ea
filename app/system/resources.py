"""Finds what is shipped beside the code: icons and help, installed or in the source tree."""

from functools import cache
from pathlib import Path

import app


@cache
def resources() -> Path:
    """Give the folder of resources."""
    package = Path(app.__file__).parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"
