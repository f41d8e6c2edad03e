"""What a running process has used: processor time and memory, as Linux tells them."""

import os
from pathlib import Path

MB = 1000 * 1000


def processor_seconds(pid: int) -> float:
    """Return how long processors have worked for a process. It says the same on a busy machine as on a quiet one."""
    # The program's name may hold spaces, so the fields are counted from the bracket that ends it.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def most_memory_mb(pid: int) -> float:
    """Return the most memory a process has held at once."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    told = next(line for line in lines if line.startswith("VmHWM:"))
    return int(told.split()[1]) * 1024 / MB
