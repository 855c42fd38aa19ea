from __future__ import annotations

import pytest

from app.domain.books_names import BooksName, NameKind
from app.store import names
from app.store.database import Record


def customer(list_id: str, name: str, *, is_active: bool = True) -> BooksName:
    return BooksName(NameKind.CUSTOMER, list_id, name, is_active, "US Dollar")


def save(record: Record, *entries: BooksName) -> None:
    with record.write() as tx:
        names.save(tx, "main", entries)


def find(record: Record, *wanted: str) -> dict[str, BooksName]:
    with record.read() as tx:
        return names.find(tx, "main", NameKind.CUSTOMER, wanted)


@pytest.mark.parametrize("wanted", ["4410 Acme", "4410 ACME", " 4410 acme "])
def test_a_name_is_found_without_case_or_outer_blanks(record: Record, wanted: str) -> None:
    save(record, customer("1", "4410 Acme"))
    assert find(record, wanted) == {"4410 acme": customer("1", "4410 Acme")}


def test_an_active_entry_wins_over_an_inactive_one(record: Record) -> None:
    save(record, customer("2", "4410", is_active=False), customer("1", "4410"), customer("3", "4410", is_active=False))
    assert find(record, "4410")["4410"].list_id == "1"


def test_a_renamed_entry_is_not_found_by_its_old_name(record: Record) -> None:
    save(record, customer("1", "4410"))
    save(record, customer("1", "4420"))
    assert find(record, "4410") == {}


def test_an_item_is_not_a_customer(record: Record) -> None:
    save(record, BooksName(NameKind.ITEM, "1", "4410", is_active=True))
    assert find(record, "4410") == {}


def test_a_stale_name_is_forgotten(record: Record) -> None:
    save(record, customer("1", "4410"), customer("2", "4420"))
    with record.write() as tx:
        names.forget(tx, "main", NameKind.CUSTOMER, ["4410 "])
    assert set(find(record, "4410", "4420")) == {"4420"}


def test_a_thousand_names_are_looked_up_at_once(record: Record) -> None:
    save(record, *(customer(str(number), f"C{number}") for number in range(1000)))
    assert len(find(record, *(f"c{number}" for number in range(1000)))) == 1000
