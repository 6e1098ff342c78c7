"""The tables of a day keep the columns and kinds that the documentation of Snapshot lists."""

import re

import pytest

from analysis import Snapshot
from tests.conftest import fact, union

LISTED = {
    name: dict(pair.split() for pair in " ".join(columns.split()).split(", "))
    for name, columns in re.findall(
        r"- ``(\w+)``: (.+?)(?=\n +- ``|\n\n)", Snapshot.__doc__, flags=re.DOTALL
    )
}


def kinds(snapshot, name) -> dict[str, str]:
    return {column: str(kind) for column, kind in getattr(snapshot, name).dtypes.items()}


def test_thirteen_tables_are_listed():
    assert len(LISTED) == 13


@pytest.mark.parametrize("name", sorted(LISTED))
def test_a_table_has_the_columns_and_kinds_that_are_listed(name, shipped):
    assert kinds(shipped.as_at("2026-11-22"), name) == LISTED[name]


@pytest.mark.parametrize("name", sorted(LISTED))
def test_a_table_without_rows_has_them_too(name, read_facts):
    facts = [*union("neu", "NEU"), fact("neu", "website", "neu.org.uk", source="undated")]
    sparse = read_facts(facts).as_at("1995")
    assert kinds(sparse, name) == LISTED[name]


@pytest.mark.parametrize("name", sorted(LISTED))
def test_a_day_of_which_the_sources_say_nothing_has_them_too(name, shipped):
    silent = shipped.as_at("2010-11-22", sources="w-neu-25")
    assert silent.unions.empty
    assert kinds(silent, name) == LISTED[name]
