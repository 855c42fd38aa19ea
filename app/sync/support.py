"""What support is told: how things stand, and what can be told of any home. No secrets, and no customers."""

import platform
import sys
from pathlib import Path

from app import PRODUCT, __version__
from app.diagnostics.support_file import without_names
from app.sync.service import Snapshot
from app.system.settings_file import NAME as SETTINGS_FILE


def support_page(snapshot: Snapshot) -> str:
    """Write the page the Web Connector links to."""
    lines = [f"{PRODUCT} {__version__}", "", snapshot.overall.line, ""]
    for connection in snapshot.connections:
        counts = ", ".join(f"{total.rows} {state}" for state, total in connection.totals.items() if total.rows)
        lines.append(f"{connection.name}: {counts or 'no invoices yet'}")
    return "\n".join(lines) + "\n"


def parts_of_home(home: Path) -> dict[str, str]:
    """Gather what can be told of any home, also of one that cannot be opened: versions, settings, the log."""
    parts = {"versions.txt": f"{PRODUCT} {__version__}\nPython {sys.version}\n{platform.platform()}\n"}
    for name, file in ((SETTINGS_FILE, home / SETTINGS_FILE), *((f"logs/{f.name}", f) for f in _logs(home))):
        try:
            text = file.read_text(encoding="utf-8-sig", errors="replace")
            # The home itself may lie anywhere, and be called anything.
            parts[name] = (without_names(text) if name == SETTINGS_FILE else text).replace(str(home), "HOME")
        except OSError as exc:
            parts[name] = f"It cannot be read: {exc.strerror}\n"
    return parts


def _logs(home: Path) -> list[Path]:
    return sorted((home / "logs").glob("*.log*"))
