"""Pictures of the main window: every overall state, every filter, details, conflict, left-out money, reconcile."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal

from app.domain.faults import CedarFault
from app.domain.states import State
from app.practice.cedar import PracticeCharge
from app.system.web_connector_install import ConnectorLook
from app.ui.ports import RowsFilter
from tests.reasons.office import a_charge
from tests.screenshots.album import Album, settle, wait_until
from tests.screenshots.scene import Scene, a_scene


class NotRunning:
    """A computer whose Web Connector was closed."""

    def look(self) -> ConnectorLook:
        return ConnectorLook(is_installed=True, processes=())


def take_window(album: Album) -> None:
    """Take them all."""
    _states(album)
    _rows(album)


def take_practice(album: Album) -> None:
    """Take the practice window, and its menu."""
    with a_scene(is_practice=True) as scene:
        scene.office.run()
        scene.filter(RowsFilter.ALL)
        album.picture(scene.window, "practice-window")


def _states(album: Album) -> None:
    with a_scene(_in_order()) as scene:
        scene.refresh()
        album.picture(scene.window, "window-state-working-first-reading")
        scene.office.pull()
        _state(album, scene, "never-called")
        session = scene.office.connector().steps()
        while scene.office.status()["overall"]["state"] != "working":
            next(session)
        _state(album, scene, "working")
        for _ in session:
            """To its end."""
        _state(album, scene, "ok")
        scene.office.installation.service.pause(None)
        _state(album, scene, "paused")
        scene.office.installation.service.resume()
        scene.office.railroad.add(invoice="INV-4", amount=Decimal(75), rate=Decimal(75))
        scene.office.pull()
        _state(album, scene, "waiting")
        scene.office.wait(timedelta(hours=3))
        scene.office.pull()
        _state(album, scene, "silent")
        scene.office.installation.web_connector = NotRunning()
        scene.office.wait(timedelta(minutes=1))
        _state(album, scene, "silent-because")
        scene.office.update_until_quiet()
        scene.office.sandbox.fail_next(100)
        with suppress(CedarFault):
            scene.office.pull()
        scene.office.wait(timedelta(minutes=2))
        _state(album, scene, "cedar-down")
        scene.office.sandbox.heal()
        scene.office.sandbox.revoke_key()
        with suppress(CedarFault):
            scene.office.pull()
        _state(album, scene, "stopped")


def _state(album: Album, scene: Scene, name: str) -> None:
    scene.filter(RowsFilter.ALL)
    album.picture(scene.window, f"window-state-{name}")


def _rows(album: Album) -> None:
    with a_scene() as scene:
        office, window = scene.office, scene.window
        office.run()
        office.update_until_quiet()
        order = next(order for order in reversed(office.company.orders()) if len(order.lines) > 2)
        office.company.edit_line(order.txn_id, 1, amount=(order.lines[1].amount or Decimal(0)) + 10)
        office.installation.service.resync([row.id for row in office.installation.service.rows([State.SYNCED])])
        office.update_until_quiet()
        held = scene.first(State.SYNCED)
        office.installation.service.hold([held], "Billed by hand in October")
        office.railroad.bill()
        office.wait(timedelta(minutes=10))
        office.pull()
        for wanted in RowsFilter:
            scene.filter(wanted)
            album.picture(window, f"window-filter-{wanted.value.replace('_', '-')}")
        for name, state, code in (
            ("missing-customer", State.FAILED, "CUSTOMER_NOT_IN_QUICKBOOKS"),
            ("conflict", State.CONFLICT, ""),
            ("left-out", State.SKIPPED, "NO_GL_NUMBER"),
            ("in-quickbooks", State.SYNCED, ""),
        ):
            scene.filter(RowsFilter.ALL)
            scene.select(scene.first(state, code))
            album.picture(window, f"window-detail-{name}")
        window.invoices.filters.search.setText("nothing like this")
        settle()
        scene.refresh()
        album.picture(window, "window-search-none")
        window.invoices.filters.search.clear()
        scene.refresh()
        window.pages.setCurrentWidget(window.left_out)
        wait_until(lambda: window.left_out.places.topLevelItemCount() > 0)
        album.picture(window, "window-left-out-page")
        window.pages.setCurrentWidget(window.reconcile)
        window.reconcile.run()
        wait_until(window.reconcile.copy_button.isEnabled)
        album.picture(window, "window-reconcile-page")


def _in_order() -> list[PracticeCharge]:
    return [a_charge(1, "INV-1", amount="1250"), a_charge(2, "INV-2", "4411", "310.75"), a_charge(3, "INV-3", "4412")]
