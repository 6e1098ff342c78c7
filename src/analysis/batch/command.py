"""The command ``unions batch``: what was typed, made into a batch."""

import contextlib
import datetime as dt
import gc
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.batch.batch import Here, Maker, Summary, run_batch
from analysis.batch.farm import CAN_FORK, Farm
from analysis.batch.ledger import Ledger, locked
from analysis.batch.plan import (
    Inputs,
    Job,
    day_of,
    read_words,
    row_jobs,
    school_jobs,
    takes_schools,
)
from analysis.errors import DataError, ParameterError, ProjectError, did_you_mean
from analysis.read.facts import read_dataset
from analysis.read.workforce import Workforce, read_workforce
from analysis.report.formats import check_formats
from analysis.report.names import label
from analysis.report.parameters import Known, check_parameters, parse_parameters, with_day

EXTRA = ("distributed", "fsspec", "obstore")


@dataclass(frozen=True)
class Asked:
    """What a batch was asked for.

    Attributes
    ----------
    notebook, data
        The notebook and the data folder.
    schools
        The file of posts, for a report a school; or None.
    rows
        The CSV of parameters, for a report a row; or None.
    typed
        ``name=value`` for all reports.
    formats
        What to write beside the executed notebook.
    la
        The code of the authority or the trust whose schools are wanted; empty means all.
    urns
        A file with one URN a line, of the schools that are wanted; or None.
    known
        The codes that a parameter may hold with what they mean, by the parameter's name.
    edition
        The data's edition, for the index.
    """

    notebook: Path
    data: Path
    schools: Path | None
    rows: Path | None
    typed: list[str]
    formats: tuple[str, ...]
    la: str
    urns: Path | None
    known: Known
    edition: str = ""


def make_batch(
    asked: Asked, out: Path | str, workers: int, timeout: float, quiet: bool,
    fork: bool = CAN_FORK, scheduler: str = "", kernel: Any = None,
) -> Summary:  # fmt: skip
    """Make the reports that were asked for and do not stand in their place already.

    Parameters
    ----------
    out
        A folder; or an address, as text.
    scheduler
        The address of the scheduler of a cluster that shall make them; empty means this machine.
    kernel
        A pristine kernel of this process, if workers may be forked from it.

    Raises
    ------
    ParameterError, DataError
        If anything typed, or any row, cannot be taken; nothing has been made then.
    ProjectError
        If another batch is writing there, or the place or the cluster is not to be had.
    """
    check(asked)
    values = values_of(asked)
    with contextlib.ExitStack() as held:
        client = held.enter_context(cluster_at(scheduler)) if scheduler else None
        with no_look_for_garbage():
            ledger = held.enter_context(ledger_of(out))
            inputs = inputs_of(asked, values, ledger)
            jobs, ahead = plan(asked, inputs)
        maker: Maker = Here(Farm(workers or cores(), ahead, fork, kernel))
        if client is not None:
            from analysis.batch.cluster import Cluster

            maker = Cluster(client, scheduler, ahead)
        return run_batch(inputs, jobs, ledger, maker, timeout, quiet)


@contextlib.contextmanager
def no_look_for_garbage() -> Iterator[None]:
    """Let Python look for none while much is read that is kept: it would look at all of it."""
    looks = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looks:
            gc.enable()


@contextlib.contextmanager
def ledger_of(out: Path | str) -> Iterator[Ledger]:
    """Hold a folder or an address, and read what has been made there."""
    if isinstance(out, Path):
        with locked(out):
            yield Ledger.read(out)
        return
    with needing(EXTRA):
        from analysis.batch.store import Store
        from analysis.batch.stored import stored
    with stored(Store.at(out)) as ledger:
        yield ledger


def cluster_at(scheduler: str) -> contextlib.AbstractContextManager[Any]:
    """Return the connection to a cluster."""
    with needing(EXTRA):
        from analysis.batch.cluster import connected
    return connected(scheduler)


@contextlib.contextmanager
def needing(libraries: tuple[str, ...]) -> Iterator[None]:
    """Say what to install where a library that not everybody needs is not there."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in (*libraries, "dask"):
            raise
        text = "--scheduler, and an address as --out, need libraries that are not installed"
        raise ProjectError(f"{text}; get them by 'pip install {' '.join(libraries)}'") from error


def check(asked: Asked) -> None:
    """Refuse what does not go together."""
    check_formats(asked.formats)
    if (asked.schools is None) == (asked.rows is None):
        raise ParameterError("name a file of schools, or --parameters with a CSV: one of the two")
    if asked.rows and (asked.la or asked.urns):
        raise ParameterError("--la and --urns choose schools; with --parameters there are none")
    if asked.schools and not takes_schools(asked.notebook):
        raise ParameterError(
            f"{label(asked.notebook)} takes no 'workforce' and 'urn'; give it --parameters"
        )


def values_of(asked: Asked) -> dict[str, Any]:
    """Return the parameters that all reports share, checked."""
    typed = list(asked.typed)
    if asked.schools:
        typed.append(f"workforce={asked.schools}")
    values = parse_parameters(typed, asked.notebook)
    if asked.schools and "urn" in values:
        raise ParameterError("parameter 'urn' is each school's own; choose schools by --urns FILE")
    check_parameters(values, asked.notebook, asked.known)
    return values


def inputs_of(asked: Asked, values: Mapping[str, Any], ledger: Ledger) -> Inputs:
    """Return what all reports share; a batch that did not come to its end keeps its day."""
    before = ledger.unfinished or {}
    same = before.get("notebook") == asked.notebook.name
    day = (before.get("day") if same else "") or dt.date.today().isoformat()
    shared = with_day(values, asked.notebook, day)
    return Inputs(asked.notebook, shared, asked.formats, asked.data, asked.edition)


def plan(asked: Asked, inputs: Inputs) -> tuple[list[Job], dict[str, Any]]:
    """Return the jobs, and what every worker shall read before the first."""
    ahead = {"data": str(asked.data.absolute()), "day": day_of(inputs.parameters)}
    if asked.rows:
        return row_jobs(inputs, asked.rows, asked.known), ahead
    assert asked.schools is not None
    wanted = read_urns(asked.urns) if asked.urns else None
    schools = read_workforce(asked.schools, read_dataset(asked.data).roles, wanted)
    schools = schools_of(schools, asked.la) if asked.la else schools
    chosen = list(schools.schools.index) if wanted or asked.la else None
    jobs = school_jobs(inputs, schools)
    return jobs, ahead | {"workforce": str(asked.schools.absolute()), "urns": chosen}


def schools_of(schools: Workforce, code: str) -> Workforce:
    """Return the schools that an authority or a trust employs for.

    Raises
    ------
    DataError
        If the file gives the code to no school.
    """
    employers = schools.schools["employers"]
    urns = [urn for urn, codes in employers.items() if code in codes]
    if not urns:
        near = did_you_mean(code, {one for codes in employers for one in codes})
        raise DataError([f"{schools.file}: no school has the employer '{code}'{near}"])
    return schools.of(urns)


def read_urns(path: Path) -> list[str]:
    """Return the URNs of a text file, one a line; the heading ``urn`` and blanks count nothing."""
    urns = [line.split(",")[0].strip().strip('"') for line in read_words(path).splitlines()]
    found = list(dict.fromkeys(urn for urn in urns if urn and urn.casefold() != "urn"))
    if not found:
        raise DataError([f"{path.name}: the file holds no URN; expected one a line"])
    return found


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
