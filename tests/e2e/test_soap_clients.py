"""Clients made by other toolkits finish a session with the real program: zeep from ``?wsdl``, and Mono's proxy.

The real Web Connector is a .NET program with a proxy of the kind Mono's ``wsdl`` generates.
"""

import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.practice.cedar import short_line
from app.practice.world import PASSWORD, PracticeWorld
from tests.books.quickbooks_desktop.web_connector import mono_session, zeep_session


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PracticeWorld]:
    with PracticeWorld(tmp_path / "home", short_line(invoices=30, today=date(2026, 11, 22))) as world:
        world.pull()
        yield world


def assert_all_is_in_the_books(world: PracticeWorld) -> None:
    synced = sorted(row.amount for row in world.installation.service.rows() if row.state == "synced")
    held = sorted(Decimal(order.subtotal) for order in world.company.orders())
    assert synced == held
    assert len(held) > 15


def test_zeep_finishes_a_session(world: PracticeWorld) -> None:
    session = world.processor.begin_session()
    run = zeep_session.run_session(world.program.endpoint.url, "cedar-sync", PASSWORD, session.process)
    assert run.percents[-1] == 100
    assert "in QuickBooks" in run.closing_text
    assert_all_is_in_the_books(world)


@pytest.mark.mono
@pytest.mark.skipif(shutil.which("wsdl") is None, reason="Mono's wsdl is not installed")
def test_monos_generated_proxy_finishes_a_session(world: PracticeWorld) -> None:
    session = world.processor.begin_session()
    run = mono_session.run_session(world.program.endpoint.url, "cedar-sync", PASSWORD, session.process)
    assert run.percents[-1] == 100
    assert "in QuickBooks" in run.closing_text
    assert_all_is_in_the_books(world)
