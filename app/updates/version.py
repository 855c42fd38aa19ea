"""Version numbers as releases have them: three numbers, compared as numbers. No I/O."""

import re
from typing import Final

_NUMBER: Final = re.compile(r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})", re.ASCII)


def numbers(version: str) -> tuple[int, int, int] | None:
    """Read a version such as ``1.10.0``; None for anything else, which is never offered."""
    found = _NUMBER.fullmatch(version)
    return None if found is None else (int(found[1]), int(found[2]), int(found[3]))


def is_newer(version: str, than: str) -> bool:
    """Tell whether a version is newer than another one; what is no version is neither."""
    one, other = numbers(version), numbers(than)
    return one is not None and other is not None and one > other
