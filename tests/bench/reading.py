"""Reading Cedar: many charges for the first time, and again when nothing has changed."""

import resource
import time
import tracemalloc
from pathlib import Path

from app.practice.cedar import many_charges
from app.practice.world import PracticeWorld


def reading(folder: Path, size: int) -> dict[str, float | int | str]:
    """Measure a first reading with its planning, and an unchanged one."""
    with PracticeWorld(folder / "home", many_charges(size)) as world:
        began, cpu = time.perf_counter(), time.process_time()
        report = world.pull()
        first, first_cpu = time.perf_counter() - began, time.process_time() - cpu
        began, cpu = time.perf_counter(), time.process_time()
        again = world.pull()
        second, second_cpu = time.perf_counter() - began, time.process_time() - cpu
        tracemalloc.start()
        world.pull()
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return {
        "charges": report.read,
        "invoices planned": report.planned,
        "charges a second, Cedar's side included": report.read / first,
        "CPU s, Cedar's side included": first_cpu,
        "seconds for an unchanged reading": second,
        "CPU s of it, Cedar's side included": second_cpu,
        "changed then": again.changed,
        "peak MB of an unchanged reading": peak / 1e6,
        "peak MB of the process": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
