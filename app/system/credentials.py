"""Secrets: in the operating system's credential store, or in variables where there is none. Never in a file of ours."""

import contextlib
import os
import re
import secrets
from enum import StrEnum
from typing import Protocol

from app.domain.faults import HomeUnusable, NotConfigured

SERVICE = "cedar-sync"
LONGEST = 1280
"""Characters Windows' Credential Manager holds: 2,560 bytes of UTF-16."""

_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"
"""Without signs that look alike: a person may have to type the password once."""


STORE = "store"
"""What the record's own secrets stand under, in place of a connection's name."""


def length_of(value: str) -> int:
    """Count a secret's characters as Windows' store does: some signs take two of its places."""
    return len(value.encode("utf-16-le")) // 2


class Secret(StrEnum):
    """What is kept, as the store's entries name it."""

    CEDAR_API_KEY = "cedar-api-key"
    WEB_CONNECTOR_PASSWORD = "web-connector-password"  # noqa: S105 (the entry's name)
    QBO_CLIENT_SECRET = "qbo-client-secret"  # noqa: S105 (the entry's name)
    QBO_REFRESH_TOKEN = "qbo-refresh-token"  # noqa: S105 (the entry's name)
    DATABASE_PASSWORD = "database-password"  # noqa: S105 (the entry's name)
    """Of all connections together: its entry stands under `STORE`."""


class Credentials(Protocol):
    """Where secrets are kept."""

    def get(self, connection: str, secret: Secret) -> str | None:
        """Read a secret; None if there is none."""

    def stored(self, connection: str, secret: Secret) -> str | None:
        """Read what was kept, whatever the environment says; None if there is nothing."""

    def put(self, connection: str, secret: Secret, value: str) -> None:
        """Keep a secret."""


class SystemCredentials:
    """The operating system's store; the environment's variables win over it."""

    def __init__(self, *, is_only_connection: bool = True) -> None:
        """Tell whether variables without a connection's name are meant for the connection that asks."""
        self._is_only = is_only_connection

    def get(self, connection: str, secret: Secret) -> str | None:
        """Read a secret; None if there is none, or no store to ask."""
        name = self.given_by(connection, secret)
        return os.environ[name].strip() if name is not None else self.stored(connection, secret)

    def stored(self, connection: str, secret: Secret) -> str | None:
        """Read a secret from the store alone; None if there is none, or no store to ask."""
        from keyring import get_password
        from keyring.errors import KeyringError

        try:
            return get_password(SERVICE, f"{connection}/{secret}")
        except KeyringError:
            return None

    def put(self, connection: str, secret: Secret, value: str) -> None:
        """Keep a secret.

        Raises:
            NotConfigured: If it is too long for the store.
            HomeUnusable: If there is no store, or it refuses.
        """
        if length_of(value) > LONGEST:
            raise NotConfigured(
                f"That is {length_of(value)} characters long; the credential store takes {LONGEST} at most."
            )
        from keyring import set_password
        from keyring.errors import KeyringError

        try:
            set_password(SERVICE, f"{connection}/{secret}", value)
        except KeyringError as exc:
            name = self._variables(connection, secret)[0]
            raise HomeUnusable(
                f"This computer has no credential store that can be used; set the variable {name} instead."
            ) from exc

    def forget(self, connection: str, secret: Secret) -> None:
        """Remove a secret from the store; harmless if there is none, or no store."""
        from keyring import delete_password
        from keyring.errors import KeyringError

        with contextlib.suppress(KeyringError):
            delete_password(SERVICE, f"{connection}/{secret}")

    def variable(self, connection: str, secret: Secret) -> str:
        """Name the variable that gives a secret, or could."""
        return self.given_by(connection, secret) or self._variables(connection, secret)[0]

    def given_by(self, connection: str, secret: Secret) -> str | None:
        """Name the variable that gives a secret now; None if none does."""
        names = self._variables(connection, secret)
        return next((name for name in names if os.environ.get(name, "").strip()), None)

    def _variables(self, connection: str, secret: Secret) -> tuple[str, ...]:
        plain = f"CEDAR_SYNC_{secret.name}"
        if secret is Secret.DATABASE_PASSWORD:
            return (plain,)
        named = f"{plain}_{re.sub(r'[^A-Za-z0-9]', '_', connection).upper()}"
        return (plain, named) if self._is_only else (named,)


def is_store_usable() -> bool:
    """Tell whether the operating system's store answers; what is not in it counts as an answer."""
    from keyring import get_password
    from keyring.errors import KeyringError

    try:
        get_password(SERVICE, "is-it-there")
    except KeyringError:
        return False
    return True


def new_password() -> str:
    """Make a password for the Web Connector: 20 characters a person can read and type."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(20))
