"""A batch: plan, make what is missing, put each report in its place, and keep account of it."""

import contextlib
import shutil
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from tqdm import tqdm

from analysis.batch.farm import Farm
from analysis.batch.ledger import WRITING, Ledger, finished, now, write_whole
from analysis.batch.pages import write_index
from analysis.batch.plan import Inputs, Job, day_of
from analysis.batch.work import DONE, Result, Task
from analysis.report.html import SHARED, shared_files

# Each report that was made, what became of it, and where its files wait to be kept.
Making = Generator[tuple[Job, Result, Path | None], None, None]


@dataclass
class Summary:
    """What a batch came to: how many were made, stood already, or failed; and why."""

    made: int = 0
    kept: int = 0
    failures: dict[str, str] = field(default_factory=dict)

    def lines(self, out: Path | str) -> Iterator[str]:
        """Yield what the command says at its end."""
        yield f"{out}: {self.made:,} made, {self.kept:,} unchanged, {len(self.failures):,} failed"
        for report, sentence in self.failures.items():
            yield f"{report}: {sentence}"


class Maker(Protocol):
    """Whoever makes reports: the workers of this machine, or a cluster's."""

    def make(self, inputs: Inputs, jobs: list[Job], ledger: Ledger, timeout: float) -> Making:
        """Make reports; yield what became of each, and where its files wait to be kept.

        The files stand until the next is asked for; None means that they are in their place.
        """


@dataclass(frozen=True)
class Here:
    """Makes reports with the workers of this machine."""

    farm: Farm

    def make(self, inputs: Inputs, jobs: list[Job], ledger: Ledger, timeout: float) -> Making:
        """Make reports in the folder of what is being written."""
        by_stem = {job.stem: job for job in jobs}
        place = ledger.folder / WRITING
        tasks = (task_of(inputs, job, place, timeout) for job in jobs)
        made = self.farm.make(tasks)  # at once, while this process has no threads

        def waiting() -> Making:
            for task, result in made:
                yield by_stem[task.stem], result, place
                for path in place.glob(f"{task.stem}.*"):
                    path.unlink()

        return waiting()


def run_batch(
    inputs: Inputs, jobs: list[Job], ledger: Ledger, maker: Maker, timeout: float, quiet: bool
) -> Summary:
    """Make the reports of a batch that do not stand in its place already.

    Parameters
    ----------
    ledger
        The place's, which this process must hold.
    timeout
        Seconds after which a report is given up; 0 for never.
    quiet
        Whether to show no progress.

    Raises
    ------
    OSError, ProjectError
        If the place cannot be written to: what is there already stays whole.
    """
    ledger.sweep()
    sizes = ledger.sizes()
    todo = [job for job in jobs if not ledger.is_done(job.id, job.key, sizes)]
    summary = Summary(kept=len(jobs) - len(todo))
    if todo:
        day = day_of(inputs.parameters)
        ledger.forget(job.id for job in todo)
        ledger.add({"begun": now(), "notebook": inputs.notebook.name, "day": day})
        write_shared(ledger.folder)
        ledger.publish()
        with working(ledger.folder / WRITING):
            made = maker.make(inputs, todo, ledger, timeout)
            for job, result, place in shown(made, len(todo), quiet):
                settle(job, result, place, inputs.edition, ledger, summary)
        ledger.add({"ended": now(), "made": summary.made, "failed": len(summary.failures)})
    write_index(ledger)
    ledger.publish()
    return summary


@contextlib.contextmanager
def working(place: Path) -> Iterator[None]:
    """Have a folder for what is being written, and delete it afterwards."""
    place.mkdir(exist_ok=True)  # a cluster's worker may have held it open as it was deleted
    try:
        yield
    finally:
        shutil.rmtree(place, ignore_errors=True)


def shown(made: Making, count: int, quiet: bool) -> Making:
    """Show the progress of what is made."""
    failed = 0
    with (
        contextlib.closing(made),
        tqdm(total=count, unit="report", disable=quiet, dynamic_ncols=True) as bar,
    ):
        for job, result, place in made:
            yield job, result, place
            failed += result.status != DONE
            bar.set_postfix_str(f"{failed} failed", refresh=False)
            bar.update()


def task_of(inputs: Inputs, job: Job, place: Path, timeout: float) -> Task:
    """Return a job as a worker is told of it."""
    folder, notebook = str(place.absolute()), str(inputs.notebook.absolute())
    return Task(notebook, job.parameters, inputs.formats, folder, job.stem, timeout)


def settle(
    job: Job, result: Result, place: Path | None, edition: str, ledger: Ledger, summary: Summary
) -> None:
    """Keep a report and its line; or write down why it failed."""
    line = finished(line_of_job(job, edition), result)
    if result.status == DONE:
        ledger.keep(line, place)
        summary.made += 1
    else:
        ledger.add(line)
        summary.failures[job.stem] = result.sentence


def line_of_job(job: Job, edition: str) -> dict[str, Any]:
    """Return how a report's line begins: what it is made from."""
    line = {"id": job.id, "title": job.title, "key": job.key, "edition": edition}
    return line | {"parameters": job.parameters}


def write_shared(folder: Path) -> None:
    """Write what the pages share, if it is not there."""
    (folder / SHARED).mkdir(exist_ok=True)
    for name, data in shared_files().items():
        path = folder / SHARED / name
        if not path.exists() or path.stat().st_size != len(data):
            write_whole(path, data)
