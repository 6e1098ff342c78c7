"""A fork of this process that does one thing, is listened to, and ends."""

import contextlib
import ctypes
import json
import os
import select
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from analysis.batch.work import LOST, Result, line_of

STOP_ON_PARENTS_DEATH = 1  # as Linux's prctl numbers it
LISTEN = 0.5  # seconds after which it is looked whether all are still there


def in_child(work: Callable[[], Result], deadline: float | None) -> Result:
    """Do some work in a fork of this process, which is then ended with all that it started."""
    ours, theirs = os.pipe()
    child = Child(lambda: _say(theirs, line_of(work())), theirs)
    os.close(theirs)
    try:
        said = child.hear(ours, deadline)
    finally:
        os.close(ours)
        child.end()
    return Result(**json.loads(said)) if said.endswith(b"\n") else child.lost(deadline)


def _say(fd: int, line: bytes) -> None:
    while line:
        line = line[os.write(fd, line) :]


class Child:
    """A fork of this process: it does one thing, keeps some file descriptors, and ends."""

    def __init__(self, work: Callable[[], object], *kept: int) -> None:
        self.status: int | None = None
        self.above, self.parent = os.getppid(), os.getpid()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                self._begin(kept)
                work()
            finally:
                os._exit(0)

    def _begin(self, kept: tuple[int, ...]) -> None:
        """Become a process that ends with its parent, and draws its own chances."""
        os.setsid()
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(STOP_ON_PARENTS_DEATH, signal.SIGKILL)
            if os.getppid() != self.parent:
                os._exit(0)
        for fd in [int(path.name) for path in Path("/dev/fd").iterdir()]:
            if fd > 2 and fd not in kept:
                with contextlib.suppress(OSError):
                    os.close(fd)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if "numpy" in sys.modules:
            sys.modules["numpy"].random.seed()

    def gone(self) -> bool:
        """Say whether it has ended."""
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.status = status if pid else None
        return self.status is not None

    def hear(self, fd: int, deadline: float | None) -> bytes:
        """Return what it says, until its line ends, it is gone, or its time is over."""
        said = b""
        while not said.endswith(b"\n"):
            left = LISTEN if deadline is None else min(LISTEN, deadline - time.monotonic())
            if left <= 0:
                break
            ended = self.gone()
            ready = select.select([fd], [], [], 0 if ended else left)[0]
            part = os.read(fd, 1 << 16) if ready else b""
            said += part
            if not part and (ready or ended):
                break
            if os.getppid() != self.above:
                self.end()
                os._exit(1)
        return said

    def end(self) -> None:
        """End it, and whatever it has started."""
        for end in (os.killpg, os.kill):
            if end is os.killpg or self.status is None:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    end(self.pid, signal.SIGKILL)
        if self.status is None:
            self.status = os.waitpid(self.pid, 0)[1]

    def lost(self, deadline: float | None) -> Result:
        """Say how it ended without a word."""
        if deadline is not None and time.monotonic() >= deadline:
            return Result(LOST, "{notebook}: took longer than --timeout allows")
        assert self.status is not None
        if os.WIFSIGNALED(self.status):
            name = signal.Signals(os.WTERMSIG(self.status)).name
            return Result(LOST, f"{{notebook}}: the process was killed ({name})")
        code = os.WEXITSTATUS(self.status)
        return Result(
            LOST, f"{{notebook}}: the process ended before the notebook (exit code {code})"
        )
