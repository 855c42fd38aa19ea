"""One connection of an installation: its settings, and the parts that are built from them when they are needed."""

from collections.abc import Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from app.bootstrap.installation import Installation
from app.domain.facts import CedarContact, Paused
from app.store import facts
from app.store.database import Record
from app.sync.belonging import Belonging, sides_of
from app.sync.connector_line import ConnectorLine
from app.sync.connector_password import ConnectorPassword
from app.sync.lease import Alone, Lease
from app.sync.online_sign_in import OnlineSignIn
from app.sync.service import lift_problem
from app.system.settings import ConnectionSettings

if TYPE_CHECKING:
    from app.books.quickbooks_online.access import OnlineAccess


class UnknownConnection(LookupError):
    """There is no connection of this name."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f'There is no connection "{name}"; there is {", ".join(known)}.')


class ConnectionKit:
    """The parts of one connection."""

    def __init__(self, installation: Installation, settings: ConnectionSettings) -> None:
        """Take the installation and the connection's settings; the record is opened only by what needs it."""
        self.installation = installation
        self.settings = settings
        self.name = settings.name

    @property
    def belonging(self) -> Belonging:
        """What the connection belongs to, held against its settings."""
        return Belonging(self._record, sides_of(self.installation.settings, self.settings))

    @cached_property
    def lease(self) -> Lease:
        """The right to keep this connection's books in step."""
        return self.installation.holder.lease(self.name) or Alone()

    @cached_property
    def fenced(self) -> Record:
        """The record for whatever keeps the books in step: each transaction that writes looks at the lease."""
        record, shared = self._record(), self.installation.holder.lease(self.name)
        return record if shared is None else record.fenced(shared.require)

    @property
    def connector_line(self) -> ConnectorLine:
        """How it stands in the Web Connector's list."""
        home, settings = self.installation.home.path, self.installation.settings
        names = [each.name for each in settings.connections]
        return ConnectorLine(self._record, home, self.settings, settings.web_connector.port, names)

    @property
    def connector_password(self) -> ConnectorPassword:
        """The Web Connector's password for it."""
        return ConnectorPassword(self.installation.secrets, self._record, self.name)

    @property
    def access(self) -> "OnlineAccess":
        """The way into QuickBooks Online.

        Raises:
            OtherBooks: If the connection goes elsewhere.
            NotConfigured: If an address in the settings cannot be used safely.
        """
        return self.installation.accesses.of(self.settings, self.installation.settings.web_connector.port)

    @property
    def sign_in(self) -> OnlineSignIn:
        """The sign-in to QuickBooks Online.

        Raises:
            OtherBooks: If the connection goes elsewhere.
            NotConfigured: If an address in the settings cannot be used safely.
        """
        keep_company = partial(self.installation.write_setting, self.name, "destination.realm_id")
        return OnlineSignIn(self.access, self.settings, self._record, keep_company, self.installation.events)

    def lift_problem(self) -> None:
        """Let the next session try at once: with other settings, or after a new start, the problem may be gone."""
        with self._record().write() as tx:
            lift_problem(tx, self.name)

    def is_paused(self) -> bool:
        """Tell whether a person paused the connection."""
        with self._record().read() as tx:
            paused = facts.get(tx, self.name, Paused)
        return paused is not None and paused.lasts(self.installation.clock.now())

    def cedar_contact(self) -> CedarContact | None:
        """Read what the record knows of the last reading of Cedar."""
        with self._record().read() as tx:
            return facts.get(tx, self.name, CedarContact)

    def _record(self) -> Record:
        return self.installation.record


def kits_of(installation: Installation, name: str | None = None) -> list[ConnectionKit]:
    """Give the connections as their settings are now: all, or the one of a name.

    Raises:
        UnknownConnection: If there is none of that name.
    """
    if name is not None:
        return [kit_of(installation, name)]
    return [ConnectionKit(installation, each) for each in installation.settings.connections]


def kit_of(installation: Installation, name: str) -> ConnectionKit:
    """Give a connection as its settings are now.

    Raises:
        UnknownConnection: If there is none of that name.
    """
    by_name = {each.name: each for each in installation.settings.connections}
    if name not in by_name:
        raise UnknownConnection(name, list(by_name))
    return ConnectionKit(installation, by_name[name])
