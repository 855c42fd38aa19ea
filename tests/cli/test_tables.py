"""The tables people read: the ids of rows are never cut, whatever reads them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.practice.cedar import PracticeCharge, PracticeRailroad
from tests.e2e.office import Office

INVOICE = "PSL-2026-10-000482-CORRECTED-AGAIN-AND-AGAIN"
ROW = f"main/{INVOICE}/4410"
CUSTOMER = "The Prairie and Western Grain, Seed and Fertilizer Cooperative of the Upper Valley"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    charge = PracticeCharge(1, invoice=INVOICE, customer=CUSTOMER, service_type=None)
    with Office(tmp_path / "home", PracticeRailroad([charge], today=date(2026, 11, 22)), is_forked=True) as office:
        office.run("pull").check_returncode()
        yield office


@pytest.mark.parametrize("command", ["invoices", "preview"])
@pytest.mark.parametrize("columns", ["80", "40"])
def test_a_terminal_shows_whole_ids_and_shorter_customers(office: Office, command: str, columns: str) -> None:
    text = office.run(command, FORCE_COLOR="1", COLUMNS=columns, NO_COLOR="1", TERM="dumb").stderr
    assert ROW in text
    assert CUSTOMER not in text


@pytest.mark.parametrize("command", ["invoices", "preview"])
def test_a_pipe_limits_nothing(office: Office, command: str) -> None:
    (line,) = [line for line in office.run(command, COLUMNS="40").stderr.splitlines() if ROW in line]
    assert CUSTOMER in line
    assert "No service type" in line
