"""The table by itself: what stays in place while rows leave and arrive."""

from collections.abc import Iterator, Sequence
from time import thread_time

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.store.row_lists import ListedRow
from app.ui.window import texts
from app.ui.window.rows_model import Column, RowsModel
from app.ui.window.rows_table import RowsTable
from tests.builders import NOW
from tests.ui.window.samples import listed

MANY = 10_000


def show(table: RowsTable, numbers: Sequence[int], **more: bool) -> None:
    rows = [listed(number) for number in numbers]
    table.show_rows(rows, NOW, has_more=False, currency="USD", retried=frozenset(), **more)


@pytest.fixture
def table(qtbot: QtBot) -> RowsTable:
    model = RowsModel()
    table = RowsTable(model)
    model.setParent(table)
    qtbot.addWidget(table)
    table.resize(900, 400)
    table.show()
    show(table, range(100))
    return table


def at(table: RowsTable, position: int) -> ListedRow:
    model = table.model()
    assert isinstance(model, RowsModel)
    return model.listed(position)


def number_at_top(table: RowsTable) -> str | None:
    return at(table, table.rowAt(0)).row.invoice


def current(table: RowsTable) -> str | None:
    return at(table, table.currentIndex().row()).row.invoice


def test_rows_that_leave_from_the_top_leave_the_list_at_its_top(table: RowsTable) -> None:
    table.selectRow(0)
    show(table, range(3, 100))
    assert number_at_top(table) == "INV-3"
    assert current(table) == "INV-3"
    assert table.verticalScrollBar().value() == 0


def test_the_current_place_goes_to_the_next_row_that_stays(table: RowsTable) -> None:
    table.selectRow(50)
    show(table, [number for number in range(100) if number not in (50, 51, 53)])
    assert current(table) == "INV-52"
    assert table.selected() == []


def test_the_last_row_hands_its_place_to_the_one_before(table: RowsTable) -> None:
    table.selectRow(99)
    show(table, range(98))
    assert current(table) == "INV-97"


def test_many_scattered_rows_may_leave_at_once(table: RowsTable) -> None:
    show(table, range(2_000))
    table.selectRow(1_000)
    show(table, range(1, 2_000, 2))
    assert current(table) == "INV-1001"


def test_the_same_row_stays_at_the_top_whatever_comes_and_goes(table: RowsTable) -> None:
    table.verticalScrollBar().setValue(20)
    show(table, [*range(500, 540), *range(10, 100)])
    assert number_at_top(table) == "INV-20"
    table.verticalScrollBar().setValue(1)
    assert number_at_top(table) == "INV-501"
    show(table, [*range(600, 605), *range(500, 540), *range(10, 100)])
    assert number_at_top(table) == "INV-501"
    show(table, [*range(600, 605), *range(502, 540), *range(10, 100)])
    assert number_at_top(table) == "INV-502"


def test_at_its_very_top_the_list_shows_what_is_new(table: RowsTable) -> None:
    show(table, [500, *range(100)])
    assert number_at_top(table) == "INV-500"
    table.selectRow(3)
    show(table, [501, 500, *range(100)])
    assert number_at_top(table) == "INV-501"
    assert current(table) == "INV-2"


def test_the_current_row_is_not_pushed_out_of_view_by_what_is_new(table: RowsTable) -> None:
    table.selectRow(3)
    show(table, [*range(500, 540), *range(100)])
    assert number_at_top(table) == "INV-0"
    assert current(table) == "INV-3"


def test_another_list_begins_at_its_top_with_nothing_selected(table: RowsTable) -> None:
    table.selectRow(60)
    show(table, range(40, 90), is_other_list=True)
    assert number_at_top(table) == "INV-40"
    assert table.selected() == []


def test_a_row_that_leaves_makes_nobody_look_at_its_neighbour(table: RowsTable) -> None:
    looked: list[str] = []
    table.selectAll()
    table.looked_at.connect(looked.append)
    show(table, range(1, 100))
    assert looked == []
    assert len(table.selected()) == 99


@pytest.fixture(params=[1, 2])
def larger_text(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    before = qapp.font()
    font = QFont(before)
    font.setPointSizeF(font.pointSizeF() * request.param)
    qapp.setFont(font)
    yield
    qapp.setFont(before)


def test_what_happened_has_room_and_nothing_scrolls_sideways(larger_text: None, qtbot: QtBot) -> None:
    model = RowsModel()
    table = RowsTable(model)
    model.setParent(table)
    qtbot.addWidget(table)
    letter = table.fontMetrics().averageCharWidth()
    table.resize(letter * 125, 400)
    table.show()
    show(table, range(100))
    header = table.horizontalHeader()
    qtbot.wait(10)
    assert header.sectionSize(Column.HAPPENED) >= letter * 20
    assert table.horizontalScrollBar().maximum() == 0
    table.resize(letter * 170, 400)
    qtbot.wait(10)
    widest = max(table.fontMetrics().horizontalAdvance(text) for text in texts.CONFLICT_STATES.values())
    assert header.sectionSize(Column.STATE) > widest
    header.resizeSection(Column.STATE, letter * 9)
    table.resize(letter * 125, 400)
    qtbot.wait(10)
    assert header.sectionSize(Column.STATE) == letter * 9, "a person's widths stay"


def test_with_all_rows_selected_one_leaves_quickly(table: RowsTable, qtbot: QtBot) -> None:
    """It takes 30 ms; a hundred leave room for a slow machine, and none for moving all rows to take out one."""
    show(table, range(MANY))
    table.selectAll()
    qtbot.wait(50)
    took = []
    for left in range(1, 4):
        rows = [listed(number) for number in range(MANY) if number >= left]
        began = thread_time()
        table.show_rows(rows, NOW, has_more=False, currency="USD", retried=frozenset())
        table.viewport().repaint()
        table.horizontalHeader().viewport().repaint()
        took.append(thread_time() - began)
        assert len(table.selected()) == MANY - left
    assert min(took) < 0.1
