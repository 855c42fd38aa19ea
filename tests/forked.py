"""Commands in processes of their own, forked from a server that has the program loaded.

A real process with a real exit code is what is tested; to load the program takes longer than most of what it does then.
That it is loaded as a user loads it, by ``python -m app``, is tested where it is started that way.
"""

from __future__ import annotations

import functools
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.cli.main import run

if TYPE_CHECKING:
    # Windows has none.
    from multiprocessing.context import ForkServerContext, ForkServerProcess

CAN_FORK: Final = os.name == "posix"


@functools.cache
def forking() -> ForkServerContext:
    """Give what starts processes from the server; there is one server in a process, started by the first of them."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.loaded", __name__])
    return context


def start_forked(
    arguments: Sequence[str], environment: Mapping[str, str], output: str = os.devnull, errors: str = os.devnull
) -> ForkServerProcess:
    """Begin with what ``python -m app ARGUMENTS`` does.

    Args:
        arguments: The arguments.
        environment: All of its environment.
        output: The file that becomes its standard output.
        errors: The file that becomes its standard error.
    """
    process = forking().Process(target=_live, args=(list(arguments), dict(environment), output, errors))
    process.start()
    return process


def run_forked(
    arguments: Sequence[str], environment: Mapping[str, str], timeout: float
) -> subprocess.CompletedProcess[str]:
    """Do what ``python -m app ARGUMENTS`` does, to its end.

    Args:
        arguments: The arguments.
        environment: All of its environment.
        timeout: Seconds after which it is killed.

    Raises:
        TimeoutExpired: If it was.
    """
    with tempfile.TemporaryDirectory() as folder:
        output, errors = Path(folder, "output"), Path(folder, "errors")
        process = start_forked(arguments, environment, str(output), str(errors))
        process.join(timeout)
        code = process.exitcode
        if code is None:
            process.kill()
            process.join()
            raise subprocess.TimeoutExpired(list(arguments), timeout)
        process.close()
        return subprocess.CompletedProcess(list(arguments), code, output.read_text(), errors.read_text())


def _live(arguments: list[str], environment: dict[str, str], output: str, errors: str) -> None:
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    for number, file in ((1, output), (2, errors)):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT), number)
    sys.argv = ["cedar-sync", *arguments]
    sys.exit(run(arguments))
