"""The school report, made by the command and read back from its finished files."""

import re
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from analysis.cli import main
from analysis.read.staff import kept
from tests.conftest import ROOT
from tests.formats import leaves_of
from tests.read.staff.published_files import FROM_2024, identity, sheet, write_workbook

SECTIONS = [
    "In brief", "Our posts", "Who may join what", "Gaps and overlaps", "The smallest panel",
    "Whom to consult", "Recognition explained", "Sources",
    "Words used in this report",
]  # fmt: skip
DAY = ["-p", "as_of=2026-11-22"]


def run(out: Path, *more: str, project: Path = ROOT) -> int:
    return main(["--project", str(project), "report", "school", "--out", str(out), *DAY, *more])


def text_of(path: Path) -> str:
    """Return a finished file's words, whatever its kind."""
    if path.suffix == ".pdf":
        words = " ".join(leaves_of(path))
    elif path.suffix == ".html":
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for tag in page.select("a.term, span[data-of]"):
            tag.unwrap()
        page.smooth()
        words = page.main.get_text(" ")
    else:
        words = path.read_text("utf-8")
    return " ".join(words.split())


@pytest.fixture(scope="module")
def made(finished) -> Path:
    """Return the folder of the example primary school's report."""
    return finished("school")[".html"].parent


@pytest.fixture(scope="module")
def page(made) -> BeautifulSoup:
    return BeautifulSoup((made / "school.html").read_text("utf-8"), "html.parser")


def test_the_report_has_its_sections_and_takes_four_pages_at_most(made, page):
    assert [tag.get_text() for tag in page.select("h2")] == SECTIONS
    assert 1 <= len(leaves_of(made / "school.pdf")) <= 4


def test_the_report_names_school_file_and_hash_and_no_path(made, page):
    assert page.h1.get_text() == "Who can represent whom at Example Primary School (invented)?"
    header = page.header.get_text(" ")
    assert "URN 900001" in header
    assert re.search(r"schools\.example\.csv \([0-9a-f]{8}\)", header)
    for name in ("school.html", "school.pdf", "school.ipynb"):
        assert str(ROOT) not in text_of(made / name)


@pytest.mark.parametrize("name", ["school.html", "school.pdf"])
def test_both_files_say_whom_to_consult_by_which_rule_and_that_it_is_no_legal_advice(made, name):
    words = text_of(made / name)
    named = (
        "Recognised are GMB, UNISON and Unite for two posts (Green Book, in maintained schools)"
    )
    assert named in words  # only assistants and midday staff are at risk here
    assert "Green Book" in words
    assert (
        "20 redundancies within 90 days would be consulted on collectively, from at least 30"
        in words
    )
    assert "180 days of pay" in words
    assert "This is not legal advice" in words
    assert "representatives whom the staff elect" not in words


def test_the_largest_example_fits_four_pages_and_hides_its_small_counts(tmp_path):
    workforce = f"workforce={ROOT / 'data' / 'schools.example.csv'}"
    assert run(tmp_path, "-p", workforce, "-p", "urn=900002", "-p", "suppress_below=5") == 0
    assert len(leaves_of(tmp_path / "school.pdf")) <= 4
    for name in ("school.html", "school.pdf", "school.ipynb"):
        words = text_of(tmp_path / name).casefold()
        assert "hidden" in words
        for post, count in (("deputy head or vice principal", 2), ("leader who is not a tea", 1)):
            assert f"{post} {count}" not in words


def test_a_urn_and_the_departments_workbook_are_enough(tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "folder", lambda: tmp_path / "cache")
    monkeypatch.chdir(tmp_path)
    counts = dict(zip(FROM_2024, [60, 18, 3, 21, 16, 2, "c", "low", 1, 4, 12, 3], strict=False))
    name = "School_Tables_School_Workforce_Census_2024.xlsx"
    schools = [identity("900101", "St Mary's & All <b>Saints</b>", **counts)]
    write_workbook(tmp_path / name, Schools_2024=sheet(FROM_2024, schools))
    assert run(tmp_path / "out", "-p", f"workforce={name}", "-p", "urn=900101") == 0
    words = text_of(tmp_path / "out" / "school.html")
    assert "Classroom teachers 18" in words
    assert "Technicians confidential (c)" in words
    assert "Of classroom teachers, NSEAD admits: classroom teacher" in words
    html = BeautifulSoup((tmp_path / "out" / "school.html").read_text("utf-8"), "html.parser")
    assert html.h1.get_text() == "Who can represent whom at St Mary's & All <b>Saints</b>?"
    assert "November 2024" in html.header.get_text(" ")


def test_an_employers_own_agreement_is_laid_over_the_national_ones(tmp_path):
    project = tmp_path / "project"
    for folder in ("data", "notebooks"):
        shutil.copytree(ROOT / folder, project / folder, ignore=shutil.ignore_patterns("local"))
    local = project / "data" / "local"
    local.mkdir()
    (local / "unions.csv").write_text(
        "union,fact,item,value,qualifier,basis,as_of,source,note,employer\n"
        "community,recognised,cook,yes,,local,2025-01,deed,,900001\n"
    )
    header = (ROOT / "data" / "sources.csv").read_text("utf-8").splitlines()[0]
    (local / "sources.csv").write_text(
        f"{header}\ndeed,Recognition agreement of January 2025,Example School,,2025-01,,"
        "2026-11-22,whole page,own\n"
    )
    asked = ["-p", "urn=900001", "-p", "posts_at_risk=cook", "--to", "html"]
    assert run(tmp_path / "out", *asked, project=project) == 0
    words = text_of(tmp_path / "out" / "school.html")
    assert "The employer's own agreement" in words
    assert "Recognition agreement of January 2025" in words
    assert "Community for one post (the employer's own agreement)" in words


PLANTED = ["Wilhelmina Featherstonehaugh", "QQ123456C", "w.featherstonehaugh@example.org"]


@pytest.mark.parametrize(
    ("heading", "value"),
    [("name", PLANTED[0]), ("note", PLANTED[1]), ("contact", PLANTED[2])],
)
def test_a_file_about_people_is_refused_and_nothing_of_it_is_left_anywhere(
    tmp_path, capfd, monkeypatch, heading, value
):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    path = tmp_path / "ours.csv"
    path.write_text(
        f"urn,school,role,headcount,{heading}\n900001,Elm School,Cook,2,{value}\n", "utf-8"
    )
    assert run(tmp_path / "out", "-p", f"workforce={path}") == 1
    shown = capfd.readouterr()
    assert len(shown.err.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()
    left = b"".join(one.read_bytes() for one in scratch.rglob("*") if one.is_file())
    for part in value.split():
        assert part.casefold() not in (shown.out + shown.err).casefold()
        assert part.encode() not in left


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (["workforce=nowhere.csv"], "parameter 'workforce': there is no file nowhere.csv"),
        (["urn=900009"], "no school '900009'"),
        (["posts_at_risk=kook"], "parameter 'posts_at_risk': this school has no post 'kook'; did "
         "you mean 'Cook'"),
        (["suppress_below=2"], "parameter 'suppress_below' is 2; it takes 0"),
    ],
)  # fmt: skip
def test_a_wrong_value_gets_one_sentence_and_nothing_is_written(tmp_path, capsys, asked, sentence):
    more = [part for one in asked for part in ("-p", one)]
    assert run(tmp_path / "out", *more) == 1
    shown = capsys.readouterr().err.strip()
    assert sentence in shown
    assert len(shown.splitlines()) == 1
    assert not (tmp_path / "out").exists()
