"""Reasons that lie in QuickBooks' lists: customers and items that are missing or inactive."""

from pathlib import Path

import pytest

from app.bootstrap.previewing import previewed_rows
from app.domain.reasons import ReasonCode, Who
from app.domain.states import State
from app.practice.cedar import PracticeCharge
from app.practice.quickbooks import PracticeCompany
from app.practice.quickbooks.records import ListKind
from app.practice.world import COMPANY_PATH
from tests.reasons.office import HALF_AN_HOUR, Office, a_charge
from tests.reasons.provoking import check_reason, provokes


def a_company(*, customer: bool | None = True, item: bool | None = True) -> PracticeCompany:
    """Stock a company file; None for missing, False for inactive. Other customers and items are in order."""
    company = PracticeCompany(COMPANY_PATH, "Prairie Short Line")
    company.add_account("Freight Income", type="Income")
    company.add_customer("4420")
    company.add_item("STORAGE")
    if customer is not None:
        company.add_customer("4410", is_active=customer)
    if item is not None:
        company.add_item("SWITCHING", is_active=item)
    return company


def other_charge() -> PracticeCharge:
    """Make an invoice that has nothing to do with the customer and the item that are missing."""
    charge = a_charge(9, invoice="INV-9", gl_code="4420")
    charge.service_type = "STORAGE"
    return charge


def mend(office: Office, code: ReasonCode) -> None:
    """Do in QuickBooks what the reason asks for."""
    company = office.company
    match code:
        case ReasonCode.CUSTOMER_NOT_IN_QUICKBOOKS:
            company.add_customer("4410")
        case ReasonCode.ITEM_NOT_IN_QUICKBOOKS:
            company.add_item("SWITCHING")
        case _:
            for entry in [*company.list_entries(ListKind.CUSTOMER), *company.list_entries(ListKind.ITEM)]:
                if not entry.is_active:
                    company.make_active(entry.list_id)


CASES = {
    ReasonCode.CUSTOMER_NOT_IN_QUICKBOOKS: ((None, True), ("4410", "Acme Grain Company")),
    ReasonCode.CUSTOMER_INACTIVE: ((False, True), ("4410",)),
    ReasonCode.ITEM_NOT_IN_QUICKBOOKS: ((True, None), ("SWITCHING",)),
    ReasonCode.ITEM_INACTIVE: ((True, False), ("SWITCHING",)),
}


def _fails_alone_and_heals(tmp_path: Path, code: ReasonCode, *, by_retry: bool) -> None:
    (customer, item), names = CASES[code]
    company = a_company(customer=customer, item=item)
    with Office(tmp_path, a_charge(1), other_charge(), company=company) as office:
        office.run()
        office.expect_row(State.FAILED, code, Who.BOOKKEEPER, *names)
        office.expect_healed("main/INV-9/4420")

        if by_retry:
            office.retry()
            office.run()
            office.expect_row(State.FAILED, code, Who.BOOKKEEPER, *names)
            mend(office, code)
            office.retry()
        else:
            mend(office, code)
            assert office.update().outcome == "none", "QuickBooks is not opened every minute for it"
            office.wait(HALF_AN_HOUR)
        office.run()
        office.expect_healed()
        assert len(office.company.orders()) == 2


HOW = pytest.mark.parametrize("by_retry", [True, False], ids=["by retry", "by itself"])


@HOW
@provokes(ReasonCode.CUSTOMER_NOT_IN_QUICKBOOKS)
def test_a_missing_customer_fails_its_invoice_alone_until_it_is_there(tmp_path: Path, by_retry: bool) -> None:  # noqa: FBT001
    _fails_alone_and_heals(tmp_path, ReasonCode.CUSTOMER_NOT_IN_QUICKBOOKS, by_retry=by_retry)


@HOW
@provokes(ReasonCode.CUSTOMER_INACTIVE)
def test_an_inactive_customer_fails_its_invoice_alone_until_it_is_active(tmp_path: Path, by_retry: bool) -> None:  # noqa: FBT001
    _fails_alone_and_heals(tmp_path, ReasonCode.CUSTOMER_INACTIVE, by_retry=by_retry)


@HOW
@provokes(ReasonCode.ITEM_NOT_IN_QUICKBOOKS)
def test_a_missing_item_fails_its_invoice_alone_until_it_is_there(tmp_path: Path, by_retry: bool) -> None:  # noqa: FBT001
    _fails_alone_and_heals(tmp_path, ReasonCode.ITEM_NOT_IN_QUICKBOOKS, by_retry=by_retry)


@HOW
@provokes(ReasonCode.ITEM_INACTIVE)
def test_an_inactive_item_fails_its_invoice_alone_until_it_is_active(tmp_path: Path, by_retry: bool) -> None:  # noqa: FBT001
    _fails_alone_and_heals(tmp_path, ReasonCode.ITEM_INACTIVE, by_retry=by_retry)


@provokes(ReasonCode.CUSTOMER_NOT_IN_QUICKBOOKS)
def test_a_missing_customer_is_mended_in_cedar_as_well(tmp_path: Path) -> None:
    with Office(tmp_path, a_charge(1), company=a_company(customer=None)) as office:
        office.run()
        office.expect_row(State.FAILED, ReasonCode.CUSTOMER_NOT_IN_QUICKBOOKS, Who.BOOKKEEPER, "4410")

        office.railroad.set_gl([1], "4420")
        office.run()
        office.expect_healed("main/INV-1/4420")
        assert len(office.company.orders()) == 1


@provokes(ReasonCode.CUSTOMER_INACTIVE)
def test_a_customer_retired_after_the_lists_were_read_fails_with_its_name(tmp_path: Path) -> None:
    with Office(tmp_path, a_charge(1)) as office:
        office.run()
        (entry,) = [each for each in office.company.list_entries(ListKind.CUSTOMER) if each.name == "4410"]
        office.company.make_inactive(entry.list_id)
        office.railroad.add(2, invoice="INV-2", gl_code="4410")
        office.run()
        office.expect_row(State.FAILED, ReasonCode.CUSTOMER_INACTIVE, Who.BOOKKEEPER, "4410", row_id="main/INV-2/4410")
        office.company.make_active(entry.list_id)
        office.retry("main/INV-2/4410")
        office.run()
        office.expect_healed("main/INV-2/4410")


@provokes(ReasonCode.ITEM_NOT_IN_QUICKBOOKS)
def test_two_things_missing_come_to_light_one_after_the_other_and_heal_together(tmp_path: Path) -> None:
    with Office(tmp_path, a_charge(1), company=a_company(customer=None, item=None)) as office:
        office.run()
        assert office.states() == {"main/INV-1/4410": "failed"}
        office.company.add_customer("4410")
        office.retry()
        office.run()
        office.expect_row(State.FAILED, ReasonCode.ITEM_NOT_IN_QUICKBOOKS, Who.BOOKKEEPER, "SWITCHING")
        office.company.add_item("SWITCHING")
        office.wait(HALF_AN_HOUR)
        office.run()
        office.expect_healed()


@pytest.mark.parametrize("code", CASES)
def test_the_preview_predicts_it_in_the_same_words(tmp_path: Path, code: ReasonCode) -> None:
    (customer, item), names = CASES[code]
    company = a_company(customer=customer, item=item)
    with Office(tmp_path, other_charge(), company=company) as office:
        office.run()
        office.railroad.add(1, invoice="INV-1", gl_code="4410")
        (row,) = [each.row for each in previewed_rows(office.installation, ["main"]) if each.row.invoice == "INV-1"]
        check_reason(row.reasons[0], code, Who.BOOKKEEPER, names[0])
        assert office.states() == {"main/INV-9/4420": "synced"}, "a preview changes nothing"


MAY_CREATE: dict[str, object] = {"destination.missing_customers": "create", "destination.missing_items": "create"}


@pytest.mark.parametrize(
    ("request_name", "customer", "item", "code", "name"),
    [
        ("CustomerAdd", None, True, ReasonCode.CUSTOMER_NOT_IN_QUICKBOOKS, "4410"),
        ("ItemServiceAdd", True, None, ReasonCode.ITEM_NOT_IN_QUICKBOOKS, "SWITCHING"),
    ],
)
@pytest.mark.parametrize(
    ("status", "said", "who"),
    [
        (3260, "Insufficient permission level to perform this action.", Who.QUICKBOOKS_ADMIN),
        (3180, "There was an error when saving the record.", Who.BOOKKEEPER),
    ],
)
def test_a_name_that_may_not_be_added_says_so_and_heals_by_itself(
    tmp_path: Path,
    request_name: str,
    customer: bool | None,  # noqa: FBT001
    item: bool | None,  # noqa: FBT001
    code: ReasonCode,
    name: str,
    status: int,
    said: str,
    who: Who,
) -> None:
    company = a_company(customer=customer, item=item)
    with Office(tmp_path, a_charge(1), other_charge(), company=company, settings=MAY_CREATE) as office:
        office.company.hooks.answer_with(request_name, status, said, times=2)
        office.run()
        shown = office.expect_row(State.FAILED, code, who, name, "was not added")
        assert shown["reasons"][0]["raw"] == f"{status} {said}"
        office.expect_healed("main/INV-9/4420")

        assert office.update().outcome == "none", "QuickBooks is not opened every minute for it"
        office.wait(HALF_AN_HOUR)
        office.run()
        office.expect_row(State.FAILED, code, who, name, "was not added")
        office.wait(HALF_AN_HOUR)
        office.run()
        office.expect_healed()


def test_a_name_a_vendor_has_cannot_be_a_customers_and_it_says_so(tmp_path: Path) -> None:
    company = a_company(customer=None)
    company.add_vendor("4410")
    with Office(tmp_path, a_charge(1), company=company, settings=MAY_CREATE) as office:
        office.run()
        shown = office.expect_row(
            State.FAILED, ReasonCode.CUSTOMER_NOT_IN_QUICKBOOKS, Who.BOOKKEEPER, "Name 4410 is taken", "vendor"
        )
        assert shown["reasons"][0]["raw"].startswith("3100")


@pytest.mark.parametrize("accounts", [("Switching Income",), ()], ids=["several", "none"])
def test_an_item_without_an_income_account_asks_for_the_account(tmp_path: Path, accounts: tuple[str, ...]) -> None:
    company = a_company(item=None)
    for account in accounts:
        company.add_account(account, type="Income")
    if not accounts:
        for entry in company.list_entries(ListKind.ACCOUNT):
            company.make_inactive(entry.list_id)
    with Office(tmp_path, a_charge(1), company=company, settings=MAY_CREATE) as office:
        office.run()
        office.expect_row(
            State.FAILED, ReasonCode.ITEM_NOT_IN_QUICKBOOKS, Who.BOOKKEEPER, "No income account for SWITCHING", "Rules"
        )


def test_an_income_account_that_is_not_there_is_named_by_quickbooks(tmp_path: Path) -> None:
    settings = MAY_CREATE | {"destination.income_account": "No Such Account"}
    with Office(tmp_path, a_charge(1), company=a_company(item=None), settings=settings) as office:
        office.run()
        shown = office.expect_row(
            State.FAILED,
            ReasonCode.ITEM_NOT_IN_QUICKBOOKS,
            Who.BOOKKEEPER,
            "SWITCHING was not added",
            "No Such Account",
        )
        assert shown["reasons"][0]["raw"].startswith("3140")


def a_company_with_currencies() -> PracticeCompany:
    """Stock a company file that keeps several currencies, and whose customer 4410 uses another than Cedar."""
    company = PracticeCompany(COMPANY_PATH, "Prairie Short Line")
    company.multi_currency = True
    company.add_account("Freight Income", type="Income")
    company.add_customer("4410", currency="Canadian Dollar")
    company.add_customer("4420", currency="US Dollar")
    company.add_item("SWITCHING")
    company.add_item("STORAGE")
    return company


@HOW
@provokes(ReasonCode.CURRENCY_DIFFERS)
def test_a_customer_of_another_currency_fails_its_invoice_alone_until_it_is_replaced(
    tmp_path: Path,
    by_retry: bool,  # noqa: FBT001
) -> None:
    company = a_company_with_currencies()
    with Office(tmp_path, a_charge(1), other_charge(), company=company) as office:
        office.run()
        office.expect_row(State.FAILED, ReasonCode.CURRENCY_DIFFERS, Who.BOOKKEEPER, "4410", "USD", "Canadian Dollar")
        office.expect_healed("main/INV-9/4420")

        # A customer's currency cannot be changed in QuickBooks once it is used: another one takes the name.
        company.rename_customer("4410", "4410 CAD")
        company.add_customer("4410", currency="US Dollar")
        if by_retry:
            office.retry()
        else:
            office.wait(HALF_AN_HOUR)
        office.run()
        office.expect_healed()


@provokes(ReasonCode.CURRENCY_DIFFERS)
def test_books_of_one_currency_never_take_another_ones_figures_for_theirs(tmp_path: Path) -> None:
    with Office(tmp_path, a_charge(1), other_charge()) as office:
        office.railroad.amend(1, currency="CAD")
        office.run()
        office.expect_row(State.FAILED, ReasonCode.CURRENCY_DIFFERS, Who.BOOKKEEPER, "CAD", "USD", "alone")
        office.expect_healed("main/INV-9/4420")
        office.railroad.amend(1, currency="USD")
        office.run()
        office.expect_healed()


@provokes(ReasonCode.CURRENCY_DIFFERS)
def test_another_currency_is_mended_in_cedar_as_well(tmp_path: Path) -> None:
    with Office(tmp_path, a_charge(1), company=a_company_with_currencies()) as office:
        office.run()
        office.expect_row(State.FAILED, ReasonCode.CURRENCY_DIFFERS, Who.BOOKKEEPER, "4410", "USD", "Canadian Dollar")
        office.railroad.amend(1, currency="CAD")
        office.run()
        office.expect_healed()
