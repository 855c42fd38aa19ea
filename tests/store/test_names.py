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


def item(list_id: str, full_name: str, *, is_active: bool = True, is_known_by_last_name: bool = True) -> BooksName:
    return BooksName(NameKind.ITEM, list_id, full_name, is_active, None, is_known_by_last_name)


def find_items(record: Record, *wanted: str) -> dict[str, str]:
    with record.read() as tx:
        found = names.find(tx, "main", NameKind.ITEM, wanted)
    return {key: entry.list_id for key, entry in found.items()}


def namesakes(record: Record, *wanted: str) -> dict[str, tuple[str, ...]]:
    with record.read() as tx:
        return names.namesakes(tx, "main", NameKind.ITEM, wanted)


def test_a_last_name_that_several_share_names_none_of_them_and_a_full_name_one(record: Record) -> None:
    save(record, item("1", "Yard:Switching"), item("2", "Rail:Switching"), item("3", "Rail:Storage"))
    assert find_items(record, "switching", "STORAGE", "rail:switching", "Switching:Rail") == {
        "storage": "3",
        "rail:switching": "2",
    }
    assert namesakes(record, "switching", "storage", "Rail:Switching") == {
        "switching": ("Rail:Switching", "Yard:Switching")
    }
    with record.write() as tx:
        names.forget(tx, "main", NameKind.ITEM, ["Yard:Switching"])
    assert find_items(record, "switching") == {"switching": "2"}


@pytest.mark.parametrize(
    ("others", "is_active", "expected"),
    [
        # A whole name goes before a last name, even one that cannot be used.
        ([item("2", "Rail:Switching"), item("3", "Yard:Switching")], True, "1"),
        ([item("2", "Rail:Switching")], False, "1"),
    ],
)
def test_a_full_name_goes_before_a_last_name(
    record: Record, others: list[BooksName], *, is_active: bool, expected: str
) -> None:
    save(record, item("1", "Switching", is_active=is_active, is_known_by_last_name=False), *others)
    assert find_items(record, "Switching") == {"switching": expected}
    assert namesakes(record, "Switching") == {}


def test_only_active_items_share_a_name(record: Record) -> None:
    save(record, item("1", "Rail:Switching"), item("2", "Yard:Switching", is_active=False))
    assert (find_items(record, "Switching"), namesakes(record, "Switching")) == ({"switching": "1"}, {})


def test_where_full_names_are_used_a_last_name_names_nothing(record: Record) -> None:
    save(record, item("1", "Rail:Switching", is_known_by_last_name=False))
    assert (find_items(record, "Switching"), find_items(record, "Rail:Switching")) == ({}, {"rail:switching": "1"})


def test_full_names_are_told_by_id(record: Record) -> None:
    save(record, item("1", "Rail:Switching"), customer("1", "4410"))
    with record.read() as tx:
        assert names.full_names(tx, "main", NameKind.ITEM, ["1", "2"]) == {"1": "Rail:Switching"}


def test_a_thousand_names_are_looked_up_at_once(record: Record) -> None:
    save(record, *(customer(str(number), f"C{number}") for number in range(1000)))
    assert len(find(record, *(f"c{number}" for number in range(1000)))) == 1000
