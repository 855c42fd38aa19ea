"""Crashes, lost answers and refusals on demand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.practice.quickbooks import HResult, ProcessorFault
from tests.practice.quickbooks.asking import Books, line, message_set, order_body, parse, status, text

HOST = "<HostQueryRq/>"


def order(number: str) -> str:
    return (
        f"<SalesOrderAddRq><SalesOrderAdd>{order_body(number, line('STORAGE', '1', rate='10'))}</SalesOrderAdd>"
        "</SalesOrderAddRq>"
    )


THREE = message_set(order("1"), order("2"), order("3"), new="A")


def crash(books: Books, qbxml: str) -> str:
    with pytest.raises(ProcessorFault) as caught:
        books.session.process(qbxml)
    with pytest.raises(ProcessorFault):
        books.session.process(message_set(HOST))
    books.new_session()
    return caught.value.hresult


def set_status(books: Books, qbxml: str) -> str | None:
    return parse(books.session.process(qbxml)).get("messageSetStatusCode")


def test_a_crash_before_running_leaves_nothing(books: Books) -> None:
    books.company.hooks.crash_before()
    assert crash(books, THREE) == "0x8004040D"
    assert books.company.orders() == []
    assert set_status(books, message_set(new="A", old="A")) == "600"
    assert set_status(books, THREE) == "0"
    assert len(books.company.orders()) == 3


def test_a_crash_in_the_middle_leaves_what_ran_and_no_answer(books: Books) -> None:
    books.company.hooks.crash_after_requests(2, hresult=HResult.UNEXPECTED)
    assert crash(books, THREE) == "0x80040402"
    assert [made.ref_number for made in books.company.orders()] == ["1", "2"]
    assert set_status(books, message_set(new="A", old="A")) == "9002"
    assert set_status(books, THREE) == "9002"
    assert len(books.company.orders()) == 2, "a known id is not run again"


def test_a_lost_answer_leaves_everything_done_and_remembered(books: Books) -> None:
    books.company.hooks.lose_answer()
    crash(books, THREE)
    assert len(books.company.orders()) == 3
    answer = parse(books.session.process(message_set(new="A", old="A")))
    assert [text(found, "ErrorRecovery/TxnID") for found in answer] == [made.txn_id for made in books.company.orders()]


def test_a_mishap_waits_for_the_request_it_is_meant_for(books: Books) -> None:
    books.company.hooks.lose_answer(containing="SalesOrderAdd")
    books.ask(HOST)
    crash(books, THREE)
    books.ask(order("4"))


def test_even_the_recovery_can_be_lost(books: Books) -> None:
    books.company.hooks.lose_answer(times=2)
    crash(books, THREE)
    crash(books, message_set(new="A", old="A"))
    assert set_status(books, message_set(new="A", old="A")) == "0"


def test_an_outcome_that_cannot_be_stored_is_told(books: Books) -> None:
    books.company.hooks.fail_to_store()
    assert set_status(books, THREE) == "9005"
    assert len(books.company.orders()) == 3
    assert set_status(books, message_set(new="A", old="A")) == "9002"


def test_a_status_of_choice_hits_the_next_requests_of_a_kind_only(books: Books) -> None:
    books.company.hooks.answer_with("SalesOrderAdd", 3180, "The list element is in use.", times=2)
    responses = books.ask(HOST, order("1"), order("2"), order("3"))
    assert [status(response) for response in responses] == [0, 3180, 3180, 0]
    assert [made.ref_number for made in books.company.orders()] == ["3"]


def test_a_price_level_changes_what_was_meant(books: Books) -> None:
    books.company.hooks.price_level(Decimal("-10"), item="storage")
    assert text(books.ask_one(order("1")), ".//Subtotal") == "9.00"
    books.company.hooks.price_level(None)
    assert text(books.ask_one(order("2")), ".//Subtotal") == "10.00"


def test_all_mishaps_can_be_cancelled(books: Books) -> None:
    books.company.hooks.crash_before()
    books.company.hooks.answer_with("SalesOrderAdd", 1000, "x")
    books.company.hooks.clear()
    assert status(books.ask_one(order("1"))) == 0


def test_the_web_connectors_own_questions_are_never_hit(books: Books) -> None:
    books.company.hooks.crash_before()
    assert "HostQueryRs" in books.processor.host_company_preferences()
