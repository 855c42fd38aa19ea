"""Left-out money, the reconciliation, the menus, and a window that costs nothing while it is hidden."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from app.domain.faults import CedarFault
from app.domain.values import replace
from app.ui.window import figures, texts
from app.ui.window.main_window import MainWindow
from tests.reasons.office import a_charge
from tests.ui.window.practice import A_DAY, WindowOffice, an_office, read


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
        assert amounts["Charges left out"] == "75.00"
        assert amounts[texts.RECONCILE_DIFFERENCE] == "0.00"
        needs = next(
            item
            for at in range(page.parts.topLevelItemCount())
            if (item := page.parts.topLevelItem(at)) is not None and item.text(0) == "Needs you"
        )
        page.parts.itemActivated.emit(needs, 0)
        office.settle()
        assert office.listed() == ["main/INV-2/9999"]
        page.copy_button.click()
        assert "No such customer in QuickBooks" in read()


def part(window: MainWindow, name: str) -> QTreeWidgetItem:
    return next(item for item in window.reconcile.parts.items() if item.text(0) == name)


def reconciled(office: WindowOffice) -> MainWindow:
    window = office.open_window()
    window.reconcile.run_button.click()
    office.qtbot.waitUntil(lambda: "accounted for" in window.reconcile.verdict.text(), timeout=20_000)
    return window


def test_each_part_opens_its_own_rows_of_the_period(qtbot: QtBot, tmp_path: Path) -> None:
    charges = (a_charge(1, "INV-1"), a_charge(2, "INV-2", "9999", amount="250"))
    with WindowOffice(qtbot, tmp_path, *charges, missing=("9999",)) as office:
        office.run()
        (order,) = office.company.orders()
        office.company.delete_order(order.txn_id)
        office.wait(A_DAY)
        office.run()
        window = reconciled(office)
        for name, row_id in (("Changed in QuickBooks", "main/INV-1/4410"), ("Needs you", "main/INV-2/9999")):
            item = part(window, name)
            assert item.font(2).underline()
            window.reconcile.parts.itemActivated.emit(item, 0)
            office.settle()
            assert window.pages.currentWidget() is window.invoices
            assert office.listed() == [row_id]
            assert name in window.invoices.filters.only.text()
            assert window.bottom.shown.startswith("1 row")
        assert part(window, "Waiting").text(2) == ""
        window.invoices.filters.only.click()
        office.settle()
        assert len(office.listed()) == 2
        assert not window.invoices.filters.only.isVisible()


def test_left_out_of_a_period_is_to_the_cent_what_the_part_says(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = reconciled(office)
        office.railroad.add(invoice="INV-8", gl_code=None, amount=Decimal(11), rate=Decimal(11))
        office.pull()
        window.reconcile.parts.itemActivated.emit(part(window, "Charges left out"), 0)
        qtbot.waitUntil(lambda: "75.00" in window.left_out.head.text())
        assert window.left_out.only.isVisible()
        window.left_out.only.click()
        qtbot.waitUntil(lambda: "86.00" in window.left_out.head.text())


def test_what_cedar_has_not_invoiced_yet_is_no_lost_money(qtbot: QtBot, tmp_path: Path) -> None:
    charges = (
        a_charge(1, "INV-1", None, amount="30"),
        replace(a_charge(2, "INV-2", amount="45"), billing_status="PENDING"),
    )
    with WindowOffice(qtbot, tmp_path, *charges) as office:
        office.run()
        window = office.open_window()
        window.pages.setCurrentWidget(window.left_out)
        qtbot.waitUntil(lambda: window.left_out.head.text() != texts.LOADING)
        lost, later = window.left_out.head.text().split(" Not counted there: ")
        assert "1 charge worth" in lost
        assert "30.00" in lost
        assert "45.00" in later
        names = [line[1] or line[0] for line in window.left_out.places.lines()]
        assert names == ["No GL number", texts.LEFT_OUT_LATER_HEAD, "Not invoiced in Cedar yet"]


def test_what_stands_in_the_books_and_is_not_billed_any_more_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        office.railroad.void_invoice("INV-1")
        office.run()
        page = office.open_window().reconcile
        page.run_button.click()
        qtbot.waitUntil(lambda: "does not bill it any more" in page.verdict.text(), timeout=20_000)


def test_the_reconciliation_is_exported(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = reconciled(office)
        file = tmp_path / "bridge.csv"
        window.reconcile.exporting.save(str(file))
        qtbot.waitUntil(lambda: str(file) in window.bottom.said)
        lines = file.read_text(encoding="utf-8-sig").splitlines()
        assert lines[0].split(",") == list(texts.RECONCILE_HEADINGS)
        assert any(line.startswith("Needs you,,1,250.00,") for line in lines)
        assert any(line.startswith(",No such customer in QuickBooks,1,250.00,") for line in lines)
        window.reconcile.exporting.save(str(tmp_path / "bridge.xlsx"))
        qtbot.waitUntil(lambda: "bridge.xlsx" in window.bottom.said)
        assert (tmp_path / "bridge.xlsx").read_bytes().startswith(b"PK")


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
        wanted = window.minimumSizeHint().expandedTo(QSize(640, 520))
        window.resize(wanted)
        window.invoices.table.horizontalHeader().resizeSection(1, 123)
        window.close()
        again = office.open_window()
        assert again.invoices.table.horizontalHeader().sectionSize(1) == 123
        assert again.width() == wanted.width()


def test_large_text_needs_no_wider_window(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        before = window.minimumSizeHint().width()
        font = window.font()
        font.setPointSizeF(font.pointSizeF() * 2)
        window.setFont(font)
        qtbot.wait(50)
        assert window.minimumSizeHint().width() <= before * 2.5


def test_when_cedar_was_tried_stands_beside_when_it_was_read(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        read_at = office.hand_clock.now()
        window = office.open_window()
        assert texts.BOTTOM_TRIED.format(time="").strip() not in window.bottom.contacts
        office.wait(timedelta(minutes=7))
        office.sandbox.fail_next(100)
        with pytest.raises(CedarFault):
            office.pull()
        tried_at, now = office.hand_clock.now(), office.hand_clock.now()
        office.settle()
        read, tried = (figures.moment(at, now) for at in (read_at, tried_at))
        wanted = f"{texts.BOTTOM_CEDAR.format(time=read)} · {texts.BOTTOM_TRIED.format(time=tried)}"
        qtbot.waitUntil(lambda: window.bottom.contacts.startswith(wanted))


def test_that_cedar_is_down_is_seen_while_invoices_need_the_person(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        office.wait(timedelta(minutes=7))
        office.sandbox.fail_next(100)
        with pytest.raises(CedarFault):
            office.pull()
        (connection,) = office.snapshot().connections
        problem = connection.cedar.problem
        assert problem is not None
        office.wait(timedelta(minutes=7))
        office.settle()
        since = figures.moment(problem.since, office.hand_clock.now())
        wanted = f"Cedar cannot be reached since {since}."
        qtbot.waitUntil(lambda: wanted in window.banner.below)
        assert "needs you" in window.banner.line


def test_checking_now_is_answered_at_once_and_refused_in_a_pause(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        window.menus.check.trigger()
        assert window.bottom.said == texts.CHECKING
        assert office.shell.asked == ["check_now"]
        office.wait(timedelta(minutes=1))
        office.pull()
        office.settle()
        qtbot.waitUntil(lambda: not window.bottom.said)

        until = office.hand_clock.now() + timedelta(hours=3)
        office.installation.service.pause(until)
        qtbot.waitUntil(lambda: window.banner.line.startswith("Paused until"))
        window.menus.check.trigger()
        end = figures.moment(until, office.hand_clock.now())
        assert window.bottom.said == f"Paused until {end}: resume first."
        office.installation.service.pause(None)
        qtbot.waitUntil(lambda: window.banner.line.startswith("Paused until you resume"))
        window.menus.check.trigger()
        assert window.bottom.said == texts.CHECK_PAUSED
        assert office.shell.asked == ["check_now"]
