from __future__ import annotations

import contextlib
import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.books.quickbooks_desktop.qbxml import responses
from app.books.quickbooks_desktop.qbxml.responses import (
    MessageSetAnswer,
    Recovered,
    Response,
    UnreadableAnswer,
    parse,
)
from app.domain.books_document import BooksDocument, BooksLine
from app.domain.books_names import BooksName, NameKind
from app.domain.sales_order import DocumentKind

OWNER = "{12345678-ABCD-4321-ABCD-1234567890AB}"


def an_answer(*inside: str, attributes: str = "") -> str:
    return f'<?xml version="1.0" ?>\n<QBXML>\n<QBXMLMsgsRs{attributes}>{"".join(inside)}</QBXMLMsgsRs></QBXML>\n'


def a_response(
    inside: str = "",
    *,
    name: str = "SalesOrderQueryRs",
    attributes: str = 'requestID="r0" statusCode="0" statusSeverity="Info" statusMessage="Status OK"',
) -> str:
    return f"<{name} {attributes}>{inside}</{name}>"


def the_response(inside: str = "", **named: str) -> Response:
    (response,) = parse(an_answer(a_response(inside, **named))).responses
    return response


LINE = """
<SalesOrderLineRet>
<TxnLineID>1A2C-1600000000</TxnLineID>
<ItemRef><ListID>80000001-1</ListID><FullName>DEMURRAGE</FullName></ItemRef>
<Desc>Café siding &amp; more</Desc>
<Quantity>2</Quantity>
<Rate>75.125</Rate>
<Amount>150.25</Amount>
<Invoiced>0</Invoiced>
<IsManuallyClosed>false</IsManuallyClosed>
<Other1>900123</Other1>
</SalesOrderLineRet>
"""
GROUP = """
<SalesOrderLineGroupRet>
<TxnLineID>1A2D-1600000000</TxnLineID>
<ItemGroupRef><ListID>80000002-1</ListID><FullName>Package</FullName></ItemGroupRef>
<Quantity>1</Quantity><IsPrintItemsInGroup>false</IsPrintItemsInGroup><TotalAmount>20.00</TotalAmount>
<SalesOrderLineRet><TxnLineID>1A2E-1</TxnLineID><Amount>20.00</Amount></SalesOrderLineRet>
</SalesOrderLineGroupRet>
"""


def a_sales_order(inside: str = LINE, header: str = "", kind: str = "SalesOrder") -> str:
    return f"""<{kind}Ret>
<TxnID>1A2B-1600000000</TxnID>
<TimeCreated>2026-10-31T10:00:00-05:00</TimeCreated>
<TimeModified>2026-10-31T10:00:00-05:00</TimeModified>
<EditSequence>1600000000</EditSequence>
<TxnNumber>12</TxnNumber>
<CustomerRef><ListID>80000012-1</ListID><FullName>4410</FullName></CustomerRef>
<TxnDate>2026-10-31</TxnDate>
<RefNumber>INV-1001</RefNumber>
<Memo>Cedar invoice INV-1001</Memo>
<Subtotal>150.25</Subtotal>
<SomethingNew><Inside>unknown</Inside></SomethingNew>
{header}{inside}
</{kind}Ret>"""


def the_document(text: str) -> BooksDocument:
    (document,) = responses.documents(the_response(text))
    return document


EXPECTED = BooksDocument(
    txn_id="1A2B-1600000000",
    edit_sequence="1600000000",
    ref_number="INV-1001",
    customer="4410",
    date=date(2026, 10, 31),
    memo="Cedar invoice INV-1001",
    subtotal=Decimal("150.25"),
    lines=(
        BooksLine(
            "1A2C-1600000000",
            "DEMURRAGE",
            "Café siding & more",
            Decimal(2),
            Decimal("75.125"),
            Decimal("150.25"),
            "900123",
        ),
    ),
    customer_id="80000012-1",
    is_untouched=True,
)


# The envelope


def test_answers_are_found_by_their_request() -> None:
    answer = parse(an_answer(a_response(), a_response(attributes='requestID="r1" statusCode="3100"')))
    assert [(r.request_id, r.status) for r in answer.responses] == [("r0", 0), ("r1", 3100)]


def test_an_answer_to_no_request_is_none() -> None:
    assert parse(an_answer(a_response())).get("r9") is None


def test_a_bare_message_set_is_read() -> None:
    assert parse("<QBXMLMsgsRs/>") == MessageSetAnswer(0, ())


@pytest.mark.parametrize(("attributes", "status"), [("", 0), (' messageSetStatusCode="600"', 600)])
def test_the_status_of_a_message_set_is_read(attributes: str, status: int) -> None:
    assert parse(an_answer(attributes=attributes)).status == status


def test_what_quickbooks_said_is_kept_word_for_word() -> None:
    response = the_response(
        attributes='requestID="r0" statusCode="3140" statusMessage="There is an &quot;error&quot;."'
    )
    assert response.raw == '3140 There is an "error".'


@pytest.mark.parametrize("attributes", ['requestID="r0"', 'requestID="r0" statusCode="?"'])
def test_an_answer_without_a_status_is_no_success(attributes: str) -> None:
    assert the_response(attributes=attributes).status < 0


def test_the_end_of_a_page_is_read() -> None:
    response = the_response(attributes='requestID="r0" statusCode="0" iteratorID="{A}" iteratorRemainingCount="12"')
    assert (response.iterator_id, response.remaining) == ("{A}", 12)


@pytest.mark.parametrize(
    "declaration",
    ["", '<?xml version="1.0"?>', '<?xml version="1.0" encoding="windows-1252"?>', "\n <?xml version='1.0'?>"],
)
def test_a_declaration_does_not_matter(declaration: str) -> None:
    assert parse(f"{declaration}<QBXML><QBXMLMsgsRs/></QBXML>").responses == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "QuickBooks found an error",
        "<QBXML>",
        "<QBXML/>",
        "<html><body/></html>",
        "<QBXML><QBXMLMsgsRq/></QBXML>",
        "\x00",
        "\ud800",
        '<?xml version="1.0"?>',
        "<QBXML><QBXMLMsgsRs>\x01</QBXMLMsgsR></QBXML>",
    ],
)
def test_what_is_no_answer_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableAnswer):
        parse(text)


@pytest.mark.parametrize("character", ["&#11;", "&#x1;", "\x01", "&#xFFFF;", "\uffff", "&#xD800;", "&#0;", "\x0b"])
def test_a_character_that_xml_forbids_costs_only_itself(character: str) -> None:
    answer = a_response(f"<CustomerRet><ListID>1</ListID><FullName>Acme{character}Grain</FullName></CustomerRet>")
    (response,) = parse(an_answer(answer, a_response(attributes='requestID="r1" statusCode="1"'))).responses[:1]
    assert [entry.full_name for entry in responses.customers(response)] == ["Acme\ufffdGrain"]
    assert parse(an_answer(answer, a_response(attributes='requestID="r1" statusCode="1"'))).get("r1") is not None


BOMB = "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True))


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE QBXML>",
        '<!DOCTYPE QBXML SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE QBXML [<!ENTITY a "b">]>',
        f'<!DOCTYPE QBXML [<!ENTITY a "aaaaaaaaaa">{BOMB}]>',
    ],
)
@pytest.mark.parametrize("body", ["<QBXML><QBXMLMsgsRs/></QBXML>", '<QBXML x="&i;"><QBXMLMsgsRs/>&i;</QBXML>'])
def test_a_document_type_definition_is_refused(doctype: str, body: str) -> None:
    with pytest.raises(UnreadableAnswer):
        parse(doctype + body)


@given(st.text())
def test_any_text_is_an_answer_or_unreadable(text: str) -> None:
    with contextlib.suppress(UnreadableAnswer):
        parse(text)


@given(st.binary().map(lambda data: data.decode("latin-1")))
def test_any_bytes_are_an_answer_or_unreadable(text: str) -> None:
    with contextlib.suppress(UnreadableAnswer):
        parse(an_answer(text))


WHOLE = an_answer(a_response(a_sales_order()), attributes=' newMessageSetID="k1"')


@settings(max_examples=200)
@given(st.integers(0, len(WHOLE)), st.integers(0, 40), st.text(max_size=5))
def test_a_spoilt_answer_is_an_answer_or_unreadable(at: int, length: int, instead: str) -> None:
    with contextlib.suppress(UnreadableAnswer):
        for response in parse(WHOLE[:at] + instead + WHOLE[at + length :]).responses:
            list(responses.documents(response))


# Documents


def test_a_sales_order_is_read() -> None:
    assert the_document(a_sales_order()) == EXPECTED


@pytest.mark.parametrize("kind", ["SalesOrder", "Estimate", "Invoice"])
def test_each_kind_of_document_is_read(kind: str) -> None:
    document = the_document(a_sales_order(LINE.replace("SalesOrder", kind), kind=kind))
    assert document == EXPECTED


def test_a_group_of_items_is_one_line_worth_its_total() -> None:
    line = the_document(a_sales_order(GROUP)).lines[0]
    assert (line.item, line.amount, line.is_group) == ("Package", Decimal("20.00"), True)


def test_the_lines_inside_a_group_are_no_lines_of_their_own() -> None:
    assert len(the_document(a_sales_order(LINE + GROUP)).lines) == 2


@pytest.mark.parametrize(
    "changed",
    [
        a_sales_order(LINE.replace("<Invoiced>0<", "<Invoiced>1<")),
        a_sales_order(header="<IsFullyInvoiced>true</IsFullyInvoiced>"),
        a_sales_order(header="<LinkedTxn><TxnID>9</TxnID><TxnType>Invoice</TxnType></LinkedTxn>"),
        a_sales_order(header="<LinkedTxn><TxnID>9</TxnID><TxnType>ReceivePayment</TxnType></LinkedTxn>"),
        a_sales_order(header="<LinkedTxn><TxnID>9</TxnID><TxnType>CreditMemo</TxnType></LinkedTxn>"),
    ],
)
def test_an_order_that_was_invoiced_is_seen_to_be(changed: str) -> None:
    assert the_document(changed).is_invoiced


def test_a_link_to_something_else_is_no_invoice() -> None:
    header = "<LinkedTxn><TxnID>9</TxnID><TxnType>Estimate</TxnType></LinkedTxn>"
    assert not the_document(a_sales_order(header=header)).is_invoiced


@pytest.mark.parametrize("flag", ["true", "TRUE", "1"])
def test_an_order_that_was_closed_is_seen_to_be(flag: str) -> None:
    assert the_document(a_sales_order(header=f"<IsManuallyClosed>{flag}</IsManuallyClosed>")).is_closed


def test_an_estimate_that_is_inactive_is_seen_to_be_closed() -> None:
    text = a_sales_order(header="<IsActive>false</IsActive>", kind="Estimate")
    assert the_document(text).is_closed


def test_an_order_that_was_changed_since_it_was_made_is_touched() -> None:
    text = a_sales_order().replace("<TimeModified>2026-10-31T10", "<TimeModified>2026-10-31T11")
    assert not the_document(text).is_untouched


def test_a_document_without_a_subtotal_is_worth_its_lines() -> None:
    assert the_document(a_sales_order().replace("<Subtotal>150.25</Subtotal>", "")).subtotal == Decimal("150.25")


@pytest.mark.parametrize("missing", ["<TxnID>1A2B-1600000000</TxnID>", "<EditSequence>1600000000</EditSequence>"])
def test_a_document_without_its_keys_is_none(missing: str) -> None:
    assert list(responses.documents(the_response(a_sales_order().replace(missing, "")))) == []


def test_a_line_a_person_added_has_no_charge() -> None:
    assert the_document(a_sales_order(LINE.replace("<Other1>900123</Other1>", ""))).lines[0].charge_id is None


def test_a_line_without_figures_is_worth_nothing() -> None:
    line = the_document(a_sales_order("<SalesOrderLineRet><TxnLineID>1</TxnLineID></SalesOrderLineRet>")).lines[0]
    assert (line.item, line.quantity, line.rate, line.amount) == (None, None, None, Decimal("0.00"))


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "1E30"])
def test_an_amount_that_is_no_amount_breaks_nothing(amount: str) -> None:
    with contextlib.suppress(UnreadableAnswer):
        list(responses.documents(the_response(a_sales_order().replace("150.25", amount))))


@pytest.mark.parametrize("spoilt", ["2026-13-01", "yesterday", ""])
def test_a_document_without_a_usable_date_breaks_nothing(spoilt: str) -> None:
    list(responses.documents(the_response(a_sales_order().replace("2026-10-31<", f"{spoilt}<"))))


# What was written


def test_a_record_that_was_written_is_known_by_its_keys() -> None:
    assert responses.written(the_response(a_sales_order())) == Recovered("1A2B-1600000000", "1600000000")


def test_a_record_that_is_only_remembered_is_known_by_its_keys() -> None:
    text = "<ErrorRecovery><TxnID>1A-1</TxnID><TxnNumber>1</TxnNumber><EditSequence>7</EditSequence></ErrorRecovery>"
    assert responses.written(the_response(text)) == Recovered("1A-1", "7")


def test_nothing_written_is_none() -> None:
    assert responses.written(the_response()) is None


def test_changed_documents_are_told_with_their_edit_sequence() -> None:
    (stray,) = responses.strays(the_response(a_sales_order()))
    assert (stray.kind, stray.txn_id, stray.edit_sequence) == (
        DocumentKind.SALES_ORDER,
        "1A2B-1600000000",
        "1600000000",
    )


def test_deleted_documents_are_told() -> None:
    text = "<TxnDeletedRet><TxnDelType>SalesOrder</TxnDelType><TxnID>1A-1</TxnID></TxnDeletedRet><TxnDeletedRet/>"
    assert responses.deleted(the_response(text)) == {"1A-1"}


# Lists


def test_customers_are_read() -> None:
    text = """
    <CustomerRet><ListID>1</ListID><Name>4410</Name><FullName>Rail:4410</FullName><IsActive>true</IsActive>
    <CurrencyRef><FullName>US Dollar</FullName></CurrencyRef></CustomerRet>
    <CustomerRet><ListID>2</ListID><Name>4420</Name><IsActive>false</IsActive></CustomerRet>
    <CustomerRet><ListID>3</ListID></CustomerRet><CustomerRet><FullName>no id</FullName></CustomerRet>"""
    assert responses.customers(the_response(text)) == [
        BooksName(NameKind.CUSTOMER, "1", "Rail:4410", True, "US Dollar"),
        BooksName(NameKind.CUSTOMER, "2", "4420", False),
    ]


@pytest.mark.parametrize(
    ("kind", "is_usable"),
    [
        ("Service", True),
        ("NonInventory", True),
        ("OtherCharge", True),
        ("Inventory", True),
        ("InventoryAssembly", True),
        ("Discount", False),
        ("Subtotal", False),
        ("SalesTax", False),
        ("Group", False),
        ("Payment", False),
    ],
)
def test_items_that_can_stand_on_a_line_are_read(kind: str, is_usable: bool) -> None:  # noqa: FBT001
    text = f"<Item{kind}Ret><ListID>1</ListID><FullName>STORAGE</FullName></Item{kind}Ret>"
    assert bool(responses.items(the_response(text))) is is_usable


def test_income_accounts_are_read_by_name() -> None:
    text = "<AccountRet><FullName>Freight Income</FullName></AccountRet><AccountRet/>"
    assert responses.account_names(the_response(text)) == ["Freight Income"]


# The company file

HOST = """<HostQueryRs requestID="host" statusCode="0"><HostRet>
<ProductName>QuickBooks Enterprise Solutions 24.0</ProductName><Country>US</Country>{versions}
</HostRet></HostQueryRs>"""
COMPANY = f"""<CompanyQueryRs requestID="company" statusCode="0"><CompanyRet><CompanyName>Short Line</CompanyName>
<DataExtRet><OwnerID>{{00000000-0000-0000-0000-000000000000}}</OwnerID><DataExtName>FileID</DataExtName>
<DataExtValue>theirs</DataExtValue></DataExtRet>
<DataExtRet><OwnerID>{OWNER.lower()}</OwnerID><DataExtName>FileID</DataExtName><DataExtValue>{{OURS}}</DataExtValue>
</DataExtRet></CompanyRet></CompanyQueryRs>"""
PREFERENCES = """<PreferencesQueryRs requestID="preferences" statusCode="0"><PreferencesRet>
<AccountingPreferences><ClosingDate>2026-01-31</ClosingDate></AccountingPreferences>
<JobsAndEstimatesPreferences><IsUsingEstimates>false</IsUsingEstimates></JobsAndEstimatesPreferences>
<MultiCurrencyPreferences><IsMultiCurrencyOn>true</IsMultiCurrencyOn></MultiCurrencyPreferences>
</PreferencesRet></PreferencesQueryRs>"""


def host(*versions: str) -> str:
    supported = "".join(f"<SupportedQBXMLVersion>{version}</SupportedQBXMLVersion>" for version in versions)
    return HOST.format(versions=supported)


def test_the_company_file_introduces_itself() -> None:
    company = responses.company_file(parse(an_answer(host("13.0"), COMPANY, PREFERENCES)), "C:\\railroad.qbw", OWNER)
    assert company is not None
    assert (company.path, company.name, company.product, company.qbxml, company.file_id) == (
        "C:\\railroad.qbw",
        "Short Line",
        "QuickBooks Enterprise Solutions 24.0",
        "13.0",
        "{OURS}",
    )


def test_the_preferences_that_matter_are_read() -> None:
    company = responses.company_file(parse(an_answer(host("13.0"), COMPANY, PREFERENCES)), "", OWNER)
    assert company is not None
    assert (company.closing_date, company.is_multi_currency, company.is_using_estimates) == (
        date(2026, 1, 31),
        True,
        False,
    )


@pytest.mark.parametrize(
    ("country", "currency"), [("US", "USD"), ("CA", "CAD"), ("UK", "GBP"), ("", "USD"), ("ZZ", None)]
)
def test_books_that_name_no_currency_are_in_that_of_their_country(country: str, currency: str | None) -> None:
    text = re.sub("<Country>.*?</Country>", f"<Country>{country}</Country>", host("13.0"))
    company = responses.company_file(parse(an_answer(text, COMPANY, PREFERENCES)), "", OWNER)
    assert company is not None
    assert company.home_currency == currency


def test_the_home_currency_is_taken_from_the_preferences_where_it_stands_there() -> None:
    home = "<HomeCurrencyRef><ListID>1</ListID><FullName>Canadian Dollar</FullName></HomeCurrencyRef></MultiCurrency"
    preferences = PREFERENCES.replace("</MultiCurrency", home)
    company = responses.company_file(parse(an_answer(host("13.0"), COMPANY, preferences)), "", OWNER)
    assert company is not None
    assert company.home_currency == "Canadian Dollar"


def test_preferences_may_be_missing() -> None:
    assert responses.company_file(parse(an_answer(COMPANY, host("13.0"))), "", OWNER) is not None


@pytest.mark.parametrize("inside", [[COMPANY], [host("13.0")], []])
def test_without_host_or_company_nobody_introduced_himself(inside: list[str]) -> None:
    assert responses.company_file(parse(an_answer(*inside)), "", OWNER) is None


@pytest.mark.parametrize(
    ("supported", "chosen"),
    [
        (["1.0", "9.0", "13.0"], "13.0"),
        (["13.0", "16.0"], "13.0"),
        (["9.0", "10.0", "8.0"], "10.0"),
        (["16.0"], "6.0"),
        (["CA3.0", "CA8.0"], "8.0"),
        (["6.0", "6.1"], "6.1"),
        ([], "6.0"),
        (["nonsense", ""], "6.0"),
        (["9" * 5000 + ".0", "13." + "0" * 5000, "٣.0", "8.0"], "8.0"),
    ],
)
def test_the_highest_version_both_sides_know_is_taken(supported: list[str], chosen: str) -> None:
    company = responses.company_file(parse(an_answer(host(*supported), COMPANY)), "", OWNER)
    assert company is not None
    assert company.qbxml == chosen


@pytest.mark.parametrize(("version", "lower"), [("13.0", "11.0"), ("11.0", "8.0"), ("8.0", "6.0"), ("6.0", None)])
def test_a_refused_version_is_stepped_down_from(version: str, lower: str | None) -> None:
    assert responses.lower_version(version) == lower
