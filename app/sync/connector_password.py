"""The password the Web Connector signs in to a connection with: made by us, shown once, or given by a variable."""

from collections.abc import Callable

from app.domain.facts import PasswordUnseen, SignInRefused
from app.domain.faults import HomeUnusable, StoreUnusable
from app.store import facts
from app.store.database import Record
from app.system.credentials import Secret, new_password
from app.system.kept_secrets import KeptSecrets


class ConnectorPassword:
    """The password of one connection."""

    def __init__(self, secrets: KeptSecrets, record: Callable[[], Record], connection: str) -> None:
        """Take where it is kept, what opens the record that knows whether it was seen, and the connection."""
        self._secrets = secrets
        self._record = record
        self._connection = connection

    def get(self) -> str | None:
        """Give it; None if there is none yet."""
        return self._secrets.get(self._connection, Secret.WEB_CONNECTOR_PASSWORD)

    @property
    def given_by(self) -> str | None:
        """The variable it comes from, which wins over any that is made; None if there is none."""
        return self._secrets.given_by(self._connection, Secret.WEB_CONNECTOR_PASSWORD)

    def make(self) -> str:
        """Make a new one and keep it.

        Raises:
            HomeUnusable: If this computer has no credential store.
        """
        password = new_password()
        self._secrets.put(self._connection, Secret.WEB_CONNECTOR_PASSWORD, password)
        return password

    def make_first(self) -> None:
        """Make the one a connection cannot run without; nobody has seen it yet.

        Raises:
            StoreUnusable: If this computer has no credential store to keep it in.
        """
        try:
            self.make()
        except HomeUnusable as exc:
            raise StoreUnusable(str(exc)) from exc
        with self._record().write() as tx:
            facts.put(tx, self._connection, PasswordUnseen())

    def to_show(self, *, is_new: bool = False) -> str | None:
        """Give it if somebody has to be shown it, made now where there is none; it counts as shown then.

        Args:
            is_new: Make a new one, whoever knows the old one.

        Returns:
            None if it was shown when it was made, or a variable gives it.

        Raises:
            HomeUnusable: If this computer has no credential store.
        """
        known = None if is_new else self.get()
        if known is not None and self.given_by is not None:
            return None
        with self._record().read() as tx:
            is_unseen = facts.get(tx, self._connection, PasswordUnseen) is not None
        if known is not None and not is_unseen:
            return None
        shown = known or self.make()
        with self._record().write() as tx:
            facts.forget(tx, self._connection, PasswordUnseen)
            if known is None:
                # What was refused was refused by the password of before.
                facts.forget(tx, self._connection, SignInRefused)
        return shown
