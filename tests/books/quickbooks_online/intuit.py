"""A practice Intuit, a home, and this program's way in between them."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Self

import httpx

from app.books.quickbooks_online.access import OnlineAccess, Surroundings
from app.books.quickbooks_online.grants import Tokens
from app.books.quickbooks_online.signing_in import SignIn
from app.practice.quickbooks_online import CLIENT_ID, CLIENT_SECRET, REALM_ID, OnlineCompany, PracticeQuickBooksOnline
from app.system.listening import PortTaken, listen
from app.system.settings import DestinationSettings
from tests.books.quickbooks_online.store import Store
from tests.fakes import FakeClock

COMPANY_INFO = "GET /companyinfo/{realm}?minorversion=75\n\n"
QUERY = "POST /query?minorversion=75\n\nselect * from Customer"


class Intuit:
    """The practice service with the clock in the test's hand."""

    def __init__(self, home: Path, *, store: Store | None = None) -> None:
        self.clock = FakeClock()
        self.home = home
        self.store = store or Store()
        self.hidden: list[str] = []
        self.revealed: list[str] = []
        self.secret = CLIENT_SECRET
        self.realm_id = REALM_ID
        self.service = PracticeQuickBooksOnline(OnlineCompany(REALM_ID, clock=self.clock.now))
        self.opened: list[OnlineAccess] = []
        self.begun: list[SignIn] = []

    def __enter__(self) -> Self:
        self.service.start()
        return self

    def __exit__(self, *_: object) -> None:
        for signing in self.begun:
            signing.close()
        for access in self.opened:
            access.close()
        self.service.stop()

    def access(self, *, redirect_url: str = "", port: int = 8085) -> OnlineAccess:
        """Give a new way in, as another program, or this one begun anew, has it."""
        destination = DestinationSettings(
            kind="quickbooks_online",
            client_id=CLIENT_ID,
            redirect_url=redirect_url,
            api_url=self.service.base_url,
            oauth_url=self.service.base_url,
        )
        around = Surroundings(
            connection="main",
            home=self.home,
            endpoint_port=port,
            credentials=self.store,
            client_secret=lambda: self.secret,
            now=self.clock.now,
            conceal=self.hidden.append,
            reveal=self.revealed.append,
        )
        self.opened.append(OnlineAccess(around, destination))
        return self.opened[-1]

    def signed_in(self) -> OnlineAccess:
        """Give a way in that is signed in; its access token is an hour old at once."""
        access = self.access()
        access.keeper.keep(self.tokens())
        self.clock.move(hours=1)
        return access

    def tokens(self) -> Tokens:
        made = self.service.grants.consent(self.realm_id)
        return Tokens(made.access, self.clock.now(), made.refresh)

    def asked(self) -> int:
        """Count the calls to the token server."""
        return sum(1 for each in self.service.requests if each.path.endswith("/tokens/bearer"))

    def opens(self, token: str) -> bool:
        return self.service.grants.realm_of(token) == REALM_ID


def browse(address: str) -> httpx.Response:
    """Open an address as a browser does, and follow where it leads."""
    with httpx.Client(trust_env=False, follow_redirects=True, timeout=10) as http:
        return http.get(address)


def callback_ports() -> int:
    """Find an endpoint's port with a free one behind it, outside the range outgoing connections take theirs from."""
    while True:
        port = random.randint(20_000, 32_000)  # noqa: S311 (no secret)
        try:
            for listener in listen(port + 1):
                listener.close()
        except PortTaken:
            continue
        return port
