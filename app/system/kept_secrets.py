"""The secrets of a home's connections, wherever they come from: whatever is read here is kept out of every log."""

from collections.abc import Callable

from app.system.credentials import Credentials, Secret, SystemCredentials, is_store_usable


class KeptSecrets:
    """Reads and keeps secrets, and tells how a person can give one."""

    def __init__(self, credentials: Credentials, conceal: Callable[[str], None]) -> None:
        """Take where the secrets are.

        Args:
            credentials: The place.
            conceal: Keeps a text out of every log.
        """
        self._credentials = credentials
        self._conceal = conceal

    @property
    def are_the_systems(self) -> bool:
        """Whether they come from this computer's credential store and its variables, and not from elsewhere."""
        return isinstance(self._credentials, SystemCredentials)

    @property
    def has_store(self) -> bool:
        """Whether secrets can be kept on this computer."""
        return not self.are_the_systems or is_store_usable()

    def get(self, connection: str, secret: Secret) -> str | None:
        """Read a secret; None if there is none."""
        value = self._credentials.get(connection, secret)
        if value is not None:
            self._conceal(value)
        return value

    def put(self, connection: str, secret: Secret, value: str) -> None:
        """Keep a secret.

        Raises:
            HomeUnusable: If this computer has no credential store.
        """
        self._credentials.put(connection, secret, value)
        self._conceal(value)

    def given_by(self, connection: str, secret: Secret) -> str | None:
        """Name the variable that gives a secret; None if none does."""
        ours = self._credentials
        return ours.given_by(connection, secret) if isinstance(ours, SystemCredentials) else None

    def variable(self, connection: str, secret: Secret) -> str:
        """Name the variable that gives a secret, or could; empty where secrets are not the system's."""
        ours = self._credentials
        return ours.variable(connection, secret) if isinstance(ours, SystemCredentials) else ""
