"""The companies the contract is tested with: the practice one, and one in Intuit's sandbox where its keys are given."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from app.books.quickbooks_online import throttle
from app.books.quickbooks_online.access import OnlineAccess
from app.practice.quickbooks_online import (
    CLIENT_ID,
    CLIENT_SECRET,
    REALM_ID,
    ListKind,
    OnlineCompany,
    PracticeQuickBooksOnline,
)
from app.system.settings import DestinationSettings
from tests.live.books import LiveBooks, way_in

KEYS = (
    "CEDAR_SYNC_QBO_CLIENT_ID",
    "CEDAR_SYNC_QBO_CLIENT_SECRET",
    "CEDAR_SYNC_QBO_REFRESH_TOKEN",
    "CEDAR_SYNC_QBO_REALM_ID",
)
HOME = "CEDAR_SYNC_LIVE_HOME"
"""Names the folder the tokens are kept in from run to run: Intuit gives new ones, and the first value dies by that."""


@pytest.fixture(scope="module", params=["practice", "sandbox"])
def books(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveBooks]:
    """Open a company, with a customer and an item of its own; what was made there is taken back at the end."""
    if request.param == "practice":
        yield from _practice(tmp_path_factory.mktemp("home"))
    else:
        yield from _sandbox()


def _practice(home: Path) -> Iterator[LiveBooks]:
    company = OnlineCompany(REALM_ID, "Prairie Short Line")
    with PracticeQuickBooksOnline(company) as service, mock.patch.object(throttle, "A_SECOND", 10_000):
        service.desk.add_account("Freight Income")
        destination = DestinationSettings(
            kind="quickbooks_online",
            client_id=CLIENT_ID,
            api_url=service.base_url,
            oauth_url=service.base_url,
        )
        access = way_in(home, destination, CLIENT_SECRET, service.grants.consent(REALM_ID).refresh)
        yield from _opened(access, REALM_ID, patience=0)
        assert not company.documents("Estimate"), "the contract cleans up after itself"
        assert not company.documents("Invoice")
        named = [*company.all_lists(ListKind.CUSTOMER), *company.all_lists(ListKind.ITEM)]
        assert [each.is_active for each in named] == [False, False]


def _sandbox() -> Iterator[LiveBooks]:
    missing = [name for name in KEYS if not os.environ.get(name)]
    if missing:
        pytest.skip(f"no company in Intuit's sandbox to test with: {', '.join(missing)} not set")
    client_id, secret, refresh, realm_id = (os.environ[name] for name in KEYS)
    home = Path(os.environ.get(HOME) or Path.home() / ".cedar-sync-live")
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Never production: the contract makes and deletes documents.
    destination = DestinationSettings(kind="quickbooks_online", client_id=client_id, environment="sandbox")
    yield from _opened(way_in(home, destination, secret, refresh), realm_id, patience=60)


def _opened(access: OnlineAccess, realm_id: str, *, patience: float) -> Iterator[LiveBooks]:
    try:
        found = LiveBooks(access.courier(realm_id), realm_id, patience)
        try:
            found.stock()
            yield found
        finally:
            found.clean_up()
    finally:
        access.close()
