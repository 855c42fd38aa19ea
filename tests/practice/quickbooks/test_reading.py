"""What the request processor does not even begin to run."""

from __future__ import annotations

import pytest

from app.practice.quickbooks import ProcessorFault
from tests.practice.quickbooks.asking import Books, line, message, message_set, order_body, parse, status, text

HOST = '<HostQueryRq requestID="h"/>'
ORDER = f"<SalesOrderAddRq><SalesOrderAdd>{order_body('INV-1', line('STORAGE', '1'))}</SalesOrderAdd></SalesOrderAddRq>"
ORDER = ORDER.replace("<Line>", "<SalesOrderLineAdd>").replace("</Line>", "</SalesOrderLineAdd>")


def refused(books: Books, qbxml: str) -> str:
    with pytest.raises(ProcessorFault) as caught:
        books.session.process(qbxml)
    return caught.value.hresult


@pytest.mark.parametrize(
    "qbxml",
    [
        "",
        "not xml",
        message_set(HOST) + "<more/>",
        message_set(HOST).replace('<?qbxml version="13.0"?>', ""),
        message_set(HOST).replace('<?qbxml version="13.0"?>', "<?qbxml?>"),
        message_set(HOST).replace('<?qbxml version="13.0"?>', '<?qbxml version="13.0"?><?qbxml version="13.0"?>'),
        message_set(HOST).replace('onError="continueOnError"', ""),
        message_set(HOST, on_error="rollbackOnError"),
        message_set(HOST, on_error="continue"),
        message_set(HOST).replace("<QBXML>", '<!DOCTYPE QBXML [<!ENTITY a "b">]><QBXML>'),
        message_set(HOST).replace("<QBXML>", '<QBXML xmlns="urn:x">'),
        message_set(HOST).replace("</QBXML>", "<QBXMLMsgsRq onError='stopOnError'/></QBXML>"),
        message_set(HOST, "loose"),
        message_set("<VendorQueryRq/>"),
        message_set('<HostQueryRq colour="red"/>'),
        message_set('<AccountQueryRq iterator="Start"><MaxReturned>1</MaxReturned></AccountQueryRq>'),
        message_set('<CustomerQueryRq iterator="start"><MaxReturned>1</MaxReturned></CustomerQueryRq>'),
        message_set('<CustomerQueryRq iterator="Start"><MaxReturned>0</MaxReturned></CustomerQueryRq>'),
        message_set("<CustomerQueryRq><!-- fine --><FullName>caf\u00e9</FullName></CustomerQueryRq>"),
        message_set("<CustomerQueryRq><FullName>&nbsp;</FullName></CustomerQueryRq>"),
        message_set("<CustomerQueryRq><FullName>a<?pi?>b</FullName></CustomerQueryRq>"),
        message_set("<TxnVoidRq><TxnVoidType>SalesOrder</TxnVoidType><TxnID>1-1</TxnID></TxnVoidRq>"),
        message_set(ORDER, version="2.0"),
        message_set(ORDER.replace("<Quantity>", "<IsTaxable>1</IsTaxable><Quantity>")),
        message_set(ORDER.replace("2026-03-31", "1969-12-31")),
        message_set(ORDER.replace("2026-03-31", "2038-01-19")),
        message_set(ORDER.replace("2026-03-31", "2026-02-30")),
        message_set(ORDER.replace("INV-1", "INV-10000001")),
    ],
)
def test_a_text_that_breaks_the_rules_is_not_understood_at_all(books: Books, qbxml: str) -> None:
    assert refused(books, qbxml) == "0x80040400"


@pytest.mark.parametrize("element", ["TaxAmount", "IsTaxIncluded"])
def test_elements_of_other_countries_are_refused(books: Books, element: str) -> None:
    order = ORDER.replace("</SalesOrderLineAdd>", f"<{element}>1.00</{element}></SalesOrderLineAdd>")
    assert refused(books, message_set(order)) == "0x80040400"


def test_one_bad_request_keeps_the_whole_set_from_running(books: Books) -> None:
    assert refused(books, message_set(ORDER, "<HostQueryRq><Oops/></HostQueryRq>")) == "0x80040400"
    assert books.company.orders() == []


@pytest.mark.parametrize("version", ["17.0", "CA3.0", "99.9", "13.1"])
def test_a_version_this_quickbooks_does_not_know_has_its_own_fault(books: Books, version: str) -> None:
    assert refused(books, message_set(HOST, version=version)) == "0x80040423"


def test_only_the_versions_of_the_company_are_supported(books: Books) -> None:
    books.company.supported_versions = ["10.0", "11.0"]
    assert refused(books, message_set(HOST)) == "0x80040423"
    books.ask(HOST, version="11.0")


@pytest.mark.parametrize(
    ("more", "since"),
    [
        ("<Other1>x</Other1>", "6.0"),
        ("<OptionForPriceRuleConflict>Zero</OptionForPriceRuleConflict>", "13.0"),
    ],
)
def test_an_element_is_refused_before_the_version_it_came_with(books: Books, more: str, since: str) -> None:
    order = ORDER.replace("</SalesOrderLineAdd>", f"{more}</SalesOrderLineAdd>")
    before = {"6.0": "5.0", "13.0": "12.0"}[since]
    assert refused(books, message_set(order, version=before)) == "0x80040400"
    books.session.process(message_set(order, version=since))


def test_characters_beyond_iso_8859_1_become_question_marks(books: Books) -> None:
    response = books.add(order_body("1", line("STORAGE", "1", desc="Caf&#233; &#8364;&#x2019;")))
    assert text(response, ".//Desc") == "Caf\u00e9 ??"


def test_a_request_id_of_more_than_fifty_characters_fails_that_request_alone(books: Books) -> None:
    long, short = books.ask(f'<HostQueryRq requestID="{"r" * 51}"/>', f'<HostQueryRq requestID="{"r" * 50}"/>')
    assert (status(long), status(short)) == (1060, 0)
    assert short.get("requestID") == "r" * 50


def test_the_answer_names_each_request_and_is_plain_ascii_without_an_instruction(books: Books) -> None:
    answer = books.session.process(message_set(HOST, HOST))
    assert "qbxml version" not in answer
    assert [response.get("requestID") for response in parse(answer)] == ["h", "h"]


def test_after_an_error_stop_on_error_leaves_the_rest_unprocessed(books: Books) -> None:
    bad = ORDER.replace("STORAGE", "NOTHING")
    responses = books.ask(ORDER, bad, ORDER, HOST, on_error="stopOnError")
    assert [status(response) for response in responses] == [0, 3140, 3231, 3231]
    assert len(books.company.orders()) == 1, "what came before stays"


def test_continue_on_error_runs_everything(books: Books) -> None:
    bad = ORDER.replace("STORAGE", "NOTHING")
    responses = books.ask(bad, "<CustomerQueryRq><FullName>Nobody</FullName></CustomerQueryRq>", ORDER)
    assert [status(response) for response in responses] == [3140, 500, 0]
    assert [response.get("statusSeverity") for response in responses] == ["Error", "Warn", "Info"]


def test_the_message_of_a_parse_fault_gives_no_hint_but_the_detail_does(books: Books) -> None:
    with pytest.raises(ProcessorFault) as caught:
        books.session.process(message_set(ORDER.replace("<Quantity>1</Quantity>", "<Quantity>1,0</Quantity>")))
    assert "Quantity" not in caught.value.message
    assert "1,0" in caught.value.detail


def test_response_data_can_be_left_out(books: Books) -> None:
    qbxml = message_set(ORDER).replace("onError=", 'responseData="includeNone" onError=')
    (response,) = parse(books.session.process(qbxml))
    assert (status(response), len(response), message(response)) == (0, 0, "Status OK")
