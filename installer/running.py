"""Runs the tools the build is made of, and says in one sentence which of them failed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
"""The source tree."""

HERE: Final = Path(__file__).parent

_LAST: Final = 4000
"""Characters of a failed tool's output that are shown."""


class BuildFailed(Exception):
    """The build cannot go on; the text says why, in one sentence and the tool's own words."""


def run(
    command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, cwd: Path = ROOT, timeout: float = 1800
) -> str:
    """Run a tool and give what it printed.

    Args:
        command: The program and its arguments.
        env: Variables set for it, beside those of this process.
        cwd: The folder it runs in.
        timeout: Seconds it may take.

    Raises:
        BuildFailed: If it is not there, ends with a fault or takes too long.
    """
    words = [str(word) for word in command]
    try:
        # Programs under Wine need pipes or nothing at all for their standard streams: files make Python stop there.
        done = subprocess.run(  # noqa: S603 (the build's own commands)
            words,
            env={**os.environ, **(env or {})},
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=timeout,
            check=False,
        )
    except FileNotFoundError as exc:
        raise BuildFailed(f"{words[0]} is not installed.") from exc
    except subprocess.TimeoutExpired as exc:
        raise BuildFailed(f"{words[0]} took longer than {timeout:.0f} seconds.") from exc
    said = done.stdout.decode("utf-8", "replace")
    if done.returncode:
        raise BuildFailed(f"{' '.join(words)} ended with {done.returncode}:\n{said[-_LAST:]}")
    return said


def tool(name: str, *, variable: str = "") -> str:
    """Find a tool, by the variable that names it or on the path.

    Raises:
        BuildFailed: If it is not there.
    """
    found = os.environ.get(variable) or shutil.which(name)
    if not found:
        raise BuildFailed(f"{name} is not installed.")
    return found


def uv() -> str:
    """Find uv: the one that started this build, else any."""
    return tool("uv", variable="UV")


def tell(text: str) -> None:
    """Say what the build does now."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
