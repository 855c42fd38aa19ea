"""What differs by database: how it is opened, begun, migrated and looked over, and what its faults mean."""

from typing import Final, Protocol

from sqlalchemy import Connection, Engine

from app.domain.faults import HomeUnusable, NoRoom

WRITES: Final = "cedar_sync_writes"
"""The execution option of a transaction that may write."""

BUSY_SECONDS: Final = 15
"""How long a write waits for another program's write."""


class Backend(Protocol):
    """One place a record can be in."""

    is_shared: bool
    """Programs on other computers may use the record too."""

    def engine(self) -> Engine:
        """Build the engine, with all that makes a commit durable and writers wait for each other.

        Raises:
            HomeUnusable: If this computer lacks what the database needs.
        """

    def keep_copy(self, engine: Engine, revision: str) -> None:
        """Make sure that the record can be had as it is, before it is migrated."""

    def complaint(self, connection: Connection) -> str | None:
        """Look the whole record over; give what is wrong with it, or None."""

    def unusable(self, fault: Exception) -> HomeUnusable:
        """Put what the driver, or the computer, says into one sentence: what happened, and what to do."""

    def lack(self, engine: Engine) -> NoRoom | None:
        """Try whether there is room for more; None if there is, or where that cannot be tried."""

    @property
    def newer(self) -> str:
        """Say that the record was written by a newer version, and what to do."""
