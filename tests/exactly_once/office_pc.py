"""One life of the real program on one computer of several, forked as `life` is.

Kept apart from the tests, so that the server loads little else.
"""

import os
import platform
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from app.cli.main import run
from app.store import leases
from app.sync import clock, lease


def live(home: str, variables: Mapping[str, str], output: str, name: str, hours: float, lease_seconds: float) -> None:
    """Do what ``python -m app serve --home HOME`` does, on a computer with a name and a clock of its own.

    Args:
        home: The home.
        variables: All variables of the environment: the server has those of whoever started it.
        output: Where standard output and standard error go.
        name: The computer's name.
        hours: How far its clock is ahead.
        lease_seconds: How long a lease holds: a test does not wait for a minute.
    """
    os.environ.clear()
    os.environ.update(variables)
    stream = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(stream, 1)
    os.dup2(stream, 2)
    leases.LENGTH = timedelta(seconds=lease_seconds)  # type: ignore[misc]
    lease.LeaseKeeper.__init__.__defaults__ = (lease_seconds / 3,)
    clock.SystemClock.now = lambda self: datetime.now(UTC) + timedelta(hours=hours)  # type: ignore[method-assign]
    platform.node = lambda: name
    sys.exit(run(["serve", "--home", home]))
