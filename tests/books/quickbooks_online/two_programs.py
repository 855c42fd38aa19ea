"""A program of its own that asks for access tokens, or dies while it does; a test lets it loose beside itself."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from app.books.quickbooks_online.access import OnlineAccess, Surroundings
from app.books.quickbooks_online.token_place import TokenPlace
from app.system.settings import DestinationSettings
from tests.books.quickbooks_online.store import Store

DEAD = 9


def use_up(access: OnlineAccess, realm_id: str, rounds: int) -> int:
    """Use up access tokens, each refused as if it had ended; give how many calls did not go well."""
    failed, token, courier = 0, "", access.courier(realm_id)
    for _ in range(rounds):
        token = access.keeper.access(refused=token)
        failed += bool(courier.send("GET /query?query=select%20*%20from%20Customer\n\n").fault)
    return failed


def main(home: str, root: str, client_id: str, secret: str, realm_id: str, rounds: str, how: str) -> int:
    """Wait until standard input ends, then use tokens up, or die between an answer of Intuit's and the keeping."""
    if how == "dies":
        TokenPlace.save = lambda *_: os._exit(DEAD)  # type: ignore[method-assign]
    destination = DestinationSettings(kind="quickbooks_online", client_id=client_id, api_url=root, oauth_url=root)
    around = Surroundings(
        connection="main",
        home=Path(home),
        endpoint_port=8085,
        credentials=Store(is_there=False),
        client_secret=lambda: secret,
        now=lambda: datetime.now(UTC),
        conceal=lambda _: None,
        reveal=lambda _: None,
    )
    access = OnlineAccess(around, destination)
    sys.stdin.read()
    failed = use_up(access, realm_id, int(rounds))
    access.close()
    return failed


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
