"""``python -m tests.screenshots OUT_DIR``: pictures of everything a person sees, to be looked at."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from tests.screenshots.x_server import an_x_server, what_is_missing

if TYPE_CHECKING:
    from tests.screenshots.album import Album

GROUPS = ("tray", "window", "practice", "setup", "online", "online-window", "updates")
DESK, README = "desk", "readme"
"""Need a screen: only with ``--xvfb``."""
LOOKS = ("light", "dark", "big")


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the pictures that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="OUT_DIR")
    parser.add_argument("groups", nargs="*", choices=[*GROUPS, DESK, README, []], help="all of them by default")
    parser.add_argument("--look", action="append", choices=LOOKS, help="all of them by default")
    parser.add_argument("--xvfb", action="store_true", help="on a screen nobody sees, with a real tray")
    chosen = parser.parse_args(arguments)
    groups = chosen.groups or [*GROUPS, *((DESK,) if chosen.xvfb else ())]
    if {DESK, README} & set(groups) and not chosen.xvfb:
        parser.error("these need --xvfb")
    with ExitStack() as stack:
        if chosen.xvfb:
            if missing := what_is_missing():
                parser.error(f"not installed here: {', '.join(missing)}")
            os.environ["DISPLAY"] = stack.enter_context(an_x_server())
            os.environ["QT_QPA_PLATFORM"] = "xcb"
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        taken = take(chosen.folder, groups, chosen.look or LOOKS)
    sys.stdout.write(f"{len(taken)} pictures in {chosen.folder}\n")
    return 0


def take(folder: Path, groups: Sequence[str], looks: Sequence[str]) -> list[Path]:
    """Take groups of pictures in some looks; give the files."""
    from PySide6.QtWidgets import QApplication

    from app.ui.garbage import MainThreadCollector
    from app.ui.icons import program_icon
    from tests.screenshots.album import Album, Look, looking

    application = QApplication.instance() or QApplication(["cedar-sync"])
    if isinstance(application, QApplication):
        application.setWindowIcon(program_icon())
    taken: list[Path] = []
    # As in the program: a window that is done with must not be destroyed by the thread that makes the next object.
    collector = MainThreadCollector()
    collector.start()
    try:
        for name in looks:
            look = Look(name)
            with looking(look):
                for group in groups:
                    album = Album(folder, look)
                    _taker(group)(album)
                    taken += album.taken
    finally:
        collector.stop()
    return taken


def _taker(group: str) -> Callable[[Album], None]:
    from tests.screenshots.desk import take_desk
    from tests.screenshots.online import take_online_window
    from tests.screenshots.readme import take_readme
    from tests.screenshots.setup import take_online_setup, take_setup
    from tests.screenshots.tray import take_tray
    from tests.screenshots.updates import take_updates
    from tests.screenshots.window import take_practice, take_window

    return {
        "tray": take_tray,
        "window": take_window,
        "practice": take_practice,
        "setup": take_setup,
        "online": take_online_setup,
        "online-window": take_online_window,
        "updates": take_updates,
        DESK: take_desk,
        README: take_readme,
    }[group]


if __name__ == "__main__":
    sys.exit(main())
