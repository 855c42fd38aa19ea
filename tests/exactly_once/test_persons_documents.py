"""An order that a person wrote, with a number one of ours would get: it is never written to."""

from decimal import Decimal
from pathlib import Path

import pytest

from app.domain.reasons import ReasonCode
from app.domain.states import State
from app.practice.quickbooks.desk import NewLine
from app.sync.orders_by_hand import Resolution
from tests.exactly_once.office import Office, an_office

ROW = "main/INV-1001/4410"


def write_by_hand(office: Office, customer: str) -> str:
    """Let a person write an order with the number of ours, and let the program find it."""
    lines = [NewLine("STORAGE", Decimal(1), Decimal("4711.11"))]
    txn_id = office.company.create_order(customer, lines, ref_number="INV-1001", memo="by hand")
    office.clock.advance(minutes=2)
    office.settle()
    row = next(row for row in office.rows if row.id == ROW)
    assert (row.state, [reason.code for reason in row.reasons]) == (State.CONFLICT, [ReasonCode.NUMBER_IN_USE])
    return txn_id


@pytest.mark.parametrize("customer", ["4410", "4430"], ids=["same customer", "another customer"])
@pytest.mark.parametrize("resolution", [Resolution.SEND_OURS, Resolution.STOP_TRACKING])
def test_settling_the_conflict_leaves_it_as_it_was(folder: Path, customer: str, resolution: Resolution) -> None:
    with an_office(folder) as office:
        txn_id = write_by_hand(office, customer)
        before = office.company.order(txn_id)
        office.world.installation.service.resolve([ROW], resolution)
        office.settle()
        assert office.company.order(txn_id) == before


@pytest.mark.parametrize("customer", ["4410", "4430"], ids=["same customer", "another customer"])
def test_an_order_that_was_kept_is_not_written_over_when_the_row_is_brought_back(folder: Path, customer: str) -> None:
    with an_office(folder) as office:
        txn_id = write_by_hand(office, customer)
        before = office.company.order(txn_id)
        office.world.installation.service.resolve([ROW], Resolution.KEEP_THEIRS)
        office.world.installation.service.release([ROW])
        office.clock.advance(minutes=2)
        office.settle()
        assert office.company.order(txn_id) == before
