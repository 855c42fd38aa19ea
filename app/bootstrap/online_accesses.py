"""The ways into QuickBooks Online, one for each connection that goes there, shared by all who ask."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.diagnostics import logs
from app.domain.books_system import BooksSystem
from app.domain.language import _
from app.system.credentials import Credentials, Secret
from app.system.kept_secrets import KeptSecrets
from app.system.settings import ConnectionSettings

if TYPE_CHECKING:
    from app.books.quickbooks_online.access import OnlineAccess

_NOT_ONLINE: Final = _('The connection "{connection}" does not go to QuickBooks Online, so this command is not for it.')
_NONE_ONLINE: Final = _("No connection goes to QuickBooks Online, so there is nothing for this command to do.")


class OtherBooks(LookupError):
    """The connection goes to another accounting system than the one a command is for."""

    def __init__(self, name: str | None) -> None:
        """Take the connection that was named; None where all were meant and none goes there."""
        super().__init__(_NONE_ONLINE if name is None else _NOT_ONLINE.format(connection=name))


class OnlineAccesses:
    """Builds them when they are asked for, and closes them all."""

    def __init__(self, home: Path, credentials: Credentials, secrets: KeptSecrets, now: Callable[[], datetime]) -> None:
        """Take the home, where tokens and the client's secret are kept, and the time."""
        self._home = home
        self._credentials = credentials
        self._secrets = secrets
        self._now = now
        self._known: dict[str, OnlineAccess] = {}
        self._outlived: list[OnlineAccess] = []

    def of(self, connection: ConnectionSettings, port: int) -> "OnlineAccess":
        """Give a connection's way in; the same one until its settings change.

        Args:
            connection: The connection.
            port: The one the Web Connector calls: the browser comes back to one near it.

        Raises:
            OtherBooks: If the connection goes elsewhere.
            NotConfigured: If an address in the settings cannot be used safely.
        """
        if connection.system is not BooksSystem.QUICKBOOKS_ONLINE:
            raise OtherBooks(connection.name)
        # What speaks HTTP is imported by who goes there: a status must not wait for it.
        from app.books.quickbooks_online.access import OnlineAccess, Surroundings

        around = Surroundings(
            connection=connection.name,
            home=self._home,
            endpoint_port=port,
            credentials=self._credentials,
            client_secret=lambda: self._secrets.get(connection.name, Secret.QBO_CLIENT_SECRET),
            now=self._now,
            conceal=logs.never_log,
            reveal=logs.may_log,
        )
        fresh = OnlineAccess(around, connection.destination)
        known = self._known.get(connection.name)
        if known is None or known.meant != fresh.meant:
            if known is not None:
                # Another thread may be in the middle of a call; it is closed with everything else.
                self._outlived.append(known)
            self._known[connection.name] = known = fresh
        return known

    def close(self) -> None:
        """Close the connections; who asks afterwards gets new ones."""
        for access in (*self._known.values(), *self._outlived):
            access.close()
        self._known.clear()
        self._outlived.clear()
