"""Which connection of which home is being set up. No Qt.

Rule: before the first settings of a connection are written, the connection is paused, so that nothing is sent before
the wizard's end, whatever else starts in this home.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.bootstrap.another_connection import would_be_another
from app.bootstrap.installation import Installation
from app.domain.faults import NotConfigured
from app.sync.belonging import refusal
from app.system.credentials import Credentials
from app.system.settings import DEFAULT_CONNECTION, ConnectionSettings, Settings, WebConnectorSettings
from app.system.settings_file import NAME, Draft, drafted, load

LONGEST_USERNAME = 40


@dataclass(frozen=True, slots=True)
class Place:
    """One connection in one home, perhaps not there yet."""

    home: Path
    credentials: Credentials
    connection: str = DEFAULT_CONNECTION

    def settings(self) -> Settings:
        """Read the settings; empty ones where there is no file.

        Raises:
            NotConfigured: If the file cannot be used.
            HomeUnusable: If it cannot be read.
        """
        return load(self.home).settings if (self.home / NAME).exists() else Settings()

    def connection_settings(self) -> ConnectionSettings:
        """Read the connection's settings; fresh ones where it is not there yet."""
        found = next((each for each in self.settings().connections if each.name == self.connection), None)
        return found or fresh_connection(self.connection)

    def is_there(self) -> bool:
        """Tell whether the settings name the connection."""
        return any(each.name == self.connection for each in self.settings().connections)

    def require_itself(self, changes: Mapping[str, object]) -> Draft:
        """Make sure that changes leave the connection the one its invoices belong to; give the settings with them.

        Args:
            changes: Values by dotted path inside the connection.

        Raises:
            SettingsOfAnother: If they would make it another one.
            NotConfigured: If the result cannot be used.
            HomeUnusable: If the file cannot be read.
        """
        draft = drafted(self.home, self.connection, changes, None)
        reason = would_be_another(self.home, self.connection, draft.settings, self.credentials)
        if reason is not None:
            raise refusal(reason)
        return draft

    @contextmanager
    def opened(self) -> Iterator[Installation]:
        """Open the installation as its settings say.

        Raises:
            NotConfigured: If the connection is not in the settings.
            HomeUnusable: If the home cannot be used.
        """
        with Installation(self.home, credentials=self.credentials) as installation:
            yield installation

    def pause(self) -> None:
        """Pause the connection, also before the settings name it."""
        settings = Settings(connections=[fresh_connection(self.connection)])
        with Installation(self.home, settings=settings, credentials=self.credentials) as installation:
            installation.service.pause(None)


def fresh_connection(name: str) -> ConnectionSettings:
    """Make a connection's settings with a user name of its own for the Web Connector."""
    username = "cedar-sync" if name == DEFAULT_CONNECTION else f"cedar-sync-{name}"[:LONGEST_USERNAME]
    return ConnectionSettings(name=name, web_connector=WebConnectorSettings(username=username))


def first_connection(home: Path) -> str:
    """Name the connection the wizard opens for: the settings' first one."""
    try:
        connections = load(home).settings.connections
    except NotConfigured:
        return DEFAULT_CONNECTION
    return connections[0].name if connections else DEFAULT_CONNECTION
