"""Pictures of a newer version: offered in the window and in About, on its way, and one that did not start here."""

from __future__ import annotations

from app.domain.values import replace
from app.ui.about_window import AboutWindow
from app.ui.ports import RowsFilter, UpdateCommands
from app.ui.update_view import Offer, UpdateState, UpdateStep, view
from tests.reasons.office import NOON
from tests.screenshots.album import Album, settle
from tests.screenshots.scene import a_scene

OFFERED = UpdateState(
    has_feed=True,
    is_wanted=True,
    can_install=True,
    offer=Offer("1.1.0", "Faster."),
    answered_at=NOON,
    tried_at=NOON,
)
STATES = {
    "ready": OFFERED,
    "elsewhere": replace(OFFERED, can_install=False),
    "fetching": replace(OFFERED, step=UpdateStep.FETCHING),
    "failed": replace(OFFERED, failed="1.1.0", tells_failed=True),
    "newest": replace(OFFERED, offer=None),
    "no-feed": replace(OFFERED, has_feed=False, offer=None),
}


def _nothing() -> None:
    """Order nothing: nobody clicks in a picture."""


def take_updates(album: Album) -> None:
    """Take them all."""
    commands = UpdateCommands(_nothing, _nothing, _nothing, _nothing)
    with a_scene() as scene:
        scene.office.run()
        scene.filter(RowsFilter.ALL)
        for name, state in STATES.items():
            shown = view(state, NOON)
            scene.window.show_update(shown)
            if shown.line:
                album.picture(scene.window, f"update-window-{name}")
            about = AboutWindow(commands)
            about.show_update(shown)
            about.show()
            settle()
            album.picture(about, f"update-about-{name}")
            about.close()
            about.deleteLater()
