"""This program among several on one record: who it is there, and which connections it keeps in step."""

import getpass
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from uuid import uuid4

from app.domain.faults import HomeUnusable
from app.store import leases
from app.store.database import Record
from app.sync.events import Events
from app.sync.lease import SharedLease
from app.system.home import Home


class Holder:
    """Holds leases; a record that no other computer can reach has none."""

    def __init__(self, home: Home, record: Callable[[], Record], events: Events) -> None:
        """Take the home, what opens its record, and whom to tell when a lease changes hands."""
        self._home = home
        self._record = record
        self._events = events

    @cached_property
    def id(self) -> str:
        """Who this program is on a shared record: the one that runs in this home, where one does."""
        if self._home.is_running():
            with suppress(OSError):
                return self._home.holder.read_text(encoding="ascii")[:32]
        return uuid4().hex

    def become_new(self) -> None:
        """Be somebody new on a shared record, and say so to the commands of this home.

        A program that was killed may still have a call in the air; whoever starts after it must not pass for it.

        Raises:
            HomeUnusable: If it cannot be noted in the home.
        """
        self.id = uuid4().hex
        file = self._home.holder
        try:
            if file.exists():
                with self._record().write() as tx:
                    leases.give_up(tx, file.read_text(encoding="ascii")[:32])
            file.write_text(self.id, encoding="ascii")
        except OSError as exc:
            raise HomeUnusable(f"{file} cannot be written ({exc.strerror}); check its rights.") from exc

    def lease(self, connection: str) -> SharedLease | None:
        """Give the lease of a connection; None where no other computer can reach the record."""
        record = self._record()
        if not record.is_shared:
            return None
        return SharedLease(record, connection, lambda: self.id, _own_words(), self._events)

    def let_go(self) -> None:
        """Give up every lease of this program."""
        with self._record().write() as tx:
            leases.give_up(tx, self.id)

    @contextmanager
    def keeping(self, connection: str) -> Iterator[None]:
        """Keep a connection in step for as long as something takes, beside the program that runs in this home.

        Raises:
            KeptElsewhere: If a program on another computer keeps it in step.
        """
        lease = self.lease(connection)
        if lease is None:
            yield
            return
        was_ours = lease.is_ours()
        if not lease.take():
            raise lease.refusal()
        try:
            yield
        finally:
            if not was_ours and not self._home.is_running():
                self.let_go()


def _own_words() -> str:
    """Say which program this is, for people at other computers."""
    try:
        return f"{platform.node() or '?'} ({getpass.getuser()})"
    except (OSError, KeyError):
        return platform.node() or "?"
