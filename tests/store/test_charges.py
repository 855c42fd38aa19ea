from __future__ import annotations

from datetime import timedelta

from app.domain.charge import Charge
from app.domain.values import replace
from app.store import charges
from app.store.database import Record
from tests.builders import APPLIED_AT, a_charge


def save(record: Record, *page: Charge) -> int:
    with record.write() as tx:
        return charges.save_changed(tx, "main", page)


def marked(record: Record) -> list[str | None]:
    with record.read() as tx:
        return charges.marked(tx, "main", 100)


def unmark_all(record: Record) -> None:
    with record.write() as tx:
        charges.unmark(tx, "main", charges.marked(tx, "main", 100))


def test_a_charge_comes_back_as_it_was(record: Record) -> None:
    charge = a_charge(quantity="2.50", rate="40", currency="USD", car="ABCX 1", invoice_date=APPLIED_AT.date())
    save(record, charge)
    with record.read() as tx:
        assert charges.of_invoice(tx, "main", "INV-1001") == [charge]


def test_a_new_charge_marks_its_invoice(record: Record) -> None:
    save(record, a_charge())
    assert marked(record) == ["INV-1001"]


def test_a_charge_on_no_invoice_marks_that(record: Record) -> None:
    save(record, a_charge(invoice=None))
    assert marked(record) == [None]


def test_an_unchanged_charge_is_not_written(record: Record) -> None:
    save(record, a_charge())
    unmark_all(record)
    assert (save(record, a_charge()), marked(record)) == (0, [])


def test_a_charge_that_moves_marks_both_invoices(record: Record) -> None:
    save(record, a_charge(invoice="INV-1"))
    unmark_all(record)
    save(record, a_charge(invoice="INV-2"))
    assert marked(record) == ["INV-1", "INV-2"]


def test_a_charge_listed_twice_counts_as_listed_last(record: Record) -> None:
    save(record, a_charge(amount="1.00"), a_charge(amount="2.00"))
    with record.read() as tx:
        assert charges.of_invoice(tx, "main", "INV-1001") == [a_charge(amount="2.00")]


def test_a_charge_that_is_gone_marks_its_invoice(record: Record) -> None:
    save(record, a_charge())
    unmark_all(record)
    with record.write() as tx:
        charges.drop(tx, "main", [a_charge().charge_id])
    assert marked(record) == ["INV-1001"]


def test_connections_do_not_see_each_others_charges(record: Record) -> None:
    save(record, a_charge())
    with record.read() as tx:
        assert (charges.of_invoice(tx, "branch", "INV-1001"), charges.count(tx, "branch")) == ([], 0)


def test_new_rules_mark_every_invoice(record: Record) -> None:
    save(record, a_charge("1", invoice="INV-1"), a_charge("2", invoice="INV-2"), a_charge("3", invoice=None))
    unmark_all(record)
    with record.write() as tx:
        charges.mark_all(tx, "main")
    assert marked(record) == [None, "INV-1", "INV-2"]


def test_new_rules_leave_the_mark_of_an_invoice_whose_charges_are_all_gone(record: Record) -> None:
    save(record, a_charge())
    with record.write() as tx:
        charges.drop(tx, "main", [a_charge().charge_id])
        charges.mark_all(tx, "main")
    assert marked(record) == ["INV-1001"]


def test_charges_since_a_time_are_told_with_their_invoice(record: Record) -> None:
    old = replace(a_charge("1"), applied_at=APPLIED_AT - timedelta(seconds=1))
    save(record, old, a_charge("2"), a_charge("3", applied_at=None))
    with record.read() as tx:
        assert list(charges.ids_since(tx, "main", APPLIED_AT)) == [("2", "INV-1001")]


def test_the_newest_charge_is_told(record: Record) -> None:
    save(record, a_charge("1"), a_charge("2", applied_at=APPLIED_AT + timedelta(days=1)))
    with record.read() as tx:
        assert charges.newest(tx, "main") == APPLIED_AT + timedelta(days=1)
