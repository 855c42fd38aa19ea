"""The main window where the books are in QuickBooks Online: estimates, a conflict, and a sign-in that was lost."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Literal
from unittest import mock

from app.books.quickbooks_online import throttle
from app.domain.states import State
from app.practice.cedar import PracticeCharge, PracticeRailroad, short_line
from app.practice.online_world import OnlineWorld
from app.practice.quickbooks_online import Desk, stocked_online
from app.ui.bridge import Bridge
from app.ui.ports import RowsFilter
from app.ui.tasks import Tasks
from app.ui.window.main_window import MainWindow
from tests.reasons.office import NOON, HandClock
from tests.screenshots.album import Album, settle
from tests.screenshots.scene import SIZE, WindowScene
from tests.ui.window.practice import Shell


class OnlineScene(WindowScene):
    """An office with its books in the cloud, and its window."""

    def __init__(self, world: OnlineWorld, clock: HandClock, window: MainWindow, shell: Shell) -> None:
        super().__init__(world.installation, window)
        self.world, self.clock, self.shell = world, clock, shell
        self.desk = Desk(world.company)
        """Where a person works in the books."""

    def run(self) -> None:
        """Read Cedar, then push until there is nothing to do."""
        self.world.pull()
        self.world.push_until_quiet()

    def wait(self, by: timedelta) -> None:
        """Let time pass."""
        self.clock.forward(by)


@contextmanager
def an_online_scene(
    folder: Path, charges: Sequence[PracticeCharge] = (), *, document: Literal["estimate", "invoice"] = "estimate"
) -> Iterator[OnlineScene]:
    """Open an office with its window; without charges, one with invoices of every kind."""
    clock = HandClock()
    railroad = PracticeRailroad(charges, today=NOON.date()) if charges else short_line(invoices=40, today=NOON.date())
    company = stocked_online(railroad, clock=clock.now)
    world = OnlineWorld(folder, railroad, company=company, document=document, clock=clock)
    # The practice service stands any pace.
    with mock.patch.object(throttle, "A_SECOND", 10_000), world:
        installation, tasks, shell = world.installation, Tasks(), Shell()
        bridge = Bridge(installation.events)
        window = MainWindow(installation.service, installation, tasks, bridge, shell.commands())
        window.resize(SIZE)
        window.show()
        settle()
        try:
            yield OnlineScene(world, clock, window, shell)
        finally:
            bridge.stop()
            window.close()
            tasks.stop()
            window.deleteLater()
            settle()


def take_online_window(album: Album) -> None:
    """Take them all."""
    with tempfile.TemporaryDirectory(prefix="cedar-sync-pictures-") as folder, an_online_scene(Path(folder)) as scene:
        scene.refresh()
        album.picture(scene.window, "online-window-first-reading")
        scene.world.pull()
        _shown(album, scene, "never-reached")
        scene.world.push_until_quiet()
        estimates = scene.world.company.documents("Estimate")
        scene.desk.edit_line("Estimate", estimates[-1].id, 0, quantity=Decimal(9))
        scene.wait(timedelta(minutes=2))
        scene.run()
        for wanted in (RowsFilter.ALL, RowsFilter.NEEDS_YOU, RowsFilter.IN_QUICKBOOKS):
            scene.filter(wanted)
            album.picture(scene.window, f"online-window-filter-{wanted.value.replace('_', '-')}")
        for name, state in (("in-quickbooks", State.SYNCED), ("failed", State.FAILED), ("conflict", State.CONFLICT)):
            scene.filter(RowsFilter.ALL)
            scene.select(scene.first(state))
            album.picture(scene.window, f"online-window-{name}")
        scene.world.service.grants.disconnect(scene.world.company.realm_id)
        scene.wait(timedelta(hours=2))
        scene.world.push()
        _shown(album, scene, "signed-out")


def _shown(album: Album, scene: OnlineScene, name: str) -> None:
    scene.filter(RowsFilter.ALL)
    album.picture(scene.window, f"online-window-{name}")
