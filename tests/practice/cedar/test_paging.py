"""Following page tokens: every row once, in order, in both directions."""

import base64
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.practice.cedar import CedarSandbox, PracticeRailroad, short_line
from tests.practice.cedar.caller import ROWS, Caller, client_of, rows_request

SORTABLE = ("chargeId", "invoice", "amount", "appliedAt", "glCode", "quantity", "billingStatus", "carNumber")


@pytest.fixture(scope="module")
def standing() -> Iterator[tuple[PracticeRailroad, Caller]]:
    railroad = short_line(30, seed=5, today=date(2026, 11, 22))
    with CedarSandbox(railroad) as sandbox, client_of(sandbox) as client:
        yield railroad, Caller(client)


sorts = st.lists(st.tuples(st.sampled_from(SORTABLE), st.sampled_from(["ASCENDING", "DESCENDING"])), max_size=3)


@settings(max_examples=40, deadline=None)
@given(size=st.integers(1, 200), sort=sorts)
def test_any_page_size_shows_every_row_once_and_in_order(
    standing: tuple[PracticeRailroad, Caller], size: int, sort: list[tuple[str, str]]
) -> None:
    railroad, caller = standing
    size = max(size, 10)
    whole = caller.ids(sort=sort)
    pages = list(caller.pages(rows_request(sort=sort, pageSize=size)))
    assert [int(row["intKey"]) for page in pages for row in page["rows"]] == whole
    assert sorted(whole) == sorted(railroad.charges)
    assert all(len(page["rows"]) == size for page in pages[:-1])
    # And back again.
    body = rows_request(sort=sort, pageSize=size)
    for earlier, later in pairwise(pages):
        back = caller.post(ROWS, {**body, "pagePreviousToken": later["prevToken"]})
        assert back["rows"] == earlier["rows"]
    assert not pages[0].get("prevToken")


def test_page_of_one_row(standing: tuple[PracticeRailroad, Caller]) -> None:
    railroad, caller = standing
    pages = list(caller.pages(rows_request(pageSize=1)))
    assert [int(page["rows"][0]["intKey"]) for page in pages] == sorted(railroad.charges)


@pytest.mark.parametrize("direction", ["ASCENDING", "DESCENDING"])
def test_rows_without_a_value_stand_at_one_end(standing: tuple[PracticeRailroad, Caller], direction: str) -> None:
    railroad, caller = standing
    invoices = [railroad.charges[charge].invoice for charge in caller.ids(sort=[("invoice", direction)])]
    if direction == "DESCENDING":
        invoices.reverse()
    named = [invoice for invoice in invoices if invoice is not None]
    assert invoices == sorted(named) + [None] * (len(invoices) - len(named))


def test_page_size_may_change_on_the_way(standing: tuple[PracticeRailroad, Caller]) -> None:
    railroad, caller = standing
    first = caller.post(ROWS, rows_request(pageSize=3))
    rest = caller.post(ROWS, rows_request(pageSize=1000, pageNextToken=first["nextToken"]))
    shown = [int(row["intKey"]) for row in first["rows"] + rest["rows"]]
    assert shown == sorted(railroad.charges)


def test_end_is_said_in_both_legal_ways(standing: tuple[PracticeRailroad, Caller]) -> None:
    _, caller = standing
    last = [caller.post(ROWS, rows_request(pageSize=1000)) for _ in range(2)]
    assert sorted("nextToken" in page for page in last) == [False, True]
    assert {page.get("nextToken", "") for page in last} == {""}


def test_rows_that_come_and_go_shift_nothing(caller: Caller, railroad: PracticeRailroad) -> None:
    before = sorted(railroad.charges)
    body = rows_request(pageSize=5)
    first = caller.post(ROWS, body)
    railroad.remove(*before[:3], before[4])
    railroad.add(charge_id=1)
    second = caller.post(ROWS, {**body, "pageNextToken": first["nextToken"]})
    assert [int(row["intKey"]) for row in second["rows"]] == before[5:10]


@pytest.mark.parametrize(
    "change",
    [
        {"columns": ["chargeId", "amount"]},
        {"filters": [("billingStatus", "RO_EXACT", "INVOICED")]},
        {"sort": [("chargeId", "DESCENDING")]},
    ],
)
def test_token_of_another_request_is_refused(
    standing: tuple[PracticeRailroad, Caller], change: dict[str, list[str]]
) -> None:
    _, caller = standing
    token = caller.post(ROWS, rows_request(pageSize=2))["nextToken"]
    body = rows_request(**change, pageSize=2, pageNextToken=token)  # type: ignore[arg-type]
    assert "another request" in caller.refusal(ROWS, body)


def test_token_that_was_tampered_with_is_refused(standing: tuple[PracticeRailroad, Caller]) -> None:
    _, caller = standing
    token = caller.post(ROWS, rows_request(pageSize=2))["nextToken"]
    raw = bytearray(base64.urlsafe_b64decode(token))
    raw[-2] ^= 1
    for bad in ("2", "nonsense!", token[:-4], base64.urlsafe_b64encode(raw).decode(), "é"):
        caller.refusal(ROWS, rows_request(pageSize=2, pageNextToken=bad))


def test_token_in_the_wrong_field_is_refused(standing: tuple[PracticeRailroad, Caller]) -> None:
    _, caller = standing
    token = caller.post(ROWS, rows_request(pageSize=2))["nextToken"]
    caller.refusal(ROWS, rows_request(pageSize=2, pagePreviousToken=token))
    caller.refusal(ROWS, rows_request(pageSize=2, pageNextToken=token, pagePreviousToken=token))


def test_token_survives_a_restart_of_the_server(railroad: PracticeRailroad) -> None:
    sandbox = CedarSandbox(railroad)
    sandbox.start()
    address = sandbox.base_url
    with client_of(sandbox) as client:
        token = Caller(client).post(ROWS, rows_request(pageSize=2))["nextToken"]
    sandbox.stop()
    sandbox.start()
    try:
        assert sandbox.base_url == address
        with client_of(sandbox) as client:
            page = Caller(client).post(ROWS, rows_request(pageSize=2, pageNextToken=token))
    finally:
        sandbox.stop()
    assert [int(row["intKey"]) for row in page["rows"]] == sorted(railroad.charges)[2:4]
