"""Customers, items, accounts, and what the company tells about itself."""

from __future__ import annotations

from datetime import date

import pytest

from app.practice.cedar import short_line
from app.practice.quickbooks import ListKind as DesktopListKind
from app.practice.quickbooks_online import ListKind, stocked_online
from app.practice.world import stocked
from tests.practice.quickbooks_online.calling import REALM, Caller


def test_a_customer_is_added_and_changed(caller: Caller) -> None:
    made = caller.post("/customer", {"DisplayName": "41200-020", "PrimaryPhone": {"FreeFormNumber": "1"}})["Customer"]
    assert (made["FullyQualifiedName"], made["Active"], made["Balance"]) == ("41200-020", True, 0)
    full = caller.post("/customer", {"DisplayName": "41200-021", "Id": made["Id"], "SyncToken": "0"})["Customer"]
    assert (full["DisplayName"], full["SyncToken"], "PrimaryPhone" in full) == ("41200-021", "1", False)
    body = {"Id": made["Id"], "SyncToken": "1", "sparse": True, "Active": False}
    sparse = caller.post("/customer", body)["Customer"]
    assert (sparse["DisplayName"], sparse["Active"]) == ("41200-021", False)
    assert caller.refusal("/customer", body)["code"] == "5010"


@pytest.mark.parametrize("name", ["41200-017", "41200-099"])
def test_a_name_is_taken_by_inactive_customers_too(caller: Caller, name: str) -> None:
    assert caller.refusal("/customer", {"DisplayName": name})["code"] == "6240"


@pytest.mark.parametrize("name", ["a:b", " ", "a\tb"])
def test_a_name_is_one_level(caller: Caller, name: str) -> None:
    assert caller.refusal("/customer", {"DisplayName": name})["code"] == "6000"


def test_names_differ_by_more_than_case(caller: Caller) -> None:
    account = {"IncomeAccountRef": {"value": "1"}}
    assert caller.refusal("/item", {"Name": "DEMURRAGE", **account})["code"] == "6240"
    assert caller.post("/item", {"Name": "Storage", **account})["Item"]["IncomeAccountRef"]["name"] == "Services"


def test_an_item_needs_a_name_and_an_account(caller: Caller) -> None:
    assert caller.refusal("/item", {"IncomeAccountRef": {"value": "1"}})["element"] == "Name"
    assert caller.refusal("/item", {"Name": "Storage"})["element"] == "IncomeAccountRef"
    assert caller.refusal("/item", {"Name": "Storage", "IncomeAccountRef": {"value": "9"}})["code"] == "2500"


def test_an_items_name_is_its_own_among_those_below_the_same_one(caller: Caller) -> None:
    account = {"IncomeAccountRef": {"value": "1"}}
    rail, yard = ({**account, "SubItem": True, "ParentRef": {"value": each}} for each in ("1", "2"))
    made = caller.post("/item", {"Name": "Storage", **rail})["Item"]
    assert made["FullyQualifiedName"] == "Demurrage:Storage"
    other = caller.post("/item", {"Name": "Storage", **yard})["Item"]
    assert caller.post("/item", {"Name": "Storage", **account})["Item"]["FullyQualifiedName"] == "Storage"
    for taken in (rail, yard, account):
        assert caller.refusal("/item", {"Name": "STORAGE", **taken})["code"] == "6240"
    moved = {"Id": other["Id"], "SyncToken": "0", "sparse": True, "ParentRef": {"value": "1"}}
    assert caller.refusal("/item", moved)["code"] == "6240"
    below_itself = {"Id": "1", "SyncToken": "0", "sparse": True, "ParentRef": {"value": made["Id"]}}
    assert caller.refusal("/item", below_itself)["code"] == "2500"


def test_a_customers_name_is_its_own_below_another_one_too(caller: Caller) -> None:
    below = {"Job": True, "ParentRef": {"value": "1"}}
    caller.post("/customer", {"DisplayName": "Spur", **below})
    assert caller.refusal("/customer", {"DisplayName": "spur"})["code"] == "6240"
    assert caller.refusal("/customer", {"DisplayName": "41200-018", **below})["code"] == "6240"


def test_a_job_hangs_on_its_customer(caller: Caller) -> None:
    made = caller.post("/customer", {"DisplayName": "Spur", "Job": True, "ParentRef": {"value": "1"}})["Customer"]
    assert (made["FullyQualifiedName"], made["Level"]) == ("41200-017:Spur", 1)
    caller.create("invoice", CustomerRef={"value": made["Id"]})
    above = caller.get("/customer/1")["Customer"]
    assert (above["Balance"], above["BalanceWithJobs"]) == (0, 900)
    assert caller.refusal("/customer", {"DisplayName": "x", "ParentRef": {"value": "77"}})["code"] == "2500"


def test_accounts_are_only_read(caller: Caller) -> None:
    assert caller.get("/account/1")["Account"]["Name"] == "Services"
    assert caller.refusal("/account", {"Name": "x"})["code"] == "500"
    for operation in ("delete", "void"):
        assert caller.refusal("/customer", {"Id": "1", "SyncToken": "0"}, operation=operation)["code"] == "500"


def test_a_person_keeps_the_lists(caller: Caller) -> None:
    caller.clock.advance(minutes=1)
    caller.desk.rename("Customer", "41200-017", "41200-030")
    caller.desk.set_active("Item", "Switching", is_active=False)
    customer, item = caller.get("/customer/1")["Customer"], caller.get("/item/2")["Item"]
    assert (customer["DisplayName"], item["Active"]) == ("41200-030", False)
    for each in (customer, item):
        assert (each["SyncToken"], each["MetaData"]["LastUpdatedTime"]) == ("1", "2026-11-22T07:16:03-08:00")
    for wrong in (
        lambda: caller.desk.rename("Customer", "41200-030", "41200-018"),
        lambda: caller.desk.rename("Item", "nothing", "something"),
        lambda: caller.desk.add_item("Demurrage"),
        lambda: caller.desk.delete("Invoice", "77"),
    ):
        with pytest.raises(ValueError, match="there is"):
            wrong()


def test_preferences_say_what_is_switched_on(caller: Caller) -> None:
    before = caller.get("/preferences")["Preferences"]
    assert "BookCloseDate" not in before["AccountingInfoPrefs"]
    forms = before["SalesFormsPrefs"]
    assert (forms["AllowEstimates"], forms["CustomTxnNumbers"]) == (True, True)
    caller.desk.use_estimates(is_on=False)
    caller.desk.use_custom_numbers(is_on=False)
    caller.desk.close_books(date(2026, 10, 31))
    caller.desk.use_multi_currency()
    after = caller.query("select * from Preferences")["Preferences"][0]
    forms = after["SalesFormsPrefs"]
    assert (forms["AllowEstimates"], forms["CustomTxnNumbers"]) == (False, False)
    assert after["AccountingInfoPrefs"]["BookCloseDate"] == "2026-10-31"
    assert after["CurrencyPrefs"] == {"MultiCurrencyEnabled": True, "HomeCurrency": {"value": "USD"}}
    assert after["SyncToken"] == "4"


def test_the_company_tells_its_name(caller: Caller) -> None:
    assert caller.get(f"/companyinfo/{REALM}")["CompanyInfo"]["CompanyName"] == "Prairie Short Line"
    assert caller.refusal("/companyinfo/1", method="GET")["code"] == "500"


def test_both_practice_companies_are_stocked_alike() -> None:
    railroad = short_line(invoices=30, seed=3, today=date(2026, 11, 22))
    desktop, online = stocked(railroad), stocked_online(railroad)
    customers = {each.name: each.is_active for each in online.all_lists(ListKind.CUSTOMER)}
    assert customers == {each.full_name: each.is_active for each in desktop.list_entries(DesktopListKind.CUSTOMER)}
    items = {each.name for each in online.all_lists(ListKind.ITEM)}
    assert items == {each.full_name for each in desktop.list_entries(DesktopListKind.ITEM)}
    assert not railroad.missing_customers & customers.keys()
    assert not railroad.missing_items & items
    assert {name for name, is_active in customers.items() if not is_active} == railroad.inactive_customers
