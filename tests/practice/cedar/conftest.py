"""A running sandbox and a client for it."""

from collections.abc import Iterator
from datetime import date

import httpx
import pytest

from app.practice.cedar import CedarSandbox, PracticeRailroad, short_line
from tests.practice.cedar.caller import Caller, client_of


@pytest.fixture
def railroad() -> PracticeRailroad:
    return short_line(invoices=30, seed=3, today=date(2026, 11, 22))


@pytest.fixture
def sandbox(railroad: PracticeRailroad) -> Iterator[CedarSandbox]:
    with CedarSandbox(railroad) as running:
        yield running


@pytest.fixture
def client(sandbox: CedarSandbox) -> Iterator[httpx.Client]:
    with client_of(sandbox) as made:
        yield made


@pytest.fixture
def caller(client: httpx.Client) -> Caller:
    return Caller(client)
