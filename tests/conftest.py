"""Small data folders that can be checked by eye, and the shipped data."""

import functools
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from analysis import Dataset, read_dataset
from analysis.cli import main
from analysis.read.files import columns_of, write_rows

ROOT = Path(__file__).parents[1]

# No test is timed: the machine may be busy.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take long, so that all processes end at about one time."""
    quick = [ROOT / "src", *(ROOT / "tests" / part for part in ("questions", "read", "show"))]
    items.sort(key=lambda item: any(folder in item.path.parents for folder in quick))


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
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return a function that fills a folder, once for all processes of this run of the tests."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def fill(name: str, by: Callable[[Path], object]) -> Path:
        folder = shared / name
        with FileLock(f"{folder}.lock"):
            if not folder.exists():
                by(shared / f"{name}.making")
                (shared / f"{name}.making").rename(folder)
        return folder

    return fill


@pytest.fixture(scope="session")
def make_report(once: Callable[..., Path]) -> Callable[..., dict[str, Path]]:
    """Return a function that makes a report by the command, once for all who ask for the same."""

    @functools.cache
    def make(
        name: str, *asked: str, project: Path = ROOT, to: str = "html,pdf,xlsx,docx"
    ) -> dict[str, Path]:
        def by_command(out: Path) -> None:
            wanted = ["report", name, "--to", to, "--out", str(out), *asked]
            assert main(["--project", str(project), *wanted]) == 0

        mark = hashlib.sha256(repr((asked, project, to)).encode()).hexdigest()[:8]
        out = once(f"{name}-{mark}", by_command)
        return {path.suffix: path for path in out.iterdir() if path.stem == name}

    return make


@pytest.fixture(scope="session")
def finished(make_report: Callable[..., dict[str, Path]]) -> Callable[[str], dict[str, Path]]:
    """Return a function that gives the files of a notebook's report by ending, made once."""
    return lambda name: make_report(name, *asked_of(name))


@pytest.fixture(scope="session")
def planted(once, make_report) -> Callable[[str], dict[str, Path]]:
    """Return a function that gives a report's page and PDF from data with nasty text in each cell.

    The tests of the workbook and of the document plant nasty text in a sample of each block.
    """
    from tests.planted import asked_of_planted, plant

    project = once("planted", plant)

    def make(name: str) -> dict[str, Path]:
        asked = asked_of_planted(name, project)
        return make_report(name, *asked, project=project, to="html,pdf")

    return make


@pytest.fixture(scope="session")
def shipped() -> Dataset:
    """Return the data that the project ships."""
    return read_dataset(ROOT / "data")
