"""What a batch has to make: a report a school, or a report a row of parameters.

Each has an id, which stays, and a key: the hash of everything that its files depend on.
"""

import csv
import functools
import hashlib
import importlib.metadata
import io
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.batch.ledger import hash_of
from analysis.errors import DataError, ParameterError, no_file
from analysis.read.facts import union_names
from analysis.read.files import decode
from analysis.read.recalled import hash_files
from analysis.read.workforce import Workforce
from analysis.report.names import safe_name
from analysis.report.parameters import (
    FILES,
    Known,
    check_parameters,
    data_folders,
    parse_parameters,
    read_parameters,
)

# Everything that turns inputs into files.
MAKERS = ("ipykernel", "ipython", "matplotlib", "mistune", "nbclient", "nbformat", "numpy",
          "pandas", "papermill", "pikepdf", "plotly", "typst", "jinja2", "fonttools",
          "afcharts", "fontpkg-atkinson-hyperlegible", "fontpkg-noto-sans", "gptables",
          "xlsxwriter", "python-docx")  # fmt: skip


@dataclass(frozen=True)
class Job:
    """One report to make: its id and title in the index, its files' stem, its inputs."""

    id: str
    title: str
    stem: str
    parameters: dict[str, Any]
    key: str


@dataclass(frozen=True)
class Inputs:
    """What all reports of a batch are made from.

    Attributes
    ----------
    notebook
        Its path.
    parameters
        The parameters that all reports share, checked; the day among them.
    formats
        The formats asked for.
    data
        The data folder.
    edition
        The data's edition.
    """

    notebook: Path
    parameters: dict[str, Any]
    formats: tuple[str, ...]
    data: Path
    edition: str

    @functools.cached_property
    def key(self) -> str:
        """The hash of all that is the same for every report."""
        folders = [self.data, *data_folders(self.parameters, self.notebook)]
        files = [file for folder in folders for file in data_files(folder)]
        named = [self.notebook.parent / str(self.parameters[name])
                 for name in sorted(FILES & self.parameters.keys())]  # fmt: skip
        same = {name: value for name, value in self.parameters.items() if name not in FILES}
        made_by = {"python": sys.version, "code": code_hash(), **versions()}
        contents = [hash_files([self.notebook]), hash_files(files), *(path.name for path in named)]
        return hash_of([made_by, contents, same, sorted(self.formats)])


@functools.cache
def code_hash() -> str:
    """Return the hash of the package's own files."""
    folder = Path(__file__).parents[1]
    files = (path for path in folder.rglob("*") if path.suffix not in (".pyc", ""))
    return hash_files(sorted(files))


@functools.cache
def versions() -> dict[str, str]:
    """Return the version of each thing that the reports are made with."""
    return {name: version_of(name) for name in MAKERS}


def version_of(name: str) -> str:
    """Return a package's version; nothing if it is not installed, as the one for Word may be."""
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def school_jobs(inputs: Inputs, schools: Workforce) -> list[Job]:
    """Return a job for each school, in the order of the file."""
    keys = keys_of(schools, hash_of([inputs.key, schools.kind, schools.dated]))
    return [
        Job(
            id=urn,
            title=name,
            stem=f"{urn}-{safe_name(name)}",
            parameters=inputs.parameters | {"urn": urn},
            key=keys[urn],
        )
        for urn, name in schools.schools["school"].items()
    ]


def keys_of(schools: Workforce, same: str) -> dict[str, str]:
    """Return the hash of each school's own rows, and of what is the same for all, by URN."""
    rows = pd.util.hash_pandas_object(schools.posts, index=False).to_numpy()
    places = schools.posts.groupby("urn").indices
    said = zip(schools.schools.index, schools.schools["school"], schools.schools["employers"],
               strict=True)  # fmt: skip
    return {
        urn: hashlib.sha256(
            repr((same, urn, name, employers)).encode()
            + (rows[places[urn]].tobytes() if urn in places else b"")
        ).hexdigest()[:32]
        for urn, name, employers in said
    }


def row_jobs(inputs: Inputs, path: Path, known: Known) -> list[Job]:
    """Return a job for each row of a plain CSV file of parameters.

    An empty cell leaves the parameter as it is for all reports, or as the notebook has it.

    Raises
    ------
    DataError
        One sentence for each row that the notebook cannot take, or that repeats another.
    """
    jobs, faults, lines = list[Job](), list[str](), dict[str, int]()
    for line, typed in read_sets(path):
        try:
            own = parse_parameters(typed, inputs.notebook)
            check_parameters(own, inputs.notebook, known_to(own, inputs.notebook, known))
        except ParameterError as error:
            faults.append(f"{path.name}, line {line}: {error}")
            continue
        job = row_job(inputs, own, typed)
        if job.id in lines:
            faults.append(f"{path.name}, line {line}: the row repeats line {lines[job.id]}")
        lines[job.id] = line
        jobs.append(job)
    if faults or not jobs:
        raise DataError(faults or [f"{path.name}: the file has no rows; expected one a report"])
    return jobs


def known_to(own: Mapping[str, Any], notebook: Path, known: Known) -> Known:
    """Return the codes that a row may hold: of unions, those of the folders that it names too."""
    folders = data_folders(own, notebook)
    if not folders or not {"union", "unions"} & own.keys():
        return known
    unions = union_names(folders)
    usual = {} if "data_folder" in own else known
    return {**known, **{name: {**usual.get(name, {}), **unions} for name in ("union", "unions")}}


def row_job(inputs: Inputs, own: dict[str, Any], typed: Iterable[str]) -> Job:
    """Return the job of one set of parameters."""
    values = [one.partition("=")[2] for one in typed]
    title = ", ".join(values) or inputs.notebook.stem
    mark = hash_of([inputs.notebook.stem, own])[:8]
    files = [inputs.notebook.parent / own[name] for name in sorted(FILES & own.keys())]
    for folder in data_folders(own, inputs.notebook):
        files += data_files(folder)
    return Job(
        id=f"{inputs.notebook.stem}-{mark}",
        title=title,
        stem=f"{safe_name('-'.join(values) or inputs.notebook.stem)}-{mark}",
        parameters=inputs.parameters | own,
        key=hash_of([inputs.key, own, hash_files(files)]),
    )


def read_sets(path: Path) -> list[tuple[int, list[str]]]:
    """Return each row of a CSV of parameters as its line and ``name=value`` of filled cells."""
    text = io.StringIO(read_words(path), newline="")
    rows = csv.reader(text, strict=True)
    try:
        lines = [(rows.line_num, cells) for cells in rows]
    except csv.Error as error:
        raise DataError([f"{path.name}, line {rows.line_num}: {error}"]) from error
    names = [name.strip() for name in lines[0][1]] if lines else []
    sets, faults = list[tuple[int, list[str]]](), list[str]()
    for line, cells in lines[1:]:
        if len(cells) != len(names) and any(cells):
            said = f"the row has {len(cells)} cells; expected {len(names)}"
            faults.append(f"{path.name}, line {line}: {said}")
        elif any(cell.strip() for cell in cells):
            pairs = zip(names, cells, strict=True)
            typed = [f"{name}={cell.strip()}" for name, cell in pairs if cell.strip()]
            sets.append((line, typed))
    if faults:
        raise DataError(faults)
    return sets


def read_words(path: Path) -> str:
    """Return what stands in a text file that a reader names.

    Raises
    ------
    DataError
        If it is not there, or is no UTF-8 text.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise DataError([no_file(path)]) from None
    except OSError as error:
        raise DataError([f"{path.name}: the file cannot be read: {error.strerror}"]) from error
    text, faults = decode(raw, path.name)
    if faults:
        raise DataError([str(fault) for fault in faults])
    return text


def data_files(folder: Path) -> list[Path]:
    """Return the files of a data folder, the employer's own after the others."""
    return sorted(folder.glob("*.csv")) + sorted(folder.glob("local/*.csv"))


def day_of(parameters: Mapping[str, Any]) -> str:
    """Return the day that a report with these parameters speaks of; empty if it names none."""
    return parameters.get("as_of") or parameters.get("after") or ""


def takes_schools(notebook: Path) -> bool:
    """Say whether a notebook is about one school of a file."""
    return {"urn", "workforce"} <= read_parameters(notebook).keys()
