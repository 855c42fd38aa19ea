from __future__ import annotations

from decimal import Decimal

from app.domain.reasons import ReasonCode
from app.domain.states import State
from app.store.database import Record
from app.sync.left_out import by_location
from tests.builders import a_charge
from tests.sync.bench import Bench


def test_left_out_charges_are_grouped_by_location_and_reason_to_the_cent(record: Record) -> None:
    bench = Bench(
        record,
        a_charge("1", gl_number=None, location="Siding A", amount="10.10"),
        a_charge("2", gl_number=None, location="Siding A", amount="20.20"),
        a_charge("3", gl_number=None, location="Siding B", amount="100.00"),
        a_charge("4", status="PENDING", location="Siding C", amount="900.00"),
        a_charge("5", amount="5.00"),
    )
    bench.pull()
    places = by_location(bench.service.left_out())
    assert [(place.location, place.code, len(place.charges), place.amount) for place in places] == [
        ("Siding B", ReasonCode.NO_GL_NUMBER, 1, Decimal("100.00")),
        ("Siding A", ReasonCode.NO_GL_NUMBER, 2, Decimal("30.30")),
        ("Siding C", ReasonCode.NOT_INVOICED_YET, 1, Decimal("900.00")),
    ]
    assert sum(place.amount for place in places) == sum(row.skipped_amount for row in bench.rows())


def test_a_row_left_out_by_hand_is_not_left_out_by_cedar(record: Record) -> None:
    bench = Bench(record, a_charge("1", gl_number=None, location="Siding A"))
    bench.pull()
    (row,) = bench.rows()
    assert row.state is State.SKIPPED
    bench.service.hold([row.id])
    assert bench.service.left_out() == []


def test_a_page_is_a_part_of_the_list_and_counts_are_of_the_whole(record: Record) -> None:
    bench = Bench(record, *(a_charge(str(n), invoice=f"INV-{n}", amount=f"{n}.00") for n in range(1, 8)))
    bench.pull()
    service = bench.service
    whole = [row.id for row in service.rows()]
    assert [each.row.id for each in service.page(offset=2, limit=3)] == whole[2:5]
    assert service.count()[State.QUEUED].rows == len(whole)
    assert service.count(text="inv-3")[State.QUEUED].amount.total == Decimal("3.00")
    assert service.count([State.FAILED])[State.QUEUED].rows == 0


def test_a_page_says_why_charges_are_left_out(record: Record) -> None:
    bench = Bench(record, a_charge("1"), a_charge("2", gl_number=None, location="Siding A"))
    bench.pull()
    (listed,) = bench.service.page()
    assert [reason.code for reason in listed.left_out_reasons] == [ReasonCode.NO_GL_NUMBER]
