"""The model by itself: Qt's own checks, changes in place, and a very long list."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex
from pytestqt.modeltest import ModelTester

from app.domain.states import State
from app.domain.values import replace
from app.store.row_lists import ListedRow
from app.ui.window.rows_model import Column, RowsModel
from tests.builders import NOW
from tests.ui.window.samples import listed

pytestmark = pytest.mark.usefixtures("qapp")


def a_model(rows: Sequence[ListedRow], *, has_more: bool = False) -> RowsModel:
    model = RowsModel()
    model.show(rows, NOW, has_more=has_more)
    return model


def test_qt_finds_nothing_wrong(qtmodeltester: ModelTester) -> None:
    model = a_model([listed(number) for number in range(20)])
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]
    model.show([listed(number) for number in (30, 5, 3, 12, 31)], NOW)
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]


@given(st.lists(st.integers(0, 12), unique=True), st.lists(st.integers(0, 12), unique=True))
def test_any_change_ends_at_what_is_to_be_shown(before: list[int], after: list[int]) -> None:
    model = a_model([listed(number) for number in before])
    kept = {number: QPersistentModelIndex(model.index(at, 1)) for at, number in enumerate(before)}
    model.show([listed(number) for number in after], NOW)
    assert [model.index(at, Column.INVOICE).data() for at in range(model.rowCount())] == [f"INV-{n}" for n in after]
    for number, index in kept.items():
        if number in after and set(before) & set(after):
            assert index.data() == f"INV-{number}"


def test_one_changed_row_is_told_alone() -> None:
    rows = [listed(number) for number in range(50)]
    model = a_model(rows)
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    rows[7] = replace(rows[7], row=replace(rows[7].row, state=State.FAILED))
    model.show(rows, NOW)
    assert told == [(7, 7)]


def test_a_selection_moves_with_its_rows() -> None:
    model = a_model([listed(number) for number in range(10)])
    selection = QItemSelectionModel(model)
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for at in (2, 3):
        selection.select(model.index(at, 0), flags)
    model.show([listed(number) for number in (40, 3, 9, 41, 2, 1)], NOW)
    found = {model.listed(index.row()).row.invoice for index in selection.selectedRows()}
    assert found == {"INV-2", "INV-3"}


def test_more_is_asked_for_once() -> None:
    model = a_model([listed(1)], has_more=True)
    asked: list[None] = []
    model.more_wanted.connect(lambda: asked.append(None))
    model.fetchMore(model.index(-1, -1))
    model.fetchMore(model.index(-1, -1))
    assert len(asked) == 1
    model.show([listed(1), listed(2)], NOW)
    assert not model.canFetchMore(model.index(-1, -1))


def test_ten_thousand_rows_change_in_place() -> None:
    rows = [listed(number) for number in range(10_000)]
    model = a_model(rows)
    resets: list[None] = []
    model.modelReset.connect(lambda: resets.append(None))
    fresh = [replace(each, row=replace(each.row, state=State.QUEUED)) for each in reversed(rows[100:])]
    model.show([*fresh, *(listed(number) for number in range(20_000, 20_050))], NOW)
    assert model.rowCount() == 9_950
    assert not resets
