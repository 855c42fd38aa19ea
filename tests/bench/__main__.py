"""``python -m tests.bench``: how fast, how small. Prints a table; ``--json FILE`` writes the figures as well."""

import argparse
import json
import tempfile
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench.desktop import desktop
from tests.bench.first_sync import first_sync
from tests.bench.full_record import full_record
from tests.bench.instructions import instructions
from tests.bench.online import online
from tests.bench.peers import peers
from tests.bench.reading import reading
from tests.bench.starting import starting

Figures = dict[str, float | int | str]
Measurement = Callable[[Path, int], Figures]

MEASUREMENTS: dict[str, tuple[Measurement, int, int]] = {
    "starting": (starting, 0, 0),
    "reading": (reading, 100_000, 10_000),
    "first_sync": (first_sync, 5_000, 500),
    "peers": (peers, 3_000, 300),
    "instructions": (instructions, 600, 600),
    "online": (online, 2_000, 200),
    "full_record": (full_record, 100_000, 10_000),
    "desktop": (desktop, 100_000, 10_000),
}
"""By name: what measures, its full size and its quick size."""


def main() -> None:
    """Run the measurements that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*MEASUREMENTS, []], help="all of them by default")
    parser.add_argument("--quick", action="store_true", help="a tenth of the size")
    parser.add_argument("--json", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    figures: dict[str, Figures] = {}
    for name in arguments.names or MEASUREMENTS:
        measure, full, quick = MEASUREMENTS[name]
        with tempfile.TemporaryDirectory(prefix="cedar-sync-bench-") as folder:
            figures[name] = measure(Path(folder), quick if arguments.quick else full)
    table = Table(box=None, header_style="bold")
    table.add_column("Measurement")
    table.add_column("Figure")
    table.add_column("", justify="right")
    for name, found in figures.items():
        for figure, value in found.items():
            table.add_row(name, figure, f"{value:,.3f}" if isinstance(value, float) else str(value))
    Console().print(table)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
