"""How much CPU the parties to a measurement took, from /proc (proc(5))."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def spent(*, groups: set[int] = frozenset(), parents: set[int] = frozenset()) -> float:
    """Seconds of CPU of all processes of the groups, of these parents and of their children, ended ones included."""
    total = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        parent, group, pid = int(fields[1]), int(fields[2]), int(path.parent.name)
        if group in groups or parent in parents or pid in parents:
            total += sum(map(int, fields[11:15]))
    return total / TICKS
