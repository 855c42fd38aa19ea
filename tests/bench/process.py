"""What a process costs: memory and processor time, read from the system."""

import os
from pathlib import Path


def resident_mb(pid: int, field: str = "VmRSS") -> float:
    """Give a process' resident memory in megabytes; ``VmHWM`` gives its peak."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) / 1024
    raise ValueError(f"no {field} for process {pid}")


def cpu_seconds(pid: int) -> float:
    """Give the processor time a process has used."""
    parts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")
