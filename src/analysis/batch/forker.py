"""The worker: a warm process that forks a child a notebook, and a helper that lays reports out.

It has one thread and never runs a notebook's cell, so that every child begins alike. Where there
is no fork, the worker runs notebooks by the stock engine instead.
"""

import contextlib
import ctypes
import functools
import gc
import json
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat

from analysis.batch.export import write_formats, write_through
from analysis.batch.work import DONE, FAILED, LOST, Result, Task, line_of
from analysis.errors import AnalysisError
from analysis.read.ahead import read_ahead
from analysis.report.formats import warm_formats
from analysis.report.run import execute
from analysis.report.written import notebook_text

# The helper is replaced after so many reports, whatever its libraries keep.
HELPED = 500
STOP_ON_PARENTS_DEATH = 1  # as Linux's prctl numbers it
STARTED_BY = os.getppid()
LISTEN = 0.5  # seconds after which it is looked whether all are still there


def serve(kernel: Any) -> None:
    """Answer tasks, one a line, until there are no more."""
    asked, answers = _own_channel()
    first = json.loads(asked.readline() or "{}")
    worker = Forker(kernel, first) if kernel else Stock()
    with contextlib.suppress(BrokenPipeError):
        os.write(answers, b"{}\n")
        for line in asked:
            task = Task(**json.loads(line))
            started = time.monotonic()
            result = worker.make(task)
            seconds = round(time.monotonic() - started, 3)
            os.write(
                answers, line_of(Result(result.status, result.sentence, result.files, seconds))
            )


def _own_channel() -> tuple[Any, int]:
    """Return where tasks come from and answers go; nothing else shall write or read there."""
    asked = os.fdopen(os.dup(0), "rb", buffering=0)
    answers = os.dup(1)
    with Path(os.devnull).open("r+b", buffering=0) as nothing:
        os.dup2(nothing.fileno(), 0)
        os.dup2(nothing.fileno(), 1)
    return asked, answers


class Stock:
    """Makes reports by stock papermill, in a process of a kernel of its own each."""

    def make(self, task: Task) -> Result:
        """Run a notebook and lay it out."""
        return attempt(lambda: self._make(task))

    def _make(self, task: Task) -> Result:
        write_notebook(task)
        return Result(DONE, files=write_formats(task))


class Forker:
    """Makes each report in a fork of this process, and lays it out in another."""

    def __init__(self, kernel: Any, first: dict[str, Any]) -> None:
        from analysis.batch.kernel import MemoryEngine

        MemoryEngine.serve_here(kernel)
        self.helper: Helper | None = None
        with contextlib.suppress(AnalysisError, OSError):  # the notebook itself will say it
            read_ahead(**first) if first else None
        warm_formats()
        gc.collect()
        gc.freeze()  # else a child's first collection would write to every page, and copy it

    def make(self, task: Task) -> Result:
        """Run a notebook in a child, then have it laid out."""
        deadline = time.monotonic() + task.timeout if task.timeout else None
        if not task.notebook:
            return in_child(lambda: attempt(lambda: run_node(task)), deadline)
        ran = in_child(lambda: attempt(lambda: write_notebook(task, "unions_memory")), deadline)
        if ran.status != DONE:
            return ran
        if self.helper and self.helper.done >= HELPED:
            self.helper.end()
            self.helper = None
        self.helper = self.helper or Helper()
        made = self.helper.lay_out(task, deadline)
        if made.status == LOST:
            self.helper = None
        return made


def write_notebook(task: Task, engine: str | None = None) -> Result:
    """Run a notebook and write it as run."""
    node = execute(Path(task.notebook), task.parameters, engine)
    data = notebook_text(node).encode()
    write_through(Path(task.folder, f"{task.stem}.ipynb"), data)
    return Result(DONE)


def run_node(task: Task) -> Result:
    """Run a notebook that papermill has made ready, where it stands."""
    from analysis.batch.kernel import run_ready

    path = Path(task.folder, f"{task.stem}.ipynb")
    node = nbformat.from_dict(json.loads(path.read_text("utf-8")))
    path.write_text(json.dumps(run_ready(node, task.parameters["cwd"])), "utf-8")
    return Result(DONE)


def attempt(work: Callable[[], Result]) -> Result:
    """Do some work, and say in one sentence why it failed if it does."""
    try:
        return work()
    except AnalysisError as error:
        return Result(FAILED, " ".join(str(error).split("\n")))
    except OSError as error:
        return Result(FAILED, f"{error.strerror or error}: {error.filename or 'a file'}")
    except BaseException as error:
        return Result(FAILED, f"{{notebook}}: {type(error).__name__}: {error}")


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
    """A fork of this process: it does one thing, keeps one file descriptor, and ends."""

    def __init__(self, work: Callable[[], object], kept: int) -> None:
        self.status: int | None = None
        self.parent = os.getpid()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                self._begin(kept)
                work()
            finally:
                os._exit(0)

    def _begin(self, kept: int) -> None:
        """Become a process that ends with its parent, and draws its own chances."""
        os.setsid()
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(STOP_ON_PARENTS_DEATH, signal.SIGKILL)
            if os.getppid() != self.parent:
                os._exit(0)
        for fd in [int(path.name) for path in Path("/dev/fd").iterdir()]:
            if fd > 2 and fd != kept:
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
            if os.getppid() != STARTED_BY:
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


class Helper:
    """A fork of the worker that lays out reports, and keeps what they have in common."""

    def __init__(self) -> None:
        self.done = 0
        self.ours, theirs = socket.socketpair()
        self.child = Child(lambda: _lay_out(theirs), theirs.fileno())
        theirs.close()

    def lay_out(self, task: Task, deadline: float | None) -> Result:
        """Have an executed notebook laid out; if it is lost, the helper has ended."""
        self.done += 1
        with contextlib.suppress(OSError):
            self.ours.sendall(line_of(task))
        said = self.child.hear(self.ours.fileno(), deadline)
        if said.endswith(b"\n"):
            return Result(**json.loads(said))
        self.end()
        return self.child.lost(deadline)

    def end(self) -> None:
        """End the process."""
        self.ours.close()
        self.child.end()


def _lay_out(theirs: socket.socket) -> None:
    """Lay out what is asked for until nobody asks."""
    with theirs.makefile("rb") as tasks:
        for line in tasks:
            task = Task(**json.loads(line))
            theirs.sendall(line_of(attempt(functools.partial(_write, task))))


def _write(task: Task) -> Result:
    files = write_formats(task)
    if "pdf" in task.formats:
        from analysis.report.pdf import forget_pages

        forget_pages()
    return Result(DONE, files=files)
