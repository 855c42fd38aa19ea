"""One life of the real program in a process of its own, forked from a server that has the program loaded.

Kept apart from the tests, so that the server loads little else.
"""

import os
import signal
import sys
from collections.abc import Mapping

from app.cli.main import run
from tests.exactly_once.commits import Commits, Side


def live(home: str, variables: Mapping[str, str], output: str, number: int, side: Side) -> None:
    """Do what ``python -m app serve --home HOME`` does, and die by SIGKILL at a commit of the record.

    Args:
        home: The home.
        variables: All variables of the environment: the server has those of whoever started it.
        output: Where standard output and standard error go.
        number: The commit to die at; 0 for none.
        side: On which side of it.
    """
    os.environ.clear()
    os.environ.update(variables)
    stream = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(stream, 1)
    os.dup2(stream, 2)
    with Commits(number, side, lambda: os.kill(os.getpid(), signal.SIGKILL)).watched():
        sys.exit(run(["serve", "--home", home]))
