"""Small data folders that can be checked by eye, and the shipped data."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis import Dataset, read_dataset
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


@pytest.fixture(scope="session")
def shipped() -> Dataset:
    """Return the data that the project ships."""
    return read_dataset(ROOT / "data")
