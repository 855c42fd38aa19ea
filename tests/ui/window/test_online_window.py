"""A real window over books in QuickBooks Online: what a person reads in it, and where its buttons lead."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.domain.states import State
from app.ui.ports import RowsFilter
from app.ui.window import texts_books
from app.ui.window.banner_words import BannerAction
from tests.reasons.office import a_charge
from tests.screenshots.online import an_online_scene


def test_an_invoice_goes_to_the_cloud_and_the_sign_in_is_lost(qtbot: QtBot, tmp_path: Path) -> None:
    with an_online_scene(tmp_path, [a_charge(1, "INV-1")], document="invoice") as scene:
        window = scene.window
        scene.world.pull()
        scene.filter(RowsFilter.ALL)
        assert "QuickBooks Online not reached yet" in window.bottom.contacts
        scene.select(scene.first(State.QUEUED))
        assert "It goes to QuickBooks Online at the next run." in window.invoices.detail.state_line.text()

        scene.world.push_until_quiet()
        scene.refresh()
        scene.select(scene.first(State.SYNCED))
        assert window.banner.line == "All invoices are in QuickBooks"
        assert window.banner.below.endswith(f", {scene.world.company.name}.")
        assert "In QuickBooks as Invoice INV-1." in window.invoices.detail.state_line.text()
        assert "SyncToken" in window.invoices.detail.raw.text.toPlainText()
        assert "QuickBooks Online reached" in window.bottom.contacts

        scene.world.service.grants.disconnect(scene.world.company.realm_id)
        scene.wait(timedelta(hours=2))
        scene.world.push()
        scene.refresh()
        assert window.banner.line == "Signed out of QuickBooks Online"
        assert texts_books.SIGN_IN_LOST in window.banner.below
        window.banner.button.click()
        assert scene.shell.asked == ["sign in main"]


def test_the_silence_of_a_program_that_does_not_push_leads_to_its_own_page(qtbot: QtBot, tmp_path: Path) -> None:
    with an_online_scene(tmp_path, [a_charge(1, "INV-1")]) as scene:
        scene.world.pull()
        scene.wait(timedelta(hours=3))
        scene.world.pull()
        scene.refresh()
        assert scene.window.banner.line == "Nothing was sent to QuickBooks Online yet"
        scene.window.banner.button.click()
        assert scene.shell.asked == ["help quickbooks-online.md"]
        scene.window.banner.wanted.emit(BannerAction.SIGN_IN)
        assert scene.shell.asked == ["help quickbooks-online.md"], "nobody has to sign in"
