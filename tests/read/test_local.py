"""The employer's own facts, laid over the national ones."""

import datetime as dt

import pytest

from analysis.read.facts import check_folder
from tests.conftest import fact, union

TODAY = dt.date(2026, 11, 22)
NEU = union("neu", "NEU", founded="1990")
RECOGNISED = [*NEU, fact("neu", "recognised", "no", "teaching_assistant", basis="green_book")]
OWN_SOURCES = [
    ["deed-2024", "Agreement", "Example Trust", "", "2024-09-01", "", "2026-11-22", "whole page",
     "own"]
]  # fmt: skip


def own(**more: str) -> list[str]:
    """Return one row of the employer's own facts."""
    employer = more.pop("employer", "900004")
    cells = {"basis": "local", "source": "deed-2024"} | more
    return [
        *fact("neu", "recognised", cells.pop("value", "yes"), "teaching_assistant", **cells),
        employer,
    ]


def answer(data, *employer: str):
    rows = data.as_at("2026-11-22", employer=employer).coverage
    rows = rows[(rows["level"] == "recognised") & (rows["role"] == "teaching_assistant")]
    return rows.iloc[0]


@pytest.fixture
def with_own(read_facts):
    """Return a function that reads one national fact and some of the employer's own."""
    return lambda *rows: read_facts(
        RECOGNISED, **{"local/unions": list(rows), "local/sources": OWN_SOURCES}
    )


def test_an_employers_own_agreement_decides_and_the_national_answer_is_named_beside_it(with_own):
    row = answer(with_own(own()), "900004")
    assert (row["answer"], row["basis"]) == ("yes", "local")
    assert row["qualifier"] == "nationally: no"
    assert row["sources"] == ("deed-2024", "press-2020")


def test_one_employers_agreement_says_nothing_about_another(with_own):
    assert answer(with_own(own()), "900001")["answer"] == "no"
    assert answer(with_own(own()))["answer"] == "no"


@pytest.mark.parametrize("employer", ["900004", 900004, ["900004"]])
def test_an_employer_may_be_named_alone(with_own, employer):
    rows = with_own(own()).as_at("2026-11-22", employer=employer).coverage
    assert "yes" in set(rows.loc[rows["level"] == "recognised", "answer"])


def test_an_own_fact_without_an_employer_holds_for_all(with_own):
    assert answer(with_own(own(employer="")))["answer"] == "yes"


def test_an_own_agreement_that_says_what_holds_nationally_needs_no_more_words(with_own):
    row = answer(with_own(own(value="no")), "900004")
    assert (row["answer"], row["qualifier"]) == ("no", "")


def test_the_edition_changes_with_the_employers_own_facts(read_facts, with_own):
    assert read_facts(RECOGNISED).edition != with_own(own()).edition


def test_the_employers_own_files_are_checked_by_line(write_folder):
    rows = [own(), own(), own(employer="90 0004"), own(source="deed-2023")]
    taken = [["press-2020", *OWN_SOURCES[0][1:]], *OWN_SOURCES]
    files = {"local/unions": rows, "local/sources": taken}
    assert check_folder(write_folder(RECOGNISED, **files), TODAY) == [
        "data/local/unions.csv, line 3: the row says again what line 2 says (union, fact, item, "
        "basis, as_of, source)",
        "data/local/unions.csv, line 4, employer: '90 0004' is not of the form expected: a "
        "school's URN, a trust's UID or an authority's code; empty for all",
        "data/local/unions.csv, line 5, source: source 'deed-2023' is not in sources.csv or "
        "local/sources.csv; did you mean 'deed-2024'?",
        "data/local/sources.csv, line 2, source: 'press-2020' stands in sources.csv too; expected "
        "once",
    ]  # fmt: skip
