"""Who keeps a connection's books in step: one program at a time, also where several computers share a record.

A lease is asked for before work begins, so that work is politely declined; what makes it safe is the fence, which looks
inside every transaction that writes.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Final, Protocol

from sqlalchemy import Connection

from app.domain.faults import KeptElsewhere, KnownFault
from app.domain.language import _
from app.store import leases
from app.store.database import Record
from app.sync.events import Events, Topic

log = logging.getLogger(__name__)

RENEW_SECONDS: Final = 20
"""A third of the time a lease holds: two renewals may fail before another program takes over."""

KEPT_ELSEWHERE: Final = _("{holder} keeps QuickBooks in step; Cedar is read there.")
LOST: Final = _("Another computer keeps QuickBooks in step now; nothing was lost.")


class Lease(Protocol):
    """The right to keep one connection's books in step."""

    def is_ours(self) -> bool:
        """Tell whether this program has it."""

    def take(self, *, is_called: bool = False) -> bool:
        """Renew it, or take it if it is free; tells whether this program has it now.

        Args:
            is_called: The Web Connector is calling this program.
        """


class Alone:
    """The lease of a record that no other computer can reach: ``running.lock`` sees to it already."""

    def is_ours(self) -> bool:
        """Tell that this program has it."""
        return True

    def take(self, *, is_called: bool = False) -> bool:  # noqa: ARG002
        """Tell that this program has it."""
        return True


class SharedLease:
    """The lease of a connection whose record several computers share."""

    def __init__(self, record: Record, connection: str, holder: Callable[[], str], words: str, events: Events) -> None:
        """Take the record, without a fence, and who this program is."""
        self._record = record
        self._connection = connection
        self._holder = holder
        self._words = words
        self._events = events

    def is_ours(self) -> bool:
        """Tell whether this program has it, as the record says at this moment."""
        with self._record.read() as tx:
            return leases.is_held_by(tx, self._connection, self._holder())

    def take(self, *, is_called: bool = False) -> bool:
        """Renew it, or take it if it is free."""
        with self._record.write() as tx:
            before = leases.is_held_by(tx, self._connection, self._holder())
            after = leases.take(tx, self._connection, self._holder(), self._words, is_called=is_called)
        if after is not before:
            log.info("this program keeps %s in step" if after else "another program keeps %s in step", self._connection)
            self._events.publish(Topic.BOOKS)
        return after

    def require(self, tx: Connection) -> None:
        """Look inside a transaction that is about to write.

        Raises:
            KeptElsewhere: If another program has taken the lease.
        """
        if not leases.is_held_by(tx, self._connection, self._holder()):
            raise KeptElsewhere(LOST)

    def refusal(self) -> KeptElsewhere:
        """Say who has it."""
        with self._record.read() as tx:
            known = leases.standing(tx, self._connection)
        return KeptElsewhere(LOST if known is None else KEPT_ELSEWHERE.format(holder=known.words))


class LeaseKeeper:
    """Renews a program's leases, and takes those that have become free, until it is stopped."""

    def __init__(
        self,
        shared: Callable[[], Sequence[SharedLease]],
        gained: Callable[[], None],
        give_up: Callable[[], None],
        every: float = RENEW_SECONDS,
    ) -> None:
        """Take how to find the leases, whom to tell that one was gained, and how to let go of all."""
        self._shared = shared
        self._gained = gained
        self._give_up = give_up
        self._every = every
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._held: frozenset[int] = frozenset()
        self._said = ""

    def start(self) -> None:
        """Take what is free, and begin to renew."""
        self._turn()
        self._thread = threading.Thread(target=self._run, name="lease", daemon=True)
        self._thread.start()

    def stop(self, timeout: float = 10.0) -> None:
        """End, and let go of everything so that another program need not wait; harmless if it has ended already."""
        self._stopping.set()
        if self._thread is None:
            return
        self._thread.join(timeout)
        self._thread = None
        try:
            self._give_up()
        except KnownFault as fault:
            log.warning("the lease runs out by itself: %s", fault)

    def _run(self) -> None:
        while not self._stopping.wait(self._every):
            self._turn()

    def _turn(self) -> None:
        try:
            held = frozenset(number for number, lease in enumerate(self._shared()) if lease.take())
        except KnownFault as fault:
            if str(fault) != self._said:
                # A night without the server is one line.
                log.warning("the lease could not be renewed: %s", fault)
                self._said = str(fault)
            # Once it can be, whatever waited meanwhile is done at once.
            self._held = frozenset()
            return
        except Exception:
            log.exception("renewing the lease broke off; it is tried again")
            return
        self._said = ""
        is_news = bool(held - self._held)
        self._held = held
        if is_news and self._thread is not None:
            self._gained()
