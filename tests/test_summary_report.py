"""One page for the front of a governors' pack, whatever unions are chosen."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import analysis
from analysis.report.document import read_document
from analysis.report.pdf import pdf_report
from tests.conftest import ROOT
from tests.formats import leaves_of, letters_of
from tests.test_union_profile import as_run

NOTEBOOK = ROOT / "notebooks" / "summary.ipynb"
SECTIONS = ["In brief", "Each union and each staff group", "Members, and whom to ask",
            "Words used in this report", "Sources"]  # fmt: skip
TODAY = "2026-11-22"
GUTTER = 3.5  # points: more than a space between two words is wide
CHOICES = [
    ({"as_of": TODAY}, []),
    ({"as_of": TODAY}, "all"),
    ({"as_of": "1995-01-01"}, "all"),
    ({"as_of": "2012-01-01"}, "all"),
    ({"as_of": "2016-06-01", "level": "recognised"}, "all"),
    ({"as_of": TODAY, "level": "recruits"}, ["naht", "neu"]),
    ({"as_of": TODAY, "level": "recognised"}, ["aep"]),
    ({"as_of": "1871-01-01"}, []),
    ({"as_of": TODAY, "title": "Which unions may our staff join? " * 3}, []),
]


@pytest.fixture(scope="module")
def made(finished) -> dict[str, Path]:
    return finished("summary")


@pytest.fixture(scope="module")
def page(made) -> BeautifulSoup:
    return BeautifulSoup(made[".html"].read_text("utf-8"), "html.parser")


@pytest.fixture
def make(monkeypatch, shipped):
    """Return a function that makes the document and the PDF of a choice in this process."""
    monkeypatch.chdir(NOTEBOOK.parent)
    monkeypatch.setattr(analysis, "read_dataset", lambda folder: shipped)

    def run(unions, **asked):
        if unions == "all":
            unions = list(shipped.as_at(asked["as_of"]).unions.index)
        document = read_document(as_run(NOTEBOOK, unions=unions, **asked))
        return document, pdf_report(document)

    return run


@pytest.mark.parametrize(("asked", "unions"), CHOICES, ids=str)
def test_the_summary_is_one_page_with_all_its_sections_and_five_sentences(make, asked, unions):
    document, pdf = make(unions, **asked)
    pages = leaves_of(pdf)
    assert len(pages) == 1
    flat = re.sub(r"\s", "", pages[0])
    assert [name for name in SECTIONS if name.replace(" ", "") not in flat] == []
    assert len(document.blocks[0].blocks[1].items) == 5


def test_both_files_hold_the_same_sections_figures_and_sources(page, made):
    assert [tag.get_text() for tag in page.select("h2")] == SECTIONS
    (leaf,) = leaves_of(made[".pdf"])
    figures = re.findall(r"\b\d{1,3}(?:,\d{3})+\b", page.main.get_text(" "))
    assert len(figures) > 10
    assert [figure for figure in figures if figure not in leaf] == []
    flat = re.sub(r"\s", "", leaf)
    titles = [row.td.get_text() for row in page.select("tr[id^=source-]")]
    assert len(titles) > 20
    lost = [one for one in titles if re.sub(r"\s", "", one.split("Licence:")[0]) not in flat]
    assert lost == []


def test_each_of_the_five_sentences_names_its_sources(page):
    points = page.select(".brief li")
    assert len(points) == 5
    assert all(point.select("sup a[href^='#source-']") for point in points)
    assert all(len(re.findall(r"\.(?=\s|$)", said(point))) == 1 for point in points)


def said(tag) -> str:
    copy = BeautifulSoup(str(tag), "html.parser")
    for raised in copy.select("sup"):
        raised.decompose()
    return copy.get_text()


def test_each_figure_of_members_has_its_basis_its_date_and_its_source(page):
    text = page.select_one(".sheet").get_text(" ")
    members = re.findall(r"\d,\d{3} ?\(([^)]+)\)\s+(\d+)", " ".join(text.split()))
    assert len(members) > 10
    assert all(re.search(r", .*\d{4}", basis) for basis, _ in members)
    assert "do not set these figures side by side" in " ".join(text.split())


def test_the_staff_groups_have_five_answers_with_marks_and_a_source_a_row(page):
    rows = page.select(".grid tbody tr")
    answers = {tag.get_text(" ", strip=True) for row in rows for tag in row.select("td")}
    plain = {"yes", "some", "not stated"}
    assert answers == plain | {"no implied", "yes implied", "yes partly implied"}
    assert len(rows) == 10
    assert all(row.th.select("sup a") and len(row.select("td svg")) == 9 for row in rows)
    assert "Not stated for any group: AEP." in page.main.get_text()


def test_the_page_says_whom_to_ask_and_where_nothing_is_stated_where_to_look(page):
    text = " ".join(page.select_one(".sheet").get_text().split())
    assert "Burgundy Book: ASCL, Community, NAHT, NASUWT and NEU, for leadership" in text
    assert "Green Book, in maintained schools: GMB, UNISON and Unite, for teaching" in text
    assert "No source says who is recognised for: leaders who are not teachers" in text
    assert "Look for an agreement of your own school, trust or council." in text


def test_the_longest_label_keeps_clear_of_the_next_however_large_the_text(make):
    _, pdf = make(["gmb", "unite"], as_of=TODAY)
    (letters,) = letters_of(pdf)
    lines: dict[int, list[tuple[float, float, str]]] = {}
    for letter, _, (left, bottom, right, _) in letters:
        if letter.strip():
            lines.setdefault(round(bottom), []).append((left, right, letter))
    seen = set()
    for line in map(sorted, lines.values()):
        word = line[0][2]
        for (_, end, _), (start, _, letter) in pairwise(line):
            seen |= {word} if start - end > GUTTER else set()
            word = letter if start - end > GUTTER else word + letter
        seen.add(word)
    assert "Administrative" in seen
