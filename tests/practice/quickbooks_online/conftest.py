"""A running practice service with a little of everything, and a program connected with it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.practice.quickbooks_online import Desk, OnlineCompany
from tests.practice.quickbooks_online.calling import REALM, Caller, Clock, connected


@pytest.fixture
def company() -> OnlineCompany:
    made = OnlineCompany(REALM, "Prairie Short Line", Clock())
    desk = Desk(made)
    desk.add_account("Services")
    for name in ("41200-017", "41200-018"):
        desk.add_customer(name, company_name="Acme Grain")
    desk.add_customer("41200-099", is_active=False)
    for name in ("Demurrage", "Switching"):
        desk.add_item(name)
    return made


@pytest.fixture
def caller(company: OnlineCompany) -> Iterator[Caller]:
    with connected(company) as made:
        yield made
