"""A first sync into a record that already holds very many rows: the cost of a call must not grow with them."""

import statistics
from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from time import perf_counter, process_time

from app.practice.cedar import short_line
from app.practice.world import stocked
from tests.bulk import fill
from tests.reasons.office import NOON, Office, a_charge

ORDERS: int = 300
"""Synced beside the rows that are there."""


def full_record(folder: Path, size: int) -> dict[str, float | int | str]:
    """Measure the same first sync with an empty record and with a full one."""
    figures: dict[str, float | int | str] = {"rows in the record": size}
    for name, rows in (("nearly empty", 1), ("full", size)):
        figures |= {f"{name}: {figure}": value for figure, value in _sync(folder / name, rows).items()}
    return figures


def _sync(home: Path, rows: int) -> dict[str, float | int | str]:
    railroad = short_line(invoices=ORDERS, today=NOON.date())
    with Office(home, a_charge(1), company=stocked(railroad)) as world:
        world.run()
        world.hand_clock.forward(timedelta(hours=1))
        world.railroad.charges.update({2: a_charge(2, invoice="INV-2")})
        # The newest order is looked for in every run: it is one the books hold, the copies of the other one are older.
        world.run()
        fill(world.installation, rows)
        world.railroad.charges.update(railroad.charges)
        began = process_time()
        world.pull()
        planned = process_time() - began
        began = process_time()
        unchanged_at = perf_counter()
        world.pull()
        unchanged, unchanged_seconds = process_time() - began, perf_counter() - unchanged_at
        began = process_time()
        report = world.update()
        cpu = process_time() - began
        by_operation: defaultdict[str, list[float]] = defaultdict(list)
        for call in report.calls:
            by_operation[call.operation].append(call.seconds * 1000)
        times = sorted(call.seconds * 1000 for call in report.calls)
        began = process_time()
        complaint = world.installation.record.complaint()
        checked = process_time() - began
        assert complaint is None
        orders = len(world.company.orders())
        return {
            "orders": orders,
            "CPU s to read and plan, Cedar's side included": planned,
            "CPU s of an unchanged reading, Cedar's side included": unchanged,
            "seconds of it": unchanged_seconds,
            "CPU ms an order, practice QuickBooks included": 1000 * cpu / orders,
            "p50 ms of a call": statistics.median(times),
            "p99 ms of a call": times[int(len(times) * 0.99)],
            "longest call ms": times[-1],
            "CPU s to look the file over at a start": checked,
            **{f"p50 ms {operation}": statistics.median(each) for operation, each in sorted(by_operation.items())},
        }
