"""A command timed with all the processes that it starts: seconds, processor time and memory."""

import contextlib
import ctypes
import os
import subprocess
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

EVERY = 0.5  # seconds between two looks at memory
ADOPT_ORPHANS = 36  # as Linux's prctl numbers it


@dataclass
class Run:
    """What a command took.

    Attributes
    ----------
    wall, cpu
        Seconds by the clock, and of processors by all processes together.
    part, whole
        At each look, the memory (PSS, MB) of the largest process that the command started with
        all below it, and of everything.
    """

    wall: float = 0
    cpu: float = 0
    part: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    said: str = ""


def timed(command: list[str], cores: set[int], **options: object) -> Run:
    """Run a command on some cores and time it.

    Raises
    ------
    RuntimeError
        If it fails; with what it said.
    """
    ctypes.CDLL(None).prctl(ADOPT_ORPHANS, 1)  # what the command leaves is waited for here
    run, before = Run(), used_by_children()
    start = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        preexec_fn=lambda: os.sched_setaffinity(0, cores), **options,
    )  # type: ignore[call-overload]  # options are of Popen  # fmt: skip
    ended = threading.Event()
    looking = threading.Thread(target=look, args=(process.pid, run, ended))
    looking.start()
    assert process.stdout is not None
    run.said = process.stdout.read()
    process.wait()
    run.wall = time.perf_counter() - start
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()
    run.cpu = used_by_children() - before
    ended.set()
    looking.join()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command[:4])} failed: {run.said[-800:]}")
    return run


def used_by_children() -> float:
    """Return the processor seconds of all processes that this one has waited for."""
    times = os.times()
    return times.children_user + times.children_system


def look(pid: int, run: Run, ended: threading.Event) -> None:
    """Look at the memory of a process and of all below it until it has ended."""
    while not ended.wait(EVERY):
        below = children()
        parts = [sum(map(pss, tree(child, below))) for child in below[pid]]
        run.part.append(max(parts, default=0))
        run.whole.append(sum(parts) + pss(pid))


def children() -> dict[int, list[int]]:
    """Return the processes that each process has started."""
    below = defaultdict(list)
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            below[parent].append(int(stat.parent.name))
    return below


def tree(pid: int, below: dict[int, list[int]]) -> list[int]:
    """Return a process and all that it has started."""
    return [pid, *(one for child in below.get(pid, ()) for one in tree(child, below))]


def pss(pid: int) -> float:
    """Return a process's share of memory, in MB; nothing if it is gone."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024 / 1e6
    return 0.0
