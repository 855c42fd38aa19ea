"""What a person orders in the window, as it ends in the books and in the history."""

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QMessageBox
from pytestqt.qtbot import QtBot

from app.domain.reason_texts import explain
from app.domain.states import State
from app.sync.orders_by_hand import Resolution
from app.ui.ports import RowsFilter
from app.ui.window import texts
from app.ui.window.confirmation import Confirmation
from app.ui.window.orders import Order
from tests.reasons.office import a_charge
from tests.ui.window.practice import A_DAY, WindowOffice, an_office, read

MISSING = "main/INV-2/9999"
SYNCED = "main/INV-1/4410"


def test_retry_pressed_twice_makes_one_order(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        office.select(MISSING)
        office.company.add_customer("9999")
        button = window.invoices.detail.buttons[Order.RETRY]
        button.click()
        button.click()
        qtbot.waitUntil(lambda: office.states()[MISSING] == State.QUEUED)
        qtbot.waitUntil(lambda: window.bottom.said == texts.DONE_RETRY_ALREADY[0].format(count=1))
        office.update_until_quiet()
        assert [order.customer for order in office.company.orders()].count("9999") == 1
        qtbot.waitUntil(lambda: "0" in window.invoices.filters.button(RowsFilter.NEEDS_YOU).text())
        qtbot.waitUntil(lambda: "In QuickBooks as" in window.invoices.detail.state_line.text())


REFUSED = (a_charge(1, "INV-1", amount="-5"), a_charge(2, "INV-2", amount="-6"))
STUCK = ("main/INV-1/4410", "main/INV-2/4410")
LACKING = (a_charge(3, "INV-3", "8001"), a_charge(4, "INV-4", "8002"))
GOING = ("main/INV-3/8001", "main/INV-4/8002")


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (GOING[:1], "1 invoice goes out at the next run."),
        (GOING, "2 invoices go out at the next run."),
        (STUCK, "Nothing can be sent again by itself: each needs a change first."),
        (
            (*GOING, STUCK[0]),
            "2 invoices go out at the next run. 1 other first needs a change in Cedar or in the settings.",
        ),
        (
            (GOING[0], *STUCK),
            "1 invoice goes out at the next run. 2 others first need a change in Cedar or in the settings.",
        ),
    ],
)
def test_a_retry_says_how_many_go_out(qtbot: QtBot, tmp_path: Path, wanted: tuple[str, ...], words: str) -> None:
    with WindowOffice(qtbot, tmp_path, *REFUSED, *LACKING, missing=("8001", "8002")) as office:
        office.run()
        office.update_until_quiet()
        window = office.open_window()
        retried: list[list[str]] = []
        done: list[None] = []
        window.ordering.retried.connect(retried.append)
        window.ordering.done.connect(lambda: done.append(None))
        office.choose_rows(*wanted)
        window.invoices.row_actions.orders[Order.RETRY].trigger()
        qtbot.waitUntil(lambda: window.bottom.said == words)
        going = [row_id for row_id in wanted if row_id in GOING]
        assert [sorted(ids) for ids in retried] == [sorted(going)]
        assert len(done) == 1
        assert {row_id for row_id, state in office.states().items() if state == State.QUEUED} == set(going)


def test_retry_all_claims_nothing_when_nothing_can_go(qtbot: QtBot, tmp_path: Path) -> None:
    with WindowOffice(qtbot, tmp_path, *REFUSED) as office:
        office.run()
        window = office.open_window()
        window.ordering.retry_all()
        qtbot.waitUntil(lambda: window.bottom.said == texts.DONE_RETRY_NONE)
        assert set(office.states().values()) == {State.FAILED}


def test_what_is_not_stuck_is_not_counted_as_stuck(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        office.choose(RowsFilter.ALL)
        office.choose_rows(MISSING, SYNCED)
        window.invoices.row_actions.orders[Order.RETRY].trigger()
        qtbot.waitUntil(lambda: window.bottom.said == texts.DONE_RETRY[0].format(count=1))


def test_leaving_out_takes_a_note_and_bringing_back_undoes_it(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        office.select(MISSING)
        window.invoices.row_actions.orders[Order.LEAVE_OUT].trigger()
        (dialog,) = window.findChildren(QInputDialog)
        dialog.setTextValue("the customer disputes it")
        dialog.accept()
        qtbot.waitUntil(lambda: office.states()[MISSING] == State.HELD)
        qtbot.waitUntil(lambda: window.invoices.detail.buttons[Order.BRING_BACK].isVisible())
        assert "the customer disputes it" in str(office.show(MISSING)["history"])
        window.invoices.detail.buttons[Order.BRING_BACK].click()
        qtbot.waitUntil(lambda: office.states()[MISSING] != State.HELD)


def test_leaving_out_what_is_in_quickbooks_says_that_it_stays_there(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        before = [order.txn_id for order in office.company.orders()]
        office.choose(RowsFilter.ALL)
        office.select(SYNCED)
        window.invoices.row_actions.orders[Order.LEAVE_OUT].trigger()
        (dialog,) = window.findChildren(QInputDialog)
        assert dialog.labelText().startswith(
            "1 invoice is left out. It stays in QuickBooks as it is; later changes in Cedar are not sent until you "
            "bring it back."
        )
        dialog.setTextValue("agreed by phone")
        dialog.accept()
        qtbot.waitUntil(lambda: office.states()[SYNCED] == State.HELD)
        why = "You left this invoice out: it stays as it is in QuickBooks; agreed by phone."
        (reason,) = office.installation.service.detail(SYNCED).row.reasons
        assert explain(reason).why == why
        assert "until you choose Bring back" in explain(reason).fix
        office.run()
        assert [order.txn_id for order in office.company.orders()] == before

        tip = window.invoices.filters.button(RowsFilter.LEFT_OUT).toolTip
        qtbot.waitUntil(lambda: "$100.00 is in QuickBooks already and stays there as it is" in tip())
        assert texts.BANNER_LEFT_OUT.format(amount="$75.00") in window.banner.below


def test_leaving_out_some_of_which_are_in_quickbooks_tells_them_apart(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        office.choose(RowsFilter.ALL)
        office.choose_rows(MISSING, SYNCED)
        window.invoices.row_actions.orders[Order.LEAVE_OUT].trigger()
        (dialog,) = window.findChildren(QInputDialog)
        assert dialog.labelText().startswith(
            "2 invoices are left out until you bring them back. What is in QuickBooks already (1 invoice) stays there"
        )
        dialog.accept()
        qtbot.waitUntil(lambda: [office.states()[row] for row in (MISSING, SYNCED)] == [State.HELD] * 2)


def test_an_order_deleted_in_quickbooks_and_kept_out_is_not_said_to_be_there(qtbot: QtBot, tmp_path: Path) -> None:
    with a_conflict(qtbot, tmp_path) as office:
        office.run()
        (order,) = office.company.orders()
        office.company.delete_order(order.txn_id)
        office.wait(A_DAY)
        office.run()
        window = office.open_window()
        office.select(SYNCED)
        window.invoices.row_actions.orders[Order.LEAVE_OUT].trigger()
        (dialog,) = window.findChildren(QInputDialog)
        assert dialog.labelText() == texts.LEAVE_OUT_ASK.format(rows="1 invoice")
        dialog.accept()
        qtbot.waitUntil(lambda: texts.BANNER_LEFT_OUT.format(amount="$100.00") in window.banner.below)
        (reason,) = office.installation.service.detail(SYNCED).row.reasons
        assert "stays as it is in QuickBooks" not in explain(reason).why
        assert "deleted in QuickBooks" in explain(reason).why


def a_conflict(qtbot: QtBot, home: Path) -> WindowOffice:
    return WindowOffice(qtbot, home, a_charge(1))


def provoke(office: WindowOffice) -> None:
    office.run()
    office.wait(A_DAY)
    (order,) = office.company.orders()
    office.company.edit_line(order.txn_id, 0, rate=Decimal(75))
    office.run()
    assert office.states() == {SYNCED: "conflict"}


def answer(office: WindowOffice, resolution: Resolution, *, is_yes: bool) -> str:
    """Press one of the three buttons and answer the confirmation; give what it said."""
    panel = office.window.invoices.detail.conflict
    panel.button(resolution).click()
    question = panel.question
    assert question is not None
    said = question.text()
    role = QMessageBox.ButtonRole.AcceptRole if is_yes else QMessageBox.ButtonRole.RejectRole
    next(button for button in question.buttons() if question.buttonRole(button) is role).click()
    office.qtbot.waitUntil(lambda: panel.question is None)
    return said


def test_a_conflict_shows_both_sides_and_sends_ours_when_confirmed(qtbot: QtBot, tmp_path: Path) -> None:
    with a_conflict(qtbot, tmp_path) as office:
        provoke(office)
        window = office.open_window()
        office.select(SYNCED)
        lines = window.invoices.detail.conflict.lines.lines()
        assert lines[-1][:2] == (texts.SIGN_DIFFERENT, "Total")
        assert lines[-1][2].endswith("100.00")
        assert lines[-1][3].endswith("75.00")
        assert lines[0][0] == texts.SIGN_SAME
        assert "overwritten" in answer(office, Resolution.SEND_OURS, is_yes=True)
        qtbot.waitUntil(lambda: office.states()[SYNCED] == State.QUEUED)
        office.run()
        assert office.company.orders()[0].subtotal == Decimal(100)


def test_a_conflict_stays_when_the_confirmation_is_declined(qtbot: QtBot, tmp_path: Path) -> None:
    with a_conflict(qtbot, tmp_path) as office:
        provoke(office)
        office.open_window()
        office.select(SYNCED)
        answer(office, Resolution.SEND_OURS, is_yes=False)
        office.settle()
        assert office.states()[SYNCED] == State.CONFLICT


def test_keeping_theirs_leaves_quickbooks_as_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    with a_conflict(qtbot, tmp_path) as office:
        provoke(office)
        office.open_window()
        office.select(SYNCED)
        assert "75.00" in answer(office, Resolution.KEEP_THEIRS, is_yes=True)
        qtbot.waitUntil(lambda: office.states()[SYNCED] == State.HELD)
        office.run()
        assert office.company.orders()[0].subtotal == Decimal(75)


def settle(office: WindowOffice, resolution: Resolution, *, is_yes: bool = True) -> str:
    """Choose one way out for all selected rows and answer the confirmation; give what it said."""
    office.window.invoices.row_actions.resolutions[resolution].trigger()
    (question,) = office.window.findChildren(Confirmation)
    said = question.text()
    role = QMessageBox.ButtonRole.AcceptRole if is_yes else QMessageBox.ButtonRole.RejectRole
    next(button for button in question.buttons() if question.buttonRole(button) is role).click()
    office.qtbot.waitUntil(lambda: not office.window.findChildren(Confirmation))
    return said


def test_many_conflicts_are_settled_at_once_and_the_confirmation_tells_the_kinds_apart(
    qtbot: QtBot, tmp_path: Path
) -> None:
    charges = (a_charge(number, f"INV-{number}", amount=f"{number}0") for number in range(1, 6))
    with WindowOffice(qtbot, tmp_path, *charges) as office:
        office.run()
        office.wait(A_DAY)
        by_number = {order.ref_number: order.txn_id for order in office.company.orders()}
        for number in (1, 2):
            office.company.edit_line(by_number[f"INV-{number}"], 0, rate=Decimal(7))
        office.company.delete_order(by_number["INV-3"])
        office.run()
        rows = [f"main/INV-{number}/4410" for number in range(1, 6)]
        before = office.states()
        assert [before[row] for row in rows] == [State.CONFLICT] * 3 + [State.SYNCED] * 2
        window = office.open_window()
        office.choose(RowsFilter.ALL)
        office.choose_rows(rows[4])
        assert not window.invoices.row_actions.settling.isEnabled()
        office.choose_rows(*rows[:4])
        assert window.invoices.row_actions.settling.isEnabled()
        settle(office, Resolution.SEND_OURS, is_yes=False)
        office.settle()
        assert office.states() == before
        assert settle(office, Resolution.SEND_OURS).split("\n\n") == [
            "2 invoices in QuickBooks are changed to what Cedar says, together $30.00. What somebody changed there is "
            "overwritten.",
            "1 invoice is made in QuickBooks once more, with $30.00.",
        ]
        qtbot.waitUntil(lambda: [office.states()[row] for row in rows[:3]] == [State.QUEUED] * 3)
        qtbot.waitUntil(lambda: window.bottom.said == "Settled: 3 invoices.")
        office.run()
        assert set(office.states().values()) == {State.SYNCED}
        assert sorted(order.subtotal for order in office.company.orders()) == [10, 20, 30, 40, 50]


def test_the_message_for_cedar_names_location_charges_and_money(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        office.choose(RowsFilter.IN_QUICKBOOKS)
        office.select("main/INV-3/4410")
        window.invoices.detail.message_button.click()
        message = read()
        for words in ("Acme Grain Rosetown", "No GL number", "charge 4", "INV-3", "30.00"):
            assert words in message


def test_keys_do_what_they_say(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        QTest.keyClick(window, Qt.Key.Key_F5)
        assert office.shell.asked == ["check_now"]
        QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        assert window.invoices.filters.search.hasFocus()
        office.select(MISSING)
        QTest.keyClick(window.invoices.table, Qt.Key.Key_Escape)
        assert not window.invoices.detail.isVisible()
        QTest.keyClick(window.invoices.table, Qt.Key.Key_Return)
        assert window.invoices.detail.isVisible()
        QTest.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: office.states()[MISSING] == State.QUEUED)


def test_the_raw_text_is_closed_until_it_is_wanted(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        office.select(MISSING)
        raw = window.invoices.detail.raw
        assert not raw.text.isVisible()
        raw.button.click()
        assert "CUSTOMER_NOT_IN_QUICKBOOKS" in raw.text.toPlainText()
        assert raw.text.isVisible()


def test_the_banner_says_what_the_facade_says_and_offers_one_action(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        assert window.banner.line == office.snapshot().overall.line == "1 invoice needs you"
        assert "250.00 is not in QuickBooks yet" in window.banner.below
        window.banner.button.click()
        qtbot.waitUntil(lambda: window.bottom.said == texts.DONE_RETRY[0].format(count=1))
        assert office.states()[MISSING] == State.QUEUED


def test_more_about_a_reason_opens_its_page(qtbot: QtBot, tmp_path: Path) -> None:
    with an_office(qtbot, tmp_path) as office:
        window = office.open_window()
        office.select(MISSING)
        (card,) = window.invoices.detail.reasons
        assert card.more.font().underline()
        link = QGuiApplication.palette().color(QPalette.ColorRole.Link)
        assert card.more.palette().color(QPalette.ColorRole.ButtonText) == link
        card.more.click()
        assert office.shell.asked == ["help reasons/CUSTOMER_NOT_IN_QUICKBOOKS.md"]


def test_all_of_one_reason_are_retried_together(qtbot: QtBot, tmp_path: Path) -> None:
    charges = (a_charge(1, "INV-1", "8001"), a_charge(2, "INV-2", "8002"), a_charge(3, "INV-3", "8003", amount="-5"))
    with WindowOffice(qtbot, tmp_path, *charges, missing=("8001", "8002")) as office:
        office.run()
        office.update_until_quiet()
        window = office.open_window()
        office.select("main/INV-1/8001")
        action = window.invoices.row_actions.retry_reason
        assert action.isEnabled()
        action.trigger()
        qtbot.waitUntil(lambda: office.states()["main/INV-2/8002"] == State.QUEUED)
        assert office.states() == {
            "main/INV-1/8001": State.QUEUED,
            "main/INV-2/8002": State.QUEUED,
            "main/INV-3/8003": State.FAILED,
        }
