"""Small data folders that can be checked by eye, and the shipped data."""

import functools
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis import Dataset, read_dataset
from analysis.cli import main
from analysis.read.files import columns_of, write_rows

ROOT = Path(__file__).parents[1]

SOURCES = [
    ["county-2015", "Page", "County", "", "2015", "yes", "2026-11-22", "whole page", "none"],
    ["press-2020", "Paper", "Press", "", "2020-06-30", "", "2026-11-22", "part", "none"],
    ["undated", "Page", "Union", "", "", "", "2026-11-22", "opening of the page", "none"],
]
ROLES = [
    ["headteacher", "Headteacher", "leadership", "HDT", "HDTR"],
    ["teacher", "Classroom teacher", "teaching", "TCH", "TCHR"],
    ["teaching_assistant", "Teaching assistant", "classroom_support", "TAS", "TASS"],
    ["hlta", "Higher level teaching assistant", "classroom_support", "", "HLTA"],
    ["caretaker", "Caretaker", "auxiliary", "", "CTKR"],
    ["inspector", "Inspector", "outside_school", "", ""],
]
RULES = [["redundancy_trigger", "20", "redundancies", "", "", "press-2020"]]
BENEFITS = [["legal_help", "Legal help", "legal"], ["training", "Training", "learning"]]


def fact(union: str, kind: str, value: str, item: str = "", **more: str) -> list[str]:
    """Return one row of unions.csv; the source is the 2020 paper unless it is given."""
    cells = {"qualifier": "", "basis": "", "as_of": "", "source": "press-2020", "note": ""} | more
    return [union, kind, item, value, *cells.values()]


def union(code: str, name: str, status: str = "active", founded: str = "1990") -> list[list[str]]:
    """Return the rows without which a union is not known."""
    return [
        fact(code, "name", name, "official"),
        fact(code, "name", name, "short"),
        fact(code, "status", status),
        fact(code, "founded", founded, "present_body"),
    ]


@pytest.fixture
def write_folder(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a data folder of some facts."""

    def write(facts: list[list[str]], folder: str = "data", **files: list[list[str]]) -> Path:
        path = tmp_path / folder
        path.mkdir(exist_ok=True)
        rows = {"unions": facts, "sources": SOURCES, "roles": ROLES, "benefits": BENEFITS,
                "rules": RULES} | files  # fmt: skip
        for kind, cells in rows.items():
            text = write_rows(columns_of(kind), cells)
            (path / f"{kind}.csv").parent.mkdir(exist_ok=True)
            (path / f"{kind}.csv").write_bytes(text.encode())
        return path

    return write


@pytest.fixture
def read_facts(write_folder: Callable[..., Path]) -> Callable[..., Dataset]:
    """Return a function that reads some facts as a data set."""
    return lambda facts, **files: read_dataset(write_folder(facts, **files))


DAY = "as_of=2026-11-22"
# What the reports that several tests read are asked for.
ASKED = {
    "comparison": [DAY, "prepared_for=Our governors"],
    "summary": [DAY, "prepared_for=Our governors"],
    "union_profile": ["union=naht", DAY, "prepared_for=Our governors"],
    "role_coverage": [DAY],
    "school": [DAY, f"workforce={ROOT / 'data' / 'schools.example.csv'}", "urn=900001",
               "posts_at_risk=teaching assistant:12,midday_supervisor:8"],
    "changes": ["before=2015-06-30", "after=2018-06-30", "sources=herts-2015,herts-2018"],
}  # fmt: skip


def asked_of(name: str) -> list[str]:
    """Return the options of the command that ask for a report as ``ASKED`` says."""
    return [part for one in ASKED[name] for part in ("-p", one)]


@pytest.fixture(scope="session")
def make_report(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., dict[str, Path]]:
    """Return a function that makes a report by the command, once for all who ask for the same."""

    @functools.cache
    def make(name: str, *asked: str, project: Path = ROOT) -> dict[str, Path]:
        out = tmp_path_factory.mktemp(name)
        wanted = ["report", name, "--to", "html,pdf,xlsx,docx", "--out", str(out), *asked]
        assert main(["--project", str(project), *wanted]) == 0
        return {path.suffix: path for path in out.iterdir() if path.stem == name}

    return make


@pytest.fixture(scope="session")
def finished(make_report: Callable[..., dict[str, Path]]) -> Callable[[str], dict[str, Path]]:
    """Return a function that gives the files of a notebook's report by ending, made once."""
    return lambda name: make_report(name, *asked_of(name))


@pytest.fixture(scope="session")
def planted(tmp_path_factory, make_report) -> Callable[[str], dict[str, Path]]:
    """Return a function that gives a report's files from data with nasty text in every cell."""
    from tests.planted import asked_of_planted, plant

    project = plant(tmp_path_factory.mktemp("planted") / "project")
    return lambda name: make_report(name, *asked_of_planted(name, project), project=project)


@pytest.fixture(scope="session")
def shipped() -> Dataset:
    """Return the data that the project ships."""
    return read_dataset(ROOT / "data")
