"""Everything about being let into QuickBooks Online, for one connection: signing in and out, tokens, the courier."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.books.quickbooks_online import sign_in_texts as texts
from app.books.quickbooks_online.courier import Courier
from app.books.quickbooks_online.grants import Grant, SignInRefused
from app.books.quickbooks_online.oauth import Client, TokenServer
from app.books.quickbooks_online.pending import PendingPlace
from app.books.quickbooks_online.servers import servers
from app.books.quickbooks_online.signing_in import SignIn, callback_port, redirect_uri
from app.books.quickbooks_online.throttle import Throttle
from app.books.quickbooks_online.token_place import TokenPlace
from app.books.quickbooks_online.tokens import Concealed, TokenKeeper
from app.domain.faults import NotConfigured
from app.system.credentials import Credentials
from app.system.settings import DestinationSettings


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a connection's access stands in."""

    connection: str
    home: Path
    endpoint_port: int
    credentials: Credentials
    client_secret: Callable[[], str | None]
    now: Callable[[], datetime]
    conceal: Callable[[str], None]
    """Keeps a text out of every log."""
    reveal: Callable[[str], None]
    """Lets go of one that opens nothing any more."""


class OnlineAccess:
    """One connection's way in. Lives as long as the program: access token, pace and connections are shared."""

    def __init__(self, around: Surroundings, destination: DestinationSettings) -> None:
        """Take the settings; nothing is asked yet.

        Raises:
            NotConfigured: If an address in them is not encrypted and leads beyond this computer.
        """
        self._around = around
        self._destination = destination
        self._servers = servers(destination)
        self._token_server = TokenServer(self._servers, self._client, around.now)
        place = TokenPlace(around.credentials, around.connection, around.home, around.now)
        concealed = Concealed(around.conceal, around.reveal)
        self.keeper = TokenKeeper(around.connection, self._token_server, place, around.home, around.now, concealed)
        self.throttle = Throttle(around.now)
        self._couriers: dict[str, Courier] = {}
        self.meant = (self._servers, destination.client_id, destination.redirect_url, around.endpoint_port)
        """What it was built from; with other settings it is built anew."""

    def courier(self, realm_id: str) -> Courier:
        """Give the courier for a company; it is closed with everything else.

        Raises:
            NotConfigured: If this computer's proxy or certificate settings cannot be used.
        """
        known = self._couriers.get(realm_id)
        if known is None:
            known = Courier(self._servers.api, realm_id, self.keeper, self.throttle)
            self._couriers[realm_id] = known
        return known

    def close(self) -> None:
        """Close the connections."""
        while self._couriers:
            self._couriers.popitem()[1].close()

    def begin(self, realm_id: str, *, is_resumed: bool = False) -> SignIn:
        """Begin a sign-in, or go on with the one another program of this home began.

        Raises:
            NotConfigured: If the client id or its secret is missing.
            HomeUnusable: If it cannot be noted in the home.
        """
        client, port = self._client(), self._around.endpoint_port
        before = self.keeper.standing().signed_in
        return SignIn(
            self._token_server,
            self._servers,
            PendingPlace(self._around.home, self._around.connection),
            self._around.now,
            self._around.conceal,
            client_id=client.id,
            realm_id=realm_id,
            redirect_uri=redirect_uri(self._destination.redirect_url, port),
            port=callback_port(port),
            is_resumed=is_resumed,
            is_signed_in=lambda: self.keeper.standing().signed_in not in {0, before},
        )

    def require_company(self, grant: Grant, realm_id: str) -> None:
        """Make sure that a sign-in is for the connection's company.

        Raises:
            SignInRefused: If it is for another one.
        """
        if realm_id and grant.realm_id != realm_id:
            raise SignInRefused(texts.OTHER_COMPANY.format(chosen=grant.realm_id, ours=realm_id))

    def require_client(self) -> None:
        """Make sure of the client id and its secret.

        Raises:
            NotConfigured: If one of them is missing.
        """
        self._client()

    def _client(self) -> Client:
        name, client_id = self._around.connection, self._destination.client_id.strip()
        if not client_id:
            raise NotConfigured(texts.NO_CLIENT_ID.format(connection=name))
        secret = self._around.client_secret()
        if not secret:
            raise NotConfigured(texts.NO_CLIENT_SECRET.format(connection=name))
        return Client(client_id, secret)
