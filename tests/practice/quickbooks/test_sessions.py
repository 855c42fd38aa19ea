"""Who is let in, and what he may do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.practice.quickbooks import FileMode, PracticeCompany, ProcessorFault, RequestProcessor
from tests.practice.quickbooks.asking import OWNER, Books, line, message_set, order_body, parse, status, text, texts


def refused(books: Books, path: str = "", mode: FileMode | None = None) -> str:
    with pytest.raises(ProcessorFault) as caught:
        books.processor.begin_session(path, mode)
    return caught.value.hresult


@pytest.mark.parametrize(
    ("switch", "hresult"),
    [
        ("dialog_open", "0x80040414"),
        ("access_denied", "0x80040420"),
        ("other_company_open", "0x8004040A"),
        ("cannot_start", "0x80040408"),
    ],
)
def test_each_obstacle_has_its_fault(books: Books, switch: str, hresult: str) -> None:
    setattr(books.company, switch, True)
    assert refused(books) == hresult
    setattr(books.company, switch, False)
    books.processor.begin_session()


def test_the_file_asked_for_must_be_the_one_that_is_open(books: Books) -> None:
    assert refused(books, r"C:\other.qbw") == "0x8004040A"
    books.processor.begin_session(books.company.path.upper())


def test_the_mode_asked_for_must_be_the_one_it_is_open_in(books: Books) -> None:
    assert refused(books, mode=FileMode.SINGLE_USER) == "0x80040410"
    books.company.file_mode = FileMode.SINGLE_USER
    books.processor.begin_session(mode=FileMode.SINGLE_USER)


def test_an_ended_session_answers_no_more(books: Books) -> None:
    books.session.end()
    books.session.end()
    with pytest.raises(ProcessorFault) as caught:
        books.session.process(message_set("<HostQueryRq/>"))
    assert caught.value.hresult == "0x8004040D"


@pytest.mark.parametrize(
    ("switch", "code"), [("read_only_app", 3263), ("user_may_not_write", 3260), ("app_not_authorized", 3220)]
)
def test_without_the_right_to_write_reading_still_works(books: Books, switch: str, code: int) -> None:
    txn_id = books.add_order()
    setattr(books.company, switch, True)
    writing: list[Callable[[], int]] = [
        lambda: status(books.add(order_body("2", line("STORAGE", "1")))),
        lambda: status(books.mod("<Memo>x</Memo>", txn_id)),
        lambda: status(books.ask_one("<CustomerAddRq><CustomerAdd><Name>N</Name></CustomerAdd></CustomerAddRq>")),
        lambda: status(
            books.ask_one(f"<TxnDelRq><TxnDelType>SalesOrder</TxnDelType><TxnID>{txn_id}</TxnID></TxnDelRq>")
        ),
    ]
    assert [attempt() for attempt in writing] == [code] * 4
    assert status(books.ask_one("<SalesOrderQueryRq/>")) == 0


def test_the_first_request_of_an_update_comes_with_host_company_and_preferences(books: Books) -> None:
    books.company.stamp(OWNER, "{57F3B9B6-86F1-4FCC-B1EE-566DE1813D20}")
    books.company.stamp("{00000000-0000-0000-0000-000000000001}", "{00000000-0000-0000-0000-000000000002}")
    answer = parse(books.processor.host_company_preferences())
    assert [response.get("requestID") for response in answer] == ["0", "1", "2"]
    assert text(answer, ".//CompanyName") == "Prairie Short Line"
    assert set(texts(answer, ".//DataExtRet/OwnerID")) == {OWNER}
    extensions = dict(zip(texts(answer, ".//DataExtName"), texts(answer, ".//DataExtValue"), strict=True))
    assert extensions["FileID"] == "{57F3B9B6-86F1-4FCC-B1EE-566DE1813D20}"
    assert extensions["AppLock"].startswith("LOCKED:")


def test_a_company_the_application_was_never_added_to_has_no_stamp() -> None:
    answer = parse(RequestProcessor(PracticeCompany(), "Cedar Sync", OWNER).host_company_preferences())
    assert answer.find(".//DataExtRet") is None
