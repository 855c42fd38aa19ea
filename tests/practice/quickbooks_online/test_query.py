"""Query statements."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.practice.quickbooks_online.query_text import Condition, read_statement
from tests.practice.quickbooks_online.calling import REALM, Caller, content_of, line


def ids(caller: Caller, statement: str) -> list[str]:
    (rows,) = [each for each in caller.query(statement).values() if isinstance(each, list)] or [[]]
    return [row["Id"] for row in rows]


@pytest.fixture
def stocked(caller: Caller) -> Caller:
    for number, day, customer, amount in (
        ("A-1", "2026-11-03", "1", "10.00"),
        ("A-2", "2026-11-01", "2", "20.00"),
        ("B'3", "2026-11-02", "1", "300.00"),
    ):
        caller.create(DocNumber=number, TxnDate=day, CustomerRef={"value": customer}, Line=[line(amount)])
        caller.clock.advance(hours=1)
        caller.renew()
    return caller


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("DocNumber = 'A-1'", {"1"}),
        (r"DocNumber = 'B\'3'", {"3"}),
        ("docnumber in ('A-1', 'A-2', 'C')", {"1", "2"}),
        ("DocNumber like 'A%'", {"1", "2"}),
        ("DocNumber like '%3'", {"3"}),
        ("CustomerRef = '1'", {"1", "3"}),
        ("TxnDate >= '2026-11-02'", {"1", "3"}),
        ("TxnDate > '2026-11-01' AND TxnDate < '2026-11-03'", {"3"}),
        ("TxnDate IN ('2026-11-01','2026-11-02')", {"2", "3"}),
        ("TotalAmt > '15.00' and TotalAmt <= 300", {"2", "3"}),
        ("TxnStatus = 'Pending' and CustomerRef='2'", {"2"}),
        ("Id in ('1','3')", {"1", "3"}),
        ("MetaData.LastUpdatedTime >= '2026-11-22T08:15:03-08:00'", {"2", "3"}),
        ("MetaData.CreateTime < '2026-11-22T16:00:00Z'", {"1"}),
        ("MetaData.CreateTime < '2026-11-22'", set()),
    ],
)
def test_conditions(stocked: Caller, condition: str, found: set[str]) -> None:
    assert set(ids(stocked, f"select * from Estimate where {condition}")) == found  # noqa: S608
    count = stocked.query(f"select count(*) from Estimate where {condition}")  # noqa: S608
    assert count == {"totalCount": len(found)}


def test_pages_and_order(stocked: Caller) -> None:
    assert ids(stocked, "select * from Estimate") == ["1", "3", "2"], "newest first"
    assert ids(stocked, "select * from Estimate orderby TxnDate") == ["2", "3", "1"]
    assert ids(stocked, "select * from Estimate order by CustomerRef asc, TotalAmt desc") == ["3", "1", "2"]
    page = stocked.query("select * from Estimate orderby Id startposition 2 maxresults 2")
    assert (page["startPosition"], page["maxResults"], len(page["Estimate"])) == (2, 2, 2)
    last = stocked.query("SELECT * FROM Estimate ORDERBY Id DESC MAXRESULTS 1000 STARTPOSITION 3")
    assert (last["startPosition"], last["maxResults"]) == (3, 1)
    assert stocked.query("select * from Estimate startposition 4") == {}


def test_a_page_has_a_hundred_rows_unless_more_are_asked_for(caller: Caller) -> None:
    for number in range(101):
        caller.desk.add_customer(f"C{number:03}")
    assert caller.query("select * from Customer")["maxResults"] == 100
    assert caller.query("select * from Customer maxresults 1000")["maxResults"] == 103


def test_nothing_found_is_said_by_silence(caller: Caller) -> None:
    answer = caller.get("/query", query="select * from Estimate where DocNumber = 'x'")
    assert answer["QueryResponse"] == {}
    assert answer["time"] == "2026-11-22T07:15:03.450-08:00"


def test_inactive_records_are_hidden_unless_asked_for(caller: Caller) -> None:
    assert ids(caller, "select * from Customer") == ["1", "2"]
    assert ids(caller, "select * from Customer where DisplayName = '41200-099'") == []
    assert ids(caller, "select * from Customer where DisplayName = '41200-099' and Active in (true, false)") == ["3"]
    assert ids(caller, "select * from Customer where Active = false") == ["3"]


def test_names_are_found_whatever_their_case(caller: Caller) -> None:
    assert ids(caller, "select Id from Item where Name = 'demurrage'") == ["1"]
    assert ids(caller, "select Id from Item where Type = 'Service' and Name in ('SWITCHING')") == ["2"]
    assert ids(caller, "select Id from Account where AccountType = 'Income'") == ["1"]


def test_columns_may_be_chosen(stocked: Caller) -> None:
    rows: list[dict[str, Any]] = stocked.query(
        "select Id, DocNumber, PrivateNote, MetaData.LastUpdatedTime from Estimate where DocNumber = 'A-1'"
    )["Estimate"]
    assert rows == [
        {
            "domain": "QBO",
            "sparse": True,
            "Id": "1",
            "DocNumber": "A-1",
            "MetaData": {"LastUpdatedTime": "2026-11-22T07:15:03-08:00"},
        }
    ]


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("select * from Estimate where DocNumber = 'a' or DocNumber = 'b'", "4000"),
        ("select * from Estimate, Invoice", "4000"),
        ("select * from Estimate where DocNumber = 'it's'", "4000"),
        ("select * from Estimate where DocNumber != 'a'", "4000"),
        ("select * from Estimate where DocNumber in ()", "4000"),
        ("select * from Estimate where DocNumber = a", "4000"),
        ("select from Estimate", "4000"),
        ("select * Estimate", "4000"),
        ("select * from Estimate limit 5", "4000"),
        ("select * from Estimate maxresults 1 maxresults 2", "4000"),
        ("select * from Estimate maxresults 1.5", "4000"),
        ("delete from Estimate", "4000"),
        ("select * from Estimate maxresults 0", "4001"),
        ("select * from Estimate startposition 0", "4001"),
        ("select * from Estimate maxresults 1001", "4001"),
        ("select * from SalesOrder", "4001"),
        ("select * from Estimate where PrivateNote like 'CEDAR%'", "4001"),
        ("select * from Estimate where DisplayName = 'a'", "4001"),
        ("select Vendor from Estimate", "4001"),
        ("select MetaData.Person from Estimate", "4001"),
        ("select * from Estimate orderby Vendor", "4001"),
        ("select * from Estimate where TxnDate = 'yesterday'", "4001"),
        ("select * from Customer where Active = 'maybe'", "4001"),
        ("", "2020"),
    ],
)
def test_what_cannot_be_asked(caller: Caller, statement: str, code: str) -> None:
    caller.create()
    assert caller.bad_query(statement) == code


def test_statements_are_sent_as_their_own_type(caller: Caller) -> None:
    assert caller.refusal("/query", b"select * from Customer")["code"] == "500"


def test_a_plus_in_an_address_is_a_blank(caller: Caller) -> None:
    """A program that forgets to write an offset's sign as %2B asks for another time than it means."""
    headers = {"Accept": "application/json", "Authorization": f"Bearer {caller.token}"}
    path = (
        f"/v3/company/{REALM}/query?query=select+*+from+Customer+where+MetaData.CreateTime+>+'2026-01-01T00:00:00{{}}'"
    )
    assert content_of(caller.http.get(path.format("%2B00:00"), headers=headers))["QueryResponse"]["maxResults"] == 2
    assert caller.http.get(path.format("+00:00"), headers=headers).status_code == 400


@settings(max_examples=50, deadline=None)
@given(value=st.text())
def test_every_text_can_be_quoted(value: str) -> None:
    quoted = value.replace("\\", "\\\\").replace("'", "\\'")
    statement = read_statement(f"select * from Estimate where DocNumber = '{quoted}' startposition 3")  # noqa: S608
    assert statement.conditions == (Condition("DocNumber", "=", (value,)),)
    assert statement.start == 3


def test_times_without_offset_are_pacific(stocked: Caller) -> None:
    assert stocked.clock.now > datetime(2026, 11, 22, tzinfo=UTC)
    assert set(ids(stocked, "select * from Estimate where MetaData.CreateTime > '2026-11-22T08:00:00'")) == {"2", "3"}
