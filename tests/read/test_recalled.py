import os

import pandas as pd
import pytest

from analysis.errors import DataError
from analysis.read import recalled
from analysis.read.ahead import read_ahead
from analysis.read.facts import read_dataset
from analysis.read.workforce import read_workforce
from tests.conftest import ROOT, fact, union

EXAMPLE = ROOT / "data" / "schools.example.csv"


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(recalled, "_kept", {})
    monkeypatch.setattr(recalled, "_known_again", [])


def test_a_file_that_changed_is_read_again_though_its_time_and_size_are_the_same(write_folder):
    folder = write_folder(union("neu", "Old Name"))
    path = folder / "unions.csv"
    before = path.stat()
    assert "Old Name" in set(read_dataset(folder).facts["value"])
    path.write_bytes(path.read_bytes().replace(b"Old Name", b"New Name"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert "New Name" in set(read_dataset(folder).facts["value"])


def test_a_fault_is_found_again_each_time(write_folder):
    folder = write_folder([fact("neu", "nonsense", "x")])
    for _ in range(2):
        with pytest.raises(DataError, match="nonsense"):
            read_dataset(folder)


def test_what_one_asker_writes_the_next_does_not_see(write_folder):
    folder = write_folder(union("neu", "NEU"))
    first = read_dataset(folder)
    first.facts.loc[:, "value"] = "spoilt"
    snapshot = read_dataset(folder).as_at("2026-01-01")
    snapshot.facts.loc[:, "value"] = "spoilt"
    assert "spoilt" not in set(read_dataset(folder).as_at("2026-01-01").facts["value"])


@pytest.mark.parametrize("ahead", [False, True])
def test_a_table_that_was_changed_is_not_looked_at_as_the_one_before(write_folder, ahead):
    folder = write_folder(union("neu", "NEU"))
    if ahead:
        read_ahead(folder, "2026-01-01")
    data = read_dataset(folder)
    assert "neu" in data.as_at("2026-01-01").unions.index
    data.facts.loc[data.facts["union"] == "neu", "union"] = "nut"
    assert "nut" in data.as_at("2026-01-01").unions.index


@pytest.mark.parametrize("urn", ["900001", "900012", ["900003", "900011"]])
def test_a_school_out_of_all_that_were_read_is_as_if_read_alone(urn):
    roles = read_dataset(ROOT / "data").roles
    alone = read_workforce(EXAMPLE, roles, urn)
    read_workforce(EXAMPLE, roles)
    out_of_all = read_workforce(EXAMPLE, roles, urn)
    pd.testing.assert_frame_equal(out_of_all.posts, alone.posts)
    pd.testing.assert_frame_equal(out_of_all.schools, alone.schools)
    assert (out_of_all.file, out_of_all.kind) == (alone.file, alone.kind)


def test_what_was_read_ahead_is_worked_out_already():
    read_ahead(ROOT / "data", "2026-09-01", EXAMPLE)
    snapshot = read_dataset(ROOT / "data").as_at("2026-09-01")
    assert {"coverage", "unions", "answers"} <= vars(snapshot).keys()


def test_what_is_worked_out_from_a_copy_can_be_kept_too():
    data = read_dataset(ROOT / "data")
    data.as_at("2026-09-01")
    again = data.as_at("2026-09-01")
    assert len(again.coverage)
    recalled.keep_as_is(again)
    assert "coverage" in vars(data.as_at("2026-09-01"))


def test_no_cell_of_what_was_read_ahead_is_looked_at_again(monkeypatch):
    read_ahead(ROOT / "data", "2026-09-01", EXAMPLE)

    def look(cells):
        raise AssertionError("looked at")

    monkeypatch.setattr(recalled, "repr", look, raising=False)
    data = read_dataset(ROOT / "data")
    data.as_at("2026-09-01", employer=["900001"])
    data.facts.loc[data.facts.index[0], "note"] = "changed"
    with pytest.raises(AssertionError, match="looked at"):
        data.as_at("2026-09-01")
