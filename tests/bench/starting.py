"""From the command to an endpoint that answers, and what the program costs while nothing happens."""

import time
from datetime import date
from pathlib import Path

from app.practice.cedar import short_line
from tests.bench.process import cpu_seconds, proportional_mb, resident_mb
from tests.e2e.office import Office

IDLE_SECONDS = 10


def starting(folder: Path, size: int) -> dict[str, float | int | str]:
    """Measure a start, memory and processor time while idle."""
    with Office(folder / "home", short_line(invoices=30, today=date(2026, 11, 22))) as office:
        office.run("pull").check_returncode()
        began = time.perf_counter()
        office.serve()
        ready = time.perf_counter() - began
        office.wait_for_reading()
        office.update()
        assert office.server is not None
        before = cpu_seconds(office.server.pid)
        time.sleep(IDLE_SECONDS)
        began = time.perf_counter()
        office.run("status").check_returncode()
        return {
            "seconds to ready": ready,
            "seconds for status": time.perf_counter() - began,
            "idle MB": resident_mb(office.server.pid),
            "idle MB without what is shared": proportional_mb(office.server.pid),
            "idle CPU %": 100 * (cpu_seconds(office.server.pid) - before) / IDLE_SECONDS,
        }
