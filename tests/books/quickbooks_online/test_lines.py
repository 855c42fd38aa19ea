"""Lines as they are sent: figures that multiply, words that fit, and the charge known again."""

from __future__ import annotations

import json
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.books.quickbooks_online import wire
from app.books.quickbooks_online.lines import DESCRIPTION_LIMIT, books_line, description_as_kept, line_of
from app.books.quickbooks_online.wire import Line, UnreadableAnswer
from app.domain.charge import ChargeId
from app.domain.figures import line_figures
from app.domain.sales_order import OrderLine
from tests.books.quickbooks_online.orders import WORDS, lines

CENT = Decimal("0.01")
FEW = settings(max_examples=40)


def sent(line: OrderLine, description: str) -> dict[str, Any]:
    """Write a line, and read it as Intuit reads JSON: every digit of a number counts."""
    text = wire.encode(line_of(line, "21", description, 1))
    found: dict[str, Any] = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    return found


@FEW
@given(lines(7))
def test_the_amount_is_quantity_times_price_to_the_cent(line: OrderLine) -> None:
    written = sent(line, "")
    detail = written["SalesItemLineDetail"]
    assert (detail["Qty"] * detail["UnitPrice"]).quantize(CENT, ROUND_HALF_UP) == written["Amount"] == line.amount


@FEW
@given(lines(7))
def test_a_line_comes_back_as_it_was_sent(line: OrderLine) -> None:
    kept = description_as_kept(line.description)
    body = wire.encode(line_of(line, "21", kept, 1, "5"))
    found = books_line(msgspec.json.decode(body, type=Line))
    assert (found.line_id, found.charge_id, found.description) == ("5", line.charge_id, kept)
    assert (found.amount, found.quantity) == (line.amount, line.quantity)
    assert found.rate in {line.rate, None} | ({line.amount} if line.rate is None else set())


@FEW
@given(lines(7), st.text(max_size=50), st.integers(3800, 4100))
def test_a_persons_words_and_our_mark_always_fit(line: OrderLine, words: str, length: int) -> None:
    written = sent(line, (words + "x" * length)[:DESCRIPTION_LIMIT])
    assert len(written["Description"]) <= DESCRIPTION_LIMIT
    assert books_line(Line(description=written["Description"])).charge_id == "7"


@FEW
@given(WORDS)
def test_no_character_is_sent_that_xml_has_not(words: str) -> None:
    kept = description_as_kept(words)
    assert not [sign for sign in kept if sign < " " and sign not in "\t\n"]
    assert not set(kept) & {"\ufffe", "\uffff"}
    assert description_as_kept(kept) == kept


def test_numbers_are_written_with_exactly_their_digits() -> None:
    line = OrderLine.of(
        ChargeId("7"), "SWITCHING", "", line_figures(Decimal("12.50"), Decimal("72.00000"), Decimal("900.00"))
    )
    text = wire.encode(line_of(line, "21", "", 1))
    assert '"Amount":900.00,' in text
    assert '"Qty":12.5,"UnitPrice":72}' in text
    thousand = OrderLine(ChargeId("7"), "SWITCHING", "", Decimal("1E+3"), Decimal("1E+2"), Decimal("100000.00"))
    assert '"Qty":1000,"UnitPrice":100}' in wire.encode(line_of(thousand, "21", "", 1))


def test_a_quantity_without_a_price_stands_beside_the_charge() -> None:
    line = OrderLine.of(ChargeId("7"), "SWITCHING", "Cars", line_figures(Decimal("12.5"), None, Decimal("937.38")))
    written = sent(line, "Cars")
    assert written["Description"] == "Cars [#7, quantity 12.5]"
    assert written["SalesItemLineDetail"]["Qty"] == 1
    found = books_line(msgspec.json.decode(wire.encode(line_of(line, "21", "Cars", 1)), type=Line))
    assert (found.quantity, found.rate, found.amount) == (Decimal("12.5"), None, Decimal("937.38"))


@pytest.mark.parametrize("figure", ['"NaN"', '"sNaN"', '"-Infinity"', "1e99999", "1e-99999", '"1E+20"'])
@pytest.mark.parametrize("place", ["Amount", "Qty", "UnitPrice"])
def test_a_figure_that_is_none_is_not_reckoned_with(figure: str, place: str) -> None:
    detail = f'"{place}":{figure}' if place != "Amount" else '"Qty":1'
    amount = figure if place == "Amount" else "1"
    text = f'{{"Id":"1","Amount":{amount},"DetailType":"SalesItemLineDetail","SalesItemLineDetail":{{{detail}}}}}'
    with pytest.raises(UnreadableAnswer):
        books_line(wire.read(text.encode(), Line))
