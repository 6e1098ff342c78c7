"""The report on what changed, read back from its finished files."""

import random
import re
import shutil
from pathlib import Path

import pikepdf
import pytest
from bs4 import BeautifulSoup

from analysis.cli import main
from tests.conftest import ASKED, ROOT
from tests.formats import leaves_of

SECTIONS = [
    "In brief", "Unions that came, went or merged", "Membership figures",
    "Who may join, is recruited and is bargained for", "What members get",
    "What membership costs", "Phases, nations, affiliations and addresses", "Claims",
    "Read for the first time", "What has become old", "Sources", "How to read this report",
    "Words used in this report",
]  # fmt: skip
PAGES = [part for one in ASKED["changes"] for part in ("-p", one)]


def run(out: Path, *asked: str, project: Path = ROOT) -> dict[str, Path]:
    """Run the command and return its files by their ending."""
    assert main(["--project", str(project), "report", "changes", "--out", str(out), *asked]) == 0
    return {path.suffix: path for path in out.iterdir() if path.stem == "changes"}


def read_page(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def section(page: BeautifulSoup, heading: str) -> list[str]:
    """Return the paragraphs and the rows under a heading, as words."""
    (head,) = [tag for tag in page.select("h2") if tag.get_text() == heading]
    words = []
    for tag in head.find_all_next(["h2", "p", "tr"]):
        if tag.name == "h2":
            break
        for raised in tag.select("sup"):
            raised.decompose()
        words.append(" | ".join(tag.stripped_strings))
    return words


@pytest.fixture(scope="module")
def made(finished) -> dict[str, Path]:
    return finished("changes")


@pytest.fixture(scope="module")
def page(made) -> BeautifulSoup:
    return read_page(made[".html"])


def test_the_sections_stand_in_their_order_in_both_files(page, made):
    assert [tag.get_text() for tag in page.select("h2")] == SECTIONS
    with pikepdf.open(made[".pdf"]) as pdf, pdf.open_outline() as outline:
        assert [entry.title for entry in outline.root[0].children] == SECTIONS


def test_the_report_on_the_two_county_pages_says_exactly_what_changed(page):
    assert [row.split(" | ")[:2] for row in section(page, SECTIONS[1])[2:]] == [
        ["ASCL", "Newly listed"],
        ["Aspect Group", "No longer listed, a section of Prospect"],
        ["NAHT", "Newly listed"],
        ["NEU", "Newly listed; founded since"],
        ["NUT", "Merged into NEU"],
        ["UNISON", "Newly listed"],
    ]
    assert section(page, "Membership figures")[2] == (
        "NASUWT | The union's own round figure | over 250,000 | about 2015, date inferred | "
        "300,000 | about 2018, date inferred | Up by 50,000, as rounded by the sources"
    )
    for heading in SECTIONS[3:7]:
        assert section(page, heading)[-1] == "No change is stated."
    assert [row.split(" | ")[-1] for row in section(page, "Claims")[2:-1]] == [
        "Carried over", "Carried over", "Carried over from NUT",
    ]  # fmt: skip


def test_the_first_page_names_both_days_and_the_pages_that_are_looked_through(page, made):
    first = leaves_of(made[".pdf"])[0].replace("\n", " ")
    header = page.header.get_text(" ")
    for words in ("30 June 2018", "30 June 2015", "Teach in Herts (2015)", "does not advise"):
        assert words in first
        assert words in header


def test_every_figure_that_changed_has_its_sources_beside_it(made):
    table = next(tag for tag in read_page(made[".html"]).select("table")
                 if tag.caption.get_text().startswith("Membership figures"))  # fmt: skip
    cells = table.select_one("tbody tr").select("td")
    assert all(cell.select("sup a[href^='#source-']") for cell in cells[1:3])


def test_shuffling_the_rows_leaves_the_reports_bytes_unchanged(made, tmp_path):
    for folder in ("data", "notebooks"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for name in ("unions.csv", "sources.csv"):
        path = tmp_path / "data" / name
        head, *rows = path.read_text("utf-8").splitlines()
        random.Random(4).shuffle(rows)
        path.write_text("\n".join([head, *rows, ""]), "utf-8")
    again = run(tmp_path / "out", *PAGES, project=tmp_path)
    for ending in (".html", ".pdf"):
        assert again[ending].read_bytes() == made[ending].read_bytes()


def test_a_data_folder_is_set_against_the_projects_own(tmp_path, monkeypatch):
    old = tmp_path / "last year"
    shutil.copytree(ROOT / "data", old)
    text = (old / "unions.csv").read_text("utf-8")
    changed = text.replace("gmb,members,whole,571127,", "gmb,members,whole,570127,")
    assert changed != text
    (old / "unions.csv").write_text(changed, "utf-8")
    monkeypatch.chdir(tmp_path)
    asked = ("-p", "before=last year", "-p", "after=2026-11-22", "--to", "html")
    page = read_page(run(tmp_path / "out", *asked)[".html"])
    assert str(tmp_path) not in page.get_text()
    assert re.search(r"in data edition [0-9a-f]{8} of last year", page.header.get_text(""))
    (row,) = section(page, "Membership figures")[2:-1]
    assert row.split(" | ")[0::2] == ["GMB", "570,127", "old figure", "31 December 2021",
                                      "Up by 1,000"]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (
            ("before=2019-01-01", "after=2018-01-01"),
            "'before' is 2019-01-01, later than 'after', which is 2018-01-01; swap the two",
        ),
        (
            ("before=1500",),
            "no facts on 1 January 1500: the first union was founded in 1870",
        ),
        (("unions=unisom",), "parameter 'unions': 'unisom' is not known; did you mean 'unison'?"),
    ],
)
def test_what_cannot_be_reported_has_its_sentence_and_nothing_is_written(
    asked, sentence, tmp_path, capsys
):
    command = ["--project", str(ROOT), "report", "changes", "--out", str(tmp_path / "out")]
    for one in asked:
        command += ["-p", one]
    assert main(command) == 1
    assert capsys.readouterr().err.strip() == sentence
    assert not (tmp_path / "out").exists()
