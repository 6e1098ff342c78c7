"""The factsheet of one union, read back from its finished files."""

import ast
import json
import re
from pathlib import Path

import nbformat
import pikepdf
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_output

import analysis
from analysis.cli import main
from analysis.report.document import read_document
from analysis.report.pdf import pdf_report
from tests.conftest import ROOT
from tests.formats import leaves_of
from tests.test_comparison import STAINS, tagged
from tests.test_data import TODAY_UNIONS

NOTEBOOK = ROOT / "notebooks" / "union_profile.ipynb"
CHART_MIME = "application/vnd.plotly.v1+json"
DAY = "as_of=2026-11-22"
SECTIONS = ["Who may join", "What it is", "How it came about", "Members now", "What members get",
            "What it costs", "What is claimed", "How to reach it"]  # fmt: skip
FORMER = [("nut", "2015-06-30"), ("sha", "2005-01-01")]


@pytest.fixture(scope="module")
def made(finished) -> dict[str, Path]:
    return finished("union_profile")


@pytest.fixture(scope="module")
def page(made) -> BeautifulSoup:
    return BeautifulSoup(made[".html"].read_text("utf-8"), "html.parser")


@pytest.fixture(scope="module")
def leaves(made) -> list[str]:
    return leaves_of(made[".pdf"])


def as_run(path: Path = NOTEBOOK, **parameters: str) -> nbformat.NotebookNode:
    """Return a notebook with its outputs, run in this process."""
    node, names = nbformat.read(path, 4), {}
    for cell in (cell for cell in node.cells if cell.cell_type == "code"):
        tree = ast.parse(cell.source)
        shown = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, cell.id, "exec"), names)
        names |= parameters if "parameters" in cell.metadata.get("tags", []) else {}
        cell.execution_count = 1
        if shown is not None:
            value = eval(compile(ast.Expression(shown.value), cell.id, "eval"), names)
            ours = hasattr(value, "as_dict")
            made = value._repr_mimebundle_() if ours else {CHART_MIME: value.to_plotly_json()}
            cell.outputs = [new_output("display_data", json.loads(json.dumps(made)))]
    return node


def test_the_page_and_the_pdf_hold_the_same_sections(page, leaves):
    assert page.h1.get_text() == "NAHT on one page"
    assert [tag.get_text() for tag in page.select(".sheet h3")] == SECTIONS
    assert [section for section in SECTIONS if section not in leaves[0]] == []
    headings = [tag.get_text() for tag in page.select("h2")]
    assert headings == ["At a glance", "Sources", "Words used in this report"]
    assert len(leaves) == 2
    assert page.select("nav") == []


@pytest.mark.parametrize(
    ("union", "as_of"), [*((union, "2026-11-22") for union in TODAY_UNIONS), *FORMER]
)
def test_a_factsheet_fits_one_page_but_for_its_sources(monkeypatch, shipped, union, as_of):
    monkeypatch.chdir(NOTEBOOK.parent)
    monkeypatch.setattr(analysis, "read_dataset", lambda folder: shipped)
    document = read_document(as_run(union=union, as_of=as_of))
    pages = leaves_of(pdf_report(document))
    first, rest = pages[0], "".join(pages[1:])
    flat = re.sub(r"\s", "", first)
    assert [name for name in SECTIONS if name.replace(" ", "") not in flat] == []
    assert [name for name in SECTIONS if f"{name}\n" in rest] == []
    # The next page, if there is one, begins or goes on with the sources, or explains words.
    following = re.sub(r"\s", "", rest).split("Schoolstaffunions", 1)
    assert len(following) == 1 or following[1].startswith(("Sources", "No.", "Howmuch", "Words"))


def test_a_union_that_merged_is_refused_by_what_became_of_it(tmp_path, capsys):
    asked = ["--project", str(ROOT), "report", "union_profile", "--out", str(tmp_path)]
    assert main([*asked, "-p", "union=nut", "-p", "as_of=2019-01-01"]) == 1
    assert capsys.readouterr().err.strip() == (
        "no union 'nut' on 2019-01-01: it became neu on 2017-09-01"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_misspelt_union_is_refused_with_the_nearest_before_anything_runs(tmp_path, capsys):
    asked = ["--project", str(ROOT), "report", "union_profile", "--out", str(tmp_path)]
    assert main([*asked, "-p", "union=nhat"]) == 1
    told = capsys.readouterr().err
    assert told.startswith("parameter 'union': 'nhat' is not known; did you mean ")
    assert "'naht'" in told


def test_every_figure_of_members_has_a_source_beside_it(page):
    (heading,) = [tag for tag in page.select(".sheet h3") if tag.get_text() == "Members now"]
    lines = []
    for tag in heading.find_next_siblings():
        if tag.name == "h3":
            break
        lines.append(tag)
    assert len(lines) == 4
    assert all(re.search(r"\d{2},\d{3} \(", tag.get_text()) for tag in lines)
    assert all(tag.select("sup a[href^='#source-']") for tag in lines)


def test_the_trend_has_its_picture_its_data_and_its_sources_in_both_files(page, made):
    (figure,) = page.select("figure")
    title = figure.select_one(".figure-title").get_text()
    assert title == "NAHT, counted in four ways, 2005 to 2021"
    assert len(figure.select("figcaption a[href^='#source-']")) > 3
    rows = page.select("details tbody tr")
    assert len(rows) > 10
    assert all(row.select("sup a[href^='#source-']") for row in rows)
    with pikepdf.open(made[".pdf"]) as pdf:
        (picture,) = tagged(pdf, "Figure")
        assert str(picture.Alt) == figure.svg["aria-label"]


def test_a_claim_stands_under_its_verdict_with_its_source(page):
    text = page.select_one(".sheet").get_text(" ")
    assert "Holds: founded in 1897 (2018)" in re.sub(r"\s+", " ", text)
    assert "Cannot be tested: " in re.sub(r"\s+", " ", text)


def test_the_same_figures_stand_in_both_files(page, leaves):
    figures = set(re.findall(r"\b\d{1,3}(?:,\d{3})+\b", page.select_one(".sheet").get_text(" ")))
    assert len(figures) > 4
    assert [figure for figure in figures if figure not in leaves[0]] == []


@pytest.mark.parametrize("stain", STAINS)
def test_no_stain_of_a_frame_reaches_a_reader(stain, page, leaves):
    copy = BeautifulSoup(str(page.body), "html.parser")
    for tag in copy.select("script, style"):
        tag.decompose()
    assert re.search(stain, copy.get_text(" ")) is None
    assert re.search(stain, "\n".join(leaves)) is None
