"""A hundred thousand rows in a real record: first paint, scrolling, search. No clock: a smoke, not a benchmark."""

from pathlib import Path

from pytestqt.qtbot import QtBot
from sqlalchemy import text

from app.store.tables import rows
from app.ui.ports import RowsFilter
from tests.ui.window.practice import WindowOffice, an_office

MANY = 100_000


def fill(office: WindowOffice, many: int = MANY) -> None:
    """Copy the synced row many times, in one statement."""
    columns = [column.name for column in rows.columns]
    changed = {
        "id": "'main/BULK-' || n || '/4410'",
        "invoice": "'BULK-' || n",
        "ref_number": "'B' || n",
        "ref_key": "'b' || n",
        "txn_id": "'T' || n",
        "search_text": "'bulk-' || n || ' acme grain 4410'",
    }
    wanted = ", ".join(changed.get(name, f'"{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    with office.installation.record.write() as tx:
        tx.execute(
            text(
                "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :many) "  # noqa: S608
                f"INSERT INTO order_rows ({names}) SELECT {wanted} FROM numbers "
                "CROSS JOIN order_rows WHERE order_rows.id = 'main/INV-1/4410'"
            ),
            {"many": many},
        )


def test_a_hundred_thousand_rows_are_shown_page_by_page(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        fill(office)
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
        fill(office, 700)
        window = office.open_window()
        office.choose(RowsFilter.ALL)
        assert len(office.listed()) < 700
        window.invoices.table.selectAll()
        qtbot.waitUntil(lambda: len(window.invoices.table.selected()) == 704, timeout=10_000)
