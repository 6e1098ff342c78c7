"""A batch: plan, make what is missing, put each report in its place, and keep account of it."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tqdm import tqdm

from analysis.batch.farm import Farm
from analysis.batch.ledger import WRITING, Ledger, write_whole
from analysis.batch.pages import write_index
from analysis.batch.plan import Inputs, Job, day_of
from analysis.batch.work import DONE, FAILED, Result, Task
from analysis.report.html import SHARED, shared_files


@dataclass
class Summary:
    """What a batch came to: how many were made, stood already, or failed; and why."""

    made: int = 0
    kept: int = 0
    failures: dict[str, str] = field(default_factory=dict)

    def lines(self, out: Path) -> Iterator[str]:
        """Yield what the command says at its end."""
        yield f"{out}: {self.made:,} made, {self.kept:,} unchanged, {len(self.failures):,} failed"
        for report, sentence in self.failures.items():
            yield f"{report}: {sentence}"


def run_batch(
    inputs: Inputs, jobs: list[Job], ledger: Ledger, farm: Farm, timeout: float, quiet: bool
) -> Summary:
    """Make the reports of a batch that do not stand in its folder already.

    Parameters
    ----------
    ledger
        The folder's, which this process must hold.
    timeout
        Seconds after which a report is given up; 0 for never.
    quiet
        Whether to show no progress.

    Raises
    ------
    OSError
        If the folder cannot be written to: what is there already stays whole.
    """
    ledger.sweep()
    sizes = ledger.sizes()
    todo = [job for job in jobs if not ledger.is_done(job.id, job.key, sizes)]
    summary = Summary(kept=len(jobs) - len(todo))
    if todo:
        day = day_of(inputs.parameters)
        ledger.add({"begun": now(), "notebook": inputs.notebook.name, "day": day})
        write_shared(ledger.folder)
        for job, result in make_all(inputs, todo, ledger.folder, farm, timeout, quiet):
            settle(job, result, inputs.edition, ledger, summary)
        ledger.add({"ended": now(), "made": summary.made, "failed": len(summary.failures)})
    write_index(ledger)
    return summary


def make_all(
    inputs: Inputs, jobs: Iterable[Job], folder: Path, farm: Farm, timeout: float, quiet: bool
) -> Iterator[tuple[Job, Result]]:
    """Make reports in a folder that is deleted afterwards; yield each while it stands there."""
    by_stem = {job.stem: job for job in jobs}
    place = folder / WRITING
    place.mkdir()
    bar = tqdm(total=len(by_stem), unit="report", disable=quiet, dynamic_ncols=True)
    failed = 0
    try:
        tasks = (task_of(inputs, job, place, timeout) for job in by_stem.values())
        for task, result in farm.make(tasks):
            yield by_stem[task.stem], result
            failed += result.status != DONE
            bar.set_postfix_str(f"{failed} failed", refresh=False)
            bar.update()
    finally:
        bar.close()
        for path in place.iterdir():
            path.unlink()
        place.rmdir()


def task_of(inputs: Inputs, job: Job, place: Path, timeout: float) -> Task:
    """Return a job as a worker is told of it."""
    folder, notebook = str(place.absolute()), str(inputs.notebook.absolute())
    return Task(notebook, job.parameters, inputs.formats, folder, job.stem, timeout)


def settle(job: Job, result: Result, edition: str, ledger: Ledger, summary: Summary) -> None:
    """Put a report's files in their place and write its line; or write down why it failed."""
    place = ledger.folder / WRITING
    line: dict[str, Any] = {"id": job.id, "title": job.title, "key": job.key, "edition": edition}
    line |= {"parameters": job.parameters, "status": result.status, "seconds": result.seconds}
    if result.status == DONE:
        for name in result.files:
            (place / name).replace(ledger.folder / name)
        ledger.add(line | {"files": result.files, "made": now()})
        ledger.drop_former(job.id)
        summary.made += 1
    else:
        for path in place.glob(f"{job.stem}.*"):
            path.unlink()
        ledger.add(line | {"status": FAILED, "sentence": result.sentence, "made": now()})
        summary.failures[job.stem] = result.sentence


def write_shared(folder: Path) -> None:
    """Write what the pages share, if it is not there."""
    (folder / SHARED).mkdir(exist_ok=True)
    for name, data in shared_files().items():
        path = folder / SHARED / name
        if not path.exists() or path.stat().st_size != len(data):
            write_whole(path, data)


def now() -> str:
    """Return this moment, to the second."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
