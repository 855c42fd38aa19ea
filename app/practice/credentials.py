"""Secrets of the practice world: in memory, gone with it."""

from app.system.credentials import Secret


class PracticeCredentials:
    """A credential store that forgets."""

    def __init__(self, **secrets: str) -> None:
        """Take secrets by their names in lower case, the same for every connection."""
        self._secrets = {Secret[name.upper()]: value for name, value in secrets.items()}

    def get(self, connection: str, secret: Secret) -> str | None:  # noqa: ARG002
        """Read a secret."""
        return self._secrets.get(secret)

    def put(self, connection: str, secret: Secret, value: str) -> None:  # noqa: ARG002
        """Keep a secret."""
        self._secrets[secret] = value

    def stored(self, connection: str, secret: Secret) -> str | None:
        """Read a secret: there are no variables here."""
        return self.get(connection, secret)
