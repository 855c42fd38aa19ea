"""Left-out money, the reconciliation, the menus, and a window that costs nothing while it is hidden."""

from pathlib import Path

from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from app.ui.ports import RowsFilter
from app.ui.window import texts
from tests.reasons.office import a_charge
from tests.ui.window.practice import WindowOffice, an_office, read


def test_left_out_money_is_grouped_by_location(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        window.pages.setCurrentWidget(window.left_out)
        qtbot.waitUntil(lambda: "2 charges" in window.left_out.head.text())
        assert "75.00" in window.left_out.head.text()
        (line,) = window.left_out.places.lines()
        assert line[:3] == ("Acme Grain Rosetown", "No GL number", "2")
        assert line[3].endswith("75.00")
        assert {charge[0] for charge in window.left_out.charges.lines()} == {"INV-3", "INV-4"}
        window.left_out.message_button.click()
        assert "Together 2 charges" in read()


def test_a_charge_leads_to_its_invoice(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        window.pages.setCurrentWidget(window.left_out)
        qtbot.waitUntil(lambda: len(window.left_out.charges.lines()) == 2)
        item = window.left_out.charges.topLevelItem(0)
        assert item is not None
        window.left_out.charges.itemActivated.emit(item, 0)
        office.settle()
        assert window.pages.currentWidget() is window.invoices
        assert all(item.text(0) in row_id for row_id in office.listed())


def test_nothing_left_out_teaches(qtbot: QtBot, tmp_path: Path) -> None:
    with WindowOffice(qtbot, tmp_path, a_charge(1)) as office:
        office.run()
        window = office.open_window()
        window.pages.setCurrentWidget(window.left_out)
        qtbot.waitUntil(lambda: window.left_out.head.text() == texts.LEFT_OUT_NONE)


def test_the_reconciliation_explains_every_cent_and_each_part_leads_to_its_rows(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        page = window.reconcile
        page.run_button.click()
        qtbot.waitUntil(lambda: "accounted for" in page.verdict.text(), timeout=20_000)
        amounts = {line[0]: line[1].lstrip("$") for line in page.parts.lines()}
        assert amounts[texts.RECONCILE_CEDAR] == "505.00"
        assert amounts["In QuickBooks"] == "180.00"
        assert amounts["Needs you"] == "250.00"
        assert amounts["Left out"] == "75.00"
        assert amounts[texts.RECONCILE_DIFFERENCE] == "0.00"
        needs = next(
            item
            for at in range(page.parts.topLevelItemCount())
            if (item := page.parts.topLevelItem(at)) is not None and item.text(0) == "Needs you"
        )
        page.parts.itemActivated.emit(needs, 0)
        office.settle()
        assert window.invoices.filters.filter is RowsFilter.NEEDS_YOU
        page.copy_button.click()
        assert "No such customer in QuickBooks" in read()


def test_everything_the_tray_does_is_in_the_menus(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        wanted = {
            texts.CHECK_NOW: "check_now",
            texts.PAUSE_OPEN: "pause",
            texts.PAUSE_HOUR: "pause until",
            texts.PAUSE_TOMORROW: "pause until",
            texts.SETTINGS: "open_settings",
            texts.HELP_WIZARD: "open_wizard",
            texts.HELP_LOGS: "open_logs",
            texts.HELP_GUIDE: "help",
            texts.HELP_ABOUT: "open_about",
            texts.QUIT: "quit",
        }
        actions = {action.text(): action for action in window.findChildren(QAction)}
        for words in wanted:
            actions[words].trigger()
        assert office.shell.asked == list(wanted.values())


def test_a_pause_is_told_and_ended_in_the_window(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        office.installation.service.pause(None)
        qtbot.waitUntil(lambda: window.banner.line.startswith("Paused until you resume"))
        assert window.menus.resume.isVisible()
        window.banner.button.click()
        assert office.shell.asked == ["resume"]


def test_a_hidden_window_asks_nothing_and_shows_the_news_when_it_is_back(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        window.hide()
        answers: list[object] = []
        window.feed.answered.connect(answers.append)
        office.company.add_customer("9999")
        office.retry("main/INV-2/9999")
        office.update_until_quiet()
        qtbot.wait(400)
        assert answers == []
        window.show_and_raise()
        qtbot.waitUntil(lambda: window.banner.line == office.snapshot().overall.line)


def test_the_window_remembers_its_size_and_columns(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        window.resize(640, 520)
        window.invoices.table.horizontalHeader().resizeSection(1, 123)
        window.close()
        again = office.open_window()
        assert again.invoices.table.horizontalHeader().sectionSize(1) == 123
        assert again.width() == 640


def test_large_text_needs_no_wider_window(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        before = window.minimumSizeHint().width()
        font = window.font()
        font.setPointSizeF(font.pointSizeF() * 2)
        window.setFont(font)
        qtbot.wait(50)
        assert window.minimumSizeHint().width() <= before * 2.5
