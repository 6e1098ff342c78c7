"""The page that leads to a folder's reports."""

import re

import pytest
from bs4 import BeautifulSoup

from analysis.cli import main
from analysis.errors import NotebookError
from analysis.report.index import Entry, index_page, read_entries, write_index
from analysis.report.run import report
from tests.conftest import ROOT

HOSTILE = "<script>alert(1)</script> \"x\" 'y' & {{ 7*7 }} {% x %}"
TWO = [
    Entry("Ysgol Tŷ Ddewi", "Ysgol Tŷ Ddewi, URN 401234", "Governors", "2026-11-22", "a578cf84",
          (("401234 a:b#1.html", 101_168), ("401234 a:b#1.pdf", 2_471_565))),
    Entry(HOSTILE, HOSTILE, HOSTILE, "", HOSTILE, (("x.html", 1),)),
]  # fmt: skip


def rows_of(page):
    table = BeautifulSoup(page, "lxml").table
    return [[cell.get_text(" ").split() for cell in row.find_all(["th", "td"])]
            for row in table.tbody.find_all("tr")]  # fmt: skip


def test_every_report_stands_in_the_page_with_its_facts_and_files():
    first, _ = rows_of(index_page(TWO))
    assert [" ".join(cell) for cell in first] == [
        "Ysgol Tŷ Ddewi", "Ysgol Tŷ Ddewi, URN 401234", "Governors", "2026-11-22", "a578cf84",
        "HTML 101 KB PDF 2.5 MB",
    ]  # fmt: skip


def test_a_link_leads_to_the_file_whatever_signs_its_name_holds():
    links = [a["href"] for a in BeautifulSoup(index_page(TWO), "lxml").select("tbody tr a")]
    assert links[:3] == ["401234%20a%3Ab%231.html"] * 2 + ["401234%20a%3Ab%231.pdf"]


def test_hostile_words_stand_as_words():
    page = BeautifulSoup(index_page(TWO, title=HOSTILE), "lxml")
    cells = page.select("tbody tr")[1].find_all(["th", "td"])
    assert [cells[place].get_text() for place in (0, 1, 2, 4)] == [HOSTILE] * 4
    assert page.h1.get_text() == HOSTILE
    assert len(page.select("script")) == 1


def test_the_policy_names_the_one_script_and_style_and_nothing_else():
    page = BeautifulSoup(index_page(TWO), "lxml")
    policy = page.select_one("meta[http-equiv]")["content"]
    assert re.fullmatch(
        r"default-src 'none'; font-src data:; style-src 'sha256-\S+'; script-src 'sha256-\S+'; "
        r"base-uri 'none'; form-action 'none'",
        policy,
    )
    assert not page.select("[style], [onclick], [src], link")


def test_a_row_of_a_school_is_small():
    entry = Entry("Who can represent whom at Example School?", "Example School, URN 900001", "",
                  "2026-11-22", "a578cf84", (("900001-Example-School.html", 101_168),
                                             ("900001-Example-School.pdf", 101_168)))  # fmt: skip
    grown = len(index_page([entry] * 101).encode()) - len(index_page([entry] * 100).encode())
    assert grown < 420


def test_the_same_entries_give_the_same_page_and_none_gives_a_sentence():
    assert index_page(TWO) == index_page(iter(TWO))
    assert "There is no report here yet." in index_page([])
    assert "<table>" not in index_page([])


def test_the_reports_of_a_folder_are_read_from_their_heads(finished):
    out = finished("school")[".html"].parent
    (entry,) = read_entries(out)
    assert entry.title == "Who can represent whom at Example Primary School (invented)?"
    assert entry.about == "Example Primary School (invented), URN 900001"
    assert entry.day == "2026-11-22"
    assert re.fullmatch("[0-9a-f]{8}", entry.edition)
    names = [f"school.{kind}" for kind in ("html", "pdf", "xlsx", "docx", "ipynb")]
    assert entry.files == tuple((name, (out / name).stat().st_size) for name in names)
    assert (out / "index.html").read_text("utf-8") == index_page([entry])


def test_the_index_says_what_each_report_is_about(finished):
    about = {name: read_entries(finished(name)[".html"].parent)[0].about for name in
             ("union_profile", "role_coverage", "changes")}  # fmt: skip
    assert about == {"union_profile": "NAHT", "role_coverage": "may join",
                     "changes": "compared with 30 June 2015"}  # fmt: skip


def test_other_files_are_left_out_and_a_broken_report_has_its_sentence(tmp_path):
    (tmp_path / "notes.html").write_text("<title>School staff unions</title>")
    (tmp_path / "data.pdf").write_bytes(b"%PDF")
    ours = '<meta name="generator" content="School staff unions">'
    (tmp_path / "odd.html").write_text(
        f'{ours}<meta name="dcterms.temporal" content="2026-13-01">'
    )
    page = BeautifulSoup(write_index(tmp_path).read_text("utf-8"), "lxml")
    assert page.select_one(".faults").get_text(strip=True) == (
        "odd.html: cannot be read as a report; make it again by 'unions report'."
    )
    assert page.table is None
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "data.pdf", "index.html", "notes.html", "odd.html",
    ]  # fmt: skip


def test_the_command_writes_the_index_alone(tmp_path, capsys):
    assert main(["index", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"{tmp_path / 'index.html'}\n"
    assert main(["index", str(tmp_path / "none")]) == 1
    assert capsys.readouterr().err == f"there is no folder {tmp_path / 'none'}\n"


def test_no_notebook_may_take_the_place_of_the_index(tmp_path):
    with pytest.raises(NotebookError, match="give the notebook another name"):
        report(ROOT / "notebooks" / "index.ipynb", {}, ("html",), tmp_path / "out", {}, None)
