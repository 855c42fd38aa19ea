"""A hundred thousand rows in a real record: first paint, scrolling, search. No clock: a smoke, not a benchmark."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.ui.ports import RowsFilter
from tests.bulk import fill
from tests.ui.window.practice import an_office

MANY = 100_000


def test_a_hundred_thousand_rows_are_shown_page_by_page(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        fill(office.installation, MANY)
        window = office.open_window()
        office.choose(RowsFilter.ALL)
        qtbot.waitUntil(
            lambda: f"{MANY:,}"[:4] in window.invoices.filters.button(RowsFilter.ALL).text(), timeout=30_000
        )
        assert len(office.listed()) < 2_000
        before = len(office.listed())
        window.invoices.table.scrollToBottom()
        qtbot.waitUntil(lambda: len(office.listed()) > before, timeout=30_000)
        office.search("bulk-77777")
        qtbot.waitUntil(lambda: office.listed() == ["main/BULK-77777/4410"], timeout=30_000)


def test_select_all_means_all_rows_and_not_only_those_loaded(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        fill(office.installation, 700)
        window = office.open_window()
        office.choose(RowsFilter.ALL)
        assert len(office.listed()) < 700
        window.invoices.table.selectAll()
        qtbot.waitUntil(lambda: len(window.invoices.table.selected()) == 704, timeout=10_000)
