"""A data folder of one's own, in the same columns, with or without the shared files."""

import pytest

from analysis import read_dataset, read_two, read_workforce
from analysis.cli import main
from analysis.errors import DataError, ProjectError
from analysis.read import shared
from tests.conftest import ROOT, fact, union

OWN = [
    *union("xsu", "Example Staff Union"),
    fact("xsu", "admits", "yes", "caretaker", basis="stated"),
]


@pytest.fixture
def own_folder(write_folder):
    """Return a folder ``mydata`` that holds facts and their sources alone."""
    path = write_folder(OWN, "mydata")
    for kind in shared.SHARED:
        (path / f"{kind}.csv").unlink()
    return path


def test_a_folder_of_facts_and_sources_takes_posts_benefits_and_rules_from_the_project(
    own_folder, shipped
):
    data = read_dataset(own_folder)
    assert data.shared == ("roles", "benefits", "rules")
    assert data.roles.equals(shipped.roles)
    assert data.benefits.equals(shipped.benefits)
    assert set(data.facts["union"]) == {"xsu"}
    assert data.as_at("2026-11-22").coverage["role"].nunique() == len(shipped.roles)


def test_the_sources_of_the_projects_rules_come_with_them_and_no_others(own_folder, shipped):
    own = {"county-2015", "press-2020", "undated"}
    assert set(read_dataset(own_folder).sources.index) == own | set(shipped.rules["source"])


def test_an_own_source_goes_before_the_projects_of_the_same_code(own_folder, shipped):
    code = shipped.rules["source"].iloc[0]
    path = own_folder / "sources.csv"
    path.write_bytes(path.read_bytes().replace(b"\nundated,Page", f"\n{code},My copy".encode()))
    assert read_dataset(own_folder).sources.loc[code, "title"] == "My copy"


def test_a_whole_folder_takes_nothing_from_the_project(write_folder):
    data = read_dataset(write_folder(OWN, "mydata"))
    assert data.shared == ()
    assert "headteacher" in data.roles.index
    assert len(data.roles) == 6


def test_the_edition_names_a_folder_of_ones_own_and_moves_with_the_shared_files(
    own_folder, tmp_path
):
    alone = read_dataset(own_folder)
    assert alone.as_at().edition == f"{alone.edition} of mydata"
    roles = own_folder / "roles.csv"
    roles.write_bytes((shared.PROJECT_DATA / "roles.csv").read_bytes().replace(b"Cook", b"Chef"))
    assert read_dataset(own_folder).edition != alone.edition


def test_the_projects_own_edition_has_no_name(shipped):
    assert shipped.as_at("2026-11-22").edition == shipped.edition


def test_the_employers_own_agreements_are_laid_over_a_folder_of_ones_own(own_folder):
    local = own_folder / "local"
    local.mkdir()
    head = (own_folder / "unions.csv").read_text("utf-8").splitlines()[0]
    row = "xsu,recognised,caretaker,yes,,local,,press-2020,,"
    (local / "unions.csv").write_text(f"{head},employer\n{row}\n", "utf-8")
    rows = read_dataset(own_folder).as_at("2026-11-22").coverage
    rows = rows[(rows["level"] == "recognised") & (rows["role"] == "caretaker")]
    assert rows[["answer", "basis"]].values.tolist() == [["yes", "local"]]


def test_a_file_without_a_stand_in_is_named_with_how_to_get_it(own_folder, monkeypatch, tmp_path):
    (own_folder / "sources.csv").unlink()
    monkeypatch.setattr(shared, "PROJECT_DATA", tmp_path / "nowhere")
    with pytest.raises(DataError) as caught:
        read_dataset(own_folder)
    assert caught.value.faults == [
        "mydata/sources.csv: there is no such file; begin it with the line source,title,publisher,"
        "url,published,date_inferred,accessed,read,licence",
        "mydata/roles.csv: there is no such file; copy roles.csv from the project's folder data",
        "mydata/benefits.csv: there is no such file; copy benefits.csv from the project's folder "
        "data",
        "mydata/rules.csv: there is no such file; copy rules.csv from the project's folder data",
    ]


def test_check_says_which_files_the_project_stands_in_for(own_folder, capsys):
    assert main(["check", str(own_folder)]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        f"edition {read_dataset(own_folder).edition}, as a report made from these facts says on "
        "its cover",
        f"{own_folder} has no roles.csv, benefits.csv, rules.csv: the project's own stand in, "
        "with the sources they name",
    ]


def test_tidy_leaves_the_shared_files_alone(own_folder, capsys):
    path = own_folder / "unions.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert main(["tidy", str(own_folder)]) == 0
    assert "line ends put back to LF" in capsys.readouterr().out
    assert sorted(entry.name for entry in own_folder.glob("*.csv")) == [
        "sources.csv", "unions.csv"]  # fmt: skip


@pytest.mark.parametrize(
    ("where", "named", "sentence"),
    [
        (".", "dta", "there is no folder dta; did you mean 'data'?"),
        (".", "data/unions.csv", "data/unions.csv is a file; name its folder"),
        ("notebooks", "data", "there is no folder data; did you mean '../data'?"),
    ],
)
def test_a_folder_that_is_not_there_gets_the_nearest(monkeypatch, where, named, sentence):
    monkeypatch.chdir(ROOT / where)
    for read in (read_dataset, lambda folder: read_two(folder, "2015", "2018")):
        with pytest.raises(ProjectError) as refused:
            read(named)
        assert str(refused.value) == sentence


def test_a_file_of_posts_that_is_not_there_gets_the_nearest(monkeypatch, shipped):
    monkeypatch.chdir(ROOT)
    with pytest.raises(DataError, match=r"did you mean 'data/schools.example.csv'\?$"):
        read_workforce("data/schools.exmple.csv", shipped.roles)


def test_a_school_may_be_named_by_a_number(monkeypatch, shipped):
    monkeypatch.chdir(ROOT)
    school = read_workforce("data/schools.example.csv", shipped.roles, 900001)
    assert school.schools.index.tolist() == ["900001"]
