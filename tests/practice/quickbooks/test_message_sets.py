"""Error recovery: each message set runs once, however often it is sent."""

from __future__ import annotations

import pytest
from lxml import etree

from app.practice.quickbooks import PracticeCompany, ProcessorFault, RequestProcessor
from tests.practice.quickbooks.asking import OWNER, Books, line, message_set, order_body, parse, status, text


def order(number: str, item: str = "STORAGE") -> str:
    body = order_body(number, line(item, "1"))
    return f'<SalesOrderAddRq requestID="so:{number}"><SalesOrderAdd>{body}</SalesOrderAdd></SalesOrderAddRq>'


def send(books: Books, qbxml: str) -> etree._Element:
    return parse(books.session.process(qbxml))


def set_status(answer: etree._Element) -> str | None:
    return answer.get("messageSetStatusCode")


def outcome_of(set_id: str) -> str:
    return message_set(new=set_id, old=set_id)


def test_without_ids_the_same_text_runs_every_time(books: Books) -> None:
    for _ in range(2):
        assert set_status(send(books, message_set(order("1")))) is None
    assert len(books.company.orders()) == 2


def test_the_same_text_under_the_same_id_runs_once_and_answers_its_outcome(books: Books) -> None:
    qbxml = message_set(order("1"), order("2", "NOTHING"), new="A")
    first = send(books, qbxml)
    books.new_session()
    again = send(books, qbxml)
    assert len(books.company.orders()) == 1
    assert (again.get("newMessageSetID"), set_status(again)) == ("A", "0")
    assert [status(response) for response in again] == [status(response) for response in first] == [0, 3140]
    assert [response.get("requestID") for response in again] == ["so:1", "so:2"]
    assert again.find(".//SalesOrderRet") is None, "a recovered answer holds no records"
    recovery = again[0].find("ErrorRecovery")
    assert recovery is not None
    assert text(recovery, "TxnID") == books.company.orders()[0].txn_id
    assert text(recovery, "EditSequence") == books.company.orders()[0].edit_sequence
    assert again[1].find("ErrorRecovery") is None


def test_the_outcome_can_be_asked_for_without_the_text(books: Books) -> None:
    send(books, message_set(order("1"), new="A"))
    for _ in range(2):
        answer = send(books, outcome_of("A"))
        assert set_status(answer) == "0"
        assert text(answer[0], "ErrorRecovery/TxnID") == books.company.orders()[0].txn_id
    assert set_status(send(books, outcome_of("B"))) == "600"


def test_one_character_more_is_another_text(books: Books) -> None:
    qbxml = message_set(order("1"), new="A")
    send(books, qbxml)
    answer = send(books, qbxml.replace("><SalesOrderAdd>", ">\n<SalesOrderAdd>"))
    assert (set_status(answer), len(answer)) == ("9001", 0)
    assert len(books.company.orders()) == 1


def test_the_chain_forgets_the_one_before(books: Books) -> None:
    send(books, message_set(order("1"), new="A"))
    answer = send(books, message_set(order("2"), new="B", old="A"))
    assert set_status(answer) == "0"
    assert set_status(send(books, outcome_of("A"))) == "600"
    assert set_status(send(books, outcome_of("B"))) == "0"


def test_a_resent_chain_is_still_recovered_though_its_predecessor_is_gone(books: Books) -> None:
    send(books, message_set(order("1"), new="A"))
    chain = message_set(order("2"), new="B", old="A")
    send(books, chain)
    assert set_status(send(books, chain)) == "0"
    assert len(books.company.orders()) == 2


@pytest.mark.parametrize("code", [0, 600])
def test_an_unknown_predecessor_does_not_keep_a_chain_from_running(books: Books, code: int) -> None:
    books.company.forgotten_predecessor_status = code
    answer = send(books, message_set(order("2"), new="B", old="never"))
    assert (set_status(answer), status(answer[0])) == (str(code), 0)


def test_an_old_id_alone_forgets(books: Books) -> None:
    send(books, message_set(order("1"), new="A"))
    assert set_status(send(books, message_set(old="A"))) == "0"
    assert set_status(send(books, message_set(old="A"))) == "600"
    assert set_status(send(books, outcome_of("A"))) == "600"
    send(books, message_set(order("1"), new="A"))
    assert len(books.company.orders()) == 2, "a forgotten id is as good as new"


def test_all_can_be_forgotten_at_once(books: Books) -> None:
    for set_id in "AB":
        send(books, message_set(order(set_id), new=set_id))
    assert set_status(send(books, message_set(old="ClearAllMessageSets"))) == "0"
    assert [set_status(send(books, outcome_of(set_id))) for set_id in "AB"] == ["600", "600"]


@pytest.mark.parametrize(("new", "old"), [("x" * 24, ""), ("B", "y" * 24), ("x" * 24, "x" * 24)])
def test_an_id_of_more_than_23_characters_is_invalid_and_nothing_runs(books: Books, new: str, old: str) -> None:
    answer = send(books, message_set(order("1"), new=new, old=old))
    assert (set_status(answer), len(answer)) == ("9004", 0)
    assert books.company.orders() == []


def test_an_id_of_23_characters_is_fine(books: Books) -> None:
    assert set_status(send(books, message_set(order("1"), new="x" * 23))) == "0"


def test_memory_belongs_to_the_application_and_the_company(books: Books) -> None:
    send(books, message_set(order("1"), new="A"))
    other_app = RequestProcessor(books.company, "Another", OWNER).begin_session()
    assert set_status(parse(other_app.process(outcome_of("A")))) == "600"
    other_file = RequestProcessor(PracticeCompany(), "Cedar Sync", OWNER).begin_session()
    assert set_status(parse(other_file.process(outcome_of("A")))) == "600"
    same = RequestProcessor(books.company, "Cedar Sync", OWNER).begin_session()
    assert set_status(parse(same.process(outcome_of("A")))) == "0"


def test_a_text_that_was_not_understood_is_not_remembered(books: Books) -> None:
    with pytest.raises(ProcessorFault):
        send(books, message_set(order("1"), "<Oops/>", new="A"))
    assert set_status(send(books, outcome_of("A"))) == "600"


def test_before_11_0_a_recovered_answer_holds_statuses_alone(books: Books) -> None:
    send(books, message_set(order("1"), new="A"))
    answer = send(books, message_set(new="A", old="A", version="10.0"))
    assert (status(answer[0]), len(answer[0])) == (0, 0)


def test_list_records_and_deletions_are_recovered_too(books: Books) -> None:
    customer = "<CustomerAddRq><CustomerAdd><Name>New</Name></CustomerAdd></CustomerAddRq>"
    txn_id = books.add_order()
    delete = f"<TxnDelRq><TxnDelType>SalesOrder</TxnDelType><TxnID>{txn_id}</TxnID></TxnDelRq>"
    first = send(books, message_set(customer, delete, new="A"))
    again = send(books, message_set(customer, delete, new="A"))
    assert text(again[0], "ErrorRecovery/ListID") == text(first[0], ".//ListID")
    assert text(again[1], "ErrorRecovery/TxnID") == txn_id


def test_a_copied_company_file_remembers_what_the_original_did(books: Books) -> None:
    qbxml = message_set(order("1"), new="A")
    send(books, qbxml)
    copy = PracticeCompany.from_json(books.company.to_json())
    answer = parse(RequestProcessor(copy, "Cedar Sync", OWNER).begin_session().process(qbxml))
    assert set_status(answer) == "0"
    assert len(copy.orders()) == 1


def test_a_backup_from_before_knows_nothing(books: Books) -> None:
    backup = books.company.to_json()
    qbxml = message_set(order("1"), new="A")
    send(books, qbxml)
    restored = PracticeCompany.from_json(backup)
    session = RequestProcessor(restored, "Cedar Sync", OWNER).begin_session()
    assert set_status(parse(session.process(outcome_of("A")))) == "600"
    assert restored.orders() == []
