"""A connection's sign-in to QuickBooks Online: begun, finished with the company it is for from then on, ended.

Rule: what speaks HTTP is imported by who signs in; a status must not wait for it.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.domain.facts import SignInEnds
from app.store import facts
from app.store.database import Record
from app.sync.events import Events, Topic
from app.sync.service import lift_problem
from app.system.settings import ConnectionSettings

if TYPE_CHECKING:
    from app.books.quickbooks_online.access import OnlineAccess
    from app.books.quickbooks_online.grants import Grant
    from app.books.quickbooks_online.signing_in import SignIn


class OnlineSignIn:
    """The sign-in of one connection."""

    def __init__(
        self,
        access: "OnlineAccess",
        settings: ConnectionSettings,
        record: Callable[[], Record],
        keep_company: Callable[[str], None],
        events: Events,
    ) -> None:
        """Take the way in.

        Args:
            access: The way into QuickBooks Online.
            settings: The connection's.
            record: Opens the record.
            keep_company: Writes the company's id into the settings.
            events: Whom to tell of changes.
        """
        self._access = access
        self._settings = settings
        self._record = record
        self._keep_company = keep_company
        self._events = events

    def begin(self, *, is_resumed: bool = False) -> "SignIn":
        """Begin, or go on with the one another program of this home began.

        Raises:
            NotConfigured: If the client id or its secret is missing.
            HomeUnusable: If the home cannot be written.
        """
        return self._access.begin(self._settings.destination.realm_id, is_resumed=is_resumed)

    def finish(self, grant: "Grant") -> None:
        """Keep what it came to; the first one says which company the connection belongs to from now on.

        Raises:
            SignInRefused: If it is for another company.
            HomeUnusable: If it cannot be kept.
        """
        destination = self._settings.destination
        self._access.require_company(grant, destination.realm_id)
        if not destination.realm_id:
            self._keep_company(grant.realm_id)
            destination.realm_id = grant.realm_id
        self._access.keeper.keep(grant.tokens)
        with self._record().write() as tx:
            lift_problem(tx, self._settings.name)
        self._events.publish(Topic.BOOKS)

    def end(self) -> bool:
        """Sign out; the company stays the connection's.

        Returns:
            Whether Intuit could be told; the tokens are forgotten here in any case.
        """
        is_told = self._access.keeper.sign_out()
        self._events.publish(Topic.BOOKS)
        return is_told

    def require(self) -> None:
        """Make sure that somebody has signed in.

        Raises:
            NotConfigured: If nobody has, or the client id or its secret is missing.
        """
        self._access.require_client()
        standing = self._access.keeper.standing()
        if not standing.is_signed_in and not standing.is_lost:
            from app.books.quickbooks_online.grants import NotSignedIn

            raise NotSignedIn(self._settings.name)

    def note_end(self) -> None:
        """Keep when the sign-in runs out, so that a person is reminded in time."""
        name, ends = self._settings.name, self._access.keeper.standing().ends_at
        with self._record().read() as tx:
            known = facts.get(tx, name, SignInEnds)
        if ends is not None and known != SignInEnds(ends):
            with self._record().write() as tx:
                facts.put(tx, name, SignInEnds(ends))
