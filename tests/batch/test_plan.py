"""What a batch makes, what it leaves alone, and what it calls the files."""

import csv
import json
import re
from dataclasses import replace

import pytest

from analysis.batch import ledger as ledgers
from analysis.batch.command import read_urns, schools_of
from analysis.batch.ledger import Ledger
from analysis.batch.plan import Inputs, read_sets, row_jobs, school_jobs
from analysis.errors import DataError
from analysis.read.facts import read_dataset
from analysis.read.workforce import read_workforce
from tests.conftest import ROOT, union
from tests.read.test_snapshot import admits

EXAMPLE = ROOT / "data" / "schools.example.csv"
SCHOOL = ROOT / "notebooks" / "school.ipynb"
DONE = {"id": "1", "title": "One", "key": "k", "status": "done"}


def inputs(notebook=SCHOOL, data=ROOT / "data", **parameters):
    return Inputs(notebook, {"as_of": "2026-09-01", **parameters}, ("html",), data, "abcd1234")


@pytest.fixture(scope="module")
def schools():
    return read_workforce(EXAMPLE, read_dataset(ROOT / "data").roles)


def keys_of(schools, **parameters):
    return {job.id: job.key for job in school_jobs(inputs(**parameters), schools)}


def test_a_school_is_made_again_when_its_own_rows_change_and_no_other_is(schools):
    posts = schools.posts.copy()
    at = posts.index[posts["urn"] == "900002"][0]
    posts.loc[at, "headcount"] += 1
    before, after = keys_of(schools), keys_of(replace(schools, posts=posts))
    assert [urn for urn in before if before[urn] != after[urn]] == ["900002"]


def test_every_school_is_made_again_when_the_day_or_the_data_changes(schools, write_folder):
    before = keys_of(schools)
    for after in (keys_of(schools, as_of="2026-09-02"), keys_of(schools, data=write_folder([]))):
        assert not set(before.values()) & set(after.values())


def test_every_report_is_made_again_when_a_folder_that_it_names_changes(
    schools, write_folder, tmp_path
):
    mine = write_folder([], "mine")
    named = {"data_folder": str(mine)}
    before = keys_of(schools, **named)
    rows = tmp_path / "rows.csv"
    rows.write_text(f"data_folder\n{mine}\n")
    (job,) = row_jobs(inputs(), rows, {})
    (mine / "unions.csv").write_text("changed")
    assert not set(before.values()) & set(keys_of(schools, **named).values())
    (again,) = row_jobs(inputs(), rows, {})
    assert (again.id, again.key != job.key) == (job.id, True)


def test_the_place_of_the_file_of_posts_does_not_matter(schools):
    here = keys_of(schools, workforce="../data/schools.csv")
    assert keys_of(schools, workforce="../elsewhere/schools.csv") == here


def test_an_authority_is_chosen_by_its_code_and_a_wrong_one_gets_the_nearest(schools):
    with EXAMPLE.open(encoding="utf-8", newline="") as file:
        own = {row["urn"] for row in csv.DictReader(file) if row["employer"] == "999"}
    assert set(schools_of(schools, "999").schools.index) == own < set(schools.schools.index)
    with pytest.raises(DataError, match=r"no school has the employer '99'; did you mean '999'\?"):
        schools_of(schools, "99")


def test_a_list_of_schools_is_one_urn_a_line(tmp_path):
    path = tmp_path / "urns.txt"
    path.write_text("URN\n900001\n\n900003,Some School\n900001\n")
    assert read_urns(path) == ["900001", "900003"]
    path.write_text("urn\n")
    with pytest.raises(DataError, match="holds no URN"):
        read_urns(path)
    path.write_bytes("urn\n900001,Ysgol Gymunedol T\xf4n\n".encode("cp1252"))
    with pytest.raises(DataError) as refused:
        read_urns(path)
    assert str(refused.value) == (
        "urns.txt, line 2: byte 0xF4 is not UTF-8; expected UTF-8; save the file again as "
        "'CSV UTF-8'"
    )


def test_every_bad_row_of_parameters_is_named_at_once(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("urn,as_of\n900001,\n900001,2026-13\n900001,\n")
    with pytest.raises(DataError) as caught:
        row_jobs(inputs(), path, {})
    assert [re.sub(r";.*", "", fault) for fault in caught.value.faults] == [
        "rows.csv, line 3: parameter 'as_of' is '2026-13'",
        "rows.csv, line 4: the row repeats line 2",
    ]


def test_a_column_that_is_no_parameter_is_refused(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("urm\n900001\n")
    with pytest.raises(DataError, match=r"line 2: .*has no parameter 'urm'.*did you mean 'urn'"):
        row_jobs(inputs(), path, {})


def test_codes_of_a_row_stay_text(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("urn\n000123\n")
    (job,) = row_jobs(inputs(), path, {})
    assert job.parameters["urn"] == "000123"
    assert job.stem.startswith("000123-")


def test_two_schools_of_one_name_have_two_files(schools):
    twins = replace(schools, schools=schools.schools.assign(school="Twin"))
    stems = [job.stem for job in school_jobs(inputs(), twins)]
    assert len(set(stems)) == len(stems)


def test_a_line_that_was_cut_off_counts_as_not_written(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.add(DONE | {"files": {"1.html": {"size": 2}}})
    path = tmp_path / "ledger.jsonl"
    path.write_bytes(path.read_bytes() + b'{"id": "2", "title": "Tw')
    again = Ledger.read(tmp_path)
    assert list(again.entries) == ["1"]
    again.add(DONE | {"id": "3", "files": {}})
    assert list(Ledger.read(tmp_path).entries) == ["1", "3"]


def test_a_line_for_which_the_disk_is_too_full_leaves_no_part(tmp_path, monkeypatch):
    ledger = Ledger(tmp_path)
    ledger.add(DONE | {"files": {}})
    before = (tmp_path / "ledger.jsonl").read_bytes()

    def full(fd):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ledgers.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        ledger.add(DONE | {"id": "2", "files": {}})
    assert (tmp_path / "ledger.jsonl").read_bytes() == before


def test_a_report_is_done_if_its_key_and_the_sizes_of_its_files_hold(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.add(DONE | {"files": {"1.html": {"size": 2}}})
    assert ledger.is_done("1", "k", {"1.html": 2})
    assert not ledger.is_done("1", "other", {"1.html": 2})
    assert not ledger.is_done("1", "k", {"1.html": 0})
    assert not ledger.is_done("1", "k", {})


def test_a_school_that_was_renamed_leaves_no_file_of_its_old_name(tmp_path):
    ledger = Ledger(tmp_path)
    for name in ("1-old.html", "1-new.html"):
        (tmp_path / name).write_text("x")
        ledger.add(DONE | {"files": {name: {"size": 1}}})
    (tmp_path / ".writing").mkdir()
    Ledger.read(tmp_path).sweep()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1-new.html", "ledger.jsonl"]


def test_a_ledger_names_no_file_outside_its_folder(tmp_path):
    outside = tmp_path / "kept.txt"
    outside.write_text("x")
    folder = tmp_path / "out"
    folder.mkdir()
    lines = [DONE | {"files": {"../kept.txt": {"size": 1}}}, DONE | {"files": {}}]
    (folder / "ledger.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    Ledger.read(folder).sweep()
    assert outside.exists()


def test_a_cell_of_parameters_may_hold_a_line_break_but_no_end_is_guessed(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text('title,urn\n"Our\nschool",900001\n')
    assert read_sets(path) == [(3, ["title=Our\nschool", "urn=900001"])]
    for text in ('urn\n"900001\n', f"urn\n{'9' * 140_000}\n"):
        path.write_text(text)
        with pytest.raises(DataError, match=r"^rows.csv, line \d: "):
            read_sets(path)


def test_a_row_may_name_a_union_of_the_folder_that_it_names_and_no_other(write_folder):
    folder = write_folder([*union("xsu", "XSU"), admits("xsu", "teacher", "yes")])
    path = folder.parent / "rows.csv"
    known = {name: {"naht": "NAHT"} for name in ("union", "unions")}
    profile = inputs(ROOT / "notebooks" / "union_profile.ipynb")
    path.write_text(f"data_folder,union\n{folder},xsu\n")
    (job,) = row_jobs(profile, path, known)
    assert job.parameters["union"] == "xsu"
    path.write_text(f"data_folder,union\n{folder},naht\n")
    with pytest.raises(DataError, match="'naht' is not known"):
        row_jobs(profile, path, known)
