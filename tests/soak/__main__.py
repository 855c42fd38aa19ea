"""``python -m tests.soak [--days 30]``: live through a month, and say what grew and what was lost. 0 if nothing was."""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from app.diagnostics import logs
from app.store.copies import KEPT
from app.store.copies import copies as copies_of
from tests.soak.office import SMALL_LOG, Month
from tests.soak.online import OnlineMonth

MOST_SESSIONS = 8 * 60
"""A week's, with a call every quarter of an hour, and a day to spare."""


MOST_GROWTH = 3000
"""Kilobytes of Python's objects between the second day and the end, the practice company's documents included."""


MONTHS = {"quickbooks_desktop": Month, "quickbooks_online": OnlineMonth}

QUICK = 2.0
"""Seconds of real time in which a program that is told to stop has to."""


def main() -> int:
    """Run, judge, and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--books", choices=list(MONTHS), default="quickbooks_desktop")
    parser.add_argument("--json", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    began, cpu = time.monotonic(), time.process_time()
    with tempfile.TemporaryDirectory(prefix="cedar-sync-soak-") as folder:
        month = MONTHS[arguments.books](Path(folder))
        month.run(arguments.days)
        log_bytes = month.log_bytes
        copies = [copy.made_at.date() for copy in copies_of(month.home / "record.sqlite", month.clock.now())]
    first, last = month.sizes[0], month.sizes[-1]
    worst = max(month.toasts.told.values(), default=0)
    figures: dict[str, object] = {
        "days": arguments.days,
        **month.counts,
        "orders in the books, each once and to the cent": len(month.books.orders()),
        "toasts": sum(month.toasts.told.values()),
        "most toasts of one problem a day": worst,
        "log bytes": log_bytes,
        "daily copies": len(copies),
        **{f"longest {what}, seconds": round(seconds, 2) for what, seconds in month.seconds.items()},
        "seconds": round(time.monotonic() - began, 1),
        "CPU seconds": round(time.process_time() - cpu, 1),
    }
    for name, at, then in (
        ("memory KB", first.memory_kb, last.memory_kb),
        ("RSS MB", round(first.rss_mb), round(last.rss_mb)),
        ("open files", first.files, last.files),
        ("threads", first.threads, last.threads),
        *((f"rows of {table}", first.rows[table], last.rows[table]) for table in sorted(first.rows)),
    ):
        figures[f"{name}, second day → end"] = f"{at} → {then}"
    faults = [
        name
        for name, is_well in {
            "a problem was told twice on one day": worst <= 1,
            "the log is larger than it may be": log_bytes <= (logs.KEPT + 1) * (SMALL_LOG + 10_000),
            "memory grows": last.memory_kb <= first.memory_kb + MOST_GROWTH,
            "files stay open": last.files <= first.files + 8,
            "threads stay": last.threads <= first.threads + 2,
            "sessions are kept for ever": last.rows["sessions"] <= MOST_SESSIONS,
            "copies are kept for ever": len(copies) <= KEPT,
            "a day was copied twice": len(set(copies)) == len(copies),
            "readings did not come": not month.counts["readings that did not come"],
            "a reading said otherwise than it was": not month.counts["readings that said otherwise than it was"],
            "the date of an invoice moved": not month.counts["invoices whose date moved"],
            "a hanging Cedar held up the end": month.seconds.get("stopping while Cedar does not answer", 0) <= QUICK,
        }.items()
        if not is_well
    ]
    table = Table(box=None, header_style="bold")
    table.add_column("Soak")
    table.add_column("", justify="right")
    for name, value in figures.items():
        table.add_row(name, str(value))
    console = Console()
    console.print(table)
    for fault in faults:
        console.print(f"[bold]NOT WELL[/bold]: {fault}")
    for (day, told), number in month.toasts.told.items():
        if number > 1:
            console.print(f"  {day} {number} × {told}")
    if arguments.json:
        arguments.json.write_text(json.dumps({"figures": figures, "faults": faults}, indent=2) + "\n", encoding="utf-8")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
