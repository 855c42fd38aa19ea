"""Customers, items, accounts and templates."""

from __future__ import annotations

import pytest
from lxml import etree

from app.practice.quickbooks import Edition, ListKind, ProcessorFault
from tests.practice.quickbooks.asking import Books, message, status, text, texts

START = '<CustomerQueryRq iterator="Start"><MaxReturned>{}</MaxReturned>{}</CustomerQueryRq>'
NEXT = '<CustomerQueryRq iterator="{}" iteratorID="{}"><MaxReturned>{}</MaxReturned>{}</CustomerQueryRq>'


def names(response: etree._Element) -> list[str]:
    return [found.text or "" for found in response.iterfind("*/FullName")]


def test_a_name_is_found_without_case_and_a_missing_one_is_a_warning(books: Books) -> None:
    books.company.add_customer("Mill")
    response = books.ask_one("<CustomerQueryRq><FullName>MILL</FullName><FullName>Nobody</FullName></CustomerQueryRq>")
    assert (status(response), response.get("statusSeverity")) == (500, "Warn")
    assert '"Nobody"' in message(response)
    assert names(response) == ["Mill"]


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ("", ["4410"]),
        ("<ActiveStatus>ActiveOnly</ActiveStatus>", ["4410"]),
        ("<ActiveStatus>InactiveOnly</ActiveStatus>", ["4500"]),
        ("<ActiveStatus>All</ActiveStatus>", ["4410", "4500"]),
        ("<NameFilter><MatchCriterion>Contains</MatchCriterion><Name>44</Name></NameFilter>", ["4410"]),
        ("<ActiveStatus>All</ActiveStatus><NameRangeFilter><FromName>45</FromName></NameRangeFilter>", ["4500"]),
        ("<TotalBalanceFilter><Operator>Equal</Operator><Amount>0.00</Amount></TotalBalanceFilter>", ["4410"]),
        ("<FromModifiedDate>2020-01-01</FromModifiedDate>", ["4410"]),
    ],
)
def test_inactive_customers_are_hidden_unless_asked_for(books: Books, inside: str, found: list[str]) -> None:
    assert names(books.ask_one(f"<CustomerQueryRq>{inside}</CustomerQueryRq>")) == found


def test_whether_a_name_finds_an_inactive_record_is_a_switch(books: Books) -> None:
    ask = "<CustomerQueryRq><FullName>4500</FullName></CustomerQueryRq>"
    assert text(books.ask_one(ask), ".//IsActive") == "false"
    books.company.names_find_inactive = False
    assert status(books.ask_one(ask)) == 500


def test_an_empty_filter_result_is_information(books: Books) -> None:
    response = books.ask_one(
        "<CustomerQueryRq><NameFilter><MatchCriterion>EndsWith</MatchCriterion><Name>zz</Name></NameFilter>"
        "</CustomerQueryRq>"
    )
    assert (status(response), response.get("statusSeverity")) == (1, "Info")


def test_an_iterator_gives_everything_once_and_then_is_dead(books: Books) -> None:
    for number in range(7):
        books.company.add_customer(f"C{number}")
    seen: list[str] = []
    response = books.ask_one(START.format(3, ""))
    remaining = [response.get("iteratorRemainingCount")]
    iterator = response.get("iteratorID")
    seen += names(response)
    while remaining[-1] != "0":
        response = books.ask_one(NEXT.format("Continue", iterator, 3, ""))
        remaining.append(response.get("iteratorRemainingCount"))
        seen += names(response)
    assert remaining == ["5", "2", "0"]
    assert seen == sorted(seen)
    assert len(set(seen)) == 8
    assert status(books.ask_one(NEXT.format("Continue", iterator, 3, ""))) == 3000


def test_an_iterator_dies_with_its_session(books: Books) -> None:
    books.company.add_customer("4411")
    iterator = books.ask_one(START.format(1, "")).get("iteratorID")
    books.new_session()
    assert status(books.ask_one(NEXT.format("Continue", iterator, 1, ""))) == 3000


def test_a_stopped_iterator_is_dead(books: Books) -> None:
    books.company.add_customer("4411")
    iterator = books.ask_one(START.format(1, "")).get("iteratorID")
    assert status(books.ask_one(NEXT.format("Stop", iterator, 1, ""))) == 0
    assert status(books.ask_one(NEXT.format("Continue", iterator, 1, ""))) == 3000


@pytest.mark.parametrize(
    ("request_text", "code"),
    [
        ('<CustomerQueryRq iterator="Start"/>', 3150),
        ('<CustomerQueryRq iterator="Continue"><MaxReturned>1</MaxReturned></CustomerQueryRq>', 3000),
        ('<CustomerQueryRq iteratorID="{1}"/>', 3153),
        ('<CustomerQueryRq iterator="Start"><FullName>4410</FullName></CustomerQueryRq>', 3153),
    ],
)
def test_iterator_attributes_must_fit_together(books: Books, request_text: str, code: int) -> None:
    assert status(books.ask_one(request_text)) == code


def test_a_continued_query_repeats_its_filters_and_its_kind(books: Books) -> None:
    books.company.add_customer("4411")
    everything = "<ActiveStatus>All</ActiveStatus>"
    iterator = books.ask_one(START.format(1, everything)).get("iteratorID")
    assert status(books.ask_one(NEXT.format("Continue", iterator, 1, ""))) == 3153
    other = NEXT.format("Continue", iterator, 1, everything).replace("Customer", "Item")
    assert status(books.ask_one(other)) == 3000
    assert status(books.ask_one(NEXT.format("Continue", iterator, 1, everything))) == 0


def add_customer(inside: str) -> str:
    return f"<CustomerAddRq><CustomerAdd>{inside}</CustomerAdd></CustomerAddRq>"


def test_a_customer_is_added_and_found(books: Books) -> None:
    response = books.ask_one(add_customer("<Name>40100</Name><CompanyName>A &amp; B</CompanyName><Notes>n</Notes>"))
    assert status(response) == 0
    found = books.ask_one(f"<CustomerQueryRq><ListID>{text(response, './/ListID')}</ListID></CustomerQueryRq>")
    assert (text(found, ".//CompanyName"), text(found, ".//Notes")) == ("A & B", "n")


@pytest.mark.parametrize("name", ["4410", "4500", "TRACK SUPPLY"])
def test_customers_and_vendors_share_their_names_whatever_the_case(books: Books, name: str) -> None:
    response = books.ask_one(add_customer(f"<Name>{name}</Name>"))
    assert status(response) == 3100
    assert message(response) == f'The name "{name}" of the list element is already in use.'


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ("<Name>A:B</Name>", 3090),
        ("<Name></Name>", 3090),
        ("<Name>New</Name><ParentRef><FullName>Nobody</FullName></ParentRef>", 3130),
        ("<Name>New</Name><TermsRef><FullName>Net 99</FullName></TermsRef>", 3140),
        ("<Name>New</Name><CurrencyRef><FullName>US Dollar</FullName></CurrencyRef>", 3250),
        ("<Name>New</Name><OpenBalance>5.00</OpenBalance>", 3250),
    ],
)
def test_customers_that_cannot_be_added(books: Books, inside: str, code: int) -> None:
    assert status(books.ask_one(add_customer(inside))) == code


def test_jobs_stand_below_their_customer(books: Books) -> None:
    response = books.ask_one(add_customer("<Name>Job 1</Name><ParentRef><FullName>4410</FullName></ParentRef>"))
    assert text(response, ".//CustomerRet/FullName") == "4410:Job 1"
    assert text(response, ".//Sublevel") == "1"
    assert text(response, ".//ParentRef/FullName") == "4410"
    books.company.rename_customer("4410", "Acme")
    assert names(books.ask_one("<CustomerQueryRq><FullName>acme:job 1</FullName></CustomerQueryRq>")) == ["Acme:Job 1"]


def add_item(inside: str) -> str:
    return f"<ItemServiceAddRq><ItemServiceAdd>{inside}</ItemServiceAdd></ItemServiceAddRq>"


INCOME = "<AccountRef><FullName>Freight Income</FullName></AccountRef>"


def test_a_service_item_is_added_and_found(books: Books) -> None:
    response = books.ask_one(
        add_item(
            f"<Name>SWITCHING</Name><SalesOrPurchase><Desc>Switching</Desc><Price>25</Price>{INCOME}</SalesOrPurchase>"
        )
    )
    assert status(response) == 0
    found = books.ask_one("<ItemServiceQueryRq><FullName>switching</FullName></ItemServiceQueryRq>")
    assert text(found, ".//SalesOrPurchase/Price") == "25"
    assert text(found, ".//SalesOrPurchase/AccountRef/FullName") == "Freight Income"


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ("<Name>NEW</Name><SalesOrPurchase><Desc>x</Desc></SalesOrPurchase>", 3270),
        ("<Name>NEW</Name><SalesOrPurchase><AccountRef/></SalesOrPurchase>", 3270),
        ("<Name>NEW</Name><SalesOrPurchase><AccountRef><FullName>No</FullName></AccountRef></SalesOrPurchase>", 3140),
        (f"<Name>storage</Name><SalesOrPurchase>{INCOME}</SalesOrPurchase>", 3100),
        (f"<Name>discount</Name><SalesOrPurchase>{INCOME}</SalesOrPurchase>", 3100),
        (f"<Name>A:B</Name><SalesOrPurchase>{INCOME}</SalesOrPurchase>", 3090),
        ("<Name>NEW</Name><SalesAndPurchase><SalesPrice>1</SalesPrice></SalesAndPurchase>", 3270),
    ],
)
def test_items_that_cannot_be_added(books: Books, inside: str, code: int) -> None:
    assert status(books.ask_one(add_item(inside))) == code


def test_an_item_bought_and_sold_needs_both_accounts(books: Books) -> None:
    books.company.add_account("Fuel", "Expense")
    both = (
        "<SalesAndPurchase><SalesDesc>Fuel</SalesDesc><SalesPrice>4</SalesPrice><IncomeAccountRef><FullName>Freight "
        "Income</FullName></IncomeAccountRef><ExpenseAccountRef><FullName>Fuel</FullName></ExpenseAccountRef>"
        "<PrefVendorRef><FullName>Track Supply</FullName></PrefVendorRef></SalesAndPurchase>"
    )
    response = books.ask_one(add_item(f"<Name>FUEL</Name>{both}"))
    assert text(response, ".//SalesAndPurchase/PrefVendorRef/FullName") == "Track Supply"


def test_item_query_shows_all_kinds_and_item_service_query_one(books: Books) -> None:
    everything = books.ask_one("<ItemQueryRq><ActiveStatus>All</ActiveStatus></ItemQueryRq>")
    assert {str(child.tag) for child in everything} == {"ItemServiceRet", "ItemDiscountRet"}
    services = books.ask_one("<ItemServiceQueryRq><FullName>DISCOUNT</FullName></ItemServiceQueryRq>")
    assert status(services) == 500


def test_accounts_are_found_by_type(books: Books) -> None:
    response = books.ask_one("<AccountQueryRq><AccountType>Income</AccountType></AccountQueryRq>")
    assert names(response) == ["Freight Income"]
    assert status(books.ask_one("<AccountQueryRq><AccountType>Bank</AccountType></AccountQueryRq>")) == 1


def test_templates_tell_their_type(books: Books) -> None:
    response = books.ask_one("<TemplateQueryRq/>")
    assert set(texts(response, "TemplateRet/TemplateType")) == {"SalesOrder", "Estimate", "Invoice"}


def test_merging_moves_the_documents_and_ends_the_list_id(books: Books) -> None:
    target = books.company.add_customer("4411")
    txn_id = books.add_order()
    books.company.merge("4410", "4411")
    assert books.company.order(txn_id).customer_id == target
    gone = f"<CustomerQueryRq><ListID>{books.customer_id}</ListID></CustomerQueryRq>"
    assert status(books.ask_one(gone)) == 500


def test_a_record_made_inactive_is_refused_and_comes_back(books: Books) -> None:
    books.company.make_inactive(books.customer_id)
    assert [entry.is_active for entry in books.company.list_entries(ListKind.CUSTOMER)] == [False, False]
    books.company.make_active(books.customer_id)
    assert books.add_order()


def test_host_tells_product_versions_and_mode(books: Books) -> None:
    books.company.edition = Edition.PREMIER
    response = books.ask_one("<HostQueryRq/>")
    assert "Premier" in text(response, ".//ProductName")
    assert "Pro" in text(response, ".//ProductName"), "a trap for those who look for the letters Pro"
    assert texts(response, ".//SupportedQBXMLVersion") == books.company.supported_versions
    assert text(response, ".//QBFileMode") == "MultiUser"


def test_preferences_follow_the_switches(books: Books) -> None:
    response = books.ask_one("<PreferencesQueryRq/>")
    assert response.find(".//SalesTaxPreferences") is None
    books.company.turn_on_sales_tax()
    books.company.multi_currency = True
    response = books.ask_one("<PreferencesQueryRq/>")
    assert text(response, ".//DefaultItemSalesTaxRef/FullName") == "State Tax"
    assert text(response, ".//IsMultiCurrencyOn") == "true"
    narrowed = books.ask_one(
        "<PreferencesQueryRq><IncludeRetElement>AccountingPreferences</IncludeRetElement></PreferencesQueryRq>"
    )
    assert [str(child.tag) for child in narrowed[0]] == ["AccountingPreferences"]


@pytest.mark.parametrize(
    ("element", "most"),
    [
        ("<ShipToAddress><Name>x</Name></ShipToAddress>", 50),
        (
            "<AdditionalContactRef><ContactName>x</ContactName><ContactValue>1</ContactValue></AdditionalContactRef>",
            8,
        ),
    ],
)
def test_some_elements_repeat_only_so_often(books: Books, element: str, most: int) -> None:
    assert status(books.ask_one(add_customer("<Name>New</Name>" + element * most))) == 0
    with pytest.raises(ProcessorFault):
        books.ask_one(add_customer("<Name>Newer</Name>" + element * (most + 1)))
