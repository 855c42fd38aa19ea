"""Strikes the program at a chosen commit of its record: right before the commit, or right after it.

Only commits that changed something count. Works from outside, by SQLAlchemy's events.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection, Engine, event

_CHANGES_BEFORE: Final = "changes before"


class Side(StrEnum):
    """On which side of the commit the program is struck."""

    BEFORE = "before"
    AFTER = "after"


class Commits:
    """Counts commits, and strikes at one of them."""

    def __init__(self, number: int, side: Side, strike: Callable[[], None]) -> None:
        """Begin to count from 1.

        Args:
            number: The commit to strike at; 0 for none.
            side: Before or after it.
            strike: What to do then.
        """
        self.counted = 0
        self._number = number
        self._side = side
        self._strike = strike

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Count, until the end of the context."""
        event.listen(Engine, "begin", self._begin)
        event.listen(Engine, "commit", self._commit)
        try:
            yield
        finally:
            event.remove(Engine, "begin", self._begin)
            event.remove(Engine, "commit", self._commit)

    def _begin(self, connection: Connection) -> None:
        connection.info[_CHANGES_BEFORE] = _changes(connection)

    def _commit(self, connection: Connection) -> None:
        if _changes(connection) == connection.info.get(_CHANGES_BEFORE):
            return
        self.counted += 1
        if self.counted != self._number:
            return
        if self._side is Side.AFTER:
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.commit()
        self._strike()


def _changes(connection: Connection) -> int:
    driver = connection.connection.driver_connection
    assert driver is not None
    changes: int = driver.total_changes
    return changes
