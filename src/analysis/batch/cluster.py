"""Makes reports on the workers of a ``dask.distributed`` cluster, many of them a task."""

import asyncio
import contextlib
import logging
import re
import secrets
import time
import warnings
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from distributed import CancelledError, Client, Future, KilledWorker, wait
from distributed.comm import CommClosedError
from distributed.core import rpc
from distributed.security import Security
from distributed.versions import VersionMismatchWarning

from analysis.batch import crew
from analysis.batch.batch import Making, line_of_job
from analysis.batch.bundle import Bundle
from analysis.batch.crew import Chunk, Made, Order, SharedShelf, Shelf, StoreShelf
from analysis.batch.ledger import WRITING, Ledger
from analysis.batch.plan import Inputs, Job
from analysis.batch.stored import StoreLedger
from analysis.batch.work import LOST, Result
from analysis.errors import ProjectError
from analysis.report.names import label

ADDRESS = re.compile(r"(tcp|tls|ws|wss|ucx)://[^/\s]+:\d+")
ANSWER = 8.0  # seconds in which a scheduler has to answer
LOOK = 5.0  # seconds after which it is looked whether the cluster is still there
ALONE = 60.0  # seconds without any worker, after which a batch is given up
MOST = 20  # reports of a task: what is made again, at the most, when a worker is killed
SHARES = 4  # tasks that each thread of a worker shall have, so that all end at about one time


@dataclass(frozen=True)
class Cluster:
    """The workers of a scheduler.

    Attributes
    ----------
    client
        The connection.
    address
        The scheduler's, as it was typed.
    ahead
        What every report reads, as a farm has it.
    """

    client: Client
    address: str
    ahead: dict[str, Any]

    def make(self, inputs: Inputs, jobs: list[Job], ledger: Ledger, timeout: float) -> Making:
        """Make reports on the workers, which put them in a shared folder or at an address."""
        bundle = Bundle.of(inputs, jobs, self.ahead)
        wanted = wanted_of(bundle.lacking)
        check_workers(self.client, self.address, wanted)
        shelf, waiting = self._shelf(ledger)
        by_stem = {job.stem: job for job in jobs}
        orders = [Order(job.stem, line_of_job(job, inputs.edition)) for job in jobs]
        size = chunk_size(len(orders), sum(self.client.nthreads().values()))
        chunks = [Chunk(inputs.formats, timeout, shelf, wanted, tuple(orders[at : at + size]))
                  for at in range(0, len(orders), size)]  # fmt: skip
        with contextlib.closing(self._results(bundle, chunks)) as results:
            for made in results:
                place = waiting / made.place if waiting and made.place else None
                said = made.result.sentence.replace("{notebook}", label(inputs.notebook))
                result = Result(made.result.status, said, made.result.files, made.result.seconds)
                yield by_stem[made.stem], result, place

    def _shelf(self, ledger: Ledger) -> tuple[Shelf, Path | None]:
        """Return where workers put reports, and the folder where these wait, if it is one."""
        if isinstance(ledger, StoreLedger):
            return StoreShelf(ledger.lease), None
        place = ledger.folder.absolute() / WRITING / secrets.token_hex(8)
        place.mkdir()
        for worker, sees in self.client.run(crew.sees, str(place)).items():
            if not sees:
                text = f"worker {worker} cannot write to {ledger.folder.absolute()}"
                hint = "give --out a folder that all machines share, or an address: s3://bucket/a"
                raise ProjectError(f"{text}; {hint}")
        return SharedShelf(str(place)), place

    def _results(self, bundle: Bundle, chunks: list[Chunk]) -> Generator[Made, None, None]:
        """Hand out the chunks; yield what became of each report, chunk by chunk."""
        batch = secrets.token_hex(8)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Sending large graph")  # a workbook is large
            # A task's result, not a thing sent: made again if the workers that hold it die.
            files = self.client.submit(_same, bundle, key=f"unions-files-{batch}")
        left = {
            self.client.submit(crew.make_chunk, files, chunk, key=f"unions-{batch}-{n}"): chunk
            for n, chunk in enumerate(chunks)
        }
        seen = time.monotonic()
        try:
            while left:
                for future in self._done(list(left)):
                    with contextlib.suppress(TimeoutError):  # its worker has just ended
                        yield from _made(future, left[future])
                        # Let go of at once: what no one asks for is not made again.
                        del left[future]
                        future.release()
                if self.client.scheduler_info(n_workers=-1)["workers"]:
                    seen = time.monotonic()
                elif time.monotonic() - seen > ALONE:
                    text = f"the scheduler at {self.address} has had no workers for {ALONE:.0f} s"
                    raise ProjectError(f"{text}; the same command goes on from here")
        except (CancelledError, CommClosedError) as error:
            text = f"the scheduler at {self.address} ended"
            raise ProjectError(f"{text}; the same command goes on from here") from error
        finally:
            with contextlib.suppress(Exception):  # the scheduler may be gone
                self.client.cancel([*left, files], force=True)

    def _done(self, futures: list[Future]) -> set[Future]:
        """Wait a little for what is done."""
        with contextlib.suppress(TimeoutError):
            return set(wait(futures, timeout=LOOK, return_when="FIRST_COMPLETED").done)
        if self.client.status != "running":
            raise CommClosedError
        return set()


def _made(future: Future, chunk: Chunk) -> list[Made]:
    """Return what a chunk came to; a task whose workers were killed, one after another, is lost.

    Raises
    ------
    TimeoutError
        If it has to be made again.
    """
    try:
        made: list[Made] = future.result(timeout=LOOK)
        return made
    except KilledWorker:
        lost = Result(LOST, "{notebook}: every worker that was to make it ended")
        return [chunk.shelf.found(order) or Made(order.stem, lost) for order in chunk.orders]


def _same(bundle: Bundle) -> Bundle:
    return bundle


def chunk_size(reports: int, threads: int) -> int:
    """Return how many reports a task shall have.

    >>> chunk_size(6, 2), chunk_size(550, 8), chunk_size(24_000, 64)
    (1, 18, 20)
    """
    return max(1, min(MOST, -(-reports // (SHARES * max(1, threads)))))


@contextlib.contextmanager
def connected(address: str) -> Iterator[Client]:
    """Be connected to a scheduler.

    Raises
    ------
    ProjectError
        If the address is none, or no scheduler answers there within seconds; or as
        :func:`check_workers` says.
    """
    if not ADDRESS.fullmatch(address):
        raise ProjectError(f"--scheduler is '{address}'; it is written tcp://HOST:PORT")
    for name in ("distributed", "distributed.client", "distributed.core"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what it says, we say in a sentence
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", VersionMismatchWarning)  # check_workers says it
            with ThreadPoolExecutor(1) as apart:  # a notebook has a loop in its own thread
                apart.submit(asyncio.run, identity(address)).result()
            client = Client(address, timeout=ANSWER)
    except Exception as error:  # whatever a server of another kind makes of it, too
        raise ProjectError(f"no scheduler answers at {address} ({ANSWER:.0f} s)") from error
    with client:
        check_workers(client, address, wanted_of(lacking=False))
        yield client


async def identity(address: str) -> Any:
    """Return what a scheduler says of itself.

    Asked before a client is made: a client waits for ever for a server that says nothing.

    Raises
    ------
    TimeoutError
        If it does not answer.
    """
    keys = Security().get_connection_args("client")
    async with asyncio.timeout(ANSWER), rpc(address, connection_args=keys) as scheduler:
        return await scheduler.identity(n_workers=0)


def wanted_of(lacking: bool) -> dict[str, str]:
    """Return what workers shall have; the project's own data only if it stands in for a file."""
    own = crew.signature()
    return {name: own[name] for name in own if lacking or name != crew.SHIPPED}


def check_workers(client: Client, address: str, wanted: dict[str, str]) -> None:
    """Refuse a cluster without workers, and workers that would make other reports.

    Raises
    ------
    ProjectError
        One sentence that names a worker, and what differs.
    """
    if not client.nthreads():
        text = f"the scheduler at {address} has no workers"
        raise ProjectError(f"{text}; start some by 'dask worker {address}'")
    found = client.run(crew.signature, on_error="return")
    for worker, said in found.items():
        if isinstance(said, ModuleNotFoundError):
            raise ProjectError(f"worker {worker} has no '{said.name}'; install the same there")
        if isinstance(said, BaseException):
            raise ProjectError(f"worker {worker} does not answer ({said})") from said
        if unlike := crew.differences(wanted, said):
            text = f"worker {worker} differs from this command: {unlike}"
            raise ProjectError(f"{text}; install the same on all machines")
