"""How a connection stands in the Web Connector's list: its name there, its address, and the ids of the company file.

The ids are made at the first use and kept for ever, in the record and beside it: the company file is stamped with them.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from uuid import uuid4

from app import PRODUCT
from app.books.quickbooks_desktop.web_connector.diagnosis import OwnLine
from app.books.quickbooks_desktop.web_connector.qwc_file import QwcApplication
from app.domain.facts import Identity
from app.domain.values import replace
from app.store import facts
from app.store.database import Record
from app.system import identities
from app.system.settings import DEFAULT_CONNECTION, ConnectionSettings


class ConnectorLine:
    """The line of one connection."""

    def __init__(
        self,
        record: Callable[[], Record],
        home: Path,
        settings: ConnectionSettings,
        port: int,
        connections: Iterable[str],
    ) -> None:
        """Take what the line is made of.

        Args:
            record: Opens the record.
            home: The home, where the ids are kept once more.
            settings: The connection's.
            port: The one the Web Connector calls.
            connections: The names of all connections.
        """
        self._record = record
        self._home = home
        self._settings = settings
        self._url = f"http://localhost:{port}"
        self._connections = tuple(connections)

    @property
    def name(self) -> str:
        """The connection's name in the list."""
        name = self._settings.name
        return PRODUCT if name == DEFAULT_CONNECTION else f"{PRODUCT} {name}"

    def identity(self) -> Identity:
        """Give the OwnerID and FileID of the connection; made at the first use."""
        name = self._settings.name
        with self._record().write() as tx:
            known = facts.get(tx, name, Identity)
            if known is None:
                # One OwnerID stands for the program, so connections share it.
                others = (facts.get(tx, other, Identity) for other in self._connections)
                owner = next((other.owner_id for other in others if other is not None), _guid())
                known = identities.kept(self._home).get(name) or Identity(owner, _guid())
                facts.put(tx, name, known)
        identities.keep(self._home, name, known)
        return known

    def renew_identity(self) -> None:
        """Make a new OwnerID and FileID, for a company file that was stamped with the old ones elsewhere."""
        fresh = Identity(_guid(), _guid())
        with self._record().write() as tx:
            facts.put(tx, self._settings.name, fresh)
        identities.keep(self._home, self._settings.name, fresh)

    def application(self) -> QwcApplication:
        """Describe the connection to the Web Connector, as its .QWC file does."""
        identity = self.identity()
        return QwcApplication(
            app_name=self.name,
            app_url=f"{self._url}/qbwc",
            app_support=f"{self._url}/support",
            app_description="Writes Cedar invoices into QuickBooks as sales orders",
            user_name=self._settings.web_connector.username,
            owner_id=identity.owner_id,
            file_id=identity.file_id,
            run_every_minutes=self._settings.web_connector.run_every_minutes,
        )

    def as_it_should_be(self) -> OwnLine:
        """Tell how the line should look, to be held against the one that is there; nothing is made for that."""
        with self._record().read() as tx:
            known = facts.get(tx, self._settings.name, Identity)
        line = OwnLine(self.name, f"{self._url}/qbwc", self._settings.web_connector.username)
        return line if known is None else replace(line, owner_id=known.owner_id, file_id=known.file_id)


def _guid() -> str:
    return f"{{{str(uuid4()).upper()}}}"
