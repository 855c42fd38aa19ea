"""A first sync through the real endpoint, by a connector that does not pause to think."""

import statistics
import time
from collections import defaultdict
from datetime import date
from pathlib import Path

from app.practice.cedar import short_line
from tests.bench.process import cpu_seconds, resident_mb
from tests.e2e.office import Office


def first_sync(folder: Path, size: int) -> dict[str, float | int | str]:
    """Measure throughput, calls an invoice, the server's own time, and how long each call takes."""
    with Office(folder / "home", short_line(invoices=size, today=date(2026, 11, 22))) as office:
        office.serve()
        deadline = time.monotonic() + 600
        while office.json("status")["connections"][0]["cedar"]["last_success"] is None:
            assert time.monotonic() < deadline
            time.sleep(1)
        assert office.server is not None
        cpu = cpu_seconds(office.server.pid)
        began = time.perf_counter()
        report = office.update()
        seconds = time.perf_counter() - began
        cpu = cpu_seconds(office.server.pid) - cpu
        orders = len(office.company.orders())
        by_operation: defaultdict[str, list[float]] = defaultdict(list)
        for call in report.calls:
            by_operation[call.operation].append(call.seconds * 1000)
        every = sorted(call.seconds * 1000 for call in report.calls)
        figures: dict[str, float | int | str] = {
            "orders": orders,
            "orders a second, practice QuickBooks included": orders / seconds,
            "SOAP round trips an order": len(report.calls) / orders,
            "server CPU ms an order": 1000 * cpu / orders,
            "p50 ms of a call": statistics.median(every),
            "p99 ms of a call": every[int(len(every) * 0.99)],
            "longest call ms": every[-1],
            "peak MB": resident_mb(office.server.pid, "VmHWM"),
        }
        for operation, times in sorted(by_operation.items()):
            figures[f"p50 ms {operation}"] = statistics.median(times)
            figures[f"p99 ms {operation}"] = sorted(times)[int(len(times) * 0.99)]
        return figures
