"""The worker: a warm process that forks a child a notebook, and a helper that lays reports out.

It has one thread and never runs a notebook's cell, so that every child begins alike. Where there
is no fork, the worker runs notebooks by the stock engine instead.
"""

import contextlib
import functools
import gc
import json
import os
import socket
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import nbformat

import analysis
from analysis.batch.child import Child, in_child
from analysis.batch.export import write_formats, write_through
from analysis.batch.work import DONE, FAILED, LOST, Result, Task, line_of
from analysis.errors import AnalysisError
from analysis.read.ahead import read_ahead
from analysis.report.formats import warm_formats
from analysis.report.run import execute
from analysis.report.written import notebook_text

# The helper is replaced after so many reports, whatever its libraries keep.
HELPED = 500


def serve(kernel: Any) -> None:
    """Answer tasks, one a line, until there are no more."""
    asked, answers = _own_channel()
    first = json.loads(asked.readline() or "{}")
    if kernel:
        warm_up(kernel, first)
    with contextlib.suppress(BrokenPipeError):
        os.write(answers, b"{}\n")
    answer(Forker(kernel) if kernel else Stock(), asked, answers)


def warm_up(kernel: Any, ahead: dict[str, Any]) -> None:
    """Import and read what every report needs, so that no fork of this process has to."""
    gc.disable()
    with kernel.shell.builtin_trap:
        for name in analysis.__all__:
            getattr(analysis, name)
    with contextlib.suppress(AnalysisError, OSError):  # the notebook itself will say it
        read_ahead(**ahead) if ahead else None
    warm_formats()
    gc.collect()
    gc.freeze()  # else a child's first collection would write to every page, and copy it
    gc.enable()


def answer(worker: "Forker | Stock", asked: Iterable[bytes], answers: int) -> None:
    """Have each task made that is asked for, and say what became of it."""
    with contextlib.suppress(BrokenPipeError):
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

    def __init__(self, kernel: Any) -> None:
        from analysis.batch.kernel import MemoryEngine

        MemoryEngine.serve_here(kernel)
        self.helper: Helper | None = None

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
        said = " ".join(f"{type(error).__name__}: {error}".split())
        return Result(FAILED, f"{{notebook}}: {said}")


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
