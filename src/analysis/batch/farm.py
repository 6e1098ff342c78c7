"""Workers: processes that make reports one after another, as many at once as there are workers."""

import contextlib
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from analysis.batch.work import LOST, Result, Task, line_of
from analysis.report.names import label

if TYPE_CHECKING:
    from analysis.batch.forked import Forked

HERE = Path(__file__).parent
STOCK = "from analysis.batch.forker import serve; serve(None)"
CAN_FORK = hasattr(os, "fork")
TRIES = 2  # for what was killed or hung; what failed would fail again
GRACE = 30.0  # seconds that a worker has, after a report's time, to say so


@dataclass(frozen=True)
class Farm:
    """How reports are made: by how many workers, and what these read before the first.

    Attributes
    ----------
    workers
        How many reports are made at once.
    ahead
        What every report reads: the arguments of :func:`~analysis.read.ahead.read_ahead`.
    fork
        Whether a report is made in a fork of its worker, or by stock papermill.
    kernel
        A pristine kernel of this process, from which workers are forked then; None if workers
        are processes of their own.
    """

    workers: int
    ahead: dict[str, Any]
    fork: bool = CAN_FORK
    kernel: Any = None

    def make(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Result]]:
        """Make reports, and yield what became of each, as they are done.

        All files are in the tasks' folders, whole, when a result is yielded. Whoever stops asking
        ends the workers.
        """
        crew = [Worker(self) for _ in range(max(1, self.workers))]
        if self.kernel and self.fork and threading.active_count() == 1:
            self._fork(crew)
        return self._make(crew, tasks)

    def _fork(self, crew: "list[Worker]") -> None:
        """Fork all workers, before there are threads; one that dies is started anew."""
        from analysis.batch.forked import Forked
        from analysis.batch.forker import warm_up

        warm_up(self.kernel, self.ahead)
        for worker in crew:
            worker.errors = tempfile.TemporaryFile()  # noqa: SIM115  # closed in end()
            worker.process = Forked(self.kernel, worker.errors)

    def _make(self, crew: "list[Worker]", tasks: Iterable[Task]) -> Iterator[tuple[Task, Result]]:
        todo, done = iter(tasks), queue.Queue[tuple[Task, Result] | BaseException | None]()
        lock, stop = threading.Lock(), threading.Event()

        def run(worker: Worker) -> None:
            try:
                while not stop.is_set():
                    with lock:
                        task = next(todo, None)
                    if task is None:
                        break
                    done.put((task, worker.make(task)))
            except BaseException as error:
                done.put(error)
            finally:
                worker.end()
                done.put(None)

        threads = [threading.Thread(target=run, args=[worker], daemon=True) for worker in crew]
        for thread in threads:
            thread.start()
        try:
            yield from _results(done, len(crew))
        finally:
            stop.set()
            for worker in crew:
                worker.kill()
            for thread in threads:
                thread.join()


def _results(done: "queue.Queue[Any]", left: int) -> Iterator[tuple[Task, Result]]:
    """Yield what so many workers put into a queue, until each has put None."""
    while left:
        said = done.get()
        if isinstance(said, BaseException):
            raise said
        if said is None:
            left -= 1
        else:
            yield said


class Worker:
    """One warm process, started when it is first needed, and again when it has died."""

    def __init__(self, farm: Farm) -> None:
        self.farm = farm
        self.process: subprocess.Popen[bytes] | Forked | None = None
        self.errors: IO[bytes] | None = None
        self.ended = False

    def make(self, task: Task) -> Result:
        """Have a report made; what is lost is tried once more."""
        result = Result(LOST)
        for _ in range(TRIES):
            if result.status != LOST or self.ended:
                break
            result = self._ask(task)
        said = result.sentence.replace("{notebook}", label(Path(task.notebook)))
        return Result(result.status, said, result.files, result.seconds)

    def _ask(self, task: Task) -> Result:
        process = self.process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        timer = threading.Timer(task.timeout + GRACE if task.timeout else 1e6, process.kill)
        timer.daemon = True
        timer.start()
        line = b""
        with contextlib.suppress(OSError):
            process.stdin.write(line_of(task))
            process.stdin.flush()
            line = process.stdout.readline()
        timer.cancel()
        if line.endswith(b"\n"):
            return Result(**json.loads(line))
        why = self._last_words()
        self.end()
        return Result(LOST, "{notebook}: the worker process ended" + why)

    def _start(self) -> "subprocess.Popen[bytes]":
        script = [str(HERE / "warm.py")] if self.farm.fork else ["-c", STOCK]
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115  # closed in end()
        self.process = process = subprocess.Popen(
            [sys.executable, "-P", *script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            start_new_session=True,  # an interrupt is for the command, which ends its workers
        )
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(OSError):
            process.stdin.write(line_of(self.farm.ahead))
            process.stdin.flush()
            process.stdout.readline()
        return process

    def _last_words(self) -> str:
        """Return the last line that the process wrote to its standard error, if any."""
        if self.errors is None:
            return ""
        self.errors.seek(0)
        lines = self.errors.read().decode(errors="replace").split("\n")
        said = [line.strip() for line in lines if line.strip()]
        return f" ({said[-1]})" if said else ""

    def kill(self) -> None:
        """End the process at once, from another thread."""
        self.ended = True
        if self.process:
            self.process.kill()

    def end(self) -> None:
        """End the process, and forget it."""
        if self.process:
            self.process.kill()
            for pipe in (self.process.stdin, self.process.stdout, self.errors):
                if pipe:
                    with contextlib.suppress(OSError):
                        pipe.close()
            self.process.wait()
        self.process = None
