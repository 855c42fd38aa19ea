"""A row that is brought back: what it says of that is true, and it takes no second choice."""

from decimal import Decimal
from pathlib import Path

from app.domain.reasons import ReasonCode, Who
from app.domain.states import State
from app.sync.orders_by_hand import Resolution
from tests.reasons.office import HALF_A_DAY, ROW, Office


def test_what_the_settings_kept_gets_cedars_figures(tmp_path: Path) -> None:
    with Office(tmp_path, settings={"destination.on_edited": "keep"}) as office:
        office.run()
        (order,) = office.company.orders()
        office.company.edit_line(order.txn_id, 0, quantity=Decimal(1), rate=Decimal(90), amount=Decimal(90))
        office.wait(HALF_A_DAY)
        office.run()
        office.expect_row(State.HELD, ReasonCode.EDITED_IN_QUICKBOOKS, Who.BOOKKEEPER, "settings keep", "Bring back")

        office.installation.service.release([ROW])
        office.run()

        assert office.expect_healed().txn_id == order.txn_id


def test_what_was_deleted_and_kept_so_is_made_again(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.run()
        (order,) = office.company.orders()
        office.company.delete_order(order.txn_id)
        office.wait(HALF_A_DAY)
        office.run()
        office.installation.service.resolve([ROW], Resolution.KEEP_THEIRS)
        office.wait(HALF_A_DAY)
        office.run()
        office.expect_row(State.HELD, ReasonCode.HELD_BY_USER, Who.BOOKKEEPER, "deleted", "Bring back")

        office.installation.service.release([ROW])
        office.run()

        assert office.expect_healed().txn_id != order.txn_id
