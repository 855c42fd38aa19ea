"""Reading page by page."""

import json
import logging
from datetime import UTC, datetime
from decimal import Decimal
from itertools import count
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cedar import client as client_module
from app.cedar.columns import ColumnDefinition, resolve_columns
from app.cedar.faults import Cancelled, PassingFault
from app.cedar.query import ChargeQuery
from app.domain.faults import CedarFault, CedarUnavailable
from tests.cedar.stand_in import DOCUMENTED, Listing, Script, a_client, a_map, a_row, answering

COLUMNS = a_map()
ALL = ChargeQuery()


def test_table_definition() -> None:
    columns = [{"key": key, "name": name, "type": kind, "searchable": True} for key, name, kind in DOCUMENTED]
    columns.append({"key": "quantity", "aliases": ["qty"], "enumValues": ["1"], "description": "x", "new": {}})
    columns.append({"key": "", "name": "without a key"})
    with a_client(answering({"columns": columns, "defaultColumns": ["chargeId"]})) as client:
        definition = client.table_definition()
    assert len(definition) == 16
    assert definition[-1] == ColumnDefinition("quantity", "", "STRING", ("qty",))
    assert resolve_columns(definition, {}).choices()["quantity"] == "quantity (found by key)"


@given(
    rows=st.integers(0, 40),
    page_size=st.integers(1, 50),
    tokens=st.lists(st.text(min_size=1), min_size=40, max_size=40, unique=True),
)
def test_any_paging_gives_each_row_once_and_in_order(rows: int, page_size: int, tokens: list[str]) -> None:
    listing = Listing([a_row(number) for number in range(1, rows + 1)], tokens)
    with a_client(listing) as client:
        pages = list(client.charges(COLUMNS, ALL, page_size))
    assert [charge.charge_id for page in pages for charge in page] == [str(number) for number in range(1, rows + 1)]
    assert all(0 < len(page) <= page_size for page in pages)


def test_nothing_is_read_ahead_of_what_is_taken() -> None:
    listing = Listing([a_row(number) for number in range(10)], map(str, count()))
    with a_client(listing) as client:
        pages = client.charges(COLUMNS, ALL, 2)
        assert listing.asked == []
        next(pages)
        next(pages)
        assert len(listing.asked) == 2


@pytest.mark.parametrize("ending", [{}, {"nextToken": ""}, {"nextToken": None}])
def test_absent_or_empty_token_ends_the_listing(ending: dict[str, Any]) -> None:
    script = answering({"rows": [a_row(1)], **ending})
    with a_client(script) as client:
        assert len(list(client.charges(COLUMNS, ALL))) == 1
    assert len(script.requests) == 1


def test_empty_page_in_the_middle_is_passed_over() -> None:
    script = Script(
        httpx.Response(200, json={"rows": [a_row(1)], "nextToken": "a"}),
        httpx.Response(200, json={"rows": [], "nextToken": "b"}),
        httpx.Response(200, json={"rows": [a_row(2)]}),
    )
    with a_client(script) as client:
        assert [len(page) for page in client.charges(COLUMNS, ALL)] == [1, 1]


@pytest.mark.parametrize("circle", [["a"], ["a", "b"], ["a", "b", "c", "b"]])
def test_token_that_comes_back_ends_the_reading(circle: list[str]) -> None:
    ids = count(1)
    tokens = (token for _ in count() for token in circle)

    def handler(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"rows": [a_row(next(ids))], "nextToken": next(tokens)})

    with a_client(handler) as client, pytest.raises(CedarUnavailable, match="came round"):
        list(client.charges(COLUMNS, ALL))
    assert next(ids) <= len(circle) + 3


def test_same_page_under_ever_new_tokens_ends_the_reading() -> None:
    tokens = count(1)

    def handler(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"rows": [a_row(1), a_row(2)], "nextToken": f"t{next(tokens)}"})

    with a_client(handler) as client, pytest.raises(CedarUnavailable, match="came round"):
        list(client.charges(COLUMNS, ALL))


def test_listing_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "PAGES_LIMIT", 20)
    tokens = count(1)

    def handler(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"rows": [], "nextToken": f"t{next(tokens)}"})

    with a_client(handler) as client, pytest.raises(CedarUnavailable, match="does not come to an end"):
        list(client.charges(COLUMNS, ALL))
    assert next(tokens) == 21


def test_fault_in_the_middle_is_tried_again_with_the_same_token() -> None:
    script = Script(
        httpx.Response(200, json={"rows": [a_row(1)], "nextToken": "a"}),
        httpx.Response(502),
        httpx.ReadTimeout("slow"),
        httpx.Response(200, json={"rows": [a_row(2)]}),
    )
    with a_client(script) as client:
        assert [page[0].charge_id for page in client.charges(COLUMNS, ALL)] == ["1", "2"]
    tokens = [json.loads(request.content).get("pageNextToken") for request in script.requests]
    assert tokens == [None, "a", "a", "a"]


def test_fault_in_the_middle_comes_after_what_was_read() -> None:
    script = Script(httpx.Response(200, json={"rows": [a_row(1)], "nextToken": "a"}), httpx.Response(503))
    with a_client(script) as client:
        pages = client.charges(COLUMNS, ALL)
        assert next(pages)[0].amount == Decimal("12.50")
        with pytest.raises(PassingFault):
            next(pages)


def test_cancelled_between_pages() -> None:
    stop: list[bool] = []
    listing = Listing([a_row(number) for number in range(10)], map(str, count()))
    with a_client(listing, cancelled=lambda: bool(stop)) as client:
        pages = client.charges(COLUMNS, ALL, 2)
        next(pages)
        stop.append(True)
        with pytest.raises(Cancelled):
            next(pages)
    assert len(listing.asked) == 1


def test_spoilt_row_stops_the_page_with_a_sentence() -> None:
    script = answering({"rows": [a_row(1), {"intKey": "2"}]})
    with a_client(script) as client, pytest.raises(CedarUnavailable, match="without its number"):
        list(client.charges(COLUMNS, ALL))


def test_nothing_of_customers_is_logged_at_info(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    script = Script(
        httpx.Response(503), httpx.Response(200, json={"rows": [a_row(1, customer={"stringVal": "Acme Grain"})]})
    )
    with a_client(script) as client:
        assert list(client.charges(COLUMNS, ChargeQuery(applied_since=datetime(2026, 1, 1, tzinfo=UTC))))
    assert "503" in caplog.text
    assert "Acme" not in caplog.text


WORDS = (
    "rows nextToken columns aggregates data chargeId key name aliases columnKey op intVal realVal stringVal "
    "decimalVal value amount appliedAt tsVal"
)
keys = st.sampled_from(WORDS.split()) | st.text(max_size=5)
documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=5),
    max_leaves=20,
)
bodies = st.binary() | documents.map(lambda document: json.dumps(document).encode())


@given(bodies, st.sampled_from([200, 200, 200, 201, 204, 302, 400, 401, 403, 404, 429, 500]))
def test_garbage_never_raises_anything_but_faults(body: bytes, status: int) -> None:
    with a_client(Script(httpx.Response(status, content=body))) as client:
        for read in (client.table_definition, lambda: list(client.charges(COLUMNS, ALL)), lambda: client.summary(ALL)):
            try:
                read()
            except CedarFault as fault:
                assert fault.reason.facts["sentence"] == str(fault)  # noqa: PT017 (most answers are no fault at all)
