"""Rows as they were last read or written by one reader: what nobody has written since is not read again."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection

from app.domain.row import Row, RowId
from app.domain.values import Struct
from app.store import rows


class _Known(Struct, frozen=True):
    row: Row
    version: int


class RowMemory:
    """The rows of one round of a run: read before something is asked, needed again when the answer is there.

    Every look asks the record for the rows' versions, so it never gives a row that somebody else has changed. What was
    remembered in a transaction that was undone does no harm: its version is in no record.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._known: dict[RowId, _Known] = {}

    def due(self, tx: Connection, connection: str, now: datetime, limit: int) -> list[Row]:
        """Read rows that may go out now, oldest documents first; the rows of the round before are forgotten."""
        ids = rows.due(tx, connection, now, limit)
        self._known = {row_id: self._known[row_id] for row_id in ids if row_id in self._known}
        return self.get_many(tx, ids)

    def get_many(self, tx: Connection, ids: Iterable[RowId]) -> list[Row]:
        """Read some rows, in the order they are asked for; those that are gone are missing."""
        wanted = list(dict.fromkeys(ids))
        known = self._known
        there = rows.versions(tx, [row_id for row_id in wanted if row_id in known])
        fresh = {row_id for row_id, version in there.items() if known[row_id].version == version}
        read = rows.get_with_versions(tx, [row_id for row_id in wanted if row_id not in fresh])
        found = {row_id: known[row_id] for row_id in fresh} | {row.id: _Known(row, version) for row, version in read}
        self._known = known | found
        return [found[row_id].row for row_id in wanted if row_id in found]

    def save_all(self, tx: Connection, changes: Sequence[rows.Change]) -> None:
        """Write rows, as `rows.save_all` does, and remember them."""
        version = rows.save_all(tx, changes)
        self._known = self._known | {change.after.id: _Known(change.after, version) for change in changes}
