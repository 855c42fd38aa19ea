"""Programs to be measured from outside: the desktop program with a tray that is always there, and a bare tray icon.

``python -m tests.bench.tray_process desktop HOME [--hidden]``, ``... bare [MODULE...]``. Both tell on standard output
when something was first seen, by the system's monotonic clock.
"""

from __future__ import annotations

import importlib
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QSystemTrayIcon


def tell(what: str) -> None:
    """Say when something happened."""
    sys.stdout.write(f"{what} {time.monotonic()}\n")
    sys.stdout.flush()


class SeenIcon(QSystemTrayIcon):
    """An icon on a desktop that has a place for it; offscreen there is none."""

    @staticmethod
    def isSystemTrayAvailable() -> bool:
        return True

    def show(self) -> None:
        super().show()
        tell("tray")


class PaintWatch(QObject):
    """Sees the first rows painted."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            from app.ui.window.rows_table import RowsTable

            table = watched.parent()
            if isinstance(table, RowsTable) and table.model().rowCount() > 0:
                tell("rows")
                application = QApplication.instance()
                if application is not None:
                    application.removeEventFilter(self)
        return False


def desktop(home: Path, *, hidden: bool) -> int:
    """Run the desktop program as its command does."""
    from app.cli.main import run
    from app.ui import tray

    vars(tray)["QSystemTrayIcon"] = SeenIcon
    if not hidden:
        application, watch = QApplication(["cedar-sync"]), PaintWatch()
        application.installEventFilter(watch)
    return run(["--home", str(home), *(("--hidden",) if hidden else ())])


def bare(modules: list[str]) -> int:
    """Show an icon, and do nothing."""
    for name in modules:
        importlib.import_module(name)
    application = QApplication(["bare"])
    icon = SeenIcon(application.windowIcon())
    icon.show()
    return application.exec()


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        sys.exit(bare(sys.argv[2:]))
    sys.exit(desktop(Path(sys.argv[2]), hidden="--hidden" in sys.argv))
