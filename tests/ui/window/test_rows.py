"""The list: what each filter shows, what is found, and what stays while things change."""

from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.states import State
from app.ui.ports import RowsFilter
from app.ui.window import texts
from app.ui.window.filters import STATES, worth
from app.ui.window.main_window import MainWindow
from app.ui.window.orders import Order
from app.ui.window.rows_model import Column
from tests.reasons.office import a_charge
from tests.ui.window.practice import A_DAY, WindowOffice, an_office, read

MISSING = "main/INV-2/9999"
SYNCED = "main/INV-1/4410"


def test_every_count_and_sum_equals_the_rows_behind_it(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        for wanted, states in STATES.items():
            office.choose(wanted)
            rows = [row for row in office.installation.service.rows() if row.state in states]
            assert office.listed() == [row.id for row in rows]
            shown = sum((worth(row) for row in rows), Decimal(0))
            button = window.invoices.filters.button(wanted).text()
            assert button.startswith(f"{texts.FILTER_NEEDS_YOU if wanted is RowsFilter.NEEDS_YOU else ''}")
            assert f" {len(rows)}" in button
            if rows and wanted is not RowsFilter.ALL:
                assert f"{shown:,.2f}" in button
            assert window.bottom.shown.startswith(f"{len(rows)} row")


def test_what_has_an_order_in_quickbooks_is_not_called_missing_there(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        first, other = office.company.orders()
        office.company.edit_line(first.txn_id, 0, rate=Decimal(75))
        office.wait(A_DAY)
        office.run()
        window = office.open_window()
        assert office.states()[SYNCED] == State.CONFLICT

        def says(missing: str, wanted: RowsFilter, there: str) -> bool:
            tip = window.invoices.filters.button(wanted).toolTip()
            return f"{missing} is not in QuickBooks yet" in window.banner.below and (
                f"{there} is in QuickBooks already" in tip
            )

        qtbot.waitUntil(lambda: says("$250.00", RowsFilter.NEEDS_YOU, "$100.00"))
        office.installation.service.resync(["main/INV-3/4410"])
        qtbot.waitUntil(lambda: says("$250.00", RowsFilter.WAITING, "$80.00"))
        office.company.delete_order(other.txn_id)
        office.run()
        assert office.states()["main/INV-3/4410"] == State.CONFLICT
        qtbot.waitUntil(lambda: says("$330.00", RowsFilter.NEEDS_YOU, "$100.00"))


def test_money_of_several_currencies_is_added_up_apart(qtbot: QtBot, tmp_path: Path) -> None:
    charges = (a_charge(1, "INV-1"), a_charge(2, "INV-2", amount="20"))
    with WindowOffice(qtbot, tmp_path, *charges) as office:
        office.run()
        window = office.open_window()
        # Nothing needs a person, so the window asks once more, for all rows.
        qtbot.waitUntil(lambda: "$" in window.invoices.filters.button(RowsFilter.IN_QUICKBOOKS).text())
        office.railroad.add(invoice="INV-9", gl_code="4410", amount=Decimal(70), rate=Decimal(70), currency="USD")
        office.railroad.add(invoice="INV-9", gl_code="4410", amount=Decimal(7), rate=Decimal(7), currency="CAD")
        office.pull()
        qtbot.waitUntil(lambda: "77.00" in window.invoices.filters.button(RowsFilter.NEEDS_YOU).text())
        office.railroad.add(invoice="INV-10", gl_code="4410", amount=Decimal(5), rate=Decimal(5), currency="CAD")
        office.pull()
        button = window.invoices.filters.button
        qtbot.waitUntil(lambda: button(RowsFilter.WAITING).text().endswith("1 · CAD 5.00"))
        assert button(RowsFilter.NEEDS_YOU).text().endswith("1 · 77.00")
        assert button(RowsFilter.IN_QUICKBOOKS).text().endswith("2 · $120.00")
        assert window.banner.below.startswith("CAD 5.00 + 77.00 in several currencies is not in QuickBooks yet.")


def test_several_selected_rows_are_counted_and_added_up(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        office.choose(RowsFilter.ALL)
        selected = window.invoices.row_actions.selected
        office.choose_rows(MISSING, SYNCED)
        assert selected.text() == "2 rows selected · $350.00"
        office.choose_rows(MISSING)
        assert selected.text() == ""


def test_what_is_newly_left_out_is_marked_until_somebody_looks(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        button = window.invoices.filters.button(RowsFilter.LEFT_OUT)
        assert "●" in button.text()
        office.choose(RowsFilter.LEFT_OUT)
        assert "●" not in button.text()
        office.choose(RowsFilter.ALL)
        assert "●" not in button.text()
        window.close()
        window = office.open_window()
        button = window.invoices.filters.button(RowsFilter.LEFT_OUT)
        assert "●" not in button.text()
        office.wait(A_DAY)
        office.railroad.add(invoice="INV-8", gl_code=None, amount=Decimal(11), rate=Decimal(11))
        office.pull()
        qtbot.waitUntil(lambda: "●" in button.text())
        assert "since you last looked" in button.toolTip()
        window.pages.setCurrentWidget(window.left_out)
        office.settle()
        assert "●" not in button.text()


def test_problems_come_first_then_the_newest(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        office.open_window()
        office.choose(RowsFilter.ALL)
        assert office.listed()[0] == MISSING
        assert office.listed() == [row.id for row in office.installation.service.rows()]


def test_search_finds_by_number_customer_gl_and_amount(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        office.open_window()
        office.choose(RowsFilter.ALL)
        for text in ("inv-2", "9999", "250.00"):
            office.search(text)
            assert office.listed() == [MISSING]
        office.search("acme")
        assert len(office.listed()) == len(office.installation.service.rows(text="acme")) > 1
        office.search("nobody")
        assert office.listed() == []
        assert "nobody" in office.window.invoices.empty.text()
        QTest.keyClick(office.window, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: len(office.listed()) > 1)


def test_empty_lists_teach(qtbot: QtBot, tmp_path: Path) -> None:
    with WindowOffice(qtbot, tmp_path, a_charge(1)) as office:
        office.run()
        window = office.open_window()
        office.choose(RowsFilter.NEEDS_YOU)
        assert window.invoices.empty.isVisible()
        assert window.invoices.empty.text() == texts.EMPTY["needs_you"]


def test_selection_and_details_survive_a_change(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        office.choose(RowsFilter.ALL)
        office.select(SYNCED)
        office.railroad.add(invoice="INV-9", gl_code="4410", amount=Decimal(70), rate=Decimal(70))
        office.pull()
        qtbot.waitUntil(lambda: "main/INV-9/4410" in office.listed())
        assert [each.row.id for each in window.invoices.table.selected()] == [SYNCED]
        assert window.invoices.detail.row_id == SYNCED


def test_details_stay_open_when_the_row_leaves_the_filter(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        office.select(MISSING)
        window.invoices.detail.buttons[Order.RETRY].click()
        qtbot.waitUntil(lambda: MISSING not in office.listed())
        qtbot.waitUntil(lambda: texts.RETRYING_LINE in window.invoices.detail.state_line.text())
        assert window.invoices.detail.row_id == MISSING


def shown(window: MainWindow) -> str | None:
    return window.invoices.detail.row_id


def test_details_do_not_outlive_another_filter_or_a_search(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        office.select(MISSING)
        office.choose(RowsFilter.ALL)
        assert shown(window) == MISSING
        assert [each.row.id for each in window.invoices.table.selected()] == [MISSING]
        office.choose(RowsFilter.IN_QUICKBOOKS)
        assert shown(window) is None
        assert not any(button.isVisible() for button in window.invoices.detail.buttons.values())
        office.choose(RowsFilter.ALL)
        office.select(SYNCED)
        office.search("nobody")
        assert shown(window) is None


def test_a_click_opens_closed_details_again(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        office.click(0)
        qtbot.waitUntil(lambda: window.invoices.detail.row_id == MISSING)
        QTest.keyClick(window, Qt.Key.Key_Escape)
        assert not window.invoices.detail.isVisible()
        office.click(0)
        assert window.invoices.detail.isVisible()
        assert window.invoices.detail.row_id == MISSING


def test_partly_left_out_is_told_on_the_row_and_in_the_details(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        office.choose(RowsFilter.IN_QUICKBOOKS)
        office.select("main/INV-3/4410")
        model = window.invoices.model
        position = model.position("main/INV-3/4410")
        assert position is not None
        assert model.index(position, Column.HAPPENED).data() == "1 charge left out: no GL"
        assert "1 of 2 charges left out" in window.invoices.detail.subtitle.text()
        lines = window.invoices.detail.tabs.lines.lines()
        assert any("No GL number" in line[0] and line[2] == "30.00" for line in lines)
        assert window.invoices.detail.message_button.isVisible()


def test_a_screen_reader_hears_a_sentence_on_the_first_column(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        model = window.invoices.model
        first = model.index(0, 0)
        heard = model.data(first, Qt.ItemDataRole.AccessibleTextRole)
        assert isinstance(heard, str)
        assert heard.startswith("Needs you: invoice INV-2, Acme Grain Company")
        assert all(
            model.data(model.index(0, column), Qt.ItemDataRole.AccessibleTextRole) for column in range(len(Column))
        )


def test_copy_puts_the_selected_rows_on_the_clipboard(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        office.select(MISSING)
        window.invoices.row_actions.copy.trigger()
        head, line = read().splitlines()
        assert head.split("\t") == list(texts.COLUMNS)
        assert line.split("\t")[:2] == ["Needs you", "INV-2"]


def test_what_is_copied_has_an_ordinary_minus(qtbot: QtBot, tmp_path: Path) -> None:
    with WindowOffice(qtbot, tmp_path, a_charge(1, "INV-1", amount="-5")) as office:
        office.run()
        window = office.open_window()
        office.select(SYNCED)
        window.invoices.row_actions.copy.trigger()
        amount = read().splitlines()[1].split("\t")[Column.AMOUNT]
        assert amount == "-$5.00"
        assert "\N{MINUS SIGN}" not in read()


def test_export_writes_the_shown_rows(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        file = tmp_path / "out.csv"
        window.invoices.exporting.save(str(file))
        qtbot.waitUntil(lambda: str(file) in window.bottom.said)
        assert MISSING in file.read_text(encoding="utf-8-sig")
        window.invoices.exporting.save(str(tmp_path / "no" / "out.csv"))
        qtbot.waitUntil(lambda: "cannot be written" in window.bottom.said)


def test_the_filter_a_toast_speaks_of_is_shown(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        window.show_rows(RowsFilter.LEFT_OUT)
        office.settle()
        assert window.invoices.filters.filter is RowsFilter.LEFT_OUT
        assert {each.state for each in office.installation.service.rows() if each.id in office.listed()} <= {
            State.SKIPPED,
            State.HELD,
        }


def test_before_cedar_was_read_nobody_says_that_it_has_no_invoices(qtbot: QtBot, tmp_path: Path) -> None:
    with WindowOffice(qtbot, tmp_path) as office:
        window = office.open_window()
        assert window.invoices.empty.text() == texts.EMPTY_UNREAD
        office.pull()
        office.choose(RowsFilter.IN_QUICKBOOKS)
        assert window.invoices.empty.text() == texts.EMPTY["in_quickbooks"]
