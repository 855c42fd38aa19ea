"""The exact packages of the build with their hashes, as pip and uv read them; uv.lock is where they come from."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from installer.running import run, uv

PROGRAM: Final = ("--no-default-groups", "--extra", "desktop", "--extra", "postgresql", "--extra", "updates")
"""What the program needs, with its window, shared records and its way to new versions."""

TOOLS: Final = ("--only-group", "pack")
"""What packs the program; none of it is installed."""


def write_pins(file: Path, which: Sequence[str] = PROGRAM) -> Path:
    """Write pins: every package, for every system, exact and with its hashes.

    Raises:
        BuildFailed: If uv.lock does not fit pyproject.toml.
    """
    run(
        [
            *(uv(), "export", "--quiet", "--locked", "--no-emit-project", *which),
            *("--format", "requirements-txt", "--no-annotate", "--no-header", "--output-file", file),
        ]
    )
    return file


def install_pins(pins: Path, folder: Path, *, python: str) -> None:
    """Install pinned packages for 64-bit Windows into a folder, on whatever system this is.

    Args:
        pins: What `write_pins` wrote; a package whose hash differs is refused.
        folder: The site-packages folder.
        python: The Python they are for, as ``3.13``.

    Raises:
        BuildFailed: If one cannot be had, or is not what was pinned.
    """
    run(
        [
            *(uv(), "pip", "install", "--quiet", "--require-hashes", "--only-binary", ":all:"),
            *("--python-platform", "x86_64-pc-windows-msvc", "--python-version", python),
            *("--target", folder, "--requirements", pins),
        ]
    )
