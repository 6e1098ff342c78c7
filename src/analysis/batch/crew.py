"""A cluster's worker: makes some reports in a warm process beside it, and puts each in its place.

A worker has threads, and a process with threads must not be forked. So each of its tasks has a
warm process of its own, which is kept for a while for the next.
"""

import contextlib
import json
import platform
import shutil
import tempfile
import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from analysis.batch.bundle import Bundle
from analysis.batch.export import write_through
from analysis.batch.farm import Farm, Worker
from analysis.batch.lease import Lease
from analysis.batch.ledger import finished, write_whole
from analysis.batch.plan import code_hash, version_of, versions
from analysis.batch.stored import marker, put_report
from analysis.batch.work import DONE, FAILED, Result, Task
from analysis.errors import AnalysisError, ProjectError
from analysis.read.recalled import hash_files
from analysis.read.shared import PROJECT_DATA, SHARED

IDLE = 60.0  # seconds after which a warm process that nobody asks is ended
CODE, SHIPPED = "the code of unions", "the project's own data"


@dataclass(frozen=True)
class Order:
    """One report to make: the beginning of its line in the ledger, and its files' stem."""

    stem: str
    line: dict[str, Any]


@dataclass(frozen=True)
class Made:
    """What became of an order; ``place`` is the folder in the shared one where its files are."""

    stem: str
    result: Result
    place: str = ""


class Shelf(Protocol):
    """Where a worker puts what it made, so that it is not made again if the worker is killed."""

    def check(self) -> None:
        """Refuse to go on if the batch has ended."""

    def found(self, order: Order) -> Made | None:
        """Return a report that was made in this batch already."""

    def keep(self, order: Order, result: Result, scratch: Path) -> Made:
        """Put a report, whole, where it counts."""


@dataclass(frozen=True)
class SharedShelf:
    """A folder of this batch alone, seen by all workers; each try of a report has its own in it.

    Two workers may make one report, if one was taken for dead: they shall not write to one file.
    """

    place: str

    def check(self) -> None:
        """Refuse to go on if the folder is gone: the batch has ended."""
        if not Path(self.place).is_dir():
            raise ProjectError(f"{self.place} is not there, or no longer: the batch has ended")

    def found(self, order: Order) -> Made | None:
        """Return what a report's marker says, if there is one."""
        with contextlib.suppress(FileNotFoundError):
            said = json.loads(Path(self.place, f"{order.stem}.json").read_bytes())
            return Made(order.stem, Result(**said["result"]), said["place"])
        return None

    def keep(self, order: Order, result: Result, scratch: Path) -> Made:
        """Copy a report's files, and then write its marker."""
        own = uuid.uuid4().hex
        Path(self.place, own).mkdir()
        for name in result.files:
            write_through(Path(self.place, own, name), (scratch / name).read_bytes())
        said = json.dumps({"result": vars(result), "place": own}).encode()
        write_whole(Path(self.place, f"{order.stem}.json"), said)
        return Made(order.stem, result, own)


@dataclass(frozen=True)
class StoreShelf:
    """An address."""

    lease: Lease

    def check(self) -> None:
        """Refuse to go on if the address is no longer this batch's."""
        self.lease.check()

    def found(self, order: Order) -> Made | None:
        """Return what a report's marker says, if there is one."""
        data = self.lease.store.get(marker(order.stem, order.line["key"]))
        line = json.loads(data) if data else {}
        if not line:
            return None
        return Made(order.stem, Result(DONE, files=line["files"], seconds=line["seconds"]))

    def keep(self, order: Order, result: Result, scratch: Path) -> Made:
        """Put a report's files, and then its marker."""
        put_report(self.lease, finished(order.line, result), scratch)
        return Made(order.stem, result)


@dataclass(frozen=True)
class Chunk:
    """Some reports to make, one after another.

    Attributes
    ----------
    formats, timeout
        As a task has them.
    shelf
        Where to put them.
    wanted
        What the command was run with, as :func:`signature` says it.
    orders
        The reports.
    """

    formats: tuple[str, ...]
    timeout: float
    shelf: Shelf
    wanted: dict[str, str]
    orders: tuple[Order, ...]


def make_chunk(bundle: Bundle, chunk: Chunk) -> list[Made]:
    """Make some reports; say what became of each.

    Raises
    ------
    ProjectError
        If the batch has ended, or this worker is not as the command is.
    """
    if unlike := differences(chunk.wanted, signature()):
        raise ProjectError(f"a worker that joined the cluster differs: {unlike}")
    with warm(bundle) as kept:
        return [make_one(order, chunk, bundle, kept) for order in chunk.orders]


def make_one(order: Order, chunk: Chunk, bundle: Bundle, kept: "Warm") -> Made:
    """Make one report, unless it was made by a worker that was killed afterwards."""
    chunk.shelf.check()
    if found := chunk.shelf.found(order):
        return found
    with tempfile.TemporaryDirectory(dir=kept.folder) as scratch:
        task = Task(str(kept.folder / bundle.notebook), order.line["parameters"], chunk.formats,
                    scratch, order.stem, chunk.timeout)  # fmt: skip
        result = kept.worker.make(task)
        if result.status != DONE:
            return Made(order.stem, result)
        try:
            return chunk.shelf.keep(order, result, Path(scratch))
        except (AnalysisError, OSError) as error:
            chunk.shelf.check()
            return Made(order.stem, Result(FAILED, str(error), seconds=result.seconds))


@dataclass
class Warm:
    """A warm process, and the folder that a batch's files were unpacked into for it."""

    worker: Worker
    folder: Path
    timer: threading.Timer | None = None

    @classmethod
    def start(cls, bundle: Bundle) -> "Warm":
        """Unpack a batch's files; the process is started when it is first asked."""
        folder = Path(tempfile.mkdtemp(prefix="unions-", dir=scratch_folder()))
        bundle.unpack(folder)
        return cls(Worker(Farm(1, bundle.ahead_in(folder))), folder)

    def end(self) -> None:
        """End the process, and delete the files."""
        self.worker.end()
        shutil.rmtree(self.folder, ignore_errors=True)


_idle: dict[str, list[Warm]] = {}
_lock = threading.Lock()


@contextlib.contextmanager
def warm(bundle: Bundle) -> Iterator[Warm]:
    """Have a warm process for a batch: an idle one, else a new one."""
    mark = bundle.mark
    with _lock:
        kept = _idle[mark].pop() if _idle.get(mark) else None
    if kept and kept.timer:
        kept.timer.cancel()
    kept = kept or Warm.start(bundle)
    try:
        yield kept
    finally:
        kept.timer = threading.Timer(IDLE, retire, [mark, kept])
        kept.timer.daemon = True
        with _lock:
            _idle.setdefault(mark, []).append(kept)
        kept.timer.start()


def retire(mark: str, kept: Warm) -> None:
    """End a warm process if it is idle still."""
    with _lock:
        idle = kept in _idle.get(mark, ())
        if idle:
            _idle[mark].remove(kept)
    if idle:
        kept.end()


def scratch_folder() -> str | None:
    """Return where a worker of dask keeps its own files, which it deletes; else the system's."""
    from distributed import get_worker

    with contextlib.suppress(ValueError):
        return str(get_worker().local_directory)
    return None


def signature() -> dict[str, str]:
    """Return what makes the same inputs into the same reports: versions, code, data."""
    shipped = hash_files(PROJECT_DATA / f"{kind}.csv" for kind in (*SHARED, "sources"))
    return {
        "python": platform.python_version(),
        "distributed": version_of("distributed"),
        **versions(),
        CODE: code_hash(),
        SHIPPED: shipped,
    }


def differences(wanted: dict[str, str], found: dict[str, str]) -> str:
    """Say in which of the wanted things a worker differs from the command; nothing if in none.

    >>> differences({"pandas": "3.1.0", "numpy": "2.4"}, {"pandas": "3.0.9", "numpy": "2.4"})
    'pandas 3.0.9 there and 3.1.0 here'
    """
    unlike = [name for name in wanted if wanted[name] != found.get(name)]
    said = [f"{name} {found.get(name) or 'missing'} there and {wanted[name] or 'missing'} here"
            for name in unlike if name not in (CODE, SHIPPED)]  # fmt: skip
    return ", ".join(said or [f"other than here is {name}" for name in unlike])


def sees(place: str) -> bool:
    """Say whether this machine has a folder, and may write to it."""
    with contextlib.suppress(OSError), tempfile.TemporaryFile(dir=place):
        return True
    return False
