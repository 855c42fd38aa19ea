from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.cedar import cells
from app.cedar.wire import Cell, DecimalValue

REGINA = ZoneInfo("America/Regina")


def plain(value: str | float | None) -> Cell:
    return Cell(decimal_val=DecimalValue(value))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (None, None),
        (Cell(), None),
        (Cell(string_val=""), None),
        (Cell(string_val=" \t\n\xa0"), None),
        (Cell(string_val="  Acme Grain "), "Acme Grain"),
        (Cell(string_val="a\x00b\x1f\x1fc\nd"), "a b c d"),
        (Cell(string_val="\x00"), None),
        (Cell(string_val="broken \ud83d"), "broken \ufffd"),
        (Cell(string_val="Prärie \U0001f682"), "Prärie \U0001f682"),
        (Cell(int_val="9007199254740993"), "9007199254740993"),
        (Cell(int_val=12), "12"),
        (Cell(real_val=4410.0), "4410"),
        (Cell(real_val=4410.5), "4410.5"),
        (Cell(real_val=100), "100"),
        (Cell(real_val="NaN"), None),
        (plain("0012.50"), "12.5"),
        (Cell(ts_val="2026-10-31T00:00:00Z"), "2026-10-31T00:00:00Z"),
        (Cell(bool_val=False), "false"),
    ],
)
def test_text(cell: Cell | None, expected: str | None) -> None:
    assert cells.text(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (None, None),
        (Cell(), None),
        (Cell(real_val=0.1), "0.1"),
        (Cell(real_val=3), "3"),
        (Cell(real_val=1e-7), "1E-7"),
        (Cell(real_val="2.5"), "2.5"),
        (Cell(int_val="7"), "7"),
        (Cell(int_val=7), "7"),
        (plain("12.50"), "12.50"),
        (plain(" -3 "), "-3"),
        (plain(1.25), "1.25"),
        (plain(None), None),
        (Cell(string_val="12.50"), "12.50"),
        (Cell(string_val="1e3"), "1E+3"),
        (Cell(string_val=".5"), "0.5"),
        (Cell(string_val="1_000"), None),
        (Cell(string_val="1,000.00"), None),
        (Cell(string_val="$5"), None),
        (Cell(string_val="٣"), None),
        (Cell(string_val="NaN"), None),
        (Cell(string_val="Infinity"), None),
        (Cell(string_val="1e999999999"), None),
        (Cell(string_val="1e9999"), None),
        (Cell(string_val="1e-9999"), None),
        (Cell(real_val=float("nan")), None),
        (Cell(real_val=float("inf")), None),
        (Cell(real_val=10**30), None),
        (Cell(real_val=5e-324), None),
        (Cell(bool_val=True), None),
        (Cell(ts_val="2026-10-31T00:00:00Z"), None),
    ],
)
def test_number(cell: Cell | None, expected: str | None) -> None:
    number = cells.number(cell)
    assert (None if number is None else str(number)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.1 + 0.2, "0.30"),
        (2.675, "2.68"),
        (0.125, "0.12"),
        (0.135, "0.14"),
        (-0.001, "0.00"),
        (1e13, None),
        (9999999999999.99, "9999999999999.99"),
        (9999999999999.995, None),
    ],
)
def test_money_is_rounded_half_even_from_the_shortest_form(value: float, expected: str | None) -> None:
    amount = cells.cents(Cell(real_val=value))
    assert (None if amount is None else str(amount)) == expected


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_any_cents_survive_the_way_through_a_float(whole: int) -> None:
    assert cells.cents(Cell(real_val=whole / 100)) == Decimal(whole).scaleb(-2)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-10-31T12:00:00Z", "2026-10-31T12:00:00+00:00"),
        ("2026-10-31t12:00:00z", "2026-10-31T12:00:00+00:00"),
        ("2026-10-31T12:00:00.123456789Z", "2026-10-31T12:00:00.123456+00:00"),
        ("2026-10-31T12:00:00.1+05:30", "2026-10-31T06:30:00.100000+00:00"),
        ("2026-10-31 12:00:00-00:00", "2026-10-31T12:00:00+00:00"),
        ("2026-10-31T23:30:00", "2026-11-01T05:30:00+00:00"),
        ("2026-10-31", "2026-10-31T06:00:00+00:00"),
        ("0001-01-01T00:00:00Z", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("2026-02-30T00:00:00Z", None),
        ("2026-10-31T12:00:60Z", None),
        ("10/31/2026", None),
        ("20261031", None),
        ("2026-W44-1", None),
        ("yesterday", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("kind", ["ts_val", "string_val"])
def test_moment(written: str, expected: str | None, kind: str) -> None:
    moment = cells.moment(Cell(ts_val=written) if kind == "ts_val" else Cell(string_val=written), REGINA)
    assert (None if moment is None else moment.isoformat()) == expected
    assert moment is None or moment.tzinfo is UTC


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (Cell(ts_val="2026-11-01T05:59:59Z"), date(2026, 10, 31)),
        (Cell(ts_val="2026-11-01T06:00:00Z"), date(2026, 11, 1)),
        (Cell(ts_val="2026-11-01T01:00:00+09:00"), date(2026, 10, 31)),
        (Cell(string_val="2026-11-01"), date(2026, 11, 1)),
        (Cell(string_val="2026-11-01T00:00:00"), date(2026, 11, 1)),
        (Cell(string_val="2026-11-01T00:00:00Z"), date(2026, 10, 31)),
        (Cell(string_val="11/01/2026"), None),
        (Cell(int_val="20261101"), None),
        (Cell(), None),
        (None, None),
    ],
)
def test_day_is_the_carriers(cell: Cell | None, expected: date | None) -> None:
    assert cells.day(cell, REGINA) == expected


@given(st.datetimes(datetime(1901, 1, 1), datetime(9998, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 (bounds are naive by contract)
def test_any_moment_survives(moment: datetime) -> None:
    assert cells.moment(Cell(ts_val=moment.isoformat().replace("+00:00", "Z")), REGINA) == moment


anything = st.none() | st.text() | st.integers() | st.floats() | st.sampled_from(["NaN", "1e400", "-0", "0e-40"])


@given(st.text(), anything, st.sampled_from(["string_val", "int_val", "real_val", "decimal_val", "ts_val"]))
@example("9999-12-31T23:59:59-23:59", None, "ts_val")
@example("0001-01-01T00:00:00+23:59", None, "ts_val")
def test_no_cell_ever_raises(text: str, value: str | float | None, kind: str) -> None:
    cell = Cell(string_val=text) if kind == "string_val" else Cell(ts_val=text)
    if kind == "int_val" and isinstance(value, str | int):
        cell = Cell(int_val=value)
    elif kind == "real_val":
        cell = Cell(real_val=value)
    elif kind == "decimal_val":
        cell = Cell(decimal_val=DecimalValue(value))
    amount = cells.cents(cell)
    assert amount is None or amount == amount.quantize(Decimal("0.01"))
    read = cells.text(cell)
    assert read is None or read == read.strip() != ""
    assert read is None or read.encode()
    cells.moment(cell, REGINA)
    cells.day(cell, REGINA)
