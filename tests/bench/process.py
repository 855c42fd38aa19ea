"""What a process costs: memory and processor time, read from the system."""

import os
from pathlib import Path


def resident_mb(pid: int, field: str = "VmRSS") -> float:
    """Give a process' resident memory in megabytes; ``VmHWM`` gives its peak."""
    return _kilobytes(Path(f"/proc/{pid}/status"), field) / 1024


def proportional_mb(pid: int) -> float:
    """Give a process' memory in megabytes, with what it shares with others counted by its share."""
    return _kilobytes(Path(f"/proc/{pid}/smaps_rollup"), "Pss") / 1024


def cpu_seconds(pid: int) -> float:
    """Give the processor time a process has used."""
    parts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


def _kilobytes(file: Path, field: str) -> int:
    for line in file.read_text().splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1])
    raise ValueError(f"no {field} in {file}")
