"""One reading of Cedar at a time: one that another program of this home is doing is waited for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from app.cedar.faults import Cancelled
from app.domain.faults import CedarUnavailable
from app.domain.reasons import ReasonCode

PATIENCE: Final = 300
"""Seconds a reading waits for one that another program is doing."""


@contextmanager
def reading_alone(home: Path, connection: str, cancelled: Callable[[], bool]) -> Iterator[None]:
    """Read a connection's Cedar, and nobody else does.

    Raises:
        Cancelled: If somebody asked to stop while another reading was waited for.
        CedarUnavailable: If that takes longer than anybody should wait.
    """
    lock = FileLock(home / f"pull-{connection}.lock")
    try:
        lock.acquire(timeout=PATIENCE, cancel_check=cancelled)
    except Timeout as exc:
        if cancelled():
            raise Cancelled from exc
        raise CedarUnavailable(
            "Another Cedar Sync program has been reading Cedar for minutes; try again later.",
            ReasonCode.CEDAR_UNREACHABLE,
        ) from exc
    try:
        yield
    finally:
        lock.release()
